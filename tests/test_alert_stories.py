"""Alerts end to end: what matched, where it was seen before, and the rest."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.factories import a_batch, papers
from tests.house import House, open_house, words
from tests.monday import FRIDAY, RAG, follow, to_monday

Json = dict[str, Any]


@pytest.fixture
def house(tmp_path: Path, now: datetime) -> Iterator[House]:
    with open_house(tmp_path, {FRIDAY: a_batch(*papers(3, start=800))}, start_at=now) as opened:
        opened.tick()
        yield opened


def bold(message: Json) -> list[str]:
    found: list[str] = []

    def look(value: Any) -> None:
        if isinstance(value, dict):
            if value.get("style", {}) and value.get("style") == {"bold": True}:
                found.append(value["text"])
            value = list(value.values())
        if isinstance(value, list):
            for each in value:
                look(each)

    look(message["blocks"])
    return found


def links(message: Json) -> list[str]:
    return [
        each["url"]
        for block in message["blocks"]
        if block["type"] == "rich_text"
        for section in block["elements"]
        for each in section["elements"]
        if each["type"] == "link"
    ]


# -- what matched ---------------------------------------------------------------------------------


def test_an_alert_shows_the_sentence_that_matched_with_its_words_in_bold(house):
    follow(house, "ana", "rag")
    to_monday(house, RAG)

    [alert] = house.dms("ana")
    assert bold(alert) == ["RAG"]
    assert "We shorten it, e.g. for " in words(alert)
    assert "Context is long" not in words(alert)


def test_an_author_that_somebody_follows_is_in_bold(house):
    follow(house, "ana", 'author:"Y. LeCun"')
    to_monday(house, RAG)

    [alert] = house.dms("ana")
    assert bold(alert) == ["Yann LeCun"]
    assert " and 2 others" in words(alert)


def test_a_paper_on_two_topics_comes_once_and_names_both(house):
    follow(house, "ana", 'rag as:"Work"')
    follow(house, "ana", "less context")
    to_monday(house, RAG)

    [alert] = house.dms("ana")
    assert words(alert).count("Abstract") == 1
    assert "You follow: Work: rag" in words(alert)
    assert "also matches: less context" in words(alert)


# -- one memory -----------------------------------------------------------------------------------


def join(house: House, channel: str) -> None:
    house.door("invite", {"channel": channel, "user": house.state()["bot"]["user_id"]})


def test_what_the_digest_of_nine_showed_is_one_line_in_the_alert_of_nine(house):
    house.type("ana", "digest on")
    follow(house, "ana", "rag daily")
    to_monday(house, RAG, *papers(2, start=100))

    digest = next(each for each in house.sees("ana") if RAG.title in each["text"])
    [alert] = house.dms("ana")
    assert "Already in" in words(alert)
    assert "Answers with less context" in words(alert)
    assert "Abstract" not in words(alert)
    [link] = links(alert)
    assert link.endswith(f"/p{digest['ts'].replace('.', '')}")


def test_whoever_is_not_in_the_channel_of_the_digest_gets_the_card(house):
    join(house, "reviews")  # Ana and Ben are in it, Mei is not
    house.type("ana", "digest on", channel="reviews")
    follow(house, "ana", "rag daily")
    follow(house, "mei", "rag daily")
    to_monday(house, RAG)
    house.clock(datetime(2026, 6, 30, 0, 1, tzinfo=UTC))  # nine in Tokyo
    house.tick()

    [hers], [meis] = house.dms("ana"), house.dms("mei")
    assert "Already in" in words(hers)
    assert "Abstract" not in words(hers)
    assert "Already in" not in words(meis)
    assert "Abstract" in words(meis)


def test_where_slack_does_not_say_who_is_where_the_alert_shows_all(house):
    house.type("ana", "digest on")
    follow(house, "ana", "rag daily")
    house.door("faults", {"method": "users.conversations", "error": "missing_scope", "times": 1})
    to_monday(house, RAG)

    [alert] = house.dms("ana")
    assert "Already in" not in words(alert)
    assert "Abstract" in words(alert)


# -- the rest -------------------------------------------------------------------------------------


def test_everything_an_alert_counted_can_be_paged_through_in_place(house):
    follow(house, "ana", "robots max:3")
    to_monday(house, *papers(30, start=200, title="Robots that walk"))
    dm = house.dm_of("ana")
    [alert] = house.dms("ana")
    seen = sorted(set(links(alert)))
    page = house.press("ana", alert, "Show 27 more", channel=dm)
    first = page["ts"]
    seen += set(links(page))
    while "More (" in words(page):
        page = house.press("ana", page, "More (", channel=dm)
        assert page["ts"] == first
        assert page["ephemeral"]
        seen += set(links(page))

    assert len(seen) == len(set(seen)) == 30
    assert "/papers search" not in words(page)


def test_the_rest_of_a_channels_alert_is_for_whoever_there_asks_for_it(house):
    follow(house, "ana", "#papers robots")
    to_monday(house, *papers(8, start=200, title="Robots that walk"))
    alert = next(each for each in house.sees("ben") if "new papers on" in each["text"])

    rest = house.press("ben", alert, "Show 3 more")

    assert words(rest).count("Abstract") == 3
    assert rest["ephemeral"]


def test_a_channels_alert_is_one_line_for_a_member_who_follows_the_same(house):
    follow(house, "ana", "#papers rag")
    follow(house, "mei", "rag daily")
    to_monday(house, RAG)
    house.clock(datetime(2026, 6, 30, 0, 1, tzinfo=UTC))  # nine in Tokyo
    house.tick()

    [alert] = house.dms("mei")
    assert "Already in" in words(alert)
    assert "Abstract" not in words(alert)
