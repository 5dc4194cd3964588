"""Slips of the finger: letters put in, left out, replaced and swapped, with equal chance."""

import random
import re
from string import ascii_lowercase

_LONG_WORD = re.compile(r"\b[A-Za-z]{6,}\b")


def mistyped(chance: random.Random, text: str, *, words: int, edits: int = 1) -> str:
    """The text with so many slips in each of so many words over five letters, or in all it has."""
    found = list(_LONG_WORD.finditer(text))
    chosen = chance.sample(found, min(words, len(found)))
    for word in sorted(chosen, key=re.Match.start, reverse=True):  # what comes before stays put
        text = text[: word.start()] + _slipped(chance, word[0], edits) + text[word.end() :]
    return text


def _slipped(chance: random.Random, word: str, edits: int) -> str:
    seen = [word]
    while len(seen) <= edits:
        slipped = chance.choice(SLIPS)(chance, seen[-1])
        if slipped not in seen:  # two equal letters swapped are no slip; none takes another back
            seen.append(slipped)
    return seen[-1]


def _inserted(chance: random.Random, word: str) -> str:
    at = chance.randrange(len(word) + 1)
    return word[:at] + chance.choice(ascii_lowercase) + word[at:]


def _deleted(chance: random.Random, word: str) -> str:
    at = chance.randrange(len(word))
    return word[:at] + word[at + 1 :]


def _replaced(chance: random.Random, word: str) -> str:
    at = chance.randrange(len(word))
    return word[:at] + chance.choice(ascii_lowercase) + word[at + 1 :]


def _swapped(chance: random.Random, word: str) -> str:
    at = chance.randrange(len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


SLIPS = (_inserted, _deleted, _replaced, _swapped)
