"""A paper, one appearance of it on a source's list, and one read of such a list."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime

# Not \d, which other scripts' digits are as well; and a longer number is no id.
ARXIV_ID = r"(?:[a-z-]+(?:\.[A-Z]{2})?/[0-9]{7}|[0-9]{4}\.[0-9]{4,5})(?![0-9])"
# The day of what has none. It is long past, so that nothing of it is ever news.
UNDATED = date(1970, 1, 1)
# Hugging Face's lists of days are news. What only its other lists hold is stored and is none: those
# of a week and a month name each paper's own day, what is trending has none and may be old.
HUGGING_FACE = "hf"
TRENDING, OF_WEEK, OF_MONTH = "hf-trending", "hf-week", "hf-month"
BESIDE = frozenset({TRENDING, OF_WEEK, OF_MONTH})
# An id on its own or inside any of the links and prefixes people paste; the version is dropped.
_PASTED = re.compile(
    rf"(?:^|[/:\s(<]|arxiv\.)(?!arxiv\.)(?P<id>{ARXIV_ID})(?:v\d+)?(?:\.pdf)?[.,;)>|?#/]*",
    re.IGNORECASE,
)
_WHOLE_ID = re.compile(ARXIV_ID)
_SUBJECT_CLASS = re.compile(r"\.[A-Z]{2}/(?=[0-9]{7}$)")
# Invisible characters that people never mean: NUL and controls, zero-width, bidirectional marks.
_INVISIBLE = dict.fromkeys(
    (
        *range(0x00, 0x09),
        *range(0x0E, 0x1C),  # up to 0x1F, and 0x85: separators, which become spaces
        *range(0x7F, 0x85),
        *range(0x86, 0xA0),
        0x00AD,
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x206A),
        0xFEFF,
    )
)


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper, whatever listed it. Every field but id and title may be empty."""

    id: str  # arXiv id without version, else a DOI in lower case, else `feed:` and a digest
    title: str
    abstract: str = ""
    authors: tuple[str, ...] = ()
    published: datetime | None = None  # of the first version, UTC
    categories: tuple[str, ...] = ()  # primary first
    tldr: str = ""
    tldr_by: str = ""  # who wrote the tl;dr: a model's name, or ours
    keywords: tuple[str, ...] = ()
    organization: str = ""
    code_url: str = ""
    project_url: str = ""
    thumbnail_url: str = ""
    media_urls: tuple[str, ...] = ()
    version: int = 0  # of the text; 0 where a source does not say
    revised: datetime | None = None  # when that version came, UTC
    doi: str = ""  # of the published article, in lower case
    comment: str = ""  # the authors': pages, where it appears
    journal: str = ""
    licence_url: str = ""
    withdrawn: bool = False
    link: str = ""  # its page, where a feed says so

    @property
    def url(self) -> str:
        """The abstract page: arXiv's, or where the DOI leads, or where the paper's feed says."""
        if self.id.startswith("10."):
            return f"https://doi.org/{self.id}"
        return f"https://arxiv.org/abs/{self.id}" if _WHOLE_ID.fullmatch(self.id) else self.link


@dataclass(frozen=True, slots=True)
class Listing:
    """One paper on one source's list of one day, with what the community thought of it then."""

    source: str
    day: date
    paper: Paper
    rank: int = 0  # 1 is the top of that list; 0 where the source does not rank
    upvotes: int = 0
    comments: int = 0
    stars: int | None = None  # of its code repository
    submitter: str = ""
    source_title: str = ""  # what a feed calls itself


@dataclass(frozen=True, slots=True)
class Batch:
    """One read of one source for one day, or a part of a collection, which has none: UNDATED."""

    source: str
    day: date
    listings: tuple[Listing, ...]
    problems: tuple[str, ...] = ()  # entries that could not be read, each named in a sentence
    revisions: tuple[Paper, ...] = ()  # later versions of papers that are known, and no news
    gone: tuple[str, ...] = ()  # ids of papers that the source does not have any more
    archive: frozenset[str] = frozenset()  # ids of listed papers that are no news to anybody


@dataclass(frozen=True, slots=True)
class Fetch:
    """One read of one source for one day. `error` is None when the source answered."""

    source: str
    day: date
    read_at: datetime
    seen: int
    new: int
    late: int
    failed: int
    error: str | None


def clean(text: str) -> str:
    """One line of text as people see it: no line breaks, controls or invisible characters."""
    line = " ".join(text.split())
    if line.isascii() and line.isprintable():  # most are, and nothing is to be mended in them
        return line
    # A lone surrogate cannot be encoded: no database, index or reply would take it.
    visible = text.translate(_INVISIBLE).encode("utf-8", "ignore").decode()
    return " ".join(unicodedata.normalize("NFC", visible).split())


def find_id(text: str) -> str | None:
    """The arXiv id in a pasted id, link or DOI, without its version; None if there is none."""
    found = _PASTED.search(text.strip())
    if found is None:
        return None
    archive, slash, number = found["id"].rpartition("/")
    name, dot, subject = archive.partition(".")
    return f"{name.lower()}{dot}{subject.upper()}{slash}{number}"


def bare_id(paper_id: str) -> str:
    """An id of the old form without its subject class, as arXiv's lists write it: math/0309136."""
    return _SUBJECT_CLASS.sub("/", paper_id)
