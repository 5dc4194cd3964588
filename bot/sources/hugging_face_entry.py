"""One entry of Hugging Face's Daily Papers: what is kept of it, and why it may not be readable."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.domain.paper import ARXIV_ID, HUGGING_FACE, Listing, Paper, clean
from bot.sources.fields import count, link, links, mapping, moment, prose, sequence, text, texts
from bot.sources.reports import Unreadable

SOURCE = HUGGING_FACE
# Who wrote a summary whose model is not named: machine text is always marked.
UNNAMED_MODEL = "AI"

_ID = re.compile(rf"(?P<id>{ARXIV_ID})(?:v\d+)?")
# Archived lists exist in which each entry was saved as Python prints it.
_PRINTED_ID = re.compile(r"'id': '([^']{1,40})'")
_PRINTED_HEAD = 400  # characters within which such an entry says its id


def read(entry: object, day: date | None) -> Listing:
    """The listing of one entry on `day`, or on the day it names itself where `day` is None.

    Its rank is still open. Raises Unreadable.
    """
    if not isinstance(entry, dict):
        raise Unreadable(_what_else(entry))
    inner = mapping(entry.get("paper"))
    paper = _paper(entry, inner)
    listed = day or day_of(entry)
    if listed is None:
        raise Unreadable("does not say on which day it was listed")
    return Listing(
        source=SOURCE,
        day=listed,
        paper=paper,
        upvotes=count(inner.get("upvotes")) or 0,
        comments=count(entry.get("numComments")) or 0,
        stars=count(inner.get("githubStars")),
        submitter=_name(entry.get("submittedBy")) or _name(inner.get("submittedOnDailyBy")),
    )


def day_of(entry: object) -> date | None:
    """The day whose list an entry says it is on (since 2025-03-17)."""
    # Only the day is meant: the instant was precise at first and is midnight since 2026-05-14.
    submitted = moment(mapping(mapping(entry).get("paper")).get("submittedOnDailyAt"))
    return submitted.date() if submitted else None


def id_of(entry: object) -> str:
    """The id an entry gives itself, believed or not: "" if none is found."""
    if isinstance(entry, str):
        printed = _PRINTED_ID.search(entry[:_PRINTED_HEAD])
        return clean(printed[1]) if printed else ""
    return text(mapping(mapping(entry).get("paper")).get("id"))[:40]


def missing(entry: object) -> list[str]:
    """The fields every entry has always had, and this one has not."""
    outer = mapping(entry)
    inner = mapping(outer.get("paper"))
    found = {
        "authors": isinstance(inner.get("authors"), list),
        "publishedAt": moment(inner.get("publishedAt")) is not None,
        "summary": isinstance(inner.get("summary"), str),
        "upvotes": count(inner.get("upvotes")) is not None,
        "numComments": count(outer.get("numComments")) is not None,
    }
    return [field for field, there in found.items() if not there]


def _paper(entry: Mapping[str, Any], inner: Mapping[str, Any]) -> Paper:
    title = prose(inner.get("title")) or prose(entry.get("title"))
    id_ = _arxiv_id(inner.get("id"))
    if not title:
        raise Unreadable("has no title")
    tldr = prose(inner.get("ai_summary"))
    return Paper(
        id=id_,
        title=title,
        abstract=prose(inner.get("summary")) or prose(entry.get("summary")),
        authors=_shown_authors(inner.get("authors")),
        published=moment(inner.get("publishedAt")),  # the entry's own is hours or days off
        tldr=tldr,
        tldr_by=(text(inner.get("ai_summary_model")) or UNNAMED_MODEL) if tldr else "",
        keywords=texts(inner.get("ai_keywords")),
        organization=_name(entry.get("organization")) or _name(inner.get("organization")),
        code_url=link(inner.get("githubRepo")),
        project_url=link(inner.get("projectPage")),
        thumbnail_url=link(entry.get("thumbnail")),
        media_urls=_media(entry, inner),
    )


def _arxiv_id(value: object) -> str:
    given = text(value)
    found = _ID.fullmatch(given)
    if not given:
        raise Unreadable("has no id")
    if not found:
        raise Unreadable("has an id that is not an arXiv id")
    return found["id"]


def _shown_authors(value: object) -> tuple[str, ...]:
    people = (mapping(each) for each in sequence(value))
    names = (prose(each.get("name")) for each in people if not each.get("hidden"))
    return tuple(filter(None, names))


def _name(value: object) -> str:
    """How a person or an organisation is called; nothing else of them is kept."""
    profile = mapping(value)
    return text(profile.get("fullname")) or text(profile.get("name"))


def _media(entry: Mapping[str, Any], inner: Mapping[str, Any]) -> tuple[str, ...]:
    # One string to 2024-06-11, then a list beside the paper, since 2025-03-17 also within it.
    several = links(entry.get("mediaUrls")) or links(inner.get("mediaUrls"))
    return several or links([entry.get("mediaUrl")])


def _what_else(entry: object) -> str:
    if isinstance(entry, str) and entry.lstrip().startswith("{'"):
        return "is an object as Python prints it, not as JSON writes it"
    return f"is {_JSON_NAMES.get(type(entry), 'a number')}, not an object"


_JSON_NAMES = {str: "a text", list: "a list", bool: "true or false", type(None): "null"}
