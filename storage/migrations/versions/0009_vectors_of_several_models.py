"""Vectors of several models beside each other: two processes may rank by different ones."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

# The latest vector of each paper stays, and of several models' the one that comes first by name.
EXTRA = sa.text(
    """
    DELETE FROM vectors WHERE EXISTS (
        SELECT 1 FROM vectors AS other
        WHERE other.paper_id = vectors.paper_id AND (
            other.revision > vectors.revision
            OR (other.revision = vectors.revision AND other.model < vectors.model)
        )
    )
    """
)


def upgrade() -> None:
    with op.batch_alter_table("vectors") as table:
        table.drop_constraint("pk_vectors", type_="primary")
        table.create_primary_key("pk_vectors", ["paper_id", "model"])


def downgrade() -> None:
    op.execute(EXTRA)
    with op.batch_alter_table("vectors") as table:
        table.drop_constraint("pk_vectors", type_="primary")
        table.create_primary_key("pk_vectors", ["paper_id"])
