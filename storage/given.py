"""Values that a statement is given as a table, in one parameter.

A list of values of its own for each row would be a new statement each time, read and planned anew.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Select, Text, bindparam, cast, column, func, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeEngine

SQLITE = "sqlite"


def dialect(session: Session) -> str:
    """The name by which statements are told apart that the two databases say differently."""
    return session.get_bind().dialect.name


def written(values: Iterable[Mapping[str, object] | str]) -> str:
    """The parameter for a table of these rows, or of these texts."""
    return json.dumps(list(values))


def rows(dialect: str, parameter: str, **types: TypeEngine[Any]) -> Any:
    """A table with these columns, of the rows in a parameter and in their order: `table.c`."""
    value = bindparam(parameter, type_=Text())
    if dialect == SQLITE:
        each = func.json_each(value).table_valued("value")
        read = [
            func.json_extract(each.c.value, f"$.{name}", type_=kind).label(name)
            for name, kind in types.items()
        ]
        return select(*read).subquery(f"{parameter}_rows")
    return (
        func.jsonb_to_recordset(cast(value, JSONB))
        .table_valued(*(column(name, kind) for name, kind in types.items()))
        .render_derived(f"{parameter}_rows", with_types=True)
    )


def texts(dialect: str, parameter: str) -> Select[Any]:
    """The texts in a parameter, to look a column up in."""
    value = bindparam(parameter, type_=Text())
    if dialect == SQLITE:
        return select(func.json_each(value).table_valued("value").c.value)
    return select(func.jsonb_array_elements_text(cast(value, JSONB)).table_valued("value").c.value)
