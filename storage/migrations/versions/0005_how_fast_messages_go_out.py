"""How fast messages go out, and what of the outbox is being sent or waits to be tried again."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_deliveries = sa.table(
    "deliveries", sa.column("state"), sa.column("lease_until"), sa.column("error")
)
_PARTIAL = {
    "ix_deliveries_waiting": (["due_at", "id"], "state IN ('pending', 'retry')"),
    "ix_deliveries_lent": (["lease_until"], "state = 'sending'"),
    "ix_deliveries_digests": (
        ["team_id"],
        "kind IN ('digest', 'reply') AND state IN ('pending', 'sending')",
    ),
}


def upgrade() -> None:
    op.create_table(
        "rates",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("bucket", sa.String(length=32), nullable=False),
        sa.Column("full_at", sa.BigInteger(), nullable=False),
        sa.Column("granted", sa.Integer(), nullable=False),
        sa.Column("set_at", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("team_id", "bucket", name="pk_rates"),
    )
    pending = _deliveries.c.state == "pending"
    lent, refused = _deliveries.c.lease_until.is_not(None), _deliveries.c.error.is_not(None)
    op.execute(_deliveries.update().where(pending, lent).values(state="sending"))
    op.execute(_deliveries.update().where(pending, refused).values(state="retry"))

    op.drop_index("ix_deliveries_state_due_at", "deliveries")
    op.drop_index("ix_deliveries_team_id", "deliveries")
    op.create_index("ix_deliveries_team_id_state", "deliveries", ["team_id", "state"])
    for name, (columns, where) in _PARTIAL.items():
        op.create_index(
            name,
            "deliveries",
            columns,
            sqlite_where=sa.text(where),
            postgresql_where=sa.text(where),
        )


def downgrade() -> None:
    for name in (*_PARTIAL, "ix_deliveries_team_id_state"):
        op.drop_index(name, "deliveries")
    op.create_index("ix_deliveries_team_id", "deliveries", ["team_id"])
    op.create_index("ix_deliveries_state_due_at", "deliveries", ["state", "due_at"])
    waiting = _deliveries.c.state.in_(["sending", "retry"])
    op.execute(_deliveries.update().where(waiting).values(state="pending"))
    op.drop_table("rates")
