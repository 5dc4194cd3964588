"""Which digests of people fall due, and when they are made."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.reader import Quiet
from bot.domain.spread import LARGEST_CROWD, WIDEST
from bot.errors import Blame, CannotPost
from bot.services import digests, editions, own_digest, personal_editions
from storage import readers
from tests.factories import DAY, NOW, a_paper, papers

MINUTE, HOUR, DAYLONG = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
BERLIN = ZoneInfo("Europe/Berlin")


def test_one_is_made_when_it_is_due_and_the_next_on_the_next_workday(
    ask_for, arrive, make, outbox, last, next_due
):
    ask_for()
    arrive(*papers(8), now=NOW - MINUTE)

    assert make(NOW - MINUTE) == 0
    assert make() == 1
    assert make() == 0
    [owed] = outbox()
    assert (owed.kind, owed.audience) == ("digest", "U1")
    assert (last("U1").local_date, last("U1").slot) == (DAY, "daily")
    assert next_due() == NOW + timedelta(days=3)


def test_what_is_due_in_a_workspace_of_another_process_is_left_to_it(database, ask_for, arrive):
    ask_for()
    arrive(a_paper())

    assert personal_editions.make_due(database, {}, NOW) == 0


def test_it_waits_for_a_source_as_a_channels_does(ask_for, arrive, make):
    ask_for()
    arrive(a_paper(), now=NOW - HOUR)

    assert make() == 0
    assert make(NOW + editions.PATIENCE + MINUTE) == 1


def test_it_waits_for_a_channel_that_is_due_but_not_for_ever(
    database, ask_for, arrive, make, switch_on
):
    switch_on()
    ask_for()
    arrive(a_paper())

    assert make() == 0
    assert make(NOW + personal_editions.CHANNELS_FIRST + MINUTE) == 1


def test_channels_are_made_first_whoever_is_due_first(database, ask_for, arrive, make, switch_on):
    ask_for(next_due_at=NOW)
    switch_on(next_due_at=NOW)
    arrive(*papers(8))

    assert editions.make_due(database, NOW) == 1
    assert make() == 1


def test_one_that_failed_keeps_nobody_else(ask_for, arrive, make, monkeypatch):
    ask_for("U1")
    ask_for("U2")
    arrive(a_paper())
    real = editions.sift

    def broken(session, digest, *rest):
        if digest.audience == "U1":
            raise ValueError
        return real(session, digest, *rest)

    monkeypatch.setattr(editions, "sift", broken)

    assert make() == 1


def test_those_of_a_crowd_are_spread_over_five_minutes_after_their_hour(
    database, ask_for, arrive, make, next_due, monkeypatch
):
    monkeypatch.setattr(readers, "count", lambda *_, **__: LARGEST_CROWD)
    people = [f"U{number}" for number in range(9)]
    for user in people:
        ask_for(user)
    arrive(a_paper())
    make()

    after = [next_due(user) - (NOW + timedelta(days=3)) for user in people]
    assert len(set(after)) > 5
    assert all(timedelta() <= each <= WIDEST for each in after)


@pytest.mark.usefixtures("workspace")
def test_what_is_spread_still_comes_where_the_hour_is_set_again_meanwhile(database, ask_for):
    ask_for(next_due_at=NOW + 3 * MINUTE)

    moved = own_digest.move(
        database, "T1", "U1", at=time(9), zone=None, fallback=BERLIN, now=NOW + MINUTE
    )

    assert moved.next_due_at == NOW + 3 * MINUTE


def test_late_ones_wait_for_the_end_of_quiet_hours_unless_the_hour_lies_in_them(
    database, ask_for, arrive, make
):
    for user in ("U1", "U2"):
        ask_for(user)
        with database.begin() as session:
            readers.set_zone(session, "T1", user, "Europe/Berlin")
    night, day = Quiet(time(22), time(7)), Quiet(time(8), time(23))
    with database.begin() as session:
        readers.set_quiet(session, "T1", "U1", night)
        readers.set_quiet(session, "T1", "U2", day)
    arrive(a_paper())

    assert make(NOW + 14 * HOUR) == 1  # 23:00: U2 has no quiet hours then
    assert make(NOW + 22 * HOUR) == 1


def test_a_paused_one_waits_and_what_was_refused_for_good_is_paused(
    database, ask_for, arrive, make, send, workspace
):
    ask_for()
    arrive(a_paper())
    make()
    workspace.refuse("open_dm", CannotPost("user_not_found", permanent=True, blame=Blame.PLACE))
    send()
    digest = digests.settings(database, "T1", "U1")

    assert digest is not None
    assert make(NOW + timedelta(days=30)) == 0
    again = own_digest.turn_on(database, "T1", "U1", zone=BERLIN, now=NOW)
    assert again.paused_until is None


def test_a_pause_that_is_over_is_not_told_any_more_though_nothing_came_since(database, ask_for):
    ask_for(next_due_at=NOW + 3 * DAYLONG, paused_until=NOW + DAYLONG)

    def pause(now: datetime) -> datetime | None:
        digest = own_digest.mine(database, "T1", "U1", None, now).digest
        return digest and digest.paused_until

    assert pause(NOW) == NOW + DAYLONG
    assert pause(NOW + 2 * DAYLONG) is None
