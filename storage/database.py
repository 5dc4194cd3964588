"""One database, SQLite or PostgreSQL, and its two kinds of session."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import DateTime, Dialect, Engine, TypeDecorator, create_engine, event, make_url
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

__all__ = ["Database", "Session", "UtcDateTime"]

BUSY_SECONDS = 30  # SQLite writers queue; ours hold the lock for milliseconds
_READS = "papers_reads"  # marks a connection on SQLite
# PostgreSQL's default is a snapshot for each statement: a page could count what it cannot list.
_ONE_SNAPSHOT = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime in, an aware UTC datetime out; SQLite keeps it without its zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive datetime: it would mean another instant on another machine."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a datetime needs its zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """SQLite gives the UTC reading back without a zone, PostgreSQL in the server's zone."""
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


class Database:
    """An engine whose sessions either read or write, and never both by accident."""

    def __init__(self, url: str) -> None:
        self.url = _with_driver(url)
        self.engine = _engine(self.url)
        self._reading: dict[str, Any] = {_READS: True} if self.is_sqlite else _ONE_SNAPSHOT

    @property
    def is_sqlite(self) -> bool:
        """SQLite migrates itself on start; PostgreSQL waits for `papers migrate`."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def begin(self) -> Iterator[Session]:
        """A session that writes; committed at the end, rolled back on an exception.

        On SQLite the transaction begins IMMEDIATE: a reader that turns writer fails as locked.
        """
        with (
            self.engine.connect() as connection,
            Session(connection, expire_on_commit=False) as session,
            session.begin(),
        ):
            yield session

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that only reads, from one snapshot; the database refuses it any write."""
        with (
            self.engine.connect().execution_options(**self._reading) as connection,
            Session(connection) as session,
        ):
            yield session

    def migrate(self, revision: str = "head") -> None:
        """Bring the schema to a revision, up or down."""
        config = _alembic()
        step = command.downgrade if revision == "base" or revision[0] == "-" else command.upgrade
        with self.engine.begin() as connection:
            config.attributes["connection"] = connection
            step(config, revision)

    def is_current(self) -> bool:
        """Whether the schema is the one this version knows."""
        head = ScriptDirectory.from_config(_alembic()).get_current_head()
        with self.read() as session:
            context = MigrationContext.configure(session.connection())
            return context.get_current_revision() == head

    def close(self) -> None:
        """Give every connection back."""
        self.engine.dispose()


def _alembic() -> Config:
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    return config


def _with_driver(url: str) -> str:
    """Read `postgres://` and `postgresql://`, as hosts write them, as psycopg's."""
    for scheme in ("postgres://", "postgresql://"):
        if url.startswith(scheme):
            return "postgresql+psycopg://" + url.removeprefix(scheme)
    return url


def _engine(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(
            parsed,
            hide_parameters=True,  # topics never reach a log
            pool_pre_ping=True,
            isolation_level="READ COMMITTED",
        )
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(parsed, hide_parameters=True, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    reads = connection.get_execution_options().get(_READS, False)
    connection.exec_driver_sql(f"PRAGMA query_only={'ON' if reads else 'OFF'}")
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")
