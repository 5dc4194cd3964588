"""INSERT with what to do where the row is there already: both databases know it, each in its own
class.
"""

from typing import TypeAlias

from sqlalchemy.dialects import postgresql, sqlite

from storage import given
from storage.models import Base

Insert: TypeAlias = sqlite.Insert | postgresql.Insert


def insert(dialect: str, rows: type[Base]) -> Insert:
    """The INSERT of a database.

    Into the table, not the class: parameters are then those of the statement.
    """
    table = Base.metadata.tables[rows.__tablename__]
    return sqlite.insert(table) if dialect == given.SQLITE else postgresql.insert(table)
