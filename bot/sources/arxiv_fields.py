"""What arXiv's API, feeds and OAI-PMH share: ids with versions, categories, names, dates."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from email.utils import parsedate_to_datetime

from bot.domain.announcements import ARXIV
from bot.domain.paper import ARXIV_ID, clean
from bot.sources.fields import moment
from bot.sources.reports import Unreadable

SOURCE = ARXIV

_ID = re.compile(rf"(?:^|[:/])(?P<id>{ARXIV_ID})(?:v(?P<version>[0-9]{{1,4}}))?$")
# In the place of a category stand classes of other schemes as well: 68T05, I.2.7; H.3.
_CATEGORY = re.compile(r"[a-z]+(?:-[a-z]+)*(?:\.[A-Za-z]{2}|\.[a-z]+(?:-[a-z]+)*)?")
_DOI = re.compile(r"10\.[0-9]{3,9}/\S+")
_BETWEEN = re.compile(r"\s*(?:[,;:]|\band\b|&)\s*")
_SUFFIX = re.compile(r"(?:Jr|Sr|II|III|IV|Ph\.?\s?D)\.?")
_INNERMOST = re.compile(r"\([^()]*\)")
_DEEPEST = 5  # brackets within brackets: of a thousand of them a line would take its time


def numbered(given: str) -> tuple[str, int]:
    """The id and version in `oai:arXiv.org:2508.13426v1`, a link or a bare id; 0 without a version.

    Raises Unreadable.
    """
    said = clean(given)
    found = _ID.search(said)
    if not said:
        raise Unreadable("has no id")
    if found is None:
        raise Unreadable(f"({said[:40]}) has an id that is not an arXiv id")
    return found["id"], int(found["version"] or 0)


def categories(given: Iterable[str]) -> tuple[str, ...]:
    """arXiv's among what is named, in order, each once."""
    return tuple(dict.fromkeys(each for each in map(clean, given) if _CATEGORY.fullmatch(each)))


def doi(given: str) -> str:
    """The first DOI that is written, in lower case; "" without one."""
    found = _DOI.search(given)
    return found[0].lower().rstrip(".,;") if found else ""


def people(line: str) -> tuple[str, ...]:
    """The names on one line: "A. Lee, B. Ngo (2) and C. Diaz, Jr. ((1) MIT, (2) ETH)"."""
    bare = line
    for _ in range(_DEEPEST):
        bare = _INNERMOST.sub("", bare)
    names: list[str] = []
    for name in filter(None, map(clean, _BETWEEN.split(bare))):
        if names and _SUFFIX.fullmatch(name):
            names[-1] = f"{names[-1]} {name}"
        else:
            names.append(name)
    return tuple(names)


def instant(given: str) -> datetime | None:
    """An instant as ISO 8601 or e-mail writes it, in UTC; None where there is none."""
    found = moment(given)
    if found or not given:
        return found
    try:
        read = parsedate_to_datetime(given)
        return read.astimezone(UTC) if read.tzinfo else read.replace(tzinfo=UTC)
    except (ValueError, TypeError, OverflowError):
        return None


def local_day(given: str) -> date | None:
    """The day that is written, in whatever zone: `Wed, 20 Aug 2025 00:00:00 -0400` is the 20th."""
    try:
        return datetime.fromisoformat(given).date()
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(given).date()
    except (ValueError, TypeError, OverflowError):
        return None


def midnight(day: date | None) -> datetime | None:
    """A day as the instant it begins in UTC: what a source gives that names days alone."""
    return datetime.combine(day, time(), UTC) if day else None
