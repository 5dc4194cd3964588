"""Names: every usual order and shortening is the same person, a similar name is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.authors import is_same, name


def same(wanted: str, found: str) -> bool:
    one, other = name(wanted), name(found)
    assert one is not None
    assert other is not None
    return is_same(one, other)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("Yann LeCun", "LeCun, Yann"),
        ("Yann LeCun", "LeCun Y"),
        ("LeCun Y A", "Yann LeCun"),
        ("Yann Andre LeCun", "Y. LeCun"),
        ("LeCun", "Yann LeCun"),
        ("Yann", "Yann LeCun"),
        ("Smith, Jr.", "John Smith"),
        ("Martin Luther King, Jr.", "Martin King"),
        ("Molina", "Hector Garcia-Molina"),
        ("Klaus Müller", "KLAUS MULLER"),
        ("van Gogh", "Vincent van Gogh"),
        ("Vincent Gogh", "V. van Gogh"),
    ],
)
def test_one_person(wanted, found):
    assert same(wanted, found)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("Yann LeCun", "Yann Lecunet"),
        ("Yann LeCun", "Yves LeCun"),
        ("Yann LeCun", "LeCun"),
        ("Van Nguyen", "Thanh Nguyen"),
        ("Wei Zhang", "Zhang Wei"),
        ("J. B. Smith", "John C. Smith"),
        ("LeC", "Yann LeCun"),
    ],
)
def test_different_people(wanted, found):
    assert not same(wanted, found)


parts = st.sampled_from(
    [
        "Y",
        "Yann",
        "A",
        "Andre",
        "van",
        "der",
        "Fei",
        "fei-fei",
        "feifei",
        "Li",
        "LeCun",
        "Lecun",
        "Wei",
    ]
)
names = st.lists(parts, min_size=1, max_size=4).map(" ".join)


@given(wanted=names, found=names)
def test_whoever_is_the_same_is_looked_up_alike(wanted, found):
    one, other = name(wanted), name(found)
    assert one is not None
    assert other is not None

    assert not is_same(one, other) or one.asks_for & other.found_by


@given(st.text(max_size=30))
def test_a_name_read_again_from_its_text_is_the_same(text):
    read = name(text)

    if read is not None:
        again = name(str(read))
        assert again is not None
        assert again.words == read.words
