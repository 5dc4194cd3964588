"""Rows of any format in batches: each paper once, wrong rows counted, nothing read ahead."""

import io
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.paper import Batch, Listing, Paper
from bot.errors import SourceFailed
from bot.sources import rows
from bot.sources.reports import Unreadable

DAY = date(2026, 6, 30)
BROKEN = ""
some_rows = st.lists(st.sampled_from([BROKEN, "a 1", "a 2", "b 1", "c 1", "d 1"]), max_size=12)


def a_listing(row: str) -> Listing:
    """A row is an id, a space and a title."""
    if row == BROKEN:
        raise Unreadable("is broken")
    id_, title = row.split()
    return Listing("arxiv", DAY, Paper(id_, title))


def batches(*given: str) -> Iterator[Batch]:
    return rows.batches("arxiv", DAY, enumerate(given, start=1), a_listing)


@given(given=some_rows.filter(any))
def test_every_row_is_a_listing_a_repeat_or_a_problem(given):
    [batch] = batches(*given)

    last = {row.split()[0]: row.split()[1] for row in given if row}
    assert {each.paper.id: each.paper.title for each in batch.listings} == last
    assert len(batch.listings) == len(last)
    assert batch.problems == tuple(
        f"Line {number} is broken." for number, row in enumerate(given, start=1) if row == BROKEN
    )


def test_a_paper_repeated_far_apart_is_in_two_batches_the_later_one_last(monkeypatch):
    monkeypatch.setattr(rows, "AT_ONCE", 2)

    first, second = batches("a 1", "b 1", "a 2")

    assert [each.paper.title for each in first.listings] == ["1", "1"]
    assert [each.paper.title for each in second.listings] == ["2"]


def test_a_problem_belongs_to_the_batch_it_was_met_in(monkeypatch):
    monkeypatch.setattr(rows, "AT_ONCE", 1)

    told = [each.problems for each in batches(BROKEN, "a 1", "b 1", BROKEN)]

    assert told == [("Line 1 is broken.",), (), ("Line 4 is broken.",)]


def test_no_more_is_read_than_the_batch_that_was_asked_for_needs():
    read: list[int] = []

    def endless() -> Iterator[tuple[int, str]]:
        while True:
            read.append(len(read) + 1)
            yield read[-1], f"{read[-1]} title"

    next(rows.batches("arxiv", DAY, endless(), a_listing))

    assert len(read) == rows.AT_ONCE


def test_a_file_whose_rows_are_all_broken_is_a_failure():
    with pytest.raises(SourceFailed, match=r"^None of the 2 lines can be read\. Line 1 is broken"):
        list(batches(BROKEN, BROKEN))


def test_a_field_that_is_empty_somewhere_is_counted_once_for_its_batch():
    full = Listing("arxiv", DAY, Paper("a", "A", abstract="Steam.", authors=("Mara",)))
    bare = Listing("arxiv", DAY, Paper("b", "B", abstract="Steam."))
    given = enumerate([full, bare], start=1)

    [batch] = rows.batches("arxiv", DAY, given, lambda row: row, ("abstract", "authors"))

    assert batch.problems == ("authors is missing in 1 of 2 papers.",)


def test_of_a_line_that_is_too_long_only_the_beginning_is_kept(monkeypatch):
    monkeypatch.setattr(rows, "LONGEST_LINE", 4)

    assert list(rows.lines(io.BytesIO(b"abcdefghij\nabc\n\nabcd"))) == [
        b"abcd",
        b"abc\n",
        b"\n",
        b"abcd",
    ]
