"""A pause holds alerts back, and nothing is lost."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.pauses import UnknownPause
from bot.domain.reader import FOREVER
from bot.services import alerts, pauses, subscriptions
from bot.services.subscriptions import UnknownSubscription
from tests.factories import NOW, papers

DAY = timedelta(days=1)
NEXT_WEEK = datetime(2026, 7, 3, 9, tzinfo=UTC)


@pytest.fixture
def two(follow):
    """Two topics of U1, and one of U2."""
    return follow("paper"), follow('3d as:"depth" daily'), follow("paper", "U2")


@pytest.fixture
def pause(database):
    def pause(said: str, now: datetime = NOW) -> list[datetime | None]:
        done = pauses.pause(database, "T1", "U1", said, now)
        return [each.paused_until for each in done.mine.subscriptions]

    return pause


@pytest.fixture
def resume(database):
    def resume(said: str = "", now: datetime = NOW) -> list[int]:
        done = pauses.resume(database, "T1", "U1", said, now)
        return [each.id for each in done.changed]

    return resume


@pytest.fixture
def told(database, outbox):
    """What people were told up to an instant: the papers of each message."""

    def told(now: datetime) -> list[list[str]]:
        alerts.build_due(database, now)
        return [
            sorted(paper for group in each.content["groups"] for paper in _papers(group))
            for each in outbox()
            if each.audience == "U1"
        ]

    return told


def _papers(group):
    return [*group["papers"], *group["rest"]]


@pytest.mark.parametrize(
    ("said", "until"),
    [
        ("", [FOREVER, FOREVER]),
        ("all", [FOREVER, FOREVER]),
        ("2", [None, FOREVER]),
        ("1w", [NEXT_WEEK, NEXT_WEEK]),
        ("1 1w", [NEXT_WEEK, None]),
        ("until:2026-07-03 1", [NEXT_WEEK, None]),
        ("paper 1w", [NEXT_WEEK, None]),
        ("Depth 7 days", [None, NEXT_WEEK]),
        ("3d", [None, FOREVER]),  # a topic of theirs, not three days
        ("1, depth", [FOREVER, FOREVER]),
    ],
)
def test_what_is_named_is_paused_for_as_long_as_was_said(two, pause, said, until):
    assert pause(said) == until


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ("9", UnknownSubscription),
        ("quantum 2w", UnknownSubscription),
        ("until:2020-01-01", UnknownPause),
    ],
)
def test_what_cannot_be_paused_is_refused_and_pauses_nothing(two, pause, resume, said, refusal):
    with pytest.raises(refusal):
        pause(said)

    assert resume() == []


def test_whoever_follows_nothing_is_told_so(pause, resume):
    for command in (pause, resume):
        with pytest.raises(UnknownSubscription, match="You follow no topic yet"):
            command("")


def test_what_was_found_meanwhile_comes_in_one_message_when_the_pause_ends(
    two, pause, arrive, told
):
    pause("1w")
    arrive(*papers(4))
    arrive(*papers(4, start=10), now=NOW + DAY)
    arrive(*papers(4, start=20), now=NOW + 6 * DAY)
    assert told(NEXT_WEEK - timedelta(seconds=1)) == []

    [message] = told(NEXT_WEEK)

    assert message == sorted(each.id for n in (1, 10, 20) for each in papers(4, start=n))


def test_more_than_fit_after_a_pause_are_counted(database, two, pause, arrive, told, outbox):
    pause("1w")
    arrive(*papers(12))
    told(NEXT_WEEK)

    [group] = next(each for each in outbox() if each.audience == "U1").content["groups"]
    assert (len(group["papers"]), len(group["rest"])) == (5, 7)


def test_nobody_elses_topics_are_paused(two, pause, arrive, outbox, database):
    pause("")
    arrive(*papers(1))
    alerts.build_due(database, NOW)

    assert [each.audience for each in outbox()] == ["U2"]


def test_resuming_brings_what_waited_with_the_next_tick(two, pause, resume, arrive, told):
    pause("")
    arrive(*papers(2))
    assert told(NOW + DAY) == []
    resume("1", now=NOW + DAY)

    assert told(NOW + DAY) == [[each.id for each in papers(2)]]


def test_a_pause_holds_back_what_was_due_and_not_yet_made(two, pause, arrive, told):
    arrive(*papers(1))
    pause("1w")

    assert told(NOW) == []
    assert len(told(NEXT_WEEK)) == 1


def test_resuming_names_those_that_were_paused(two, pause, resume):
    first, second, _ = two
    pause("2")

    assert resume() == [second.id]
    assert resume() == []
    pause("")
    assert resume("1") == [first.id]
    assert resume() == [second.id]


def test_a_pause_that_is_over_is_none(database, two, pause, resume):
    pause("1w")

    mine = subscriptions.mine(database, "T1", "U1", NEXT_WEEK)

    assert [each.paused_until for each in mine.subscriptions] == [None, None]
    assert resume(now=NEXT_WEEK) == []


def test_one_is_paused_by_its_id_and_only_by_its_owner(database, two):
    mine, _, theirs = two

    done = pauses.pause_one(database, "T1", "U1", mine.id, NEXT_WEEK, NOW)

    assert [each.id for each in done.changed] == [mine.id]
    assert [each.paused_until for each in done.mine.subscriptions] == [NEXT_WEEK, None]
    with pytest.raises(UnknownSubscription):
        pauses.pause_one(database, "T1", "U1", theirs.id, NEXT_WEEK, NOW)


def test_pauses_are_put_back_as_they_were(database, two, pause, arrive, told):
    first, second, theirs = two
    pause("1")
    pause("1w")
    was = {first.id: FOREVER, second.id: None, theirs.id: FOREVER}
    arrive(*papers(1))

    mine = pauses.put_back(database, "T1", "U1", was, NOW)

    assert [each.paused_until for each in mine.subscriptions] == [FOREVER, None]
    assert told(NEXT_WEEK) == []
    [others] = subscriptions.mine(database, "T1", "U2", NOW).subscriptions
    assert others.paused_until is None


@pytest.mark.parametrize(
    ("said", "next_at"),
    [("1", NEXT_WEEK), ("2", NEXT_WEEK), ("", NEXT_WEEK)],
)
def test_the_state_says_when_the_next_message_may_come(database, two, said, next_at):
    done = pauses.pause(database, "T1", "U1", f"1w {said}", NOW)
    assert done.mine.next_at == next_at

    done = pauses.pause(database, "T1", "U1", said, NOW)
    assert done.mine.next_at is None
