"""Runs migrations on the connection it is given, or on `-x database=URL` for a developer."""

from alembic import context

from storage.database import Database
from storage.models import Base


def run() -> None:
    """Use the caller's connection and transaction where there is one."""
    connection = context.config.attributes.get("connection")
    if connection is not None:
        _run_on(connection)
        return
    url = context.get_x_argument(as_dictionary=True).get("database", "sqlite:///papers.db")
    with Database(url).engine.begin() as own:
        _run_on(own)


def _run_on(connection: object) -> None:
    context.configure(
        connection=connection,  # type: ignore[arg-type]  # alembic's attributes are untyped
        target_metadata=Base.metadata,
        render_as_batch=True,  # SQLite alters a table by writing it again
        transactional_ddl=True,  # both databases can; alembic doubts it of SQLite
    )
    with context.begin_transaction():
        context.run_migrations()


run()
