"""After downtime, on the move, and when something is stuck: what people see."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.factories import a_batch, a_paper, papers
from tests.house import House, digests, open_house, words
from tests.monday import FRIDAY, follow

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MONDAY = datetime(2026, 6, 28, 23, tzinfo=UTC)  # its midnight in Lisbon, where Ana is
FRIDAY_AT_NINE = datetime(2026, 6, 26, 8, tzinfo=UTC)  # there
WEEK = [date(2026, 6, 29) + number * DAY for number in range(4)]
TITLES = [  # too unlike to share a place in a digest
    "Robots that fold laundry",
    "Legal texts, read aloud to robots",
    "A choir of twelve robots",
    "Protein maps drawn by robots",
]


@pytest.fixture
def house(tmp_path: Path, now: datetime) -> Iterator[House]:
    with open_house(tmp_path, {FRIDAY: a_batch(*papers(3, start=800))}, start_at=now) as opened:
        opened.tick()
        yield opened


def to(house: House, at: datetime) -> None:
    house.clock(at)
    house.tick()


@pytest.fixture
def digest_on(house: House) -> None:
    """The channel has its digest, and had the one of Friday."""
    house.type("ana", "digest on")
    to(house, FRIDAY_AT_NINE)
    assert len(digests(house)) == 1


def away_until_thursday(house: House) -> None:
    """Lists came in from Monday to Thursday, and nothing ran until eleven on Thursday."""
    for day in WEEK:
        house.lists[day] = a_batch(
            a_paper(f"2607.{day:%m%d}1", TITLES[day.weekday()]),
            *papers(2, start=day.day),
            day=day,
        )
    to(house, MONDAY + 3 * DAY + 11 * HOUR)


# -- after downtime -------------------------------------------------------------------------------


@pytest.mark.usefixtures("digest_on")
def test_a_channel_gets_one_digest_that_says_which_days_it_covers(house):
    away_until_thursday(house)
    house.tick()

    digest, _ = digests(house)
    said = words(digest)
    assert "Covers Monday 29 June to Thursday 2 July, while I was away." in said
    assert TITLES[0] in said
    assert TITLES[3] in said
    to(house, MONDAY + 4 * DAY + 9 * HOUR)
    on_friday, *_ = digests(house)
    assert "Covers" not in words(on_friday)


@pytest.mark.usefixtures("digest_on")
def test_a_day_without_papers_says_which_days_it_covers_too(house):
    to(house, MONDAY + 3 * DAY + 11 * HOUR)

    digest, _ = digests(house)
    assert digest["text"].startswith("No new papers for Thursday 2 July")
    assert "Covers Monday 29 June to Thursday 2 July, while I was away." in words(digest)


@pytest.mark.parametrize("cadence", ["now", "daily", "weekly"])
def test_a_subscriber_gets_one_message_for_the_days_away(house, cadence):
    follow(house, "ana", f"robots {cadence}")
    away_until_thursday(house)
    to(house, MONDAY + 4 * DAY + 9 * HOUR)
    to(house, MONDAY + 7 * DAY + 9 * HOUR)

    [told] = house.dms("ana")
    assert all(title in words(told) for title in TITLES)


def test_a_channels_topic_is_one_message_for_the_days_away(house):
    house.press("ana", house.type("ana", "subscribe #papers robots"), "Subscribe")
    house.tick()
    before = len(house.sees("ben"))
    away_until_thursday(house)

    told, *_ = found = house.sees("ben")
    assert len(found) == before + 1
    assert all(title in words(told) for title in TITLES)


# -- on the move ----------------------------------------------------------------------------------


def test_who_moves_past_their_hour_is_told_at_once_and_once_a_day_from_then_on(house):
    follow(house, "ana", "robots daily")
    house.lists[WEEK[0]] = a_batch(a_paper("2607.00001", "Robots that walk"), day=WEEK[0])
    to(house, MONDAY + 8 * HOUR)
    house.type("ana", "settings zone Asia/Tokyo")  # 16:00 there; nine o'clock is long over
    house.tick()

    [told] = house.dms("ana")
    assert "Robots that walk" in words(told)
    house.lists[WEEK[0]] = a_batch(a_paper("2607.00002", "Robots that swim"), day=WEEK[0])
    to(house, MONDAY + 9 * HOUR)
    assert len(house.dms("ana")) == 1
    to(house, MONDAY + 25 * HOUR)  # Tuesday at nine in Tokyo
    assert "Robots that swim" in words(house.dms("ana")[0])


# -- status ---------------------------------------------------------------------------------------


def test_status_says_what_was_read_what_comes_next_and_when_where_i_am(house):
    house.type("ana", "digest on")
    answer = house.type("ana", "status")

    said = answer["text"]
    assert answer["ephemeral"]
    assert "Hugging Face was last read on Fri 26 Jun, 08:00 (Europe/Lisbon), with 3 papers" in said
    assert "It is read again on Fri 26 Jun, 08:10 (Europe/Lisbon)." in said
    assert ": Fri 26 Jun, 09:00 (Europe/Lisbon)." in said
    assert "Messages: " in said


@pytest.mark.usefixtures("digest_on")
def test_a_digest_that_slack_refuses_is_listed_with_what_to_do(house):
    house.door("archive", {"channel": "papers"})
    to(house, MONDAY + 9 * HOUR)
    answer = house.type("ana", "status", channel="general")

    said = words(answer)
    assert "Not sent: the digest for" in said
    assert "since Mon 29 Jun, 09:00 (Europe/Lisbon): the channel is archived (is_archived)." in said
    assert "Unarchive the channel" in said


def test_whose_message_is_stuck_is_not_told_to_others(house):
    follow(house, "ben", "robots")
    house.door("faults", {"method": "chat.postMessage", "error": "user_not_found", "times": 50})
    house.lists[FRIDAY] = a_batch(a_paper("2607.00001", "Robots that walk"))
    to(house, house.sandbox.now() + HOUR)

    assert "papers on a topic to somebody" in house.type("ana", "status")["text"]
    assert "papers on a topic to you" in house.type("ben", "status")["text"]
