"""Whether two papers without a common id are one, by title and people: rather never than wrongly.

Each test can only say no. What is left is two titles that are spelled the same but for slips and
little words, by the same people, at about the same time, over the same abstract.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from bot.domain import authors
from bot.domain.authors import Name
from bot.domain.paper import Paper
from bot.domain.tokens import STOP_WORDS, norms

# Which rules made the stored keys; another number has them made anew.
RULES = 1
KEY_LENGTH = 120
FEWEST_WORDS = 4  # that tell, in a title: of fewer, two people may have thought
# Of 100. Chosen on half of the recorded papers and measured on the others (benchmarks.merging).
SAME_TITLE = 90.0
SAME_WORD = 80.0  # a slip in a long word
SAME_ABSTRACT = 92.0
SAME_PEOPLE = 0.75  # of the longer list
LONG_WORD = 5  # letters: in a shorter one another letter is another word
COMPARED = 1_500  # characters of an abstract
TELLING_ABSTRACT = 200  # characters: a shorter one says too little against a title
YEARS = 1  # an article may come out in the year after its preprint

# What journals print under one heading again and again, and what answers another paper.
_OPENINGS = re.compile(
    r"(?:an?\s+|the\s+)?(?:author(?:s|['’]s|s['’])?\s+)?"
    r"(?:erratum|errata|corrigend(?:um|a)|correction|retraction|addendum|comments?\s+on|reply|re:"
    r"|replies|response|rebuttal|rejoinder|discussion|editorial|preface|foreword|introduction"
    r"|proceedings|in\s+memoriam|obituary|book\s+review|guest\s+editorial|table\s+of\s+contents"
    r"|issue\s+information|expression\s+of\s+concern|withdrawn|abstracts?\s+of)\b",
    re.IGNORECASE,
)
# What titles have or lack and mean the same; "very" is none of them.
_LITTLE = frozenset(
    word
    for line in ("a an and as at by for from in into is its", "of on or the their to via with")
    for word in line.split()
)
_ROMAN = frozenset(("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"))
_PLURALS = frozenset({"s", "es"})


def key(paper: Paper) -> str:
    """What papers that may be one share: the first author's family name, and with which letters the
    words of the title begin. Slips are seldom made in a first letter.

    Empty for a paper that is never taken for another: without people, or with a title that says
    little. Each stored paper has its key in an index, so that one look-up finds who to compare.
    """
    return _key(paper.title, paper.authors[0]) if paper.authors else ""


def likeness(one: Paper, other: Paper) -> float:
    """How alike the titles of two papers are, of 100; 0 where anything says that they are two."""
    if not key(one) or not key(other) or not _of_one_time(one, other):
        return 0.0
    left, right = _title(one.title), _title(other.title)
    score = float(fuzz.ratio("".join(left), "".join(right)))
    if score < SAME_TITLE or not _is_same_title(left, right):
        return 0.0
    if not _by_same_people(one.authors, other.authors):
        return 0.0
    return score if _is_same_text(one.abstract, other.abstract) else 0.0


def is_same(score: float) -> bool:
    """Whether so alike is alike enough."""
    return score >= SAME_TITLE


@lru_cache(maxsize=8_192)
def _key(title: str, author: str) -> str:
    words = [each for each in _title(title) if each not in STOP_WORDS]
    first = _name(author)
    if first is None or len(set(words)) < FEWEST_WORDS or _OPENINGS.match(title.strip()):
        return ""
    return f"{first.words[-1]}:{''.join(each[0] for each in words)}"[:KEY_LENGTH]


@lru_cache(maxsize=8_192)
def _title(title: str) -> tuple[str, ...]:
    return tuple(norms(title))


@lru_cache(maxsize=8_192)
def _name(author: str) -> Name | None:
    return authors.name(author)


def _of_one_time(one: Paper, other: Paper) -> bool:
    if one.published is None or other.published is None:
        return True
    return abs(one.published.year - other.published.year) <= YEARS


def _is_same_title(left: Sequence[str], right: Sequence[str]) -> bool:
    """Whether nothing that tells differs: no number, and no word but by a slip."""
    if sorted(_numbers(left)) != sorted(_numbers(right)):
        return False
    if "".join(left) == "".join(right):
        return True
    return all(
        _says_the_same(left[each.src_start : each.src_end], right[each.dest_start : each.dest_end])
        for each in Levenshtein.opcodes(left, right)
        if each.tag != "equal"
    )


def _says_the_same(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether a stretch of one title can stand in the place of one of the other."""
    if "".join(ours) == "".join(theirs):
        return True
    if not ours or not theirs:
        return _LITTLE.issuperset((*ours, *theirs))
    return len(ours) == len(theirs) and all(map(_is_a_slip, ours, theirs))


def _numbers(words: Sequence[str]) -> Iterator[str]:
    """Part II is not part III, and 2D is not 3D."""
    return (each for each in words if each in _ROMAN or any(map(str.isdigit, each)))


def _is_a_slip(one: str, other: str) -> bool:
    """Whether two words are one, mistyped or in the plural.

    One that ends in the other is its contrary as often as not: supervised and unsupervised.
    """
    short, long = sorted((one, other), key=len)
    if short == long or (long.startswith(short) and long[len(short) :] in _PLURALS):
        return True
    if len(short) < LONG_WORD or long.endswith(short):
        return False
    return fuzz.ratio(one, other) >= SAME_WORD


def _by_same_people(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether the first author is the same, and of the longer list most are on the other.

    The others by their family names alone: lists of five hundred are compared as fast as of five.
    """
    first, second = _names(ours), _names(theirs)
    if not first or not second or not _is_one_person(first[0], second[0]):
        return False
    shared = Counter(each.words[-1] for each in first) & Counter(each.words[-1] for each in second)
    return shared.total() >= SAME_PEOPLE * max(len(first), len(second))


def _is_one_person(one: Name, other: Name) -> bool:
    return authors.is_same(one, other) or authors.is_same(other, one)


def _names(listed: Sequence[str]) -> list[Name]:
    return [each for each in map(_name, listed) if each is not None]


def _is_same_text(one: str, other: str) -> bool:
    """Whether two abstracts are of one paper: not where either is missing, or too short to tell.

    One of them may be cut off: then what it has is in the other.
    """
    if min(len(one), len(other)) < TELLING_ABSTRACT:
        return False
    left, right = (" ".join(norms(each[:COMPARED])) for each in (one, other))
    return fuzz.token_set_ratio(left, right) >= SAME_ABSTRACT
