"""Two rankings become one: by words, and by meaning."""

from collections.abc import Mapping

from bot.domain.ranking import scaled

SHARE_OF_MEANING = 0.5  # measured on two collections; words and meaning count alike


def fuse(lexical: Mapping[str, float], semantic: Mapping[str, float]) -> dict[str, float]:
    """Scores from 0 to 1 by id, best first, for every paper found by its words.

    Each ranking is stretched from 0 to 1 first. Of a paper that has no meaning yet its words alone
    decide; papers of equal score stay in the order of their words.
    """
    words = scaled(lexical)
    meaning = scaled({each: semantic[each] for each in lexical if each in semantic})
    found = {
        each: (1 - SHARE_OF_MEANING) * score + SHARE_OF_MEANING * meaning.get(each, score)
        for each, score in words.items()
    }
    return dict(sorted(found.items(), key=lambda item: -item[1]))
