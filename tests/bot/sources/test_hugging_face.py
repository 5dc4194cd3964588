"""Lists of the daily_papers API, whole and broken, on small replies in its shape."""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.paper import Batch
from bot.errors import SourceFailed
from bot.sources.hugging_face import parse, parse_days

DAY = date(2026, 6, 30)


def of(*entries: object, day: date = DAY) -> Batch:
    return parse(json.dumps(entries).encode(), day)


def test_a_day_is_read_by_votes_with_ranks(reply):
    batch = parse(reply("hugging_face_day.json"), DAY)

    assert (batch.source, batch.day, batch.problems) == ("hf", DAY, ())
    assert [(each.rank, each.paper.id, each.upvotes) for each in batch.listings] == [
        (1, "2606.00202", 118),
        (2, "2606.00101", 3),
        (3, "2602.00303", 0),
    ]


def test_papers_with_the_same_votes_come_by_id(an_entry):
    batch = of(an_entry(id="2606.00009"), an_entry(id="2606.00001"), an_entry(id="2606.00005"))

    assert [each.paper.id for each in batch.listings] == ["2606.00001", "2606.00005", "2606.00009"]


def test_the_daily_day_is_not_the_day_on_arxiv(reply):
    listings = parse(reply("hugging_face_day.json"), DAY).listings

    late = next(each for each in listings if each.paper.id == "2602.00303")
    assert (late.day, late.paper.published.date()) == (DAY, date(2026, 2, 14))


def test_a_paper_listed_on_two_days_is_one_paper_with_two_listings(an_entry):
    body = json.dumps([an_entry(), an_entry(submittedOnDailyAt="2026-06-24T00:00:00.000Z")])

    batches = parse_days(body.encode())

    (first,), (second,) = (each.listings for each in batches)
    assert (first.day, second.day) == (date(2026, 6, 24), DAY)
    assert first.paper == second.paper
    assert (first.rank, second.rank) == (1, 1)


def test_a_repeat_within_one_list_is_one_listing_with_the_higher_votes(an_entry):
    batch = of(an_entry(upvotes=4), an_entry(upvotes=9), an_entry(upvotes=5))

    assert [(each.rank, each.upvotes) for each in batch.listings] == [(1, 9)]


@pytest.mark.parametrize(
    ("given_id", "reason"),
    [
        ("latest", "Entry 1 (latest) has an id that is not an arXiv id."),
        ("2606.001011", "Entry 1 (2606.001011) has an id that is not an arXiv id."),
        ("٢٦٠٦.٠٠١٠١", "Entry 1 (٢٦٠٦.٠٠١٠١) has an id that is not an arXiv id."),
        ("../2606.00101", "Entry 1 (../2606.00101) has an id that is not an arXiv id."),
        ("", "Entry 1 has no id."),
        (2606.00101, "Entry 1 has no id."),
    ],
)
def test_an_entry_without_a_proper_id_is_named_and_the_others_land(an_entry, given_id, reason):
    batch = of(an_entry(id=given_id), an_entry())

    assert [each.paper.id for each in batch.listings] == ["2606.00101"]
    assert batch.problems == (reason,)


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (None, "Entry 2 is null, not an object."),
        (7, "Entry 2 is a number, not an object."),
        (["x"], "Entry 2 is a list, not an object."),
        ("x", "Entry 2 is a text, not an object."),
        ({}, "Entry 2 has no id."),
        ({"paper": {"id": "2606.00777"}}, "Entry 2 (2606.00777) has no title."),
        ({"paper": {"id": "2606.00777", "title": "\n"}}, "Entry 2 (2606.00777) has no title."),
    ],
)
def test_one_bad_entry_is_named_and_the_others_land(an_entry, entry, reason):
    batch = of(an_entry(), entry, an_entry(id="2606.00999"))

    assert [each.paper.id for each in batch.listings] == ["2606.00101", "2606.00999"]
    assert batch.problems == (reason,)


def test_an_entry_printed_by_python_is_refused_by_name(an_entry):
    batch = of(str(an_entry(id="2606.00777")), an_entry())

    assert len(batch.listings) == 1
    assert batch.problems == (
        "Entry 1 (2606.00777) is an object as Python prints it, not as JSON writes it.",
    )


def test_a_list_of_which_nothing_can_be_read_is_a_failure_and_no_quiet_day(an_entry):
    with pytest.raises(SourceFailed, match=r"None of the 5 .* \(2606.00001\).* 2 more"):
        of(*(str(an_entry(id=f"2606.0000{number}")) for number in range(1, 6)))


def test_an_empty_list_is_an_answer(an_entry):
    assert of() == Batch("hf", DAY, ())


def test_a_list_that_is_wholly_of_another_day_says_so_and_keeps_its_own_day(an_entry):
    batch = of(an_entry(), day=date(2026, 7, 1))

    assert batch.day == date(2026, 7, 1)
    assert [each.day for each in batch.listings] == [DAY]
    assert batch.problems == ("This is the list of 2026-06-30, not of 2026-07-01.",)


def test_an_entry_that_names_another_day_stays_on_the_list_it_was_found_on(an_entry):
    moved = an_entry(id="2606.00999", submittedOnDailyAt="2026-07-06T00:00:00.000Z")

    batch = of(an_entry(), moved)

    assert {each.day for each in batch.listings} == {DAY}


def test_without_a_day_from_outside_an_entry_has_to_name_its_own(an_entry):
    silent = an_entry(id="2606.00999", submittedOnDailyAt=None)

    (batch,) = parse_days(json.dumps([an_entry(), silent]).encode())

    assert len(batch.listings) == 1
    assert batch.problems == ("Entry 2 (2606.00999) does not say on which day it was listed.",)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "The body is empty."),
        (b" \n", "The body is empty."),
        (b"\n<!doctype html><title>502</title>", "This is a web page"),
        (b'[{"paper": {"id": "2606.001', "This is not JSON, or only a part"),
        (b"[" * 100_000, "This is not JSON, or only a part"),
        (b"[" + b"9" * 10_000 + b"]", "This is not JSON, or only a part"),
        (b"\xff\xfe\x00", "This is not JSON, or only a part"),
        (b'{"error": "Invalid date"}', r"This is an error \(Invalid date\)"),
        (b'{"status": "ok", "data": []}', r"This is an object \(status, data\)"),
        (b"null", "This is a single value"),
    ],
)
def test_a_body_of_another_shape_fails_with_a_sentence(body, reason):
    with pytest.raises(SourceFailed, match=reason):
        parse(body, DAY)


def test_a_million_broken_entries_are_counted_and_not_all_named(an_entry):
    batch = of(an_entry(), *[0] * 5_000)

    assert len(batch.problems) == 101
    assert batch.problems[-1] == "4,900 more could not be read."


def parsed(body: bytes) -> Batch | None:
    try:
        parse_days(body)
        return parse(body, DAY)
    except SourceFailed:
        return None


@settings(deadline=None)  # two cores may be busy
@given(st.binary())
def test_no_bytes_raise_anything_but_source_failed(body):
    parsed(body)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=4,
)
FIELDS = (
    "authors", "publishedAt", "submittedOnDailyAt", "summary", "upvotes", "numComments",
    "thumbnail", "mediaUrls", "mediaUrl", "githubRepo", "githubStars", "projectPage",
    "organization", "submittedBy", "ai_summary", "ai_keywords", "ai_summary_model",
)  # fmt: skip


@settings(deadline=None)  # two cores may be busy
@given(JSON)
def test_no_json_raises_anything_but_source_failed(value):
    parsed(json.dumps(value).encode())


@settings(deadline=None)  # two cores may be busy
@given(
    st.lists(
        st.fixed_dictionaries(
            {"paper": st.fixed_dictionaries(
                {"id": st.just("2606.00101") | JSON, "title": st.text() | JSON},
                optional=dict.fromkeys(FIELDS, JSON),
            )},
            optional=dict.fromkeys(FIELDS, JSON),
        ),
        max_size=3,
    )
)  # fmt: skip
def test_whatever_the_fields_hold_a_batch_has_what_it_promises(entries):
    batch = parsed(json.dumps(entries).encode())

    for rank, each in enumerate(batch.listings if batch else (), start=1):
        assert each.rank == rank
        assert each.paper.title == each.paper.title.strip() != ""
        assert each.upvotes >= 0
        assert each.comments >= 0
        repr(each).encode()  # no lone surrogate: every database takes it


def test_the_order_of_the_answer_does_not_matter(reply):
    entries = json.loads(reply("hugging_face_day.json"))

    assert of(*entries) == of(*reversed(entries))
