"""A text's sentences, and the one of them that shows best what was matched."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

Span: TypeAlias = tuple[int, int]

_END = re.compile(
    r"""(?: [.!?…]+ ['"’”)\]]* (?=\s) | [。！？｡]+ [」』”’）]* ) \s*""",
    re.VERBOSE,
)
# As in pandoc: no space inside either dollar, so that prices are no formula.
_MATHS = re.compile(r"(?<!\\)\$(?![\s$])[^$]{0,200}(?<![\s\\])\$(?!\d)")
# After these a sentence goes on, whatever letter follows. Not `etc.`, which mostly ends one.
_SHORT = frozenset(
    {"al", "approx", "ca", "cf", "dr", "e.g", "eg", "eq", "eqn", "eqs", "fig", "figs", "i.e", "ie"}
    | {"mr", "mrs", "ms", "prof", "ref", "refs", "resp", "sec", "sect", "st", "tab", "viz", "vs"}
    | {"w.r.t"}
)
_LAST_WORD = re.compile(r"[^\W\d_][\w.]*$")
_LOOK_BACK = 20  # characters; no abbreviation is longer


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A part of a text, and the places in it that matched."""

    text: str
    spans: tuple[Span, ...] = ()


def sentences(text: str) -> list[Span]:
    """Where each sentence begins and ends; together they are the whole text."""
    places = [0, *_ends(text), len(text)]
    return list(pairwise(places)) if text else []


def telling(text: str, places: Sequence[Span]) -> Excerpt | None:
    """The sentence that holds most of these places, the first of several; None without any."""
    found = [_excerpt(text, sentence, places) for sentence in sentences(text)] if places else []
    best = max(found, key=lambda each: len(each.spans), default=None)
    return best if best and best.spans else None


def _ends(text: str) -> Iterator[int]:
    """Where a sentence ends and another begins."""
    formulas = [match.span() for match in _MATHS.finditer(text)]
    for match in _END.finditer(text):
        inside = any(start < match.start() < end for start, end in formulas)
        if match.end() < len(text) and not inside and _is_end(text, match):
            yield match.end()


def _is_end(text: str, mark: re.Match[str]) -> bool:
    """Whether a full stop is one: `et al. 2020`, `e.g. GPT`, `J. Smith` and `. we` are not."""
    if not mark[0].startswith(".") or mark[0].startswith(".."):
        return not text[mark.end()].islower()
    before = _LAST_WORD.search(text[max(mark.start() - _LOOK_BACK, 0) : mark.start()])
    word = before[0] if before else ""
    initial = len(word) == 1 and word.isupper()
    return not (initial or word.lower() in _SHORT or text[mark.end()].islower())


def _excerpt(text: str, sentence: Span, places: Sequence[Span]) -> Excerpt:
    """One sentence with the places that begin in it."""
    start, end = sentence
    said = text[start:end].rstrip()
    inside = (place for place in places if start <= place[0] < start + len(said))
    return Excerpt(
        said, tuple((first - start, min(last - start, len(said))) for first, last in inside)
    )
