"""A topic is changed in its form."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.subscription import Cadence, Wish
from bot.services import alerts, editing, pauses, settings, subscriptions
from tests.factories import NOW, a_paper

DAY = timedelta(days=1)
POLICY = a_paper("2606.10001", "Diffusion policies for dexterous hands")


@pytest.fixture
def edit(database):
    """Change a topic; what its owner follows then."""

    def edit(topic, **changes):
        wish = replace(topic.wish, **changes)
        new, mine = editing.replace(database, "T1", "U1", topic.id, wish, NOW)
        assert new in mine.subscriptions
        return [each.wish for each in mine.subscriptions]

    return edit


def test_another_query_takes_the_place_of_the_first(follow, edit):
    topic = follow("rag weekly max:3")

    assert edit(topic, text="agents") == [Wish("agents", Cadence.WEEKLY, 3)]


def test_the_same_query_is_the_same_topic_on_other_terms(database, follow, edit):
    topic = follow("rag")

    assert edit(topic, cadence=Cadence.DAILY, size=2, name="Mine") == [
        Wish("rag", Cadence.DAILY, 2, "Mine")
    ]
    assert editing.find(database, "T1", "U1", topic.id).wish.name == "Mine"


def test_a_name_can_be_taken_away(follow, edit):
    topic = follow('rag as:"Mine"')

    assert edit(topic, name="") == [Wish("rag")]


def test_another_query_starts_with_the_next_paper(database, follow, arrive, edit, outbox):
    topic = follow("rag")
    arrive(POLICY)
    edit(topic, text="diffusion policy")
    assert alerts.build_due(database, NOW) == 0

    arrive(a_paper("2606.10002", "More diffusion policies"), now=NOW + DAY)
    assert alerts.build_due(database, NOW + DAY) == 1
    [alert] = outbox()
    assert alert.content["groups"][0]["papers"] == ["2606.10002"]


def test_what_waits_for_a_day_comes_at_once_when_the_topic_is_told_at_once(
    database, follow, arrive, edit
):
    topic = follow("diffusion policy weekly")
    arrive(POLICY)
    assert alerts.build_due(database, NOW) == 0
    edit(topic, cadence=Cadence.NOW)

    assert alerts.build_due(database, NOW) == 1


def test_a_pause_goes_on_with_another_query(database, follow, edit):
    topic = follow("rag")
    pauses.pause_one(database, "T1", "U1", topic.id, NOW + DAY, NOW)
    edit(topic, text="agents")

    [mine] = subscriptions.mine(database, "T1", "U1", NOW).subscriptions
    assert mine.paused_until == NOW + DAY


@pytest.mark.parametrize(
    ("cadence", "days"), [(Cadence.DAILY, 1), (Cadence.WEEKLY, 0)], ids=["daily", "weekly now"]
)
def test_what_came_today_stays_the_one_message_of_the_day_as_long_as_the_cadence_stays(
    database, follow, arrive, edit, cadence, days
):
    nine = datetime(2026, 6, 29, 9, tzinfo=UTC)  # a Monday
    topic = follow("diffusion policy daily")
    arrive(POLICY, now=nine - DAY / 2)
    assert alerts.build_due(database, nine) == 1

    edit(topic, text="robots", cadence=cadence)
    settings.change(database, "T1", "U1", "at 17:00", None, nine)
    arrive(a_paper("2606.10002", "More robots"), now=nine)

    five = nine + timedelta(hours=8)
    built = [alerts.build_due(database, five + day * DAY) for day in (0, 1)]
    assert built == [int(each == days) for each in (0, 1)]


def test_a_query_that_is_followed_already_leaves_one_topic(follow, edit):
    follow("agents weekly")
    topic = follow("rag")

    assert edit(topic, text="agents") == [Wish("agents")]


def test_a_name_of_another_topic_is_refused_and_nothing_changes(database, follow, edit, everything):
    follow('agents as:"Mine"')
    topic = follow("rag")
    before = everything()

    with pytest.raises(subscriptions.NameTaken):
        edit(topic, text="robots", name="mine")
    assert everything() == before


def test_a_topic_that_was_stopped_or_is_somebody_elses_cannot_be_changed(
    database, follow, edit, everything
):
    theirs = follow("rag", "U2")
    other_team = follow("rag", team="T2")
    before = everything()

    for topic in (theirs, other_team):
        with pytest.raises(subscriptions.UnknownSubscription):
            edit(topic, text="agents")
        with pytest.raises(subscriptions.UnknownSubscription):
            editing.find(database, "T1", "U1", topic.id)
    assert everything() == before
