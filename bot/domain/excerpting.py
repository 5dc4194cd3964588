"""What of a hit answers a search: the places of its words, and one sentence.

Which sentence is worth reading closely is found without reading all of the abstract so.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from bot.domain.expression import any_of
from bot.domain.matched import Matched, matched
from bot.domain.paper import Paper
from bot.domain.query import Phrase, Query, SearchQuery
from bot.domain.sentences import sentences
from bot.domain.tokens import STOP_WORDS

ENDING = 3  # letters by which the spellings of a longer word differ (policy, policies)
SHORTEST = 3  # letters of a beginning that say enough


def shown(query: SearchQuery, paper: Paper) -> Matched:
    """Where a hit holds what was asked for; of ranked words, in the likeliest sentence."""
    words = [word for word in dict.fromkeys(query.ranked) if word not in STOP_WORDS]
    parts: list[Query] = [*(Phrase((word,)) for word in words), *query.required]
    if not parts:
        return Matched()
    asked = any_of(parts)
    sentence = "" if query.required else likeliest(paper.abstract or paper.tldr, words)
    found = matched(asked, replace(paper, abstract=sentence)) if sentence else None
    return found if found and found.excerpt else matched(asked, paper)


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
