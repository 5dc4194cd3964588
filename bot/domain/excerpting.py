"""What of the hits answers a search: the places of its words, and one sentence of each.

Which sentence is worth reading closely is found without reading all of the abstract so.
"""

import re
from collections.abc import Iterable, Sequence

from bot.domain.expression import any_of
from bot.domain.matched import Matched, Sought, compared
from bot.domain.paper import Paper
from bot.domain.query import Phrase, Query, SearchQuery
from bot.domain.sentences import sentences
from bot.domain.tokens import STOP_WORDS

ENDING = 3  # letters by which the spellings of a longer word differ (policy, policies)
SHORTEST = 3  # letters of a beginning that say enough


def shown(query: SearchQuery, papers: Iterable[Paper]) -> list[Matched]:
    """Where each of these hits holds what was asked for; of ranked words, its likeliest sentence.

    Words that say nothing do not count.
    """
    words = [word for word in dict.fromkeys(query.ranked) if word not in STOP_WORDS]
    parts: list[Query] = [*(Phrase((word,)) for word in words), *query.required]
    sought = Sought(any_of(parts)) if parts else None
    likely = () if query.required else words
    return [_shown(sought, likely, each) if sought else Matched() for each in papers]


def _shown(sought: Sought, words: Sequence[str], paper: Paper) -> Matched:
    text = compared(paper)
    sentence = likeliest(text, words)
    said = sought.excerpt(sentence) if sentence else None
    return Matched(sought.in_title(paper), said or sought.excerpt(text), sought.people(paper))


def likeliest(text: str, words: Iterable[str]) -> str:
    """The sentence in which most words begin as these do, the first of several; empty without.

    A close reading of a whole abstract takes a millisecond, of five hits as long as all the rest.
    """
    beginnings = {re.escape(each[: max(SHORTEST, len(each) - ENDING)]) for each in words}
    if not beginnings:
        return ""
    begins = re.compile(rf"\b(?:{'|'.join(sorted(beginnings))})", re.IGNORECASE)
    said = [text[start:end] for start, end in sentences(text)]
    counts = [len(begins.findall(each)) for each in said]
    most = max(counts, default=0)
    return said[counts.index(most)] if most else ""
