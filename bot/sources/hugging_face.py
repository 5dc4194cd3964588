"""Hugging Face's Daily Papers, from its JSON API."""

import json
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

import httpx

from bot.domain.paper import TRENDING, UNDATED, Batch, Listing
from bot.errors import SourceFailed
from bot.sources.fields import text
from bot.sources.http import Limits, Reader, Turn, at_any_time
from bot.sources.hugging_face_entry import SOURCE, day_of, id_of, missing, read
from bot.sources.reports import Account, Problems, Unreadable, naming

HOME = "https://huggingface.co"
PER_PAGE = 100  # the most the API gives; its own default hid papers on full days
DEFAULT_PER_PAGE = 50
MOST_PAGES = 30  # a busy month fills eight
_NO_SPACE = re.compile(r"[^ \t\r\n]")


class HuggingFace:
    """Daily Papers over HTTP. Every way to fail ends in SourceFailed.

    `base` is the site or a mirror of it, and `token` goes to that host only. `contact` tells the
    provider whom to ask about these requests. `jitter` gives 0 to 1.
    """

    def __init__(
        self,
        base: str = HOME,
        *,
        token: str = "",
        contact: str = "",
        limits: Limits | None = None,
        turn: Turn = at_any_time,
        sleep: Callable[[float], object] = time.sleep,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._url = f"{base.rstrip('/')}/api/daily_papers"
        self._reader = Reader(
            token=token, contact=contact, limits=limits, turn=turn, sleep=sleep, jitter=jitter
        )

    def read(self, day: date) -> Batch:
        """The list of one day as it stands now; empty on days without one."""
        with naming("Hugging Face"):
            return of_day(self._entries(date=day.isoformat()), day)

    def week(self, week: str) -> tuple[Batch, ...]:
        """The lists of an ISO week such as 2025-W38, one batch per day that had papers."""
        with naming("Hugging Face"):
            return of_days(self._entries(week=week))

    def month(self, month: str) -> tuple[Batch, ...]:
        """The lists of a month such as 2025-10, one batch per day that had papers."""
        with naming("Hugging Face"):
            return of_days(self._entries(month=month))

    def trending(self, day: date) -> Batch:
        """What is trending, read on `day`: the first page, in the order the site gives."""
        with naming("Hugging Face"):
            entries, _ = self._page({"sort": "trending"})
            listings, problems = _readable(entries, day)
        own = (replace(each, source=TRENDING) for each in listings)
        return Batch(TRENDING, day, _ranked(_once_each(own)), problems)

    def _entries(self, **asked: str) -> list[object]:
        found: list[object] = []
        known: set[str] = set()
        for page in range(MOST_PAGES):
            entries, more = self._page(asked | ({"p": str(page)} if page else {}))
            ids = {id_of(each) for each in entries}
            found += entries
            if not more or ids <= known:  # a mirror that cannot page repeats itself
                return found
            known |= ids
        raise SourceFailed(f"There was no end to the list after {MOST_PAGES} pages.")

    def _page(self, asked: dict[str, str]) -> tuple[list[object], bool]:
        return self._reader.get(self._url, {**asked, "limit": str(PER_PAGE)}, _page)


def parse(body: bytes, day: date) -> Batch:
    """One body of the API as the list of `day`, by votes. Raises SourceFailed.

    An entry that cannot be read, and a field missing that was always there, is a problem of the
    batch; the others land. Where every entry says it is of another day, each keeps its own.
    """
    return of_day(listed(decoded(body)), day)


def parse_days(body: bytes) -> tuple[Batch, ...]:
    """One body of the API as a batch for each day its entries name. Raises SourceFailed."""
    return of_days(listed(decoded(body)))


def _page(body: bytes, headers: httpx.Headers) -> tuple[list[object], bool]:
    """The entries of one page, and whether there may be a next one."""
    entries = listed(decoded(body))
    full = len(entries) >= PER_PAGE or len(entries) == DEFAULT_PER_PAGE
    return entries, full or 'rel="next"' in headers.get("link", "")


def decoded(body: bytes) -> list[object]:
    """The JSON of a body: one value, or those of several bodies. Raises SourceFailed."""
    start = body[:1_000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start:
        raise SourceFailed("The body is empty.")
    if start.startswith(b"<"):
        raise SourceFailed("This is a web page, not a list of papers.")
    try:
        return list(_values(body.decode(json.detect_encoding(body), "surrogatepass")))
    except (ValueError, RecursionError) as error:
        raise SourceFailed(f"This is not JSON, or only a part ({len(body):,} bytes).") from error


def _values(text: str) -> Iterator[object]:
    decoder, at = json.JSONDecoder(), _next(text, 0)
    while at < len(text):
        value, at = decoder.raw_decode(text, at)
        yield value
        at = _next(text, at)


def _next(text: str, at: int) -> int:
    """Where the next value begins; the end of the text without one."""
    found = _NO_SPACE.search(text, at)
    return found.start() if found else len(text)


def listed(values: Iterable[object]) -> list[object]:
    """The entries of lists. Raises SourceFailed where one of the values is none."""
    entries: list[object] = []
    for found in values:
        if not isinstance(found, list):
            raise SourceFailed(f"This is {_kind(found)}, not a list of papers.")
        entries += found
    return entries


def _kind(found: object) -> str:
    if not isinstance(found, dict):
        return "a single value"
    said = text(found.get("error"))[:200]
    return f"an error ({said})" if said else f"an object ({text(', '.join(found))[:200]})"


def of_day(entries: Sequence[object], day: date, account: Account | None = None) -> Batch:
    """These entries as the list of a day."""
    account = account or Account()
    named = {found for each in entries if (found := day_of(each))}
    stale = bool(named) and day not in named
    listings, problems = _readable(entries, None if stale else day, account)
    if stale:
        other = f"This is the list of {max(named)}, not of {day}."
        problems = (*account.remark([other]), *problems)
    return Batch(SOURCE, day, by_votes(listings), problems)


def of_no_day(entries: Sequence[object], account: Account | None = None) -> Batch:
    """What was found for a question: no list of any day, and most of it never was on one."""
    found, problems = _readable(entries, UNDATED, account)
    return Batch(SOURCE, UNDATED, tuple(_once_each(found)), problems)


def of_days(entries: Sequence[object], account: Account | None = None) -> tuple[Batch, ...]:
    """These entries as a list for each day they name."""
    listings, problems = _readable(entries, None, account)
    days = sorted({each.day for each in listings})
    batches = [
        Batch(SOURCE, day, by_votes(each for each in listings if each.day == day)) for day in days
    ]
    # What could not be read belongs to no day; it is told with the first.
    return tuple(replace(each, problems=problems * (each.day == days[0])) for each in batches)


def _readable(
    entries: Sequence[object], day: date | None, account: Account | None = None
) -> tuple[list[Listing], tuple[str, ...]]:
    account = account or Account()
    account.records += len(entries)
    listings: list[Listing] = []
    problems, lacking = Problems(account), Counter[str]()
    for number, entry in enumerate(entries, start=1):
        try:
            listings.append(read(entry, day))
        except Unreadable as problem:
            problems.add(_called(number, entry), problem)
        else:
            lacking.update(missing(entry))
    if entries and not listings:  # a format nobody knows must not read as a quiet day
        raise problems.nothing_read(of=f"{len(entries):,} entries")
    absent = (
        f"{field} is missing in {times} of {len(listings)} entries."
        for field, times in lacking.items()
    )
    return listings, (*problems.told(), *account.remark(absent))


def _called(number: int, entry: object) -> str:
    id_ = id_of(entry)
    return f"Entry {number} ({id_})" if id_ else f"Entry {number}"


def by_votes(listings: Iterable[Listing]) -> tuple[Listing, ...]:
    # The API's own order is by votes for a day, and by something else in other answers.
    return _ranked(sorted(_once_each(listings), key=lambda each: (-each.upvotes, each.paper.id)))


def _once_each(listings: Iterable[Listing]) -> list[Listing]:
    """A list that moves while its pages are read repeats papers: the higher count is later."""
    kept: dict[str, Listing] = {}
    for each in listings:
        known = kept.setdefault(each.paper.id, each)
        if each.upvotes > known.upvotes:
            kept[each.paper.id] = each
    return list(kept.values())


def _ranked(listings: Iterable[Listing]) -> tuple[Listing, ...]:
    return tuple(replace(each, rank=rank) for rank, each in enumerate(listings, start=1))
