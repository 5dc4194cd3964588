"""A digest's look and topics, and the votes that a paper had when it came up."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_listings = sa.table("listings", sa.column("first_upvotes"), sa.column("upvotes"))


def upgrade() -> None:
    with op.batch_alter_table("channels") as channels:
        channels.add_column(
            sa.Column("look", sa.String(length=8), nullable=False, server_default="compact")
        )
        channels.add_column(
            sa.Column("topics", sa.String(length=400), nullable=False, server_default="")
        )
    with op.batch_alter_table("channels") as channels:
        channels.alter_column("look", server_default=None)
        channels.alter_column("topics", server_default=None)
    with op.batch_alter_table("listings") as listings:
        listings.add_column(
            sa.Column("first_upvotes", sa.Integer(), nullable=False, server_default="0")
        )
    # What is stored has been read before: it is seen to rise from now on.
    op.execute(_listings.update().values(first_upvotes=_listings.c.upvotes))
    with op.batch_alter_table("listings") as listings:
        listings.alter_column("first_upvotes", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("listings") as listings:
        listings.drop_column("first_upvotes")
    with op.batch_alter_table("channels") as channels:
        for column in ("topics", "look"):
            channels.drop_column(column)
