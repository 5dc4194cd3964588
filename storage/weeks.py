"""Papers counted by the week of their first listing, inside the engine: none of them is read."""

from datetime import date

from tantivy import FieldType, Occur, Query, Schema, Searcher

from bot.domain.query import Query as Wanted
from storage.proposals import proposed

FIELD = "day"


def counted(
    schema: Schema, searcher: Searcher, wanted: Wanted, since: date, weeks: int
) -> tuple[int, ...]:
    """Papers that could match, in each of so many weeks from a day on, the earliest first."""
    first = since.toordinal()
    days = Query.range_query(schema, FIELD, FieldType.Unsigned, first, first + 7 * weeks - 1)
    found = Query.boolean_query([(Occur.Must, proposed(schema, wanted)), (Occur.Must, days)])
    grouped = {"field": FIELD, "interval": 7, "offset": first % 7, "min_doc_count": 1}
    buckets = searcher.aggregate(found, {"weeks": {"histogram": grouped}})["weeks"]["buckets"]
    counts = {int(each["key"]): each["doc_count"] for each in buckets}
    return tuple(counts.get(first + 7 * week, 0) for week in range(weeks))
