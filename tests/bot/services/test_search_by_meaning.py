"""A search whose hits are ranked by meaning as well."""

import pytest

from bot.domain.results import BY_MEANING
from bot.services import ingest, search
from bot.services.meaning import embed
from tests.factories import NOW, a_batch, a_paper
from tests.factories import papers as some_papers
from tests.meanings import Ideas

RICE = a_paper("2606.10001", "Tracks on tracks", abstract="On tracks of rice, cooking.")
CARS = a_paper("2606.10002", "Automobile tracks", abstract="We look at driving.")
LATE = a_paper("2606.10003", "Anything else", abstract="It was late, and nobody made tracks.")


@pytest.fixture
def stored(database, index) -> None:
    ingest.store(database, a_batch(RICE, CARS, LATE), NOW)
    search.follow(database, index)


@pytest.fixture
def find(database, index, stored):
    def find(text: str, meaning: Ideas | None = None):
        return search.search(database, index, text, meaning=meaning).hits

    return find


@pytest.fixture
def ideas(database, stored) -> Ideas:
    """A model, with a vector of each paper."""
    found = Ideas()
    embed(database, found)
    return found


def ids(hits) -> list[str]:
    return [hit.listing.paper.id for hit in hits]


def test_of_papers_with_the_same_word_the_one_that_is_meant_comes_first(find, ideas):
    assert ids(find("vehicles tracks"))[0] == RICE.id
    assert ids(find("vehicles tracks", ideas))[0] == CARS.id


def test_meaning_neither_adds_a_hit_nor_drops_one(find, ideas):
    assert set(ids(find("vehicles tracks", ideas))) == {RICE.id, CARS.id, LATE.id}
    assert ids(find("zymurgy", ideas)) == []


def test_a_hit_that_rose_without_a_word_that_can_be_shown_says_why(find, ideas):
    hits = {hit.listing.paper.id: hit for hit in find("vehicles tracking", ideas)}

    assert hits[CARS.id].why == BY_MEANING
    assert hits[RICE.id].why == ""


def test_a_hit_whose_words_can_be_shown_needs_no_reason(find, ideas):
    assert {hit.why for hit in find("vehicles tracks", ideas)} == {""}


def test_what_is_strict_stays_strict(find, ideas):
    assert set(ids(find("vehicles tracks -driving", ideas))) == {RICE.id, LATE.id}
    assert ids(find('vehicles "tracks on tracks"', ideas)) == [RICE.id]


def test_without_vectors_the_hits_and_their_scores_are_those_of_words(find, stored):
    assert find("vehicles tracks", Ideas()) == find("vehicles tracks")


def test_pages_by_meaning_follow_each_other(database, index):
    ingest.store(database, a_batch(*some_papers(12)), NOW)
    search.follow(database, index)
    embed(database, ideas := Ideas())
    pages = [
        search.search(database, index, "paper number", start=start, meaning=ideas)
        for start in (0, 5, 10)
    ]

    assert [len(page.hits) for page in pages] == [5, 5, 2]
    assert len({each for page in pages for each in ids(page.hits)}) == 12


def test_a_pasted_title_stays_first_whatever_is_meant(database, index, find):
    named = a_paper("2606.10009", "Vehicles and tracks", abstract="Cooking rice in a kitchen.")
    ingest.store(database, a_batch(RICE, CARS, LATE, named), NOW)
    search.follow(database, index)
    embed(database, ideas := Ideas())

    assert ids(find("Vehicles and tracks", ideas))[0] == named.id
    assert ids(find("vehicles and trcks", ideas))[0] == named.id


def test_a_strict_search_says_why_too(find, ideas):
    hits = {hit.listing.paper.id: hit for hit in find("vehicles tracking -made", ideas)}

    assert hits[CARS.id].why == BY_MEANING
