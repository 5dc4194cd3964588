"""Text is cut between letters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.blocks.graphemes import around, clip

LETTERS = (
    "a",
    " ",
    "e\u0301",  # two marks on one letter below
    "o\u0302\u0323",
    "👩‍👩‍👧‍👦",
    "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
    "🇩🇪",
    "👍🏽",
    "1\ufe0f\u20e3",
    "\u1112\u1161\u11ab",  # Hangul letter by letter: initial, vowel, final
    "\uac00\u11a8",
    "\u0928\u093f",  # Devanagari with a vowel sign
    "\u0e01\u0e47",
    "م",
)


@given(letters=st.lists(st.sampled_from(LETTERS), max_size=30), limit=st.integers(1, 40))
def test_a_cut_never_tears_a_letter(letters, limit):
    whole = "".join(letters)

    cut = clip(whole, limit)

    beginnings = {"".join(letters[:count]).rstrip() for count in range(len(letters) + 1)}
    assert cut == whole or cut.removesuffix("…") in beginnings


@given(text=st.text(), limit=st.integers(1, 40))
def test_a_cut_text_fits_and_says_that_it_was_cut(text, limit):
    cut = clip(text, limit)

    assert len(cut) <= limit
    assert (cut == text) if len(text) <= limit else cut.endswith("…")


@given(letters=st.lists(st.sampled_from(LETTERS[:2]), min_size=1), limit=st.integers(1, 40))
def test_no_more_is_cut_than_has_to_be(letters, limit):
    whole = "".join(letters)

    if len(whole) > limit:
        assert clip(whole, limit) == whole[: limit - 1].rstrip() + "…"


@pytest.mark.parametrize(
    ("text", "limit", "cut"),
    [
        ("short", 5, "short"),
        ("a longer one", 8, "a longe…"),
        ("two words", 5, "two…"),
        ("🇩🇪🇫🇷", 3, "🇩🇪…"),
        ("🇩🇪🇫🇷🇯🇵", 5, "🇩🇪🇫🇷…"),
        ("👩‍👩‍👧‍👦", 4, "…"),
    ],
)
def test_cuts(text, limit, cut):
    assert clip(text, limit) == cut


@given(
    letters=st.lists(st.sampled_from(LETTERS), min_size=1, max_size=30),
    place=st.integers(0, 29),
    limit=st.integers(12, 40),  # no letter above is longer
)
def test_a_stretch_around_a_place_tears_no_letter_and_holds_it(letters, place, limit):
    whole = "".join(letters)
    borders = ["".join(letters[:count]) for count in range(len(letters) + 1)]
    at = len(borders[place % len(letters)])

    start, end = around(whole, (at, at + 1), limit)

    assert {whole[:start], whole[:end]} <= set(borders)
    assert start <= at < end <= start + limit
