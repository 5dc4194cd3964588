"""Papers and votes by topic: what is counted, and how it is named."""

import pytest

from bot.domain.spans import MOST, Basis, Share, shares_by_themselves, shares_of_topics
from tests.factories import a_listing, a_paper


def listed(number: int, votes: int = 10, **fields):
    return a_listing(a_paper(f"2606.{number:05d}", **fields), upvotes=votes)


def test_a_paper_counts_for_each_topic_it_is_about_and_topics_with_more_papers_come_first():
    first, second = listed(1, 5), listed(2, 7)
    topics = {first.paper.id: ["rag", "agents"], second.paper.id: ["agents", "agents", ""]}

    shares = shares_of_topics([first, second], lambda each: topics[each.paper.id])

    assert shares == (Share("agents", 2, 12), Share("rag", 1, 5))


@pytest.mark.parametrize(
    ("fields", "basis", "topic"),
    [
        (
            [{"keywords": ("World Models",)}, {"keywords": ("world  models", "rare")}],
            Basis.KEYWORDS,
            "world models",
        ),
        ([{"categories": ("cs.CL", "cs.AI")}] * 2, Basis.CATEGORIES, "cs.CL"),
        ([{"title": "Video agents"}, {"title": "On videos"}], Basis.TITLES, "video"),
    ],
    ids=["keywords", "categories", "titles"],
)
def test_without_topics_of_its_own_a_chart_is_about_what_papers_have_in_common(
    fields, basis, topic
):
    papers = [listed(number, **each) for number, each in enumerate(fields, start=1)]

    assert shares_by_themselves(papers) == (basis, (Share(topic, 2, 20),))


def test_what_only_one_paper_names_says_nothing_of_a_week():
    papers = [listed(1, title="Alpha waves", keywords=("a",)), listed(2, title="Beta rays")]

    assert shares_by_themselves(papers) == (Basis.TITLES, ())


def test_a_chart_has_no_more_topics_than_can_be_told_apart():
    papers = [listed(n, keywords=tuple(f"topic {t}" for t in range(20))) for n in (1, 2)]

    _, shares = shares_by_themselves(papers)

    assert [each.topic for each in shares] == sorted(f"topic {t}" for t in range(20))[:MOST]
