"""When readers are told: their hour, quiet hours, pauses, and the names they give to topics."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


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


def downgrade() -> None:
    with op.batch_alter_table("subscriptions") as subscriptions:
        for column in ("told_on", "paused_until", "name"):
            subscriptions.drop_column(column)
    with op.batch_alter_table("readers") as readers:
        for column in ("quiet_until", "quiet_from", "minute"):
            readers.drop_column(column)
