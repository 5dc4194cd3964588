"""A paper in a sentence: its source's summary, else its abstract's most telling sentence."""

import re
from dataclasses import dataclass

from bot.domain.paper import Paper
from bot.domain.sentences import sentences

FROM_ABSTRACT = "abstract"  # the author of a summary that is one of the abstract's sentences
A_MODEL = "a model"  # the author of a source's summary that is not said to be anybody's
SHORTEST = 40  # characters; below, a sentence tells nothing by itself
# What a sentence says that tells what a paper is. The first group counts more: a method named is
# what people remember, and what it reaches comes after.
_PRESENTS = re.compile(
    r"\bwe (?:\w+ )?(?:introduce|propose|present|develop|design|release|study|investigate|describe"
    r"|build|construct|train|explore|show|find|demonstrate)\b"
    r"|\b(?:this|our) (?:\w+ )?(?:paper|work|study|report|survey|article) \w+s\b"
    r"|\bis (?:introduced|proposed|presented)\b",
    re.IGNORECASE,
)
_NAMES = re.compile(
    r"\b(?:introduce|propose|present|develop|release|introduces|proposes|presents)\b", re.IGNORECASE
)
_GIVES_AWAY = re.compile(
    r"\b(?:code|data|datasets?|models?|weights)\b.{0,40}\b(?:available|released|open[- ]sourced?)\b"
    r"|\b(?:open-source|release|make) (?:our|the|all)\b|https?://|\bgithub\b",
    re.IGNORECASE,
)
_REFERS_BACK = re.compile(
    r"(?:however|but|moreover|furthermore|additionally|also|finally|experiments?|extensive|these"
    r"|such|they|it|second|third|then|code|our code)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Summary:
    """A sentence, and who wrote it: a model's name, ours, or FROM_ABSTRACT. Both may be empty."""

    text: str
    by: str


def summary(paper: Paper) -> Summary:
    """What a paper is about, in a sentence or two."""
    if paper.tldr:
        return Summary(paper.tldr, paper.tldr_by or A_MODEL)
    said = most_telling(paper.abstract)
    return Summary(said, FROM_ABSTRACT if said else "")


def most_telling(abstract: str) -> str:
    """The sentence that says what the paper brings; the first one where none does."""
    found = [abstract[start:end].strip() for start, end in sentences(abstract)]
    whole = [each for each in found if len(each) >= SHORTEST] or found
    return max(whole, key=_tells, default="")


def _tells(sentence: str) -> int:
    return (
        2 * bool(_PRESENTS.search(sentence))
        + 2 * bool(_NAMES.search(sentence))
        - bool(_REFERS_BACK.match(sentence))
        - 4 * bool(_GIVES_AWAY.search(sentence))
    )
