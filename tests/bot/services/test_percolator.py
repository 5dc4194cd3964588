"""Which stored queries papers match, few papers or many, and after the rules have changed."""

from collections import defaultdict

import pytest
from sqlalchemy import select

from bot.domain.matching import document, matches
from bot.domain.query import canonical, parse_subscription
from bot.services import percolator
from storage import queries
from storage.models import MatchRow
from tests.factories import papers

TOPICS = ("small nets", "paper", '"number 7"', "nets -number", "RAG OR paper number 12", "cat:cs")


@pytest.fixture
def matched(database):
    """The papers that stand among the matches, by the text of the query."""

    def matched() -> dict[str, set[str]]:
        found = defaultdict(set)
        with database.read() as session:
            rows = session.scalars(select(MatchRow)).all()
            texts = queries.texts(session, {row.query_id for row in rows})
        for row in rows:
            found[texts[row.query_id]].add(row.paper_id)
        return found

    return matched


@pytest.mark.parametrize("bulk", [10, 1_000], ids=["many at once", "one by one"])
def test_papers_match_what_the_matcher_says(database, follow, arrive, matched, monkeypatch, bulk):
    monkeypatch.setattr(percolator, "BULK", bulk)
    for topic in TOPICS:
        follow(topic)

    arrive(*papers(40))

    found = matched()
    assert len(found) >= 3
    for topic in TOPICS:
        query = parse_subscription(topic)
        wanted = {each.id for each in papers(40) if matches(query, document(each, ["hf"]))}
        assert found[canonical(query)] == wanted


def test_stored_atoms_follow_the_rules_of_matching(database, follow, arrive, matched, monkeypatch):
    follow("paper number")
    with database.begin() as session:
        [query_id] = queries.after(session, 0, 10)
        queries.replace_atoms(session, {query_id: {"an older rule's key"}})
        queries.set_rules(session, 0)
    arrive(*papers(1))
    assert not matched()

    assert percolator.follow_rules(database) == 1
    assert percolator.follow_rules(database) == 0

    arrive(*papers(1, start=2))
    assert matched() == {"paper number": {papers(1, start=2)[0].id}}
