"""What papers are about: a vector for each, by one model."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "vectors",
        sa.Column("paper_id", sa.String(length=128), nullable=False),
        sa.Column("model", sa.String(length=200), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["papers.id"], name="fk_vectors_paper_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("paper_id", name="pk_vectors"),
    )
    op.create_index("ix_vectors_model_revision", "vectors", ["model", "revision"])


def downgrade() -> None:
    op.drop_index("ix_vectors_model_revision", table_name="vectors")
    op.drop_table("vectors")
