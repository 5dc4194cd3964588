"""Mistyped words, days, orders, pages and pasted titles in a search."""

from datetime import UTC, date, datetime

import pytest

from bot.domain.paper import Batch
from bot.errors import QueryProblem
from bot.services import ingest, search
from storage.database import Session
from storage.listings import headlines
from tests.factories import DAY, NOW, a_batch, a_listing, a_paper, papers

TODAY = date(2026, 6, 26)


def _on(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(tzinfo=UTC)


PAPERS = (
    a_paper(
        "2606.10001",
        "Diffusion policies for dexterous hands",
        authors=("Ada Lovelace",),
        published=_on("2026-06-20"),
        categories=("cs.RO",),
        code_url="https://github.com/x/y",
    ),
    a_paper(
        "2606.10002",
        "Policy gradients, revisited",
        abstract="Not about diffusion at all.",
        published=_on("2026-05-01"),
        organization="Meta AI",
    ),
    a_paper("2606.10003", "A survey of diffusion models", published=_on("2026-06-25")),
    a_paper(
        "2606.10004",
        'Why "test-time compute" helps -- a survey of proofs',
        abstract="We let models think longer.",
        published=_on("2025-01-31"),
    ),
    a_paper(
        "2606.10005", "Proofs at test, time and compute", published=None, authors=("Jo Difuso",)
    ),
)


@pytest.fixture
def stored(database, index) -> None:
    ingest.store(database, a_batch(*PAPERS, votes=3), NOW)
    search.follow(database, index)


@pytest.fixture
def results(database, index, stored):
    def results(text: str, **asked):
        return search.search(database, index, text, today=TODAY, **asked)

    return results


@pytest.fixture
def find(results):
    """The ids of what a search finds, best first."""

    def find(text: str, **asked) -> list[str]:
        return [hit.listing.paper.id[-1] for hit in results(text, **asked).hits]

    return find


# -- mistyped words -------------------------------------------------------------------------------


def test_a_mistyped_word_is_mended_and_told(results, find):
    assert find("difusion polcies") == find("diffusion policies")
    assert results("difusion Polcies").corrected == "diffusion policies"


def test_taken_literally_nothing_is_mended(results):
    found = results("difusion", literally=True)

    assert (found.corrected, found.total) == ("", 0)


@pytest.mark.parametrize(
    "text",
    [
        "diffusion policies",
        "policy",  # in the plural only
        '"difusion"',
        "+difusion hands",
        "author:difusion",
        "difuso",  # an author
        "prof",  # too short for a slip
        "2606.10009",
    ],
)
def test_what_exists_or_was_meant_so_is_never_mended(results, text):
    assert results(text).corrected == ""


def test_what_is_not_mistyped_in_a_mended_text_stays_strict(find, results):
    assert find("difusion -survey") == find("diffusion -survey") != []
    assert results("difusion -survey").corrected == "diffusion -survey"


def test_where_nothing_is_found_the_same_words_without_strictness_are_offered(results):
    found = results('"diffusion hands" cat:cs.RO')

    assert (found.total, found.broader) == (0, "diffusion hands")
    assert results("xyzzy").broader == ""
    assert results("diffusion").broader == ""


def test_what_was_quoted_with_a_slip_is_mended_in_the_broader_words(results):
    found = results('"difusion hands"')

    assert (found.total, found.corrected, found.broader) == (0, "", "diffusion hands")


# -- what a hit is shown to hold ------------------------------------------------------------------


def test_a_hit_says_where_its_words_stand(results):
    [hit] = results("dexterous policy").hits[:1]
    title = hit.listing.paper.title

    assert [title[start:end] for start, end in hit.matched.title] == ["policies", "dexterous"]


# -- the grammar ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('"diffusion models"', "3"),
        ("diffusion AND policy", "12"),
        ('"diffusion models" OR gradients', "23"),
        ('(hands OR "diffusion models") -survey', "1"),
        ("diffusion NOT (survey OR hands)", "2"),
        ("has:code", "1"),
        ("diffusion -has:code", "23"),
        ('org:"Meta AI"', "2"),
        ("source:hf +survey", "34"),
        ("source:arxiv +survey", ""),
        ("cat:cs diffusion", "1"),
        ("title:survey abstract:longer", "4"),
        ('au:lovelace +"diffusion policies"', "1"),
        ("id:2606.10002", "2"),
    ],
)
def test_quotes_signs_fields_or_and_parentheses_are_strict(find, text, found):
    assert "".join(sorted(find(text))) == found


# -- days and orders ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("diffusion since:7d", "13"),
        ("diffusion since:2026-06-20", "13"),
        ("diffusion since:2026-06-21", "3"),
        ("diffusion until:2026-06-20", "12"),
        ("survey until:2025-01-31", "4"),
        ("diffusion since:2026-05-01 until:2026-06-20", "12"),
        ("+survey since:3m", "3"),
        ("proofs since:7d", "5"),  # without a day of its own: that of its list
        ("since:7d", "135"),
    ],
)
def test_days_are_those_of_publication_and_included(find, text, found):
    assert "".join(sorted(find(text))) == found


def test_hits_are_sorted_by_day_or_votes_where_asked(find):
    assert find("diffusion sort:new") == ["3", "1", "2"]
    assert find("diffusion sort:top") == ["1", "2", "3"]
    assert find("+diffusion sort:new") == ["3", "1", "2"]
    assert find("until:2026-06-24") == ["1", "2", "4"]


@pytest.mark.parametrize(
    ("text", "first"),
    [("diffusion sort:new", "3"), ("+diffusion sort:new", "3"), ("since:7d", "5")],
)
def test_the_latest_paper_is_found_among_more_than_are_looked_at(find, monkeypatch, text, first):
    monkeypatch.setattr(search, "CANDIDATES", 1)

    assert find(text) == [first]


@pytest.mark.parametrize("text", ["diffusion sort:top", "+diffusion sort:top"])
@pytest.mark.parametrize("order", ["12", "23", "31"])
def test_the_most_voted_are_found_among_more_than_are_looked_at(
    find, database, monkeypatch, text, order
):
    first, second = (PAPERS[int(each) - 1] for each in order)
    listed = (a_listing(second, upvotes=40), a_listing(first, upvotes=41))
    ingest.store(database, Batch("hf", DAY, listed), NOW)
    monkeypatch.setattr(search, "CANDIDATES", 2)

    assert "".join(find(text)) == order


def test_sorted_by_day_or_votes_a_paper_needs_all_words_where_one_has_them(find):
    assert find("diffusion gradients sort:new") == ["2"]
    assert find("the gradients sort:new") == ["2"]
    assert find("gradients hands sort:new") == ["1", "2"]


def test_a_bad_day_is_refused_in_words(results):
    with pytest.raises(QueryProblem, match="since:2026-10-01"):
        results("diffusion since:soon")


# -- pasted ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.id)
def test_a_pasted_title_finds_its_paper_first_whatever_marks_it_holds(find, paper):
    assert find(paper.title)[0] == paper.id[-1]


def test_a_phrase_in_quotes_that_is_a_title_stays_a_phrase(find):
    assert find('"a survey of diffusion models"') == ["3"]


# -- pages ----------------------------------------------------------------------------------------


def test_pages_are_cut_from_one_ranking_also_behind_what_is_ranked_anew(database, index):
    ingest.store(database, a_batch(*papers(230)), NOW)
    search.follow(database, index)
    text = "paper number 117"

    whole = [hit.listing.paper.id for hit in search.search(database, index, text, limit=230).hits]
    paged = [
        hit.listing.paper.id
        for start in range(0, 230, 23)
        for hit in search.search(database, index, text, start=start, limit=23).hits
    ]

    assert whole[0] == "2606.00117"
    assert paged == whole
    assert len(set(whole)) == 230


def test_scores_never_rise_down_the_pages(database, index):
    ingest.store(database, a_batch(*papers(230)), NOW)
    search.follow(database, index)

    scores = [hit.score for hit in search.search(database, index, "paper 9", limit=230).hits]

    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("text", ["+diffusion", "diffusion sort:new"])
def test_where_not_every_candidate_is_looked_at_there_may_be_more(results, monkeypatch, text):
    assert not results(text).is_capped
    monkeypatch.setattr(search, "CANDIDATES", 2)

    found = results(text)

    assert (found.total, found.is_capped) == (2, True)


# -- headlines ------------------------------------------------------------------------------------


def test_a_headline_is_of_the_latest_listing(database):
    later = a_batch(PAPERS[4], day=DAY.replace(day=28), votes=7)
    for batch in (later, a_batch(PAPERS[4], votes=2)):
        ingest.store(database, batch, NOW)
    with database.read() as session:
        [found] = _headlines(session, PAPERS[4].id, "unknown")

    assert (found.title, found.upvotes) == (PAPERS[4].title, 7)
    assert found.published == DAY.replace(day=28)


def _headlines(session: Session, *ids: str):
    return headlines(session, ids)
