"""Round-ups of channels, the votes papers had day by day, and how a digest was before a change."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

SLACK_ID, PAPER_ID = sa.String(length=32), sa.String(length=128)
INSTANT = sa.DateTime(timezone=True)

# What is stored has the votes of its last read: it is seen to rise from there on.
VOTES_SO_FAR = """
    INSERT INTO readings (paper_id, source, read_on, upvotes)
    SELECT paper_id, source, {day}, max(upvotes) FROM listings
    WHERE upvotes > 0 GROUP BY paper_id, source, {day}
"""


def upgrade() -> None:
    with op.batch_alter_table("channels") as channels:
        channels.add_column(sa.Column("change", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("channels") as channels:
        channels.alter_column("change", server_default=None)
    op.create_table(
        "undo",
        sa.Column("team_id", SLACK_ID, nullable=False),
        sa.Column("audience", SLACK_ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "audience", name="pk_undo"),
    )
    op.create_table(
        "round_ups",
        sa.Column("team_id", SLACK_ID, nullable=False),
        sa.Column("channel_id", SLACK_ID, nullable=False),
        sa.Column("slot", sa.String(length=16), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=True),
        sa.Column("minute", sa.Integer(), nullable=True),
        sa.Column("set_by", SLACK_ID, nullable=False),
        sa.Column("next_due_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("team_id", "channel_id", "slot", name="pk_round_ups"),
    )
    op.create_index("ix_round_ups_next_due_at", "round_ups", ["next_due_at"])
    op.create_table(
        "readings",
        sa.Column("paper_id", PAPER_ID, nullable=False),
        sa.Column("source", sa.String(length=32), nullable=False),
        sa.Column("read_on", sa.Date(), nullable=False),
        sa.Column("upvotes", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["papers.id"], name="fk_readings_paper_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("paper_id", "source", "read_on", name="pk_readings"),
    )
    op.create_index("ix_readings_read_on", "readings", ["read_on"])
    op.execute(sa.text(VOTES_SO_FAR.format(day=_day())))


def downgrade() -> None:
    for table in ("readings", "round_ups", "undo"):
        op.drop_table(table)
    with op.batch_alter_table("channels") as channels:
        channels.drop_column("change")


def _day() -> str:
    """The day (UTC) of a listing's last read."""
    if op.get_bind().dialect.name == "sqlite":
        return "date(read_at)"
    return "CAST(read_at AT TIME ZONE 'UTC' AS DATE)"
