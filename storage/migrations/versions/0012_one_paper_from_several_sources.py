"""Other ids of papers, what became one and how to part it, and who is told of later versions.

No table is made anew: on SQLite that would empty those that refer to it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

SLACK_ID, PAPER_ID = sa.String(length=32), sa.String(length=128)
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column(
        "papers", sa.Column("likeness", sa.String(length=120), nullable=False, server_default="")
    )
    op.create_index("ix_papers_likeness", "papers", ["likeness"])
    # Stored papers get their keys when the bot next starts.
    op.execute(sa.text("INSERT INTO counters (name, value) VALUES ('likeness_rules', 0)"))
    op.create_index("ix_matches_paper_id", "matches", ["paper_id"])
    op.create_index("ix_seen_paper_id", "seen", ["paper_id"])
    _merging()
    op.add_column("subscriptions", sa.Column("versions_since", sa.BigInteger(), nullable=True))
    _later_versions()


def downgrade() -> None:
    for table in ("told_versions", "new_versions"):
        op.drop_table(table)
    op.drop_column("subscriptions", "versions_since")
    for table in ("merged_rows", "merges", "aliases"):
        op.drop_table(table)
    op.drop_index("ix_seen_paper_id", table_name="seen")
    op.drop_index("ix_matches_paper_id", table_name="matches")
    op.execute(sa.text("DELETE FROM counters WHERE name = 'likeness_rules'"))
    op.drop_index("ix_papers_likeness", table_name="papers")
    op.drop_column("papers", "likeness")


def _merging() -> None:
    op.create_table(
        "aliases",
        sa.Column("alias", PAPER_ID, nullable=False),
        _paper("aliases"),
        sa.PrimaryKeyConstraint("alias", name="pk_aliases"),
    )
    op.create_index("ix_aliases_paper_id", "aliases", ["paper_id"])
    op.create_table(
        "merges",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("gone_id", PAPER_ID, nullable=False),
        sa.Column("kept_id", PAPER_ID, nullable=False),
        sa.Column("rule", sa.String(length=8), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("merged_at", INSTANT, nullable=False),
        sa.Column("parted_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_merges"),
    )
    op.create_index("ix_merges_gone_id", "merges", ["gone_id"])
    op.create_table(
        "merged_rows",
        sa.Column("team_id", SLACK_ID, nullable=False),
        sa.Column("merge_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=16), nullable=False),
        sa.Column("owner", SLACK_ID, nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["merge_id"], ["merges.id"], name="fk_merged_rows_merge_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("team_id", "merge_id", "number", name="pk_merged_rows"),
    )
    op.create_index("ix_merged_rows_merge_id", "merged_rows", ["merge_id"])


def _later_versions() -> None:
    op.create_table(
        "new_versions",
        sa.Column(
            "query_id",
            sa.Integer(),
            sa.ForeignKey("queries.id", ondelete="CASCADE", name="fk_new_versions_query_id"),
            nullable=False,
        ),
        _paper("new_versions"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("query_id", "paper_id", "version", name="pk_new_versions"),
    )
    op.create_index("ix_new_versions_paper_id", "new_versions", ["paper_id"])
    op.create_table(
        "told_versions",
        sa.Column("team_id", SLACK_ID, nullable=False),
        sa.Column("audience", SLACK_ID, nullable=False),
        _paper("told_versions"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("delivery_id", sa.String(length=32), nullable=False),
        sa.Column("told_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint(
            "team_id", "audience", "paper_id", "version", name="pk_told_versions"
        ),
    )
    op.create_index("ix_told_versions_paper_id", "told_versions", ["paper_id"])


def _paper(table: str) -> sa.Column[str]:
    """A stored paper; what is said of one that is deleted goes with it."""
    key = sa.ForeignKey("papers.id", ondelete="CASCADE", name=f"fk_{table}_paper_id")
    return sa.Column("paper_id", PAPER_ID, key, nullable=False)
