"""What somebody may have meant: a mistyped word mended, and less strict words."""

from contextlib import suppress
from datetime import date
from itertools import islice

from bot.domain.correcting import doubtful, loosened, mended
from bot.domain.query import Phrase, SearchQuery, parse_search
from bot.errors import QueryProblem
from storage.search_index import SearchIndex

MOST_UNKNOWN = 8  # words looked up that no paper holds: each costs milliseconds


def mend(index: SearchIndex, text: str) -> str:
    """The text with the nearest known word for each word that no paper holds."""
    known = index.vocabulary
    unknown = (each for each in doubtful(text) if not known.count(each))
    looked_up = {each: known.nearest(each) for each in islice(unknown, MOST_UNKNOWN)}
    nearest = {
        word: found.word
        for word, found in looked_up.items()
        if found and not _is_known(index, word)
    }
    return mended(text, nearest) if nearest else text


def _is_known(index: SearchIndex, word: str) -> bool:
    """Whether a paper holds a word in any spelling, or an author bears it."""
    return index.holds(Phrase((word,))) or index.find(SearchQuery((word,)), 1).total > 0


def broader(index: SearchIndex, text: str, today: date | None) -> str:
    """The same words without what is strict about them, where that finds something.

    What was quoted may be mistyped; as a plain word it is mended.
    """
    words = mend(index, loosened(text))
    with suppress(QueryProblem):
        if words != text and index.find(parse_search(words, today), 1).total:
            return words
    return ""
