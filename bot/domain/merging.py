"""One paper from what several sources say of it, in whatever order they are read.

arXiv knows a paper's text best, and its highest version is the paper. Votes aside, all else belongs
to whoever says it last, and an empty field never overwrites a full one.
"""

from dataclasses import fields, replace

from bot.domain.arxiv_categories import is_arxivs
from bot.domain.paper import Paper

# The paper itself, taken together from whoever knows it better.
TEXT = (
    "title", "abstract", "authors", "published", "version", "revised", "comment", "journal",
    "doi", "licence_url",
)  # fmt: skip
_NOT_LENT = frozenset({"id", "title", "categories", "version", "revised", "withdrawn"})
_BESIDE = frozenset({"id", "categories", "withdrawn"})


def merged(stored: Paper, found: Paper) -> Paper:
    """The paper after one more read of it."""
    first, second = (found, stored) if is_better(found, stored) else (stored, found)
    text = {name: getattr(first, name) or getattr(second, name) for name in TEXT}
    rest = {
        field.name: getattr(found, field.name) or getattr(stored, field.name)
        for field in fields(Paper)
        if field.name not in TEXT and field.name not in _BESIDE
    }
    return replace(
        stored,
        **text,
        **rest,
        # A cross-list adds a category and no version.
        categories=tuple(dict.fromkeys((*first.categories, *second.categories))),
        withdrawn=first.withdrawn or (second.withdrawn and not is_revision(second, first)),
    )


def lent(found: Paper, known: Paper) -> Paper:
    """What a paper that was read under another id adds to the one it is: what that one lacks.

    Versions are counted by whoever gave the id, and what is withdrawn there may stand here.
    """
    added = {
        each.name: getattr(found, each.name)
        for each in fields(Paper)
        if each.name not in _NOT_LENT and not getattr(known, each.name)
    }
    return Paper(known.id, known.title, categories=found.categories, **added)


def is_revision(stored: Paper, found: Paper) -> bool:
    """Is this a later version than the one that is stored?"""
    return 0 < stored.version < found.version


def is_better(found: Paper, stored: Paper) -> bool:
    """Does a source know the paper's text at least as well as what is stored?

    That is arXiv's own word, which names its categories. Where a version is not told, the day of
    the last change decides; where neither is, whoever names version and day of submission.
    """
    ours, theirs = (any(map(is_arxivs, each.categories)) for each in (found, stored))
    if ours != theirs:
        return ours
    if found.version and stored.version and found.version != stored.version:
        return found.version > stored.version
    if found.revised and stored.revised and found.revised.date() != stored.revised.date():
        return found.revised > stored.revised
    return _told(found) >= _told(stored)


def _told(paper: Paper) -> tuple[bool, bool]:
    return bool(paper.version), paper.published is not None
