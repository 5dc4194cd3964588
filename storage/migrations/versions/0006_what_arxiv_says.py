"""What arXiv says of papers and their versions, and how far its announcements were read.

No table is made anew: on SQLite that would empty those that refer to it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_WORDS = ("doi", "comment", "journal", "licence_url")


def upgrade() -> None:
    op.add_column("papers", sa.Column("version", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("papers", sa.Column("revised", sa.DateTime(timezone=True), nullable=True))
    for name in _WORDS:
        op.add_column("papers", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    op.add_column(
        "papers",
        sa.Column("withdrawn", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.create_index("ix_papers_doi", "papers", ["doi"])
    op.create_table(
        "versions",
        sa.Column("paper_id", sa.String(length=128), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("abstract", sa.Text(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["papers.id"], name="fk_versions_paper_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("paper_id", "version", name="pk_versions"),
    )
    op.create_table(
        "announcements",
        sa.Column("category", sa.String(length=32), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("highest_id", sa.String(length=128), nullable=False),
        sa.Column("usual", sa.Double(), nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("category", name="pk_announcements"),
    )
    op.create_table(
        "gaps",
        sa.Column("category", sa.String(length=32), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("category", "day", name="pk_gaps"),
    )
    op.create_table(
        "validators",
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("address", name="pk_validators"),
    )
    op.create_table(
        "harvests",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("records", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_harvests"),
    )


def downgrade() -> None:
    for table in ("harvests", "validators", "gaps", "announcements", "versions"):
        op.drop_table(table)
    op.drop_index("ix_papers_doi", table_name="papers")
    for column in ("withdrawn", *reversed(_WORDS), "revised", "version"):
        op.drop_column("papers", column)
