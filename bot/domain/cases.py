"""Tables of match cases: would this keyword hit this text, and should it?"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.matching import document, matches
from bot.domain.paper import Paper
from bot.domain.query import parse_subscription
from bot.errors import BotError, QueryProblem

_NOTE = re.compile(r"\s*\[(?P<name>authors|cats):(?P<values>[^\[\]]*)\]\s*$")


class UnreadableCases(BotError):
    """That is not a table of `keyword`, `text`, `hit` or `miss`, and `why`, parted by tabs."""


@dataclass(frozen=True, slots=True)
class Case:
    """One row: whether the keyword should hit the text, and why."""

    keyword: str
    text: str
    hits: bool
    why: str

    @property
    def passes(self) -> bool:
        """Whether the matcher agrees."""
        return judge(self.keyword, self.text) == self.hits


def read_cases(lines: Iterable[str]) -> list[Case]:
    """The cases of a table with a header line. Raises UnreadableCases, which names the line."""
    cases = []
    for number, line in enumerate(lines, 1):
        cells = line.rstrip("\r\n").split("\t")
        if number == 1 or cells == [""]:
            continue
        if len(cells) < 3 or cells[2] not in ("hit", "miss"):
            raise UnreadableCases(f"Line {number} is not readable. {UnreadableCases.__doc__}")
        cases.append(Case(cells[0], cells[1], cells[2] == "hit", "\t".join(cells[3:])))
    return cases


def judge(keyword: str, cell: str) -> bool:
    """Whether the keyword hits the text, which stands for title and abstract alike.

    The text may end in `[authors: A; B]` and `[cats: cs.CL cs.LG]`. A keyword that cannot be read
    hits nothing.
    """
    try:
        query = parse_subscription(keyword)
    except QueryProblem:
        return False
    return matches(query, document(_paper(cell)))


def _paper(cell: str) -> Paper:
    notes: dict[str, str] = {}
    while note := _NOTE.search(cell):
        notes[note["name"]] = note["values"]
        cell = cell[: note.start()]
    return Paper(
        id="",
        title=cell,
        abstract=cell,
        authors=tuple(filter(None, map(str.strip, notes.get("authors", "").split(";")))),
        categories=tuple(notes.get("cats", "").split()),
    )
