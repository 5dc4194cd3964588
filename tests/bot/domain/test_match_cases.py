"""Every row of the tables is a test, named by the reason in the row."""

from pathlib import Path

import pytest

from bot.domain.cases import Case, UnreadableCases, read_cases

TABLES = ("match_cases.tsv", "spelling_cases.tsv")


def rows() -> list[Case]:
    texts = (Path(__file__).with_name(name).read_text(encoding="utf-8") for name in TABLES)
    # Not splitlines(), which also parts lines at characters that cells may hold.
    return [case for text in texts for case in read_cases(text.split("\n"))]


@pytest.mark.parametrize(
    "case", [pytest.param(row, id=f"{row.why}: {row.keyword}") for row in rows()]
)
def test_the_matcher_agrees(case: Case):
    assert case.passes


def test_a_row_that_cannot_be_read_names_its_line():
    with pytest.raises(UnreadableCases, match="Line 3"):
        read_cases(["keyword\ttext\texpected\twhy", "a\tb\thit\tc", "a\tb\tperhaps\tc"])


def test_a_row_needs_no_reason_and_a_table_may_end_in_an_empty_line():
    assert read_cases(["header", "a\tb\tmiss", ""]) == [Case("a", "b", False, "")]
