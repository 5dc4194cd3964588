"""Papers a week on a topic, counted by the index and checked by the matcher."""

from datetime import date, timedelta

import pytest

from bot.domain.trends import WEEKS
from bot.errors import QueryProblem
from bot.services import ingest, search, trends
from storage.search_index import IndexUnavailable, SearchIndex
from tests.factories import DAY, NOW, a_batch, a_paper, papers

LONG_AGO = DAY - timedelta(days=7 * WEEKS)
INFORM, INFORMATION = "We inform people", "Information is held"  # one stem, two words


@pytest.fixture
def listed(database, index):
    """Papers on the lists of these days, known to search."""

    def listed(lists: dict[date, list]) -> None:
        for day, found in lists.items():
            ingest.store(database, a_batch(*found, day=day), NOW)
        search.follow(database, index)

    return listed


@pytest.fixture
def count(database, index):
    def count(text: str):
        return trends.trends(database, index, text, NOW).each

    return count


def many(number: int, title: str, start: int):
    return papers(number, start, title)


def test_papers_are_counted_in_the_week_of_their_first_list(listed, count):
    agents = a_paper("2606.00001", "Agents")
    listed(
        {
            DAY: [agents, a_paper("2606.00002", "More agents")],
            DAY - timedelta(days=7): [agents],
            DAY - timedelta(days=20): [a_paper("2606.00003", "Robots")],
        }
    )

    both, robots = count("agents, robots")

    assert both.weeks[-3:] == (0, 1, 1)
    assert robots.weeks[-3:] == (1, 0, 0)
    assert both.is_exact


def test_papers_of_more_than_a_year_ago_are_not_counted(listed, count):
    listed({LONG_AGO: [a_paper(title="Agents")], LONG_AGO + timedelta(days=1): papers(1, 2)})

    [agents, others] = count("agents, paper number")

    assert agents.total == 0
    assert others.weeks == (1, *(0,) * (WEEKS - 1))


def test_what_only_shares_a_stem_is_not_counted(listed, count):
    listed({DAY: [a_paper(title=INFORM), a_paper("2606.00002", INFORMATION)]})

    [inform] = count("inform")

    assert inform.total == 1


def test_of_very_many_papers_a_sample_is_read_and_the_count_is_an_estimate(
    listed, count, monkeypatch
):
    monkeypatch.setattr(trends, "READ", 60)
    week = timedelta(days=7)
    listed(
        {
            DAY: [*many(300, INFORM, 1), *many(300, INFORMATION, 1000)],
            DAY - 2 * week: [*many(100, INFORM, 2000), *many(100, INFORMATION, 3000)],
        }
    )

    [inform] = count("inform")

    assert not inform.is_exact
    assert 200 < inform.total < 600  # 400 of 800
    assert inform.weeks[-2] == 0
    assert 2 * inform.weeks[-3] < inform.weeks[-1] < 4 * inform.weeks[-3]


def test_the_index_counts_what_could_match_in_each_week_from_a_day_on(listed, index):
    listed({DAY: papers(3), DAY - timedelta(days=1): papers(2, 50), DAY + timedelta(days=7): []})
    [topic] = trends.read_topics("paper number")

    assert index.weekly(topic, DAY, 2) == (3, 0)
    assert index.weekly(topic, DAY - timedelta(days=7), 2) == (2, 3)
    assert index.weekly(topic, DAY + timedelta(days=7), 2) == (0, 0)


def test_before_the_first_paper_there_is_nothing_to_count(count):
    [none] = count("agents")

    assert none.weeks == (0,) * WEEKS


def test_a_topic_that_cannot_be_read_is_refused(count):
    with pytest.raises(QueryProblem):
        count("agents, -survey")


def test_an_index_that_cannot_be_opened_says_so_and_counts_nothing(database, tmp_path):
    (tmp_path / "no folder").write_text("")

    with pytest.raises(IndexUnavailable):
        trends.trends(database, SearchIndex(tmp_path / "no folder"), "agents", NOW)
