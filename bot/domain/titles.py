"""Whether two papers are about the same, as far as their titles tell."""

from functools import lru_cache

from rapidfuzz import fuzz

from bot.domain.tokens import tokens

# Of 100, over the words that tell. Found by reading the most alike pairs of 39 days' lists: most
# of those at 60 and above are of one topic, and fewer below.
ALIKE = 60
# Words that titles of every topic have.
_COMMON = frozenset(
    word
    for line in (
        "a an and are as at by can do does for from how in into is it its not of on or that the",
        "their through to toward towards under via we what when where which why with without you",
        "all need using beyond large language model models llm llms learning training based survey",
        "approach framework method new efficient effective improved report technical",
    )
    for word in line.split()
)


def are_alike(first: str, second: str) -> bool:
    """Do two titles share so much that one of them stands for the other?"""
    left, right = _telling(first), _telling(second)
    return bool(left and right) and fuzz.token_set_ratio(left, right) >= ALIKE


def telling_words(title: str) -> list[str]:
    """The words of a title that other topics' titles do not have as well, as they are compared."""
    return _telling(title).split()


@lru_cache(maxsize=4096)
def _telling(title: str) -> str:
    return " ".join(word.norm for word in tokens(title) if word.norm not in _COMMON)
