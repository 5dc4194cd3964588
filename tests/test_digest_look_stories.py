"""Digests in their looks, end to end: cards to press, threads to talk in, and a refusal."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.services.owing import STEP
from tests.factories import a_batch, a_paper
from tests.house import House, digests, open_house, words
from tests.waiting import until

FRIDAY = date(2026, 6, 26)
FRIDAY_MORNING = datetime(2026, 6, 26, 8, 5, tzinfo=UTC)
TOPICS = ("Robots fold laundry", "Proofs in Lean", "Weather by nets", "Music in time", "Law texts")
PAPERS = [
    a_paper(f"2606.2000{n}", title, tldr=f"All about {title}.", code_url="https://a.org")
    for n, title in enumerate(TOPICS)
]


@pytest.fixture(params=["socket", "http"])
def house(tmp_path: Path, now: datetime, request) -> Iterator[House]:
    lists = {FRIDAY: a_batch(*PAPERS, votes=40)}
    with open_house(tmp_path, lists, start_at=now, transport=request.param) as opened:
        opened.tick()
        yield opened


def test_a_card_is_voted_for_saved_and_read(house):
    house.type("ana", "digest look cards")
    house.type("ana", "digest now")
    house.tick()
    [digest] = digests(house)
    [carousel] = [each for each in digest["blocks"] if each["type"] == "carousel"]
    assert [each["title"]["text"] for each in carousel["elements"]] == [
        f"{place}. {title}" for place, title in enumerate(TOPICS, start=1)
    ]

    voted = house.press("ben", digest, "👍")
    saved = house.press("ben", digest, "Save")
    house.click("ben", digest, "Abstract")

    assert TOPICS[0] in words(voted)
    assert TOPICS[0] in words(saved)
    [modal] = until(lambda: house.views("ben")["modals"])
    assert TOPICS[0] in words(modal)


def test_each_paper_of_a_digest_with_threads_can_be_talked_about(house):
    house.type("ana", "digest look threads")
    house.type("ana", "digest now")
    house.tick()
    for _ in TOPICS:  # a channel takes about one a second
        house.clock(house.bot.now() + 2 * STEP)
        house.tick()

    [digest] = digests(house)
    assert all(title in words(digest) for title in TOPICS)
    replies = digest["replies"]
    assert [words(each).split(" (")[0] for each in replies] == [
        f"{place}. {title}" for place, title in enumerate(TOPICS, start=1)
    ]
    assert all("All about" in words(each) for each in replies)


def test_a_digest_in_its_next_edition_keeps_its_look(house):
    house.type("ana", "digest at 09:05")
    house.type("ana", "digest look cards")
    house.type("ana", "digest top 2")
    house.clock(FRIDAY_MORNING + timedelta(minutes=1))
    house.tick()

    [digest] = digests(house)
    [carousel] = [each for each in digest["blocks"] if each["type"] == "carousel"]
    assert len(carousel["elements"]) == 2


def test_on_a_quiet_day_a_channel_that_wants_its_topics_alone_reads_that_there_is_nothing(house):
    house.type("ana", "digest topics only robots")
    house.type("ana", "digest at 09:05")
    house.clock(FRIDAY_MORNING + timedelta(minutes=1))
    house.tick()
    monday = FRIDAY_MORNING + timedelta(days=3)
    house.lists[monday.date()] = a_batch(a_paper("2606.30001", "Music again"), day=monday.date())
    house.clock(monday + timedelta(minutes=1))
    house.tick()

    quiet, digest = digests(house)
    assert TOPICS[0] in words(digest)
    assert TOPICS[1] not in words(digest)
    assert "Nothing on robots today. 1 paper came in: 1 on other topics." in words(quiet)


def test_where_slack_refuses_cards_the_settings_say_so_until_they_are_set_again(house):
    house.type("ana", "digest look cards")
    house.door("faults", {"method": "chat.postMessage", "error": "invalid_blocks", "times": 1})
    house.type("ana", "digest now")
    house.tick()
    settings = house.type("ben", "digest")
    again = house.type("ana", "digest look cards")

    [digest] = digests(house)
    assert not any(each["type"] == "carousel" for each in digest["blocks"])
    assert "Slack refused cards here, so it comes compact" in words(settings)
    assert "refused" not in words(again)
