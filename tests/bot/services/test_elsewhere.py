"""A search that goes on at Hugging Face: what is sent, what is shown, and that nothing is kept."""

import pytest

from bot.domain.matched import Matched
from bot.domain.paper import UNDATED
from bot.domain.results import Hit
from bot.errors import EmptyQuery, SourceFailed
from bot.services.elsewhere import NoAnswer, NotAsked, search_elsewhere
from tests.factories import a_listing, a_paper


def hit(id: str = "2404.04487", title: str = "Questions in Kazakh", **fields) -> Hit:
    listing = a_listing(a_paper(id, title), day=UNDATED, upvotes=3)
    return Hit(listing, 0.0, Matched(title=((0, 9),)), is_stored=False, **fields)


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("kazakh questions", "kazakh questions"),
        ('"kazakh questions" -survey +speech', "kazakh questions speech"),
        ("kazakh since:7d sort:new cat:cs.CL author:Li", "kazakh"),
        ("“kazakh” OR speech", "kazakh speech"),
        ("title:kazakh", "kazakh"),
    ],
)
def test_only_the_plain_words_are_sent(database, typed, sent):
    asked = []

    search_elsewhere(database, lambda words: asked.append(words) or (), typed)

    assert asked == [sent]


@pytest.mark.parametrize("typed", ["since:7d", "-survey", "cat:cs.CL", ""])
def test_where_no_word_is_left_nobody_is_asked(database, typed):
    asked = []

    with pytest.raises(EmptyQuery):
        search_elsewhere(database, lambda words: asked.append(words) or (), typed)
    assert asked == []


def test_what_is_found_is_marked_as_not_stored_and_is_not_kept(database, everything):
    before = everything()

    found = search_elsewhere(database, lambda _: (hit(),), "kazakh")

    assert (found.query, found.total) == ("kazakh", 1)
    assert found.hits == (hit(),)
    assert everything() == before


def test_what_is_stored_here_comes_as_it_is_stored(database, arrive):
    arrive(a_paper("2404.04487", "Questions in Kazakh"), votes=40)

    [known, unknown] = search_elsewhere(
        database, lambda _: (hit(), hit("2404.00001", "Another")), "kazakh"
    ).hits

    assert (known.is_stored, known.listing.upvotes, known.matched.title) == (True, 40, ((0, 9),))
    assert not unknown.is_stored


def test_places_in_a_title_that_is_spelt_otherwise_here_are_not_marked(database, arrive):
    arrive(a_paper("2404.04487", "Kazakh: questions"))

    [known] = search_elsewhere(database, lambda _: (hit(),), "kazakh").hits

    assert known.matched == Matched()


def test_a_site_that_fails_is_no_empty_answer(database, caplog):
    def fails(_: str):
        raise SourceFailed("Hugging Face: The answer was 400 Bad Request: No `my secret topic`.")

    with caplog.at_level("INFO"), pytest.raises(NoAnswer, match="did not answer"):
        search_elsewhere(database, fails, "my secret topic")
    assert "Hugging Face: The answer was 400 Bad Request" in caplog.text
    assert "secret" not in caplog.text


def test_where_hugging_face_is_not_asked_a_sentence_says_so(database):
    with pytest.raises(NotAsked, match="I don't ask Hugging Face here"):
        search_elsewhere(database, None, "kazakh")


def test_no_transaction_is_open_while_the_site_answers(database, arrive):
    def find(_: str) -> tuple[Hit, ...]:
        arrive(a_paper("2404.04487", "Questions in Kazakh"))  # SQLite has one writer
        return (hit(),)

    [found] = search_elsewhere(database, find, "kazakh").hits

    assert found.is_stored
