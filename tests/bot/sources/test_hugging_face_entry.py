"""What is kept of one entry of the daily_papers API, and each trap of its fields."""

import json
from datetime import UTC, date, datetime

import pytest

from bot.domain.paper import Batch
from bot.sources.hugging_face import parse, parse_days

DAY = date(2026, 6, 30)


def of(*entries: object, day: date = DAY) -> Batch:
    return parse(json.dumps(entries).encode(), day)


def only_listing(*entries: object):
    (listing,) = of(*entries).listings
    return listing


def only_paper(*entries: object):
    return only_listing(*entries).paper


def test_everything_documented_is_kept(an_entry):
    listing = only_listing(an_entry())

    paper = listing.paper
    assert (listing.day, listing.comments, listing.stars) == (DAY, 2, 12)
    assert paper.tldr == "A kettle is trained on its own steam."
    assert paper.tldr_by == "Example/Writer-7B"
    assert paper.keywords == ("kettles", "steam")
    assert paper.code_url == "https://github.com/example/kettles"
    assert paper.project_url == "https://kettles.example.org/"
    assert paper.thumbnail_url.endswith("/2606.00101.png")
    assert paper.media_urls == (
        "https://cdn-uploads.huggingface.co/kettle.mp4",
        "https://cdn-uploads.huggingface.co/kettle.qt",
    )
    assert paper.url == "https://arxiv.org/abs/2606.00101"


def test_the_entry_of_2024_is_read_as_well(reply):
    batch = parse(reply("hugging_face_2024.json"), date(2024, 6, 3))

    (listing,) = batch.listings
    assert batch.problems == ()
    assert listing.paper.media_urls == ("https://cdn-uploads.huggingface.co/islands.png",)
    assert (listing.upvotes, listing.stars, listing.submitter) == (7, None, "")


def test_the_outer_publication_time_lies_and_is_not_used(an_entry):
    published = only_paper(an_entry()).published

    assert published == datetime(2026, 6, 25, tzinfo=UTC)


def test_without_the_papers_own_publication_time_there_is_none(an_entry):
    entry = an_entry()
    del entry["paper"]["publishedAt"]

    assert only_paper(entry).published is None


@pytest.mark.parametrize("instant", ["2026-06-30T00:00:00.000Z", "2026-06-30T03:41:07.113Z"])
def test_the_submission_is_a_day_whether_it_is_written_precisely_or_as_midnight(an_entry, instant):
    body = json.dumps([an_entry(submittedOnDailyAt=instant)]).encode()

    (batch,) = parse_days(body)

    assert batch.day == batch.listings[0].day == DAY


def test_line_breaks_in_titles_and_abstracts_become_spaces(an_entry):
    paper = only_paper(an_entry())

    assert paper.title == "Kettles that Learn: A Study of Boiling"
    assert paper.abstract == "We heat water. Then we heat it again, and count."


def test_a_young_paper_without_votes_or_comments_is_a_paper(an_entry):
    entry = an_entry(upvotes=0) | {"numComments": 0}

    batch = of(entry)

    assert batch.problems == ()
    assert (batch.listings[0].upvotes, batch.listings[0].comments) == (0, 0)


@pytest.mark.parametrize("votes", [-3, "12", 1.5, True, 10**30, None, [7]])
def test_votes_that_are_no_count_are_none_and_reported(an_entry, votes):
    batch = of(an_entry(upvotes=votes))

    assert batch.listings[0].upvotes == 0
    assert bool(batch.problems) == (votes != -3)


def test_hidden_authors_are_not_shown(an_entry):
    assert only_paper(an_entry()).authors == ("Mara Lindqvist", "Tomás Okafor")


def test_of_people_only_a_name_is_kept(an_entry):
    kept = repr(only_listing(an_entry()))

    assert "submitter='Ines Varga'" in kept
    assert not any(each in kept for each in ("maral", "ivarga", "avatar", "6a43", "/avatars/"))


def test_a_submitter_without_a_full_name_goes_by_the_user_name(an_entry):
    entry = an_entry() | {"submittedBy": {"name": "ivarga"}}

    assert only_listing(entry).submitter == "ivarga"


@pytest.mark.parametrize(
    ("organization", "shown"),
    [
        ({"name": "teahouse", "fullname": "The Tea House"}, "The Tea House"),
        ({"name": "teahouse"}, "teahouse"),
        ({"name": "teahouse", "fullname": " "}, "teahouse"),
        ("teahouse", ""),
    ],
)
def test_an_organisation_goes_by_its_full_name_else_its_name(an_entry, organization, shown):
    entry = an_entry(organization=None) | {"organization": organization}

    assert only_paper(entry).organization == shown


def test_a_summary_whose_model_is_not_named_is_marked_as_ai(reply):
    listings = parse(reply("hugging_face_day.json"), DAY).listings

    by_id = {each.paper.id: each.paper for each in listings}
    assert by_id["2602.00303"].tldr_by == "AI"
    assert (by_id["2606.00202"].tldr, by_id["2606.00202"].tldr_by) == ("", "")


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "/avatars/1.svg",
        "ftp://files.example.org/x",
        "https://",
        "https://[half",
        "https://example.org/a b",
        "https://example.org/\u202egpj",
        "https://example.org/" + "x" * 3_000,
        7,
    ],
)
def test_only_web_addresses_become_links(an_entry, address):
    entry = an_entry(githubRepo=address, projectPage=address, mediaUrls=[address])
    entry |= {"thumbnail": address, "mediaUrls": [address]}

    paper = only_paper(entry)

    assert (paper.code_url, paper.project_url, paper.thumbnail_url) == ("", "", "")
    assert paper.media_urls == ()


@pytest.mark.parametrize("given_id", ["2606.00101v3", " 2606.00101 "])
def test_an_id_has_no_version(an_entry, given_id):
    assert only_paper(an_entry(id=given_id)).id == "2606.00101"


DROPPED = [
    *(("paper", field) for field in (
        "authors", "publishedAt", "submittedOnDailyAt", "submittedOnDailyBy", "title", "summary",
        "upvotes", "discussionId", "mediaUrls", "projectPage", "githubRepo", "githubRepoAddedBy",
        "githubStars", "ai_summary", "ai_keywords", "ai_summary_model", "organization",
    )),
    *(("entry", field) for field in (
        "publishedAt", "title", "summary", "mediaUrls", "numComments", "thumbnail", "submittedBy",
        "organization", "isAuthorParticipating",
    )),
]  # fmt: skip


@pytest.mark.parametrize("nothing", ["dropped", None, {}, [], "", 0, {"surprise": [1]}])
@pytest.mark.parametrize(("where", "field"), DROPPED)
def test_without_any_one_field_but_its_id_it_is_still_a_paper(an_entry, where, field, nothing):
    entry = an_entry()
    holder = entry["paper"] if where == "paper" else entry
    holder[field] = nothing
    if nothing == "dropped":
        del holder[field]

    paper = only_paper(entry)

    assert (paper.id, paper.title) == ("2606.00101", "Kettles that Learn: A Study of Boiling")


def test_a_field_nobody_knows_is_ignored(an_entry):
    entry = an_entry(novelty=1) | {"novelty": {"deep": []}}

    assert of(entry) == of(an_entry())


def test_comments_are_as_many_as_the_site_says_and_reported_where_it_does_not(an_entry):
    entry = an_entry()
    del entry["numComments"]

    batch = of(entry, an_entry(id="2606.00999") | {"numComments": 4})

    assert {each.paper.id: each.comments for each in batch.listings} == {
        "2606.00101": 0,
        "2606.00999": 4,
    }
    assert batch.problems == ("numComments is missing in 1 of 2 entries.",)


@pytest.mark.parametrize("field", ["authors", "publishedAt", "summary", "upvotes"])
def test_a_field_that_was_always_there_is_reported_where_it_is_missing(an_entry, field):
    entry = an_entry()
    del entry["paper"][field]

    batch = of(entry, an_entry(id="2606.00999"))

    assert len(batch.listings) == 2
    assert batch.problems == (f"{field} is missing in 1 of 2 entries.",)
