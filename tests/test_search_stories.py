"""Searching end to end: what matched, what was misspelt, what finds nothing, and trends."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.factories import a_batch, a_paper, papers
from tests.house import House, open_house, words
from tests.monday import FRIDAY

Json = dict[str, Any]

POLICY = a_paper(
    "2606.10001",
    "Diffusion policies for dexterous hands",
    abstract="Hands are hard. We train a diffusion policy on little data. It works.",
    authors=("Ada Lovelace", "Li Wei", "Sato Ken"),
    code_url="https://github.com/a/hands",
)


@pytest.fixture
def house(tmp_path: Path, now: datetime) -> Iterator[House]:
    lists = {FRIDAY: a_batch(POLICY, *papers(7, title="Diffusion number"), votes=40)}
    with open_house(tmp_path, lists, start_at=now) as opened:
        opened.tick()
        yield opened


def bold(message: Json) -> list[str]:
    return [
        each["text"]
        for block in message["blocks"]
        if block["type"] == "rich_text"
        for section in block["elements"]
        for each in section["elements"]
        if each.get("style") == {"bold": True}
    ]


# -- a hit ----------------------------------------------------------------------------------------


def test_a_hit_shows_the_words_that_matched_in_bold_and_the_facts_people_choose_by(house):
    answer = house.type("ana", "search diffusion policy dexterous")

    said = " ".join(words(answer).split())
    assert bold(answer)[:5] == ["Diffusion", "policies", "dexterous", "diffusion", "policy"]
    assert "We train a diffusion policy on little data." in said
    assert "It works." not in said
    assert "40 votes · 25 Jun 2026 · Ada Lovelace and 2 others" in said
    assert "|code>" in said


def test_papers_like_a_hit_are_one_tap_away(house):
    answer = house.type("ana", "search diffusion policy dexterous")
    similar = house.press("ana", answer, "Similar")

    assert similar["text"].startswith("Similar to Diffusion policies for dexterous hands")
    assert similar["ephemeral"]


# -- a slip of the finger -------------------------------------------------------------------------


def test_a_misspelt_search_is_corrected_and_says_so(house):
    answer = house.type("ana", "search difusion dexterous")

    assert "Showing results for diffusion dexterous, not for difusion dexterous" in answer["text"]
    assert "Diffusion policies" in words(answer)


def test_more_of_a_corrected_search_is_corrected_too(house):
    first = house.type("ana", "search difusion")
    second = house.press("ana", first, "More")

    assert "6. " in words(second)
    assert "Showing results for" in words(second)


def test_search_instead_looks_for_what_was_typed_and_the_way_back_is_there(house):
    corrected = house.type("ana", "search difusion")
    literal = house.press("ana", corrected, "Search instead")
    again = house.press("ana", literal, "Correct the spelling")

    assert literal["ts"] == corrected["ts"] == again["ts"]
    assert "Nothing found for difusion." in literal["text"]
    assert "Showing results for diffusion" in again["text"]


def test_a_corrected_search_becomes_a_subscription_to_what_was_found(house):
    answer = house.type("ana", "search difusion")
    preview = house.press("ana", answer, "Subscribe to this")

    assert "I read this as diffusion." in words(preview)


# -- nothing --------------------------------------------------------------------------------------


def test_where_nothing_is_found_a_broader_search_is_one_tap_away(house):
    nothing = house.type("ana", 'search "diffusion policy on mars"')
    broader = house.press("ana", nothing, "Search for")

    assert "Nothing found for" in words(nothing)
    assert "Diffusion policies" in words(broader)
    assert broader["ts"] == nothing["ts"]


def test_where_nothing_is_found_the_words_can_be_followed(house):
    nothing = house.type("ana", "search xyzzy")
    preview = house.press("ana", nothing, "Subscribe to this")

    assert "I read this as xyzzy" in words(preview)


# -- trends ---------------------------------------------------------------------------------------


def test_trends_are_drawn_told_and_for_the_asker_alone(house):
    answer = house.type("ana", "trends diffusion, basket weaving")

    [chart] = [each for each in answer["blocks"] if each["type"] == "data_visualization"]
    assert [each["name"] for each in chart["chart"]["series"]] == ["diffusion"]
    assert "8 papers; 8 in the last four weeks, 0 in the four before" in words(answer)
    assert "basket weaving\nNo paper in this year." in words(answer)
    assert answer["ephemeral"]
    assert answer["ts"] not in {each["ts"] for each in house.sees("ben")}


def test_a_topic_of_a_trend_can_be_followed(house):
    answer = house.type("ana", "trends diffusion policy")
    preview = house.press("ana", answer, "Subscribe to this")

    assert "I read this as diffusion policy" in words(preview)
    assert "would have sent" in words(preview)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("trends", "Tell me what to count"),
        ("trends -survey", "Add what to look for"),
        ("trends a, b, c, d, e, f", "I compare 5 at most"),
        ("trends <!channel>", "No paper in this year"),
        ('trends "', "Tell me what to"),
    ],
)
def test_what_cannot_be_counted_is_told_in_a_sentence(house, typed, said):
    answer = house.type("ana", typed)

    assert said in words(answer)
    assert answer["ephemeral"]
