"""Pages of arXiv's OAI-PMH in its three formats."""

from datetime import UTC, date, datetime

import pytest

from bot.errors import SourceFailed, SourceRefuses
from bot.sources.arxiv_fields import people
from bot.sources.arxiv_oai import TokenExpired, parse

ANSWER = b"<OAI-PMH><responseDate>2026-06-26T02:30:00Z</responseDate>%s</OAI-PMH>"


@pytest.fixture
def page(reply):
    return parse(reply("arxiv_records.xml"))


def test_a_record_becomes_a_paper(page):
    record = page.records[0]
    paper = record.paper

    assert (paper.id, paper.title) == ("2606.20001", "Bells under water")
    assert paper.authors == ("Ada Lindqvist", "Jo van Dam Jr.", "The Bell Collaboration")
    assert paper.categories == ("cs.SD", "eess.AS")
    assert paper.published == paper.revised == datetime(2026, 6, 25, tzinfo=UTC)
    assert (paper.comment, paper.abstract) == (
        "3 pages, two bells",
        "We ring bells under water.",
    )
    assert paper.licence_url == "http://creativecommons.org/licenses/by/4.0/"
    assert record.changed == date(2026, 6, 26)


def test_a_record_without_an_update_is_the_first_version_and_no_other_says_which_it_is(page):
    assert [each.paper.version for each in page.records] == [1, 0]


def test_a_record_of_the_old_form_with_all_its_fields(page):
    paper = page.records[1].paper

    assert (paper.id, paper.doi, paper.journal) == (
        "hep-th/9901001",
        "10.1000/bells.1",
        "Bells 1 (1999)",
    )
    assert (paper.published.year, paper.revised) == (1999, datetime(2026, 6, 24, tzinfo=UTC))
    assert paper.withdrawn


def test_a_deleted_record_is_named_as_gone(page):
    assert page.deleted == ("2605.11111",)


def test_the_list_goes_on_with_its_token_and_the_next_begins_at_the_answers_date(page):
    assert page.token == "verb%3DListRecords%26skip%3D3"
    assert page.answered == datetime(2026, 6, 26, 2, 30, tzinfo=UTC)
    assert page.problems == ()


def test_an_empty_token_is_the_end(reply):
    body = reply("arxiv_records.xml")
    start = body.index(b"<resumptionToken>")
    end = body.index(b"</ListRecords>")

    for last in (b"<resumptionToken/>", b'<resumptionToken cursor="2"></resumptionToken>', b""):
        assert parse(body[:start] + last + body[end:]).token == ""


def test_raw_records_name_the_version_its_dates_and_a_source_that_was_taken_back(reply):
    paper = parse(reply("arxiv_raw.xml")).records[0].paper

    assert (paper.version, paper.withdrawn) == (2, True)
    assert paper.published == datetime(2026, 6, 2, 1, 2, 3, tzinfo=UTC)
    assert paper.revised == datetime(2026, 6, 25, 11, 12, 13, tzinfo=UTC)
    assert paper.authors == ("Ada Lindqvist", "Jo van Dam Jr.", "Wei Li")


def test_dublin_core_is_sorted_into_what_it_is(reply):
    paper = parse(reply("arxiv_dublin_core.xml")).records[0].paper

    assert (paper.id, paper.categories) == ("q-alg/9706061", ("math.QA", "hep-th"))
    assert paper.authors == ("Ada Lindqvist", "The Bell Collaboration")
    assert (paper.abstract, paper.comment) == ("We add bells.", "9 pages")
    assert (paper.doi, paper.journal) == ("10.1000/bells.3", "Bells 2 (1998) 3-4")
    assert (paper.published.year, paper.revised.year) == (1997, 1998)


def test_nothing_that_matches_is_an_answer():
    page = parse(ANSWER % b'<error code="noRecordsMatch">none</error>')

    assert (page.records, page.token) == ((), "")
    assert page.answered is not None


def test_a_token_of_yesterday_is_told_from_other_refusals():
    with pytest.raises(TokenExpired):
        parse(ANSWER % b'<error code="badResumptionToken">expired</error>')
    with pytest.raises(SourceRefuses, match=r"This is a refusal \(badArgument\): set"):
        parse(ANSWER % b'<error code="badArgument">set</error>')


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (ANSWER % b"", "The answer holds no record, and no word of why."),
        (ANSWER % b"<ListRecords/>", "The answer holds no record, and no word of why."),
        (b"<feed/>", "This is not OAI-PMH but <feed>."),
        (ANSWER % b"<ListRecords><record/><record/></ListRecords>", "None of the 2 records"),
        (b"<html><body>Retry", "This is a web page"),
    ],
)
def test_a_body_of_another_shape_fails_with_a_sentence(body, reason):
    with pytest.raises(SourceFailed, match=reason):
        parse(body)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b"<title>Bells under\n  water</title>", b"", "Record 1 (2606.20001) has no title."),
        (b"<id>2606.20001</id>", b"<id>x</id>", "Record 1 (x) has an id that is not an arXiv id."),
        (b'<arXiv xmlns="http://arxiv.org/OAI/arXiv/">\n <id>2606.20001</id>', b"<other><id/>",
         "Record 1 (2606.20001) has no metadata that I can read."),
    ],
)  # fmt: skip
def test_a_record_that_cannot_be_read_is_named_and_the_others_land(reply, old, new, reason):
    body = reply("arxiv_records.xml").replace(old, new)
    if b"<other>" in new:
        body = body.replace(b"</arXiv>", b"</other>", 1)

    page = parse(body)

    assert page.problems[0] == reason
    assert [each.paper.id for each in page.records] == ["hep-th/9901001"]


@pytest.mark.parametrize(
    "element", ["created", "authors", "categories", "comments", "license", "abstract"]
)
def test_without_any_one_element_it_is_still_a_paper(reply, element):
    body = reply("arxiv_records.xml").decode()
    start, close = body.index(f"<{element}>"), f"</{element}>"
    end = body.index(close, start) + len(close)

    page = parse((body[:start] + body[end:]).encode())

    assert page.records[0].paper.id == "2606.20001"


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("A. Lee", ("A. Lee",)),
        ("A. Lee, B. Ngo and C. Diaz", ("A. Lee", "B. Ngo", "C. Diaz")),
        ("A. Lee, B. Ngo, and C. Diaz", ("A. Lee", "B. Ngo", "C. Diaz")),
        ("A. Lee (MIT (Cambridge)), B. Ngo (2)", ("A. Lee", "B. Ngo")),
        ("Jo van Dam, Jr., A. Lee III", ("Jo van Dam Jr.", "A. Lee III")),
        ("ATLAS Collaboration: A. Lee", ("ATLAS Collaboration", "A. Lee")),
        ("Alexander Sand", ("Alexander Sand",)),
        ("A. Lee (unclosed, B. Ngo", ("A. Lee (unclosed", "B. Ngo")),
        ("", ()),
    ],
)
def test_names_on_one_line_are_told_apart(line, names):
    assert people(line) == names
