"""Topics leave as lines and come in as lines: all of them, or none."""

import pytest

from bot.domain.exchange import Imported, read
from bot.domain.subscription import Cadence, Wish
from bot.services import alerts, exchange, subscriptions
from bot.services.exchange import NameOfAnother, OneAtATime
from tests.factories import NOW, a_paper


@pytest.fixture
def bring_in(database):
    """Import these lines for somebody."""

    def bring_in(*lines: str, user: str = "U1", team: str = "T1") -> Imported:
        return exchange.bring_in(database, team, user, read("\n".join(lines)), NOW)

    return bring_in


@pytest.fixture
def wishes(database):
    """What somebody follows."""

    def wishes(user: str = "U1", team: str = "T1") -> list[Wish]:
        mine = subscriptions.mine(database, team, user, NOW)
        return [each.wish for each in mine.subscriptions]

    return wishes


def test_what_is_exported_in_one_workspace_comes_into_another_as_it_was(
    database, bring_in, follow, wishes
):
    follow('"tool use" -survey weekly max:3 as:tools')
    follow("(news daily)")

    bring_in(*exchange.export(database, "T1", "U1"), team="T2")

    assert wishes(team="T2") == wishes(team="T1")
    assert wishes("U2") == []


def test_every_line_is_counted_as_what_it_was(bring_in, follow):
    follow("rag")
    follow("agents as:mine")

    assert bring_in("rag", "agents daily", "nets", "nets max:3") == Imported(3, 1, 1, 1, 1)


def test_importing_twice_changes_nothing(bring_in, wishes):
    first = bring_in("rag weekly", "nets max:2")
    again = bring_in("rag weekly", "nets max:2")

    assert (first.added, again) == (2, Imported(2, 0, 0, 2, 0))
    assert wishes() == [Wish("rag", Cadence.WEEKLY), Wish("nets", size=2)]


def test_a_line_without_a_name_leaves_the_name_that_is_there(bring_in, follow, wishes):
    follow("rag as:notes")
    bring_in("rag weekly")

    assert wishes() == [Wish("rag", Cadence.WEEKLY, name="notes")]


def test_a_name_that_another_topic_has_stores_nothing(bring_in, follow, wishes):
    follow("rag as:notes")

    with pytest.raises(NameOfAnother) as raised:
        bring_in("nets", "agents as:Notes")

    assert raised.value.number == 2
    assert [each.text for each in wishes()] == ["rag"]


def test_names_may_change_hands_within_one_import(bring_in, follow, wishes):
    follow("rag as:one")
    follow("nets as:two")
    bring_in("rag as:two", "nets as:one")

    assert [each.name for each in wishes()] == ["two", "one"]


def test_an_imported_topic_is_told_of_papers_that_come_after_it(database, bring_in, arrive, outbox):
    arrive(a_paper("2606.00001", "Old RAG"))
    bring_in("rag")
    arrive(a_paper("2606.00002", "New RAG"))
    alerts.build_due(database, NOW)

    [owed] = outbox()
    assert owed.content["groups"][0]["papers"] == ["2606.00002"]


def test_one_topic_is_found_by_number_name_or_words_and_several_are_refused(database, follow):
    follow("rag as:notes")
    follow("agents")

    found = [exchange.one(database, "T1", "U1", said).text for said in ("2", "notes", "rag")]

    assert found == ["agents", "rag", "rag"]
    with pytest.raises(OneAtATime):
        exchange.one(database, "T1", "U1", "all")
