"""Text is cut between the letters that people see, never inside one.

The rules of Unicode's annex 29 that matter in titles and names: marks, joined emoji, flags, Hangul.
"""

import unicodedata

_ZERO_WIDTH_JOINER = "\u200d"
_MARKS = frozenset({"Mn", "Me", "Mc"})


def clip(text: str, limit: int) -> str:
    """At most so many characters, an ellipsis where something was cut, no letter torn apart."""
    if len(text) <= limit:
        return text
    end = limit - 1
    while end > 0 and not _parts(text, end):
        end -= 1
    return text[:end].rstrip() + "…"


def around(text: str, place: tuple[int, int], limit: int) -> tuple[int, int]:
    """The stretch of at most so many characters in which a place begins, from a word's start on.

    Where it is cut, it is cut between two letters.
    """
    if len(text) <= limit:
        return 0, len(text)
    start = max(min(place[0] - limit // 3, len(text) - limit), 0)
    end = start + limit
    if start:
        start = text.find(" ", start, place[0]) + 1 or start
    while 0 < start < place[0] and not _parts(text, start):
        start += 1
    while start < end < len(text) and not _parts(text, end):
        end -= 1
    return start, end


def _parts(text: str, at: int) -> bool:
    """Whether a letter ends and another begins at this place."""
    before, after = text[at - 1], text[at]
    if _extends(after) or before == _ZERO_WIDTH_JOINER:
        return False
    if _is_flag_half(before) and _is_flag_half(after):
        return _flag_halves_up_to(text, at) % 2 == 0
    return not _is_one_syllable(before, after)


def _extends(character: str) -> bool:
    """Whether a character only changes the one before it."""
    return (
        unicodedata.category(character) in _MARKS
        or character in (_ZERO_WIDTH_JOINER, "\u200c")
        or "\U0001f3fb" <= character <= "\U0001f3ff"  # skin tones
        or "\U000e0020" <= character <= "\U000e007f"  # tags: the flags of regions
    )


def _is_flag_half(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _flag_halves_up_to(text: str, at: int) -> int:
    start = at
    while start > 0 and _is_flag_half(text[start - 1]):
        start -= 1
    return at - start


def _is_one_syllable(before: str, after: str) -> bool:
    """Whether Hangul written letter by letter goes on: initial, vowel, final."""
    if "\u1100" <= before <= "\u115f":
        return "\u1100" <= after <= "\u11a7" or "\uac00" <= after <= "\ud7a3"
    if "\u1160" <= before <= "\u11a7":
        return "\u1160" <= after <= "\u11ff"
    if "\uac00" <= before <= "\ud7a3":  # whole syllables; only one without a final takes a vowel
        has_no_final = (ord(before) - 0xAC00) % 28 == 0
        return "\u11a8" <= after <= "\u11ff" or (has_no_final and "\u1160" <= after <= "\u11a7")
    return "\u11a8" <= before <= "\u11ff" and "\u11a8" <= after <= "\u11ff"
