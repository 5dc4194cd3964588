"""Feeds that the operator names: how far each was read, and where their papers are."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

HAS_LINK = sa.text("link != ''")


def upgrade() -> None:
    op.add_column("papers", sa.Column("link", sa.Text(), nullable=False, server_default=""))
    op.create_index(
        "ix_papers_link", "papers", ["link"], sqlite_where=HAS_LINK, postgresql_where=HAS_LINK
    )
    op.create_table(
        "feeds",
        sa.Column("source", sa.String(length=32), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("is_followed", sa.Boolean(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("newest", sa.DateTime(timezone=True), nullable=True),
        sa.Column("pause", sa.Integer(), nullable=True),
        sa.Column("late", sa.String(length=16), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("validators", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("source", name="pk_feeds"),
    )


def downgrade() -> None:
    op.drop_table("feeds")
    op.drop_index("ix_papers_link", table_name="papers")
    op.drop_column("papers", "link")
