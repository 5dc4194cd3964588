"""What cites a paper on Hugging Face, as its page said when somebody looked."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

BESIDE = ("hf-trending", "hf-week", "hf-month")
_listings = sa.table("listings", sa.column("source"))


def upgrade() -> None:
    paper = sa.ForeignKey("papers.id", ondelete="CASCADE", name="fk_pages_paper_id")
    op.create_table(
        "pages",
        sa.Column("paper_id", sa.String(length=128), paper, nullable=False),
        sa.Column("models", sa.Integer(), nullable=True),
        sa.Column("datasets", sa.Integer(), nullable=True),
        sa.Column("spaces", sa.Integer(), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("paper_id", name="pk_pages"),
    )


def downgrade() -> None:
    op.drop_table("pages")
    # An earlier version would take what is on these lists for the news of a day.
    op.execute(_listings.delete().where(_listings.c.source.in_(BESIDE)))
