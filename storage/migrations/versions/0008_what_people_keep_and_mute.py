"""Saved papers, mutes, votes, what people decide about digests, and messages to draw anew."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

SLACK_ID, PAPER_ID = sa.String(length=32), sa.String(length=128)
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "saved",
        sa.Column("team_id", SLACK_ID, nullable=False),
        sa.Column("user_id", SLACK_ID, nullable=False),
        _paper("saved"),
        sa.Column("saved_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("team_id", "user_id", "paper_id", name="pk_saved"),
    )
    op.create_index("ix_saved_team_id_paper_id", "saved", ["team_id", "paper_id"])
    op.create_table(
        "mutes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", SLACK_ID, nullable=False),
        sa.Column("user_id", SLACK_ID, nullable=False),
        sa.Column("text", sa.String(length=400), nullable=False),
        sa.Column("muted_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_mutes"),
        sa.UniqueConstraint("team_id", "user_id", "text", name="uq_mutes_team_id_user_id_text"),
    )
    op.create_table(
        "feedback",
        sa.Column("team_id", SLACK_ID, nullable=False),
        _paper("feedback"),
        sa.Column("user_id", SLACK_ID, nullable=False),
        sa.Column("vote", sa.SmallInteger(), nullable=False),
        sa.Column("voted_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("team_id", "paper_id", "user_id", name="pk_feedback"),
    )
    _what_is_decided_and_drawn()


def downgrade() -> None:
    for table in ("redraws", "verdicts", "feedback", "mutes", "saved"):
        op.drop_table(table)


def _what_is_decided_and_drawn() -> None:
    op.create_table(
        "verdicts",
        sa.Column("team_id", SLACK_ID, nullable=False),
        sa.Column("channel_id", SLACK_ID, nullable=False),
        _paper("verdicts"),
        sa.Column("decision", sa.String(length=8), nullable=False),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("given_by", SLACK_ID, nullable=False),
        sa.Column("given_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("team_id", "channel_id", "paper_id", name="pk_verdicts"),
    )
    op.create_table(
        "redraws",
        sa.Column("delivery_id", sa.String(length=32), nullable=False),
        sa.Column("team_id", SLACK_ID, nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", INSTANT, nullable=True),
        sa.Column("ready_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("delivery_id", name="pk_redraws"),
    )
    op.create_index("ix_redraws_due_at", "redraws", ["due_at"])


def _paper(table: str) -> sa.Column[str]:
    """A stored paper; what people did with one that is deleted goes with it."""
    key = sa.ForeignKey("papers.id", ondelete="CASCADE", name=f"fk_{table}_paper_id")
    return sa.Column("paper_id", PAPER_ID, key, nullable=False)
