"""The bundled slice: what it promises alone, and that each fact is the recorded list's."""

import gzip
import json
import re
from collections.abc import Iterator
from datetime import UTC, date
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from bot.domain.paper import Batch, Listing, clean
from bot.sources import bundled

RECORDED = Path(__file__).parents[3].parent / "shared" / "data" / "hf_daily"
FACTS = (
    "day",
    "id",
    "title",
    "authors",
    "published",
    "upvotes",
    "comments",
    "stars",
    "organization",
    "code",
    "project",
    "thumbnail",
    "note",
)
OPTIONAL = {"stars", "organization", "code", "project", "thumbnail"}

recorded = pytest.mark.skipif(
    not RECORDED.is_dir(), reason="the recorded lists (../shared/data/hf_daily) are not here"
)
each_day = pytest.mark.parametrize("day", bundled.days(), ids=str)


def entries() -> list[dict[str, Any]]:
    text = files("bot.sources").joinpath("bundled.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def listings() -> Iterator[Listing]:
    for day in bundled.days():
        yield from bundled.read(day).listings


def recorded_entries(day: date) -> dict[str, dict[str, Any]]:
    body = json.loads(gzip.decompress((RECORDED / f"{day}.json.gz").read_bytes()))
    return {entry["paper"]["id"]: entry for entry in body}


def runs_of_four(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+(?:[.,]\d+)*", text.lower())
    return set(zip(words, words[1:], words[2:], words[3:], strict=False))


def test_the_slice_is_a_hundred_papers_on_ten_weekdays_of_june_2026():
    days = bundled.days()

    assert len(days) == 10
    assert list(days) == sorted(days)
    assert {(day.year, day.month) for day in days} == {(2026, 6)}
    assert all(day.weekday() < 5 for day in days)
    assert len(list(listings())) == 100


@each_day
def test_each_day_has_enough_for_a_digest_and_is_ranked_by_votes_then_id(day):
    batch = bundled.read(day)

    order = [(-each.upvotes, each.paper.id) for each in batch.listings]
    assert (batch.source, batch.day, batch.problems) == ("hf", day, ())
    assert len(order) >= 9
    assert order == sorted(order)
    assert [each.rank for each in batch.listings] == list(range(1, len(order) + 1))
    assert {(each.source, each.day) for each in batch.listings} == {("hf", day)}


def test_a_day_outside_the_slice_is_an_empty_batch():
    saturday = date(2026, 6, 20)

    assert bundled.read(saturday) == Batch("hf", saturday, ())


def test_the_file_is_read_once():
    day = bundled.days()[0]

    assert bundled.read(day) is bundled.read(day)


def test_the_file_is_in_the_order_in_which_papers_are_listed():
    in_file = [(entry["day"], entry["id"]) for entry in entries()]

    assert in_file == [(str(each.day), each.paper.id) for each in listings()]


def test_each_line_holds_the_agreed_facts_in_their_order_and_nothing_else():
    for entry in entries():
        assert list(entry) == [fact for fact in FACTS if fact in entry]
        assert set(FACTS) - set(entry) <= OPTIONAL
        assert None not in entry.values()
        assert "" not in entry.values()


def test_no_paper_is_listed_twice():
    ids = [each.paper.id for each in listings()]

    assert len(set(ids)) == len(ids)


def test_the_tldr_is_our_note_and_says_so():
    notes = {entry["id"]: entry["note"] for entry in entries()}

    for each in listings():
        assert each.paper.tldr == notes[each.paper.id]
        assert each.paper.tldr_by == "Daily Papers"


def test_there_are_no_abstracts_keywords_or_submitters():
    for each in listings():
        assert (each.paper.abstract, each.paper.keywords, each.submitter) == ("", (), "")


def test_papers_are_dated_in_utc_and_never_after_their_day():
    for each in listings():
        assert each.paper.published is not None
        assert each.paper.published.tzinfo is UTC
        assert each.paper.published.date() <= each.day


def test_texts_are_clean_and_links_are_secure():
    for each in listings():
        paper = each.paper
        links = (paper.code_url, paper.project_url, paper.thumbnail_url)
        assert paper.authors
        for text in (paper.title, paper.organization, paper.tldr, *paper.authors):
            assert text == clean(text)
        assert all(link.startswith("https://") for link in links if link)


def test_a_note_is_one_short_sentence_and_no_two_begin_alike():
    notes = [entry["note"] for entry in entries()]

    for note in notes:
        assert 12 <= len(note.split()) <= 28, note
        assert len(note) <= 180, note
        assert re.fullmatch(r"[^\n!?]+\.", note), note
        assert not re.search(r"[.] ", note), note
        assert "this paper" not in note.lower()
    assert len({tuple(note.split()[:3]) for note in notes}) == len(notes)


@pytest.mark.real
@recorded
@each_day
def test_every_fact_is_the_recorded_one(day):
    originals = recorded_entries(day)

    for each in bundled.read(day).listings:
        entry = originals[each.paper.id]
        paper = entry["paper"]
        organization = (paper.get("organization") or {}).get("fullname", "")
        shown = [author["name"] for author in paper["authors"] if not author.get("hidden")]
        assert each.paper.title == clean(paper["title"])
        assert each.paper.authors == tuple(map(clean, shown))
        assert f"{each.paper.published:%Y-%m-%d}" == paper["publishedAt"][:10]
        assert (each.upvotes, each.comments) == (paper["upvotes"], entry["numComments"])
        assert each.stars == paper.get("githubStars")
        assert each.paper.organization == clean(organization)
        assert each.paper.code_url == (paper.get("githubRepo") or "")
        assert each.paper.project_url == (paper.get("projectPage") or "")
        assert each.paper.thumbnail_url == (entry.get("thumbnail") or "")


@pytest.mark.real
@recorded
@each_day
def test_no_note_repeats_four_words_in_a_row_of_the_abstract_or_the_ai_summary(day):
    originals = recorded_entries(day)

    for each in bundled.read(day).listings:
        paper = originals[each.paper.id]["paper"]
        written = runs_of_four(paper["summary"]) | runs_of_four(paper.get("ai_summary") or "")
        assert not runs_of_four(each.paper.tldr) & written
