"""`papers match`: the matcher against a table of cases, ours and anybody's."""

from collections.abc import Callable
from pathlib import Path

import pytest

CASES = Path(__file__).parent / "domain" / "match_cases.tsv"

pytestmark = pytest.mark.usefixtures("no_settings")


@pytest.fixture
def cases(tmp_path: Path) -> Callable[..., str]:
    """A table of match cases with these rows; its path."""

    def write(*rows: str) -> str:
        path = tmp_path / "cases.tsv"
        path.write_text("\n".join(["keyword\ttext\texpected\twhy", *rows]), encoding="utf-8")
        return str(path)

    return write


def test_all_of_our_match_cases_pass(papers):
    ran = papers("match", str(CASES))

    assert ran.code == 0
    assert ran.out.endswith(" passed, 0 failed\n")
    assert int(ran.out.split()[0]) >= 75


def test_a_wrong_case_is_printed_and_ends_in_1(papers, cases):
    ran = papers(
        "match",
        cases(
            "rag\tA [red] fragment\thit\twords, not parts of them",
            "rag\tRAG works\thit\tcase does not count",
            "author:wei\tOn kettles [authors: Li Wei]\thit\ta field",
            "(((\tanything\tmiss\ta query that cannot be read",
        ),
    )

    failure, count = ran.out.splitlines()
    assert ran.code == 1
    assert failure == "FAILED rag | A [red] fragment | hit | words, not parts of them"
    assert count == "3 passed, 1 failed"


def test_a_table_that_cannot_be_read_is_said_with_its_line(papers, cases):
    ran = papers("match", cases("rag\tRAG works\tperhaps\tnobody knows"))

    assert ran.code == 1
    assert ran.err.startswith("Line 2 is not readable.")


@pytest.mark.parametrize("path", ["nowhere.tsv", "."])
def test_a_table_that_is_not_there_is_a_wrong_argument(papers, path):
    ran = papers("match", path)

    assert ran.code == 2
    assert "Traceback" not in ran.err
