"""What may stand after `author:`, `cat:` and the other fields, in one spelling each."""

import re
from collections.abc import Callable

from bot.domain import authors
from bot.domain.expression import Field, spelled
from bot.domain.lexer import Lexeme
from bot.domain.paper import find_id
from bot.errors import QueryProblem

HAS = ("code", "media")
# What people call a source, by its letters and digits alone, and the id that listings carry.
_SOURCES = {
    **dict.fromkeys(("huggingface", "dailypapers"), "hf"),
    **dict.fromkeys(("hftrending", "hfweek", "hfmonth"), "hf"),  # its lists beside those of days
}
_CATEGORY = re.compile(r"(?P<archive>[a-z-]{2,40})(?:\.(?:\*|(?P<subject>[a-z-]{2,20})))?", re.I)
_BETWEEN_WORDS = re.compile(r"[\s_-]+")
_DOI = re.compile(r"10\.\d{4,9}/[^\s\"\\]+")
_SIMPLE = re.compile(r"[\w.-]+")


def read_field(typed: Lexeme) -> Field:
    """The field in its canonical spelling. Raises QueryProblem with what would be allowed."""
    if typed.field in ("title", "abstract"):
        words = spelled(typed.text, literal=typed.quoted)
        return Field(typed.field, _given(typed, words), typed.quoted)
    value = _given(typed, _READERS[typed.field](typed))
    return Field(typed.field, value, literal=_SIMPLE.fullmatch(value) is None)


def category(text: str) -> str:
    """An arXiv category or archive as arXiv writes it; empty if it does not look like one.

    Those of other sources have hyphens between their words: "cancer biology" is cancer-biology.
    """
    found = _CATEGORY.fullmatch(_BETWEEN_WORDS.sub("-", text.strip()))
    if found is None:
        return ""
    archive, subject = found["archive"].lower(), (found["subject"] or "").lower()
    if not subject:
        return archive
    return f"{archive}.{subject.upper() if len(subject) == 2 else subject}"


def source_id(text: str) -> str:
    """The id of a source however it is called."""
    bare = "".join(filter(str.isalnum, text.casefold()))
    return _SOURCES.get(bare, bare)


def paper_id(text: str) -> str:
    """The id in a pasted id, link or DOI, in lower case; empty where there is none."""
    found = find_id(text)
    doi = _DOI.search(text) if found is None else None
    return (found or (doi[0] if doi else "")).lower()


def _given(typed: Lexeme, value: str) -> str:
    if not value:
        raise QueryProblem(f"I can't read `{typed.field}:{typed.text}`. {_ALLOWED[typed.field]}")
    return value


def _author(typed: Lexeme) -> str:
    return str(authors.name(typed.text) or "")


def _has(typed: Lexeme) -> str:
    wanted = typed.text.casefold()
    return wanted if wanted in HAS else ""


_READERS: dict[str, Callable[[Lexeme], str]] = {
    "author": _author,
    "cat": lambda typed: category(typed.text),
    "source": lambda typed: source_id(typed.text),
    "org": lambda typed: spelled(typed.text, literal=True),
    "id": lambda typed: paper_id(typed.text),
    "has": _has,
}
_ALLOWED = {
    "title": 'It takes a word or a phrase in quotes, as in `title:"world models"`.',
    "abstract": 'It takes a word or a phrase in quotes, as in `abstract:"world models"`.',
    "author": 'It takes a name, as in `author:"Yann LeCun"`.',
    "cat": "It takes an arXiv category, as in `cat:cs.CL` or `cat:cs`.",
    "source": "It takes the name of a source, as in `source:hf`.",
    "org": 'It takes an organisation, as in `org:"Meta AI"`.',
    "id": "It takes an arXiv id, a DOI or a link to either, as in `id:1706.03762`.",
    "has": "It takes `has:code` or `has:media`.",
}
