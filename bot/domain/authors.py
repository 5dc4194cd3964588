"""People's names: "Y. LeCun", "LeCun, Yann" and "Yann LeCun" are one person, "Lecunet" another."""

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.domain.folding import fold

_WORD = re.compile(r"[^\s.,;\x1f]+")
_GLUE = re.compile(r"[^\w]+|_")  # Fei-Fei is Feifei, O'Brien is OBrien
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
# Left out by some, written by others: L. (van der) Maaten.
_PARTICLES = frozenset(
    {"al", "bin", "da", "de", "del", "della", "den", "der", "di", "dos", "du", "el", "la", "le"}
    | {"ten", "ter", "van", "von"}
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name in comparable words, the family name last, and what else its words are known by."""

    words: tuple[str, ...]
    parts: frozenset[str]

    @property
    def found_by(self) -> set[str]:
        """What a name on a paper is looked up by: parts, and the family with what goes before."""
        *given, family = self.words
        found = {*self.parts}
        for word in given:
            found.update((f"{word[0]}. {family}", f"{word} {family}"))
        if len(given) > 1:
            bare = _without_particles(self.words)[:-1]
            found.update(f"{''.join(words)} {family}" for words in (given, bare))
        return found

    @property
    def asks_for(self) -> set[str]:
        """One of these every name that is the same as this one, asked for, is looked up by."""
        *given, family = self.words
        if not given:
            return {family}
        bare = _without_particles(self.words)[:-1]
        firsts = {given[0], *bare[:1]}
        initials = {f"{first}." if len(first) == 1 else first[0] for first in firsts}
        full = {word for word in firsts if len(word) > 1} | {"".join(given), "".join(bare)}
        return {f"{word} {family}" for word in initials | full if word}

    def __str__(self) -> str:
        return " ".join(self.words)


@lru_cache(maxsize=4096)
def name(text: str) -> Name | None:
    """Read a name in any of the usual orders; None where there is no letter in it."""
    family, _, given = text.partition(",")
    raw = _raw_words(given) + _raw_words(family) if given else _raw_words(family)
    every = [bare for word in raw if (bare := _bare(word))]
    words = _family_last([word for word in every if word not in _SUFFIXES] or every)
    if not words:
        return None
    parts = {part for word in raw for part in _parts(word) if len(part) > 1}
    return Name(tuple(words), frozenset(parts.union(words)))


def is_same(wanted: Name, found: Name) -> bool:
    """Whether a name on a paper is the name asked for. One word alone may be any of the name's."""
    if len(wanted.words) == 1:
        return wanted.words[0] in found.parts
    if wanted.words[-1] != found.words[-1]:
        return False
    if wanted.words == found.words[-len(wanted.words) :]:
        return True
    return any(
        _fits(ours[:-1], theirs[:-1])
        for ours, theirs in (
            (wanted.words, found.words),
            (_without_particles(wanted.words), _without_particles(found.words)),
        )
    )


def _bare(word: str) -> str:
    return word if word.isalnum() else _GLUE.sub("", word)


def _parts(word: str) -> list[str]:
    return [word] if word.isalnum() else _GLUE.split(word)


def _raw_words(text: str) -> list[str]:
    return _WORD.findall(fold(text).text.casefold())


def _family_last(words: list[str]) -> list[str]:
    """Turn "LeCun Y", as some indexes write it, into "Y LeCun"."""
    if words and len(words[-1]) > 1:
        return words
    given = len(words)
    while given and len(words[given - 1]) == 1:
        given -= 1
    return words[given:] + words[:given]


def _without_particles(words: tuple[str, ...]) -> tuple[str, ...]:
    kept = tuple(word for word in words[:-1] if word not in _PARTICLES) + words[-1:]
    return kept if len(kept) > 1 else words


def _fits(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Given names fit if the first ones do and the further ones of one are among the other's."""
    if not ours or not theirs:
        return False
    if "".join(ours) == "".join(theirs):
        return True
    if not _is_short_for(ours[0], theirs[0]):
        return False
    fewer, more = sorted((ours[1:], theirs[1:]), key=len)
    rest = iter(more)
    return all(any(_is_short_for(one, other) for other in rest) for one in fewer)


def _is_short_for(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return short == long or (len(short) == 1 and long.startswith(short))
