"""Weeks, months, second looks and *Undo*, end to end: what people type, press and see."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.paper import Batch
from tests.factories import a_batch, a_paper
from tests.house import House, digests, open_house, words

FRIDAY = date(2026, 6, 26)
SLOW = a_paper("2606.10001", "A paper that nobody noticed at first", keywords=("sleep",))
TITLES = ("Robots fold", "Proofs in Lean", "Weather nets", "Music in time", "Law texts", "Maps")
LISTED = [
    *(a_paper(f"2606.0010{n}", each, keywords=("agents",)) for n, each in enumerate(TITLES)),
    SLOW,
]
FOUR_IN_LISBON = datetime(2026, 6, 26, 15, tzinfo=UTC)  # where Ana is
NINE_IN_LISBON = datetime(2026, 6, 29, 8, tzinfo=UTC)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


@pytest.fixture(params=["socket", "http"])
def house(tmp_path: Path, now: datetime, request) -> Iterator[House]:
    lists = {FRIDAY: a_batch(*LISTED, votes=40)}
    with open_house(tmp_path, lists, start_at=now, transport=request.param) as opened:
        opened.tick()
        yield opened


def pass_time(house: House, to: datetime) -> None:
    """Sources are read shortly before an hour, and what is due then goes out."""
    for at in (to - 5 * MINUTE, to, to + MINUTE):
        house.clock(at)
        house.tick()


def rise(house: House, votes: int) -> None:
    """Friday's list is read again, and the paper that was its last has so many votes."""
    *others, last = house.lists[FRIDAY].listings
    house.lists[FRIDAY] = Batch("hf", FRIDAY, (*others, replace(last, upvotes=votes)))


def round_ups(house: House, begins: str) -> list[dict]:
    return [each for each in house.sees("ben") if each.get("text", "").startswith(begins)]


# -- the week -----------------------------------------------------------------------------------


def test_status_names_the_next_week_and_not_one_that_sleeps(house):
    house.type("ana", "digest weekly fri at 16:00")
    awake = words(house.type("ben", "status"))
    house.type("ana", "digest off")

    assert "Next weekly in" in awake
    assert "Next weekly in" not in words(house.type("ben", "status"))


def test_a_week_leads_with_what_nobody_here_saw_and_has_the_rest_in_a_line_with_a_link(house):
    house.type("ana", "digest now")
    house.tick()
    announced = house.type("ana", "digest weekly fri at 16:00")

    pass_time(house, FOUR_IN_LISBON)

    assert not announced.get("ephemeral")
    assert "The best of the week comes on Fridays at 16:00 (Europe/Lisbon)" in words(announced)
    assert "the next on Fri 26 Jun" in words(announced)
    [week] = round_ups(house, "The week to Friday 26 June")
    said = words(week)
    new, before = said.index("Maps"), said.index("Shown here before")
    assert new < before < said.rindex("Robots fold")
    assert words(week).count("Abstract") == 2  # seven listed, five of them shown in the morning
    assert "the message" in said
    assert said.count("5 seen here before") == 1


def test_a_week_is_told_once_whatever_its_day_is_moved_to(house):
    house.type("ana", "digest weekly fri at 16:00")
    pass_time(house, FOUR_IN_LISBON)
    moved = house.type("ana", "digest weekly sat at 16:00")
    pass_time(house, FOUR_IN_LISBON + DAY)

    assert "the next on Sat 4 Jul" in words(moved)
    assert len(round_ups(house, "The week to")) == 1


def test_a_week_does_not_take_the_news_of_the_next_digest(house):
    house.type("ana", "digest on")
    house.type("ana", "digest weekly fri at 16:00")
    pass_time(house, datetime(2026, 6, 26, 8, tzinfo=UTC))
    late = a_paper("2606.10009", "Listed in the afternoon")
    house.lists[FRIDAY] = a_batch(*LISTED, late, votes=40)
    house.clock(FOUR_IN_LISBON - 30 * MINUTE)
    house.tick()
    house.type("ana", "digest top 1")
    pass_time(house, FOUR_IN_LISBON)
    house.type("ana", "digest top 10")
    pass_time(house, NINE_IN_LISBON)

    assert "Listed in the afternoon" in words(digests(house)[0])


def test_a_workspace_that_takes_no_charts_reads_them_in_words(house):
    fault = {"method": "chat.postMessage", "error": "invalid_blocks", "times": 1}
    house.type("ana", "digest weekly fri at 16:00")
    house.door("faults", fault)
    pass_time(house, FOUR_IN_LISBON)

    [week] = round_ups(house, "The week to Friday 26 June")
    kinds = {each["type"] for each in week["blocks"]}
    assert "data_visualization" not in kinds
    assert "By frequent keywords, of 7 papers" in words(week)


def test_a_month_comes_on_the_first_workday_of_the_next(house):
    announced = house.type("ana", "digest monthly on")
    pass_time(house, datetime(2026, 7, 1, 8, tzinfo=UTC))

    assert "the next on Wed 1 Jul" in words(announced)
    [month] = round_ups(house, "The best of June 2026")
    assert "Robots fold" in words(month)


# -- the second look ----------------------------------------------------------------------------


def test_what_rose_after_we_passed_on_it_gets_a_second_look(house):
    house.type("ana", "digest at 09:00")
    house.type("ana", "digest follow-ups on")
    pass_time(house, datetime(2026, 6, 26, 8, tzinfo=UTC))
    rise(house, 118)
    pass_time(house, NINE_IN_LISBON)
    pass_time(house, NINE_IN_LISBON + DAY)

    [second] = round_ups(house, "A second look, Monday 29 June")
    assert "risen since Friday: 34 → 118 votes" in words(second)
    assert SLOW.title in words(second)
    assert round_ups(house, "A second look, Tuesday") == []


def test_without_follow_ups_it_is_part_of_the_week(house):
    house.type("ana", "digest at 09:00")
    house.type("ana", "digest weekly mon at 16:00")
    pass_time(house, datetime(2026, 6, 26, 8, tzinfo=UTC))
    rise(house, 118)
    pass_time(house, NINE_IN_LISBON)
    pass_time(house, NINE_IN_LISBON + timedelta(hours=7))

    [week] = round_ups(house, "The week to Monday 29 June")
    said = words(week)
    assert said.index("Second look") < said.rindex(SLOW.title)
    assert "risen since Friday: 34 → 118 votes" in said


def test_a_morning_on_which_nothing_rose_has_no_second_look(house):
    house.type("ana", "digest at 09:00")
    house.type("ana", "digest follow-ups on")
    pass_time(house, datetime(2026, 6, 26, 8, tzinfo=UTC))
    pass_time(house, NINE_IN_LISBON)

    assert round_ups(house, "A second look") == []


# -- on, off and back ---------------------------------------------------------------------------


def test_off_means_off_for_round_ups_too_and_on_brings_them_back(house):
    house.type("ana", "digest on")
    house.type("ana", "digest weekly fri at 16:00")
    off = house.type("ben", "digest off")
    pass_time(house, FOUR_IN_LISBON)
    on = house.type("ben", "digest on")

    assert "its round-ups" in words(off)
    assert round_ups(house, "The week to") == []
    assert "the next on Fri 3 Jul" in words(on)


def test_turning_it_on_is_taken_back_and_that_as_well(house):
    on = house.type("ana", "digest on")
    off = house.press("ben", on, "Undo")
    again = house.press("ana", off, "Undo")

    assert "The daily digest is off here" in words(off)
    assert "The daily digest is on here" in words(again)


def test_an_older_change_is_not_undone_and_whoever_tries_is_told_how_things_are(house):
    first = house.type("ana", "digest at 10:00")
    house.type("ben", "digest top 3")
    answer = house.press("ana", first, "Undo")
    settings = house.type("mei", "digest")

    assert answer["ephemeral"]
    assert "Somebody changed the digest after that" in words(answer)
    assert "3 papers at 10:00" in words(answer)
    assert "3 papers at 10:00" in words(settings)


def test_pressing_undo_twice_takes_nothing_else_back(house):
    house.type("ana", "digest top 3")
    changed = house.type("ana", "digest top 7")
    house.press("ben", changed, "Undo")
    again = house.press("ben", changed, "Undo")

    assert again["ephemeral"]
    assert "3 papers" in words(again)
