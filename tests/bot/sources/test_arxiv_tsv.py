"""Tables of arXiv metadata: ids that were numbers, fields with line breaks, broken rows."""

import csv
import io
from datetime import UTC, date, datetime
from math import inf, nextafter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.paper import Batch, clean
from bot.errors import SourceFailed
from bot.sources import arxiv_tsv
from bot.sources.latex import readable

FULL = {
    "": "7",
    "abstract": "Bells are heard through water. ",
    "acm_class": "",
    "arxiv_id": "704.011",
    "author_text": "Tomas Okafor, Ines Varga",
    "categories": "cs.SD,physics.ao-ph",
    "comments": "",
    "created": "2007-04-01",
    "doi": "",
    "num_authors": "2",
    "num_categories": "2",
    "primary_cat": "cs.SD",
    "title": "Bells under Water",
    "updated": "",
    "categories_list": "['cs.SD', 'physics.ao-ph']",
}
written = st.text(st.characters(codec="utf-8"), max_size=60)
months = st.builds("{:02}{:02}".format, st.integers(8, 35), st.integers(1, 12))
ids = st.one_of(
    st.builds("{}.{:04}".format, months.filter(lambda each: each < "1501"), st.integers(1, 9_999)),
    st.builds("{}.{:05}".format, months.filter(lambda each: each > "1412"), st.integers(1, 30_000)),
)


def table(*rows: dict[str, str]) -> bytes:
    """Rows as csv writes them, under the header of the first."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), delimiter="\t", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def read(body: bytes) -> list[Batch]:
    return list(arxiv_tsv.read(Path("cs.SD.tsv.xz"), io.BytesIO(body)))


def test_a_row_becomes_a_paper_listed_on_the_day_it_was_created(reply):
    [batch] = read(reply("arxiv_table.tsv"))

    questions = batch.listings[0]
    assert (batch.source, batch.day, batch.problems) == ("arxiv", date(1970, 1, 1), ())
    assert (questions.source, questions.day) == ("arxiv", date(1994, 4, 3))
    assert questions.paper.published == datetime(1994, 4, 3, tzinfo=UTC)
    assert questions.paper.categories == ("cmp-lg", "cs.CL")
    assert questions.paper.abstract == "We ask kettles questions."


def test_ids_written_as_numbers_get_their_zeros_back_and_lose_their_noise(reply):
    [batch] = read(reply("arxiv_table.tsv"))

    found = [each.paper.id for each in batch.listings]
    assert found == ["cmp-lg/9404002", "0704.0110", "1912.13076", "1501.01230"]


def test_a_paper_whose_id_is_spelt_in_two_ways_is_one_as_its_last_row_has_it(reply):
    [batch] = read(reply("arxiv_table.tsv"))

    assert batch.listings[1].paper.title == "Bells under Water, Revisited"


def test_authors_are_parted_at_commas_whatever_stands_around_them(reply):
    [batch] = read(reply("arxiv_table.tsv"))

    assert [each.paper.authors for each in batch.listings] == [
        ("Mara Lindqvist",),
        ("Tomas Okafor", "Ines Varga", "Wei Zhou"),
        ("Ana Ruiz", "Jean Petit", "Ole Holm"),
        ("Keith Linden", "Barbara Eugen"),
    ]


def test_an_author_whose_name_begins_like_and_keeps_it():
    [batch] = read(table({**FULL, "author_text": "Andrea Anders, and Andy Anderson"}))

    assert batch.listings[0].paper.authors == ("Andrea Anders", "Andy Anderson")


def test_the_primary_category_comes_first_and_each_once(reply):
    [batch] = read(reply("arxiv_table.tsv"))

    assert batch.listings[2].paper.categories == ("cs.LG", "stat.ML")


@given(id_=ids, nudges=st.integers(-3, 3))
def test_every_id_survives_having_been_a_number(id_, nudges):
    number = float(id_)
    for _ in range(abs(nudges)):
        number = nextafter(number, inf if nudges > 0 else 0)
    [batch] = read(table({**FULL, "arxiv_id": repr(number)}, {**FULL, "arxiv_id": id_}))

    assert [each.paper.id for each in batch.listings] == [id_]


@given(title=written.filter(clean), abstract=written.filter(clean), comments=written)
def test_whatever_a_field_holds_the_row_stays_whole(title, abstract, comments):
    row = {**FULL, "title": title, "abstract": abstract, "comments": comments}
    [batch] = read(table(row, {**FULL, "arxiv_id": "704.0112"}))

    first, second = (each.paper for each in batch.listings)
    assert (first.title, first.abstract) == (readable(clean(title)), readable(clean(abstract)))
    assert (second.id, batch.problems) == ("0704.0112", ())


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("", "has no arxiv_id"),
        ("4", "(4) has an id that is not an arXiv id"),
        ("1413.0001", "(1413.0001) has an id that is not an arXiv id"),
        ("1400.0001", "(1400.0001) has an id that is not an arXiv id"),
        ("1404.12345", "(1404.12345) has an id that is not an arXiv id"),
        ("1912.130764", "(1912.130764) has an id that is not an arXiv id"),
        ("14041.0001", "(14041.0001) has an id that is not an arXiv id"),
        ("nan", "(nan) has an id that is not an arXiv id"),
    ],
)
def test_an_id_that_no_paper_can_have_is_named_and_not_repaired(given, said):
    [batch] = read(table(FULL, {**FULL, "arxiv_id": given}))

    assert [each.paper.id for each in batch.listings] == ["0704.0110"]
    assert batch.problems == (f"Line 3 {said}.",)


def test_an_id_with_a_version_or_as_a_link_is_read_as_well():
    ways = ["0704.0110v2", "https://arxiv.org/abs/0704.0110", " 704.011 "]
    [batch] = read(table(*({**FULL, "arxiv_id": each} for each in ways)))

    assert [each.paper.id for each in batch.listings] == ["0704.0110"]
    assert batch.problems == ()


def test_a_row_that_lost_its_beginning_is_named_by_its_line_and_the_others_land(reply):
    whole = reply("arxiv_table.tsv")
    body = whole.replace(b'13\t"Bells are heard\n', b"")

    [batch] = read(body)

    assert len(body) < len(whole)
    assert [each.paper.id for each in batch.listings] == [
        "cmp-lg/9404002",
        "1912.13076",
        "0704.0110",
        "1501.01230",
    ]
    assert batch.problems == ("Line 3 has 14 fields and the header 15.",)


def test_a_row_without_a_title_is_named(reply):
    [batch] = read(table(FULL, {**FULL, "arxiv_id": "704.0112", "title": " "}))

    assert batch.problems == ("Line 3 (0704.0112) has no title.",)


def test_a_row_after_one_of_several_lines_is_named_by_its_own():
    several = {**FULL, "comments": "one\ntwo\n\nfour"}
    [batch] = read(table(several, {**FULL, "arxiv_id": "704.0112", "title": ""}))

    assert batch.problems == ("Line 6 (0704.0112) has no title.",)


def test_a_large_collaboration_has_all_its_authors():
    crowd = ", ".join(f"Collaborator {each:05}" for each in range(9_000))
    [batch] = read(table({**FULL, "author_text": crowd}))

    assert len(batch.listings[0].paper.authors) == 9_000
    assert batch.problems == ()


@pytest.mark.parametrize("letter", ["x", "é", "鐘", "🔔"])
def test_a_quotation_mark_that_never_ends_costs_its_row_and_no_other(letter):
    endless = f'8\t"{letter * 3_000_000}\n'.encode()
    body = table(FULL) + endless + table({**FULL, "arxiv_id": "704.0112"}).split(b"\n", 1)[1]

    [batch] = read(body)

    assert [each.paper.id for each in batch.listings] == ["0704.0110", "0704.0112"]
    assert batch.problems == ("Line 3 has a field of more than 200,000 characters.",)


@pytest.mark.parametrize("column", ["created", "author_text", "categories_list", "", "abstract"])
def test_without_any_one_other_column_the_papers_still_land(column):
    row = {key: value for key, value in FULL.items() if key != column}
    [batch] = read(table(row))

    assert batch.listings[0].paper.id == "0704.0110"


def test_columns_in_another_order_are_found_by_their_names():
    [batch] = read(b"\xef\xbb\xbf" + table(dict(reversed(FULL.items()))))

    assert batch.listings[0].paper.categories == ("cs.SD", "physics.ao-ph")
    assert batch.problems == ()


@pytest.mark.parametrize("created", ["", "yesterday", "2007-13-01", "0000-00-00"])
def test_a_paper_without_a_day_is_long_past_and_its_lack_is_counted(created):
    [batch] = read(table({**FULL, "created": created}))

    assert batch.listings[0].day == date(1970, 1, 1)
    assert batch.listings[0].paper.published is None
    assert batch.problems == ("published is missing in 1 of 1 papers.",)


def test_rows_end_at_line_feeds_or_both_and_blank_lines_are_none():
    body = table(FULL, {**FULL, "arxiv_id": "704.0112"}).replace(b"\n", b"\r\n") + b"\r\n\n"

    [batch] = read(body)

    assert (len(batch.listings), batch.problems) == (2, ())


def test_a_header_without_rows_is_a_failure_and_no_quiet_day():
    with pytest.raises(SourceFailed, match=r"^There is no paper in the file\.$"):
        read(table(FULL).splitlines()[0])
