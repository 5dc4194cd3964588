"""Files with a paper in each row, however many: what all such formats share."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any, BinaryIO, NamedTuple, TypeVar

from bot.domain.paper import Batch, Listing
from bot.errors import SourceFailed
from bot.sources.reports import Account, Problems, Unreadable, absent
from bot.sources.unpacking import DAMAGE

# Papers in a batch: a file may hold millions, and each batch is one transaction.
AT_ONCE = 1_000
LONGEST_LINE = 1_000_000  # bytes

_DAY = re.compile(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)", re.ASCII)

Row = TypeVar("Row")


class Gone(NamedTuple):
    """A row that says its paper is not there any more."""

    id: str


class _Bad(NamedTuple):
    where: str
    why: str


def batches(
    source: str,
    day: date,
    rows: Iterable[tuple[int, Row]],
    read: Callable[[Row], Listing | Gone],
    expected: Sequence[str] = (),
    *,
    account: Account | None = None,
    called: str = "Line",
) -> Iterator[Batch]:
    """The listings of numbered rows, in batches of `day`; in each a paper once, its last row.

    A row for which `read` raises Unreadable is a problem of its batch, as is each of the
    `expected` fields of a paper that is empty somewhere. Raises SourceFailed where no row is read.
    """
    account = account or Account()
    listings: dict[str, Listing] = {}
    gone: list[str] = []
    problems = Problems(account)
    any_read = False

    def lacking() -> tuple[str, ...]:
        return account.remark(absent([each.paper for each in listings.values()], expected))

    for outcome in _outcomes(rows, read, account, called):
        if isinstance(outcome, _Bad):
            problems.add(*outcome)
            continue
        any_read = True
        if isinstance(outcome, Gone):
            gone.append(outcome.id)
        else:
            listings[outcome.paper.id] = outcome
        if len(listings) + len(gone) == AT_ONCE:
            yield _batch(source, day, listings, gone, problems, lacking())
            listings, gone, problems = {}, [], Problems(account)
    if not any_read:
        raise _nothing_in(problems, f"{called.lower()}s")
    if listings or gone or problems:
        yield _batch(source, day, listings, gone, problems, lacking())


def lines(stream: BinaryIO) -> Iterator[bytes]:
    """Every line; of one that is too long, only its beginning."""
    while line := stream.readline(LONGEST_LINE):
        rest = line
        while len(rest) == LONGEST_LINE and not rest.endswith(b"\n"):
            rest = stream.readline(LONGEST_LINE)
        yield line


def filled_lines(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """The lines that are not blank, with their numbers in the file."""
    return ((at, line) for at, line in enumerate(lines(stream), start=1) if line.strip())


def json_object(line: bytes) -> dict[str, Any]:
    """The object on a line. Raises Unreadable."""
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise Unreadable("is not a JSON object")
    return found


def any_object_has(keys: set[str], head: bytes) -> bool:
    """Is one of these lines an object with all of the keys?"""
    for line in head.splitlines():
        try:
            if keys <= json_object(line).keys():
                return True
        except Unreadable:
            continue
    return False


def day_in(name: str) -> date | None:
    """The day a file is named after, if it is a day."""
    try:
        found = _DAY.search(name)
        return date.fromisoformat(found[0]) if found else None
    except ValueError:
        return None


def _outcomes(
    rows: Iterable[tuple[int, Row]],
    read: Callable[[Row], Listing | Gone],
    account: Account,
    called: str,
) -> Iterator[Listing | Gone | _Bad]:
    """For each row its listing, or why there is none; and whether the file ends too soon."""
    number = 0
    try:
        for number, row in rows:
            account.records += 1
            try:
                yield read(row)
            except Unreadable as problem:
                yield _Bad(f"{called} {number}", str(problem))
    except DAMAGE:
        yield _Bad("The file", f"is cut short or damaged after {called.lower()} {number}")


def _nothing_in(problems: Problems, rows: str) -> SourceFailed:
    if not problems:
        return SourceFailed("There is no paper in the file.")
    return problems.nothing_read(of=f"{len(problems):,} {rows}")


def _batch(
    source: str,
    day: date,
    listings: dict[str, Listing],
    gone: Sequence[str],
    problems: Problems,
    lacking: Sequence[str],
) -> Batch:
    told = (*problems.told(), *lacking)
    return Batch(source, day, tuple(listings.values()), told, gone=tuple(gone))
