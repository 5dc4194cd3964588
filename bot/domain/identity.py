"""By which ids a paper goes, which of them is its own, and what may make two of them one paper."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.paper import ARXIV_ID, Paper, bare_id

_ARXIV = re.compile(rf"(?P<id>{ARXIV_ID})(?:v[0-9]+)?")
_ARXIV_DOI = "10.48550/arxiv."
_DOI = "10."
# A feed's entries are told apart by the feed: `feed:…`.
_SCHEME = re.compile(r"[a-z]+(?=:)")


class Rule(StrEnum):
    """What makes two ids one paper."""

    DOI = "doi"  # one of them, or both, say the same DOI
    TITLE = "title"  # title, people and abstract


@dataclass(frozen=True, slots=True)
class Merge:
    """Two papers that became one, by which rule and how sure; and when they were parted again."""

    id: int
    gone_id: str
    gone_title: str
    kept_id: str
    rule: Rule
    score: float  # of 100
    merged_at: datetime
    parted_at: datetime | None = None


def canonical_id(paper_id: str) -> str:
    """One spelling for an id: arXiv's without version or subject class, else a DOI in lower case.

    A DOI that arXiv gives is the arXiv id in it.
    """
    lowered = paper_id.strip().lower()
    if lowered.startswith(_ARXIV_DOI):
        return canonical_id(paper_id.strip()[len(_ARXIV_DOI) :])
    if lowered.startswith(_DOI):
        return lowered
    found = _ARXIV.fullmatch(paper_id.strip())
    return bare_id(found["id"]) if found else paper_id


def is_arxivs(paper_id: str) -> bool:
    """Whether arXiv gave this id."""
    return _ARXIV.fullmatch(paper_id) is not None


def said_doi(paper: Paper) -> str:
    """The id that a paper's DOI is; empty where it says none, or its own."""
    said = canonical_id(paper.doi) if paper.doi else ""
    return "" if said == paper.id else said


def registry(paper_id: str) -> str:
    """Who gave an id: arXiv, a publisher by the number before the slash, or a feed."""
    if is_arxivs(paper_id):
        return "arxiv"
    if paper_id.startswith(_DOI):
        return paper_id.partition("/")[0]
    scheme = _SCHEME.match(paper_id)
    return scheme[0] if scheme else ""


def may_be_one(one: str, other: str, rule: Rule) -> bool:
    """Whether two ids can be of one paper at all. Two arXiv ids never are.

    A title says less than a DOI: whoever gives ids gave a paper one of them.
    """
    if rule is Rule.DOI:
        return one != other and not (is_arxivs(one) and is_arxivs(other))
    return registry(one) != registry(other)


def preferred(one: str, other: str) -> str:
    """Which of two ids is the paper's own: arXiv's, else a DOI; of two alike the first by name."""
    for is_better in (is_arxivs, _is_doi):
        if is_better(one) != is_better(other):
            return one if is_better(one) else other
    return min(one, other)


def _is_doi(paper_id: str) -> bool:
    return paper_id.startswith(_DOI)
