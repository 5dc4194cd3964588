"""When people are told: their hour, their quiet hours, pauses, and the names of their topics."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.factories import a_batch, a_paper, papers
from tests.house import House, open_house, words
from tests.monday import FRIDAY, follow
from tests.waiting import until

Json = dict[str, Any]
HOUR = timedelta(hours=1)
MIDNIGHT = datetime(2026, 6, 28, 23, tzinfo=UTC)  # in Lisbon, where Ana is; Monday begins


@pytest.fixture
def house(tmp_path: Path, now: datetime) -> Iterator[House]:
    with open_house(tmp_path, {FRIDAY: a_batch(*papers(3, start=800))}, start_at=now) as opened:
        opened.tick()
        yield opened


def arrive(house: House, at: datetime, *titles: str) -> None:
    """A list with these papers comes in at an instant."""
    day = (at + HOUR).date()  # Hugging Face opens a day's list in the evening before
    found = [a_paper(f"{at:%y%m}.{at:%d%H}{n}", title) for n, title in enumerate(titles)]
    house.lists[day] = a_batch(*found, day=day)
    to(house, at)


def to(house: House, at: datetime) -> None:
    house.clock(at)
    house.tick()


def titles(house: House, user: str = "ana") -> list[str]:
    """The words of each message that somebody got, oldest first."""
    return [words(each) for each in reversed(house.dms(user))]


# -- pauses ---------------------------------------------------------------------------------------


def test_what_comes_during_a_pause_is_told_in_one_message_when_it_ends(house):
    follow(house, "ana", "robots")
    answer = house.type("ana", "pause until:2026-07-01")
    arrive(house, MIDNIGHT + 9 * HOUR, "Robots that walk")
    arrive(house, MIDNIGHT + 33 * HOUR, "Robots that swim")
    assert house.dms("ana") == []

    to(house, MIDNIGHT + 57 * HOUR)  # Wednesday at nine

    [told] = titles(house)
    assert "Robots that walk" in told
    assert "Robots that swim" in told
    assert "paused until Wed 1 Jul" in words(answer)
    assert answer["ephemeral"]


def test_resuming_brings_what_waited(house):
    follow(house, "ana", "robots")
    follow(house, "ana", "rag")
    house.type("ana", "pause 1")
    arrive(house, MIDNIGHT + 9 * HOUR, "Robots that walk", "RAG that works")
    [told] = titles(house)
    assert "Robots that walk" not in told

    answer = house.type("ana", "resume 1")
    house.tick()

    assert "Robots that walk" in titles(house)[1]
    assert "I tell you again of" in words(answer)
    assert "Nothing of that was paused" in words(house.type("ana", "resume"))


def test_undo_takes_a_pause_back(house):
    follow(house, "ana", "robots")
    paused = house.type("ana", "pause")
    undone = house.press("ana", paused, "Undo")
    arrive(house, MIDNIGHT + 9 * HOUR, "Robots that walk")

    assert "paused until you resume it" in words(paused)
    assert "as it was before" in words(undone)
    assert len(house.dms("ana")) == 1


def test_undo_of_resuming_pauses_again_until_the_same_day(house):
    follow(house, "ana", "robots")
    house.type("ana", "pause 1w")
    resumed = house.type("ana", "resume robots")
    undone = house.press("ana", resumed, "Undo")

    assert "paused until" not in words(resumed)
    assert "paused until Fri 3 Jul" in words(undone)


def test_a_pause_is_one_persons_own(house):
    follow(house, "ana", "robots")
    follow(house, "ben", "robots")
    house.type("ana", "pause")
    arrive(house, MIDNIGHT + 12 * HOUR, "Robots that walk")

    assert (len(house.dms("ana")), len(house.dms("ben"))) == (0, 1)


# -- hours ----------------------------------------------------------------------------------------


def test_gathered_papers_come_at_the_hour_somebody_chose(house):
    follow(house, "ana", "robots daily")
    answer = house.type("ana", "settings at 11:30")
    arrive(house, MIDNIGHT + 9 * HOUR, "Robots that walk")
    to(house, MIDNIGHT + 11 * HOUR)
    assert house.dms("ana") == []
    to(house, MIDNIGHT + 11.5 * HOUR)

    assert len(house.dms("ana")) == 1
    assert "come at 11:30" in words(answer)
    assert "Europe/Lisbon" in words(answer)
    assert "once a day at 11:30" in words(house.type("ana", "list"))


def test_an_hour_that_is_moved_after_the_message_brings_no_second_one_that_day(house):
    follow(house, "ana", "robots daily")
    arrive(house, MIDNIGHT + 8 * HOUR, "Robots that walk")
    to(house, MIDNIGHT + 9 * HOUR)
    house.type("ana", "settings at 14:00")
    house.lists[date(2026, 6, 29)] = a_batch(
        a_paper("2606.77777", "Robots that swim"), day=date(2026, 6, 29)
    )
    to(house, MIDNIGHT + 10 * HOUR)
    to(house, MIDNIGHT + 15 * HOUR)
    assert len(house.dms("ana")) == 1
    to(house, MIDNIGHT + 38 * HOUR)

    assert "Robots that swim" in titles(house)[1]


def test_what_is_found_at_night_comes_in_the_morning(house):
    follow(house, "ana", "robots")
    answer = house.type("ana", "settings quiet 10pm to 7am")
    arrive(house, MIDNIGHT + 3 * HOUR, "Robots that walk")
    assert house.dms("ana") == []
    to(house, MIDNIGHT + 7 * HOUR)

    assert len(house.dms("ana")) == 1
    assert "22:00 to 07:00" in words(answer)
    assert answer["ephemeral"]


def test_undo_brings_the_old_hours_back(house):
    house.type("ana", "settings quiet 22:00-07:00")
    changed = house.type("ana", "settings zone Asia/Tokyo")
    undone = house.press("ana", changed, "Undo")

    assert "Asia/Tokyo" in words(changed)
    assert "Europe/Lisbon" in words(undone)
    assert "22:00 to 07:00" in words(undone)


def test_a_zone_somebody_chose_is_not_overwritten_when_they_follow_a_topic(house):
    house.type("ana", "settings zone Asia/Tokyo")
    answer = follow(house, "ana", "robots daily")

    assert "Times are in Asia/Tokyo" in words(answer)
    assert "The next message comes Sat 27 Jun, 09:00 (Asia/Tokyo) at the earliest" in words(answer)


# -- the form -------------------------------------------------------------------------------------


def open_form(house: House) -> Json:
    house.click("ana", house.type("ana", "settings"), "Change")
    found: Json = until(lambda: house.views("ana")["modals"])[-1]
    return found


def send(house: House, form: Json, **changed: str | None) -> Json:
    said = {"hour": "09:00", "zone": "Europe/Lisbon", "quiet_begins": None, "quiet_ends": None}
    values = {name: {name: value} for name, value in (said | changed).items() if value}
    return house.door("submit", {"user": "ana", "view_id": form["id"], "values": values})


def test_the_form_changes_everything_at_once_and_shows_how_it_is_then(house):
    form = open_form(house)
    send(house, form, hour="07:15", zone="berlin", quiet_begins="21:00", quiet_ends="06:00")

    saved = until(lambda: _titled(house, "Saved"))
    assert "come at 07:15" in words(saved)
    shown = words(house.type("ana", "settings"))
    assert "come at 07:15" in shown
    assert "Europe/Berlin" in shown
    assert "21:00 to 06:00" in shown


@pytest.mark.parametrize(
    ("typed", "place", "said"),
    [
        ({"zone": "Europe/Lisbom"}, "zone", "Did you mean Europe/Lisbon?"),
        ({"quiet_begins": "22:00"}, "quiet_ends", "a beginning and an end"),
        ({"quiet_ends": "22:00"}, "quiet_ends", "a beginning and an end"),
    ],
)
def test_what_is_wrong_stands_under_its_input_and_changes_nothing(house, typed, place, said):
    answer = send(house, open_form(house), **typed)

    assert said in answer["errors"][place]
    assert "no quiet hours" in words(house.type("ana", "settings"))
    assert "Europe/Lisbon" in words(house.type("ana", "settings"))


def test_the_same_hour_twice_means_no_quiet_hours(house):
    house.type("ana", "settings quiet 22:00-07:00")
    send(house, open_form(house), quiet_begins="22:00", quiet_ends="22:00")
    until(lambda: _titled(house, "Saved"))

    assert "no quiet hours" in words(house.type("ana", "settings"))


def _titled(house: House, title: str) -> Json | None:
    found = house.views("ana")["modals"]
    return next((each for each in found if each["title"]["text"] == title), None)


# -- names ----------------------------------------------------------------------------------------


def test_a_topic_is_listed_paused_and_stopped_by_its_name(house):
    follow(house, "ana", '"reinforcement learning" -survey as:"my learning" weekly')
    follow(house, "ana", "rag")

    assert "my learning" in words(house.type("ana", "list"))
    assert "paused until Fri 10 Jul" in words(house.type("ana", "pause My Learning 2w"))
    assert "no longer follow" in words(house.type("ana", "unsubscribe my learning"))
    assert "my learning" not in words(house.type("ana", "list"))


def test_undo_of_stopping_a_topic_keeps_its_name(house):
    follow(house, "ana", "rag as:bookish")
    house.press("ana", house.type("ana", "unsubscribe bookish"), "Undo")

    assert "bookish" in words(house.type("ana", "list"))


def test_two_topics_of_one_person_have_two_names(house):
    follow(house, "ana", "rag as:mine")
    refused = follow(house, "ana", "robots as:Mine")
    follow(house, "ben", "robots as:mine")

    assert "Another topic of yours has that name" in words(refused)
    assert "robots" not in words(house.type("ana", "list"))
    assert "robots" in words(house.type("ben", "list"))


@pytest.mark.parametrize(
    "text",
    [
        "pause 9",
        "pause quantum 2w",
        "pause until:yesterday",
        "pause until:2020-01-01",
        "pause " + "9" * 4_000 + "w",
        "resume <!channel>",
        "settings loud",
        "settings at 25:00",
        "settings zone <!channel>",
        "settings zone " + "x" * 4_000,
        "settings quiet `22:00`",
        "settings quiet 22:00-22:00",
        "subscribe rag as:2",
        'subscribe rag as:"' + "x" * 100 + '"',
        "subscribe rag weekly now",
        "subscribe rag max:99",
        "subscribe weekly",
        "pause 999999999",
        "unsubscribe 0000012",
        "unsubscribe " + "9" * 3_900,
        "digest ```",
    ],
)
def test_bad_input_gets_a_private_sentence(house, text):
    follow(house, "ana", "robots")
    answer = house.type("ana", text)

    assert answer["ephemeral"]
    assert "Something went wrong" not in words(answer)
    assert "<!channel>" not in answer["text"]
