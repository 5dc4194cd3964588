"""When readers are told: their hour, quiet hours, pauses, and the names they give to topics.

Also by which rules the stored atoms were made.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_counters = sa.table("counters", sa.column("name"), sa.column("value"))


def upgrade() -> None:
    with op.batch_alter_table("readers") as readers:
        readers.add_column(sa.Column("minute", sa.Integer(), nullable=False, server_default="540"))
        readers.add_column(sa.Column("quiet_from", sa.Integer(), nullable=True))
        readers.add_column(sa.Column("quiet_until", sa.Integer(), nullable=True))
    with op.batch_alter_table("readers") as readers:
        readers.alter_column("minute", server_default=None)
    with op.batch_alter_table("subscriptions") as subscriptions:
        subscriptions.add_column(
            sa.Column("name", sa.String(length=80), nullable=False, server_default="")
        )
        subscriptions.add_column(
            sa.Column("paused_until", sa.DateTime(timezone=True), nullable=True)
        )
        subscriptions.add_column(sa.Column("told_on", sa.Date(), nullable=True))
    with op.batch_alter_table("subscriptions") as subscriptions:
        subscriptions.alter_column("name", server_default=None)

    # The atoms of stored queries were made by the first rules of matching.
    op.bulk_insert(_counters, [{"name": "atom_rules", "value": 1}])


def downgrade() -> None:
    op.execute(_counters.delete().where(_counters.c.name == "atom_rules"))
    with op.batch_alter_table("subscriptions") as subscriptions:
        for column in ("told_on", "paused_until", "name"):
            subscriptions.drop_column(column)
    with op.batch_alter_table("readers") as readers:
        for column in ("quiet_until", "quiet_from", "minute"):
            readers.drop_column(column)
