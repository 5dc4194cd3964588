"""The bundled slice: a hundred real papers of ten days, so that the demo needs no network.

It holds facts only, from Hugging Face's Daily Papers of June 2026: no abstracts, nobody's profile.
The note under each paper is one sentence of our own and stands in for the tl;dr.
"""

import json
from collections import defaultdict
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from typing import NotRequired, TypedDict

from bot.domain.paper import Batch, Listing, Paper

SOURCE = "hf"  # the demo's stand-in for the live list, under the same name
AUTHOR_OF_NOTES = "Daily Papers"


class _Entry(TypedDict):
    """One line of `bundled.jsonl`; what the list did not say is left out."""

    day: str
    id: str
    title: str
    authors: list[str]
    published: str
    upvotes: int
    comments: int
    stars: NotRequired[int]
    organization: NotRequired[str]
    code: NotRequired[str]
    project: NotRequired[str]
    thumbnail: NotRequired[str]
    note: str


def days() -> tuple[date, ...]:
    """The listing days of the slice, oldest first."""
    return tuple(_batches())


def read(day: date) -> Batch:
    """One day's papers, most voted first; ranks count within the slice. Empty on any other day."""
    return _batches().get(day, Batch(SOURCE, day, ()))


@cache
def _batches() -> dict[date, Batch]:
    text = files("bot.sources").joinpath("bundled.jsonl").read_text(encoding="utf-8")
    by_day: defaultdict[date, list[_Entry]] = defaultdict(list)
    for line in text.splitlines():
        entry: _Entry = json.loads(line)
        by_day[date.fromisoformat(entry["day"])].append(entry)
    return {day: _batch(day, by_day[day]) for day in sorted(by_day)}


def _batch(day: date, entries: list[_Entry]) -> Batch:
    ranked = sorted(entries, key=lambda entry: (-entry["upvotes"], entry["id"]))
    return Batch(SOURCE, day, tuple(_listing(day, *place) for place in enumerate(ranked, start=1)))


def _listing(day: date, rank: int, entry: _Entry) -> Listing:
    return Listing(
        source=SOURCE,
        day=day,
        paper=_paper(entry),
        rank=rank,
        upvotes=entry["upvotes"],
        comments=entry["comments"],
        stars=entry.get("stars"),
    )


def _paper(entry: _Entry) -> Paper:
    return Paper(
        id=entry["id"],
        title=entry["title"],
        authors=tuple(entry["authors"]),
        published=datetime.fromisoformat(entry["published"]).replace(tzinfo=UTC),
        tldr=entry["note"],
        tldr_by=AUTHOR_OF_NOTES,
        organization=entry.get("organization", ""),
        code_url=entry.get("code", ""),
        project_url=entry.get("project", ""),
        thumbnail_url=entry.get("thumbnail", ""),
    )
