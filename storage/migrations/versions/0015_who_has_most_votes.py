"""The papers with most votes are found without reading those of which nobody read any."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

NAME = "ix_listings_upvotes_paper_id"
HAS_VOTES = sa.text("upvotes > 0")


def upgrade() -> None:
    op.create_index(
        NAME,
        "listings",
        ["upvotes", "paper_id"],
        sqlite_where=HAS_VOTES,
        postgresql_where=HAS_VOTES,
    )


def downgrade() -> None:
    op.drop_index(NAME, table_name="listings")
