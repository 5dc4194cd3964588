"""`/papers trends`: the index counts the papers that could match, and some of them are read."""

from datetime import date, datetime

from bot.domain.calendar import hf_day
from bot.domain.matching import document, matches
from bot.domain.query import Query, canonical
from bot.domain.trends import WEEKS, Trend, Trends, by_week, first_day, read_topics, scaled
from storage import listings
from storage.database import Database, Session
from storage.search_index import SearchIndex

READ = 300  # papers compared with their topic, over all topics; together they take some 150 ms


def trends(database: Database, index: SearchIndex, text: str, now: datetime) -> Trends:
    """Papers per week on each of the topics that commas part. Raises QueryProblem.

    A paper counts on the day on which a source first listed it.
    """
    topics, last = read_topics(text), hf_day(now)
    with database.read() as session:
        each = [_trend(session, index, topic, last, READ // len(topics)) for topic in topics]
    return Trends(last, tuple(each))


def _trend(session: Session, index: SearchIndex, topic: Query, last: date, limit: int) -> Trend:
    """Exact where all papers that could match are read; else in the proportion of a sample."""
    name, first = canonical(topic), first_day(last)
    could_match = index.weekly(topic, first, WEEKS)
    if not any(could_match):
        return Trend(name, could_match)
    proposed = index.propose(topic, first, limit)
    origins = listings.origins(session, proposed.ids)
    papers = [each.paper for each in listings.of_papers(session, proposed.ids)]
    found = [
        origins[each.id].first_day
        for each in papers
        if matches(topic, document(each, origins[each.id].sources))
    ]
    if proposed.sampled == 1:
        return Trend(name, by_week(found, last))
    share = len(found) / max(len(papers), 1)
    return Trend(name, scaled(could_match, share), is_exact=False)
