"""What could not be taken is shown again, safely."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.mistakes import LONGEST, shown


@pytest.mark.parametrize(
    ("mistake", "seen"),
    [
        ("tomorrow", "`tomorrow`"),
        (" `max:0` ", "`'max:0'`"),
        ("x" * LONGEST, f"`{'x' * LONGEST}`"),
        ("x" * LONGEST + "y", f"`{'x' * LONGEST}…`"),
        ("```", ""),
        ("' '", ""),
        ("", ""),
    ],
)
def test_a_mistake_stands_as_code_in_what_is_said_of_it(mistake, seen):
    assert shown(mistake) == seen


@given(st.text(alphabet="ab `'"), st.integers(1, 20))
def test_no_mistake_ends_the_code_it_stands_in_or_grows_long(mistake, longest):
    seen = shown(mistake, longest)

    assert seen.count("`") in (0, 2)
    assert len(seen) <= longest + len("``…")
