"""Digests of people beside those of channels, on topics alone where they wish; refused looks."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

_digests = sa.table("digests", sa.column("audience"))


def upgrade() -> None:
    _rename(("channels", "channel_id"), ("digests", "audience"))
    with op.batch_alter_table("digests") as digests:
        digests.add_column(sa.Column("refused_look", sa.String(length=8), nullable=True))
        digests.add_column(sa.Column("paused_until", sa.DateTime(timezone=True), nullable=True))
        digests.add_column(
            sa.Column("only_topics", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("digests") as digests:
        digests.alter_column("only_topics", server_default=None)
    with op.batch_alter_table("seen") as seen:
        seen.add_column(
            sa.Column("mention", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("seen") as seen:
        seen.alter_column("mention", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("seen") as seen:
        seen.drop_column("mention")
    # The earlier version knows channels alone.
    op.execute(_digests.delete().where(sa.func.substr(_digests.c.audience, 1, 1).in_(["U", "W"])))
    with op.batch_alter_table("digests") as digests:
        for column in ("only_topics", "paused_until", "refused_look"):
            digests.drop_column(column)
    _rename(("digests", "audience"), ("channels", "channel_id"))


def _rename(old: tuple[str, str], new: tuple[str, str]) -> None:
    """A table and the half of its key that says whose a digest is; the names of both follow."""
    (was, key), (table, audience) = old, new
    op.drop_index(f"ix_{was}_next_due_at", table_name=was)
    op.rename_table(was, table)
    with op.batch_alter_table(table) as renamed:
        renamed.alter_column(key, new_column_name=audience)
    with op.batch_alter_table(table) as renamed:
        renamed.drop_constraint(f"pk_{was}", type_="primary")
        renamed.create_primary_key(f"pk_{table}", ["team_id", audience])
    op.create_index(f"ix_{table}_next_due_at", table, ["next_due_at"])
