"""Where the bot remembers: database and search index, opened as the settings say."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from bot.config import Settings, SettingsProblem
from bot.services import merging, percolator
from storage.database import Database
from storage.search_index import SearchIndex


def open_database(settings: Settings) -> Database:
    """The database, its schema current: SQLite migrates itself, PostgreSQL is told to."""
    with _naming_the_database(settings):
        database = Database(settings.database_url)
        if database.is_sqlite:
            _bring_up(database)
            return database
        current = database.is_current()
    if not current:
        database.close()
        raise SettingsProblem("The database is not at this version's schema. Run `papers migrate`.")
    return database


def migrate(settings: Settings) -> None:
    """Bring the database to this version's schema."""
    with _naming_the_database(settings):
        database = Database(settings.database_url)
        _bring_up(database)
        database.close()


def open_index(settings: Settings) -> SearchIndex:
    """The search index; where its folder cannot be used, a search says so and all else goes on."""
    return SearchIndex(settings.index_folder)


def _bring_up(database: Database) -> None:
    if not database.is_current():
        database.migrate()
    percolator.follow_rules(database)
    merging.follow_rules(database)


@contextmanager
def _naming_the_database(settings: Settings) -> Iterator[None]:
    """What goes wrong says which setting to look at, and shows no password."""
    given = settings.given_database_url is not None
    name = "PAPERS_DATABASE_URL" if given else "PAPERS_DATA_DIR"
    try:
        yield
    except ArgumentError:  # also where no dialect has this name
        raise SettingsProblem(
            f"{name} must be like sqlite:////folder/papers.db or postgresql://user@host/name."
        ) from None
    except ModuleNotFoundError as problem:
        raise SettingsProblem(
            f"{name} needs {problem.name}: for PostgreSQL, pip install 'papers-bot[postgres]'."
        ) from None
    except (SQLAlchemyError, OSError) as problem:
        raise SettingsProblem(f"{name} cannot be used: {_words(problem)}.") from None


def _words(problem: Exception) -> str:
    """The reason in one line, as the system or the database's driver says it."""
    said = getattr(problem, "orig", None) or getattr(problem, "strerror", None) or problem
    return next(iter(str(said).strip().splitlines()), type(problem).__name__).rstrip(".")
