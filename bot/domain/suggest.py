"""Which known word a mistyped one was meant to be."""

from collections.abc import Iterable

from rapidfuzz.distance import OSA

SHORT = 4  # letters; below five, one other letter makes another word (skin, skip)
LONG = 7  # letters; from here on, two slips are still recognisable


def did_you_mean(word: str, choices: Iterable[str]) -> str | None:
    """The choice closest to a mistyped word, or None where none is close."""
    typed = word.lower()
    close = [(OSA.distance(typed, choice), choice) for choice in choices if _is_slip(typed, choice)]
    return min(close)[1] if close else None


def _is_slip(typed: str, choice: str) -> bool:
    """A letter too many, too few or in the wrong place; a wrong one only within a longer word."""
    if min(len(typed), len(choice)) < SHORT or typed[0] not in choice[:2]:
        return False
    same_letters = sorted(typed) == sorted(choice)
    if len(choice) <= SHORT and len(typed) == len(choice) and not same_letters:
        return False
    return OSA.distance(typed, choice) <= (2 if len(choice) >= LONG else 1)
