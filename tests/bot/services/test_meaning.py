"""Vectors are made bit by bit, and what words found is ranked by meaning as well."""

import pytest

from bot.services import ingest, meaning
from bot.services.meaning import embed, left, ranked_beside, ranked_by_meaning
from tests.factories import NOW, a_batch, a_paper
from tests.factories import papers as some_papers
from tests.meanings import Ideas

CARS = a_paper("2606.10001", "Automobile tracks", abstract="We look at driving.")
RICE = a_paper("2606.10002", "Rice tracks", abstract="We look at cooking.")
ROBOTS = a_paper("2606.10003", "Robot tracks", abstract="We look at grasping.")
ALL = (RICE, ROBOTS, CARS)
BY_WORDS = {RICE.id: 3.0, CARS.id: 2.9, ROBOTS.id: 2.0}


@pytest.fixture
def stored(database) -> None:
    ingest.store(database, a_batch(*ALL), NOW)


@pytest.fixture
def ideas() -> Ideas:
    return Ideas()


def made(database, model) -> None:
    while embed(database, model):
        pass


def by_meaning(database, model, text: str, words: dict[str, float]) -> dict[str, float] | None:
    with database.read() as session:
        return ranked_by_meaning(session, model, text, words)


def beside(database, model, paper_id: str, words: dict[str, float]) -> dict[str, float]:
    with database.read() as session:
        return ranked_beside(session, model, paper_id, words)


def test_each_paper_is_read_once_by_its_title_and_abstract(database, stored, ideas):
    made(database, ideas)
    made(database, ideas)

    assert sorted(ideas.read) == [
        "Automobile tracks. We look at driving.",
        "Rice tracks. We look at cooking.",
        "Robot tracks. We look at grasping.",
    ]


def test_where_there_is_no_abstract_the_tldr_is_read(database, ideas):
    ingest.store(database, a_batch(a_paper(title="Cars", abstract="", tldr="On driving.")), NOW)
    made(database, ideas)

    assert ideas.read == ["Cars. On driving."]


def test_a_long_abstract_is_read_whole_and_in_pieces_and_the_best_piece_counts(database, ideas):
    late = "We say little of it. " * 30 + "At the end, a kitchen."
    ingest.store(
        database,
        a_batch(a_paper("2606.1", "Late", abstract=late), a_paper("2606.2", "It", abstract="")),
        NOW,
    )
    made(database, ideas)

    found = by_meaning(database, ideas, "rice", {"2606.2": 1.0, "2606.1": 1.0})

    assert len(ideas.read) == 5
    assert list(found) == ["2606.1", "2606.2"]


def test_a_stop_costs_one_batch_at_most(database, ideas):
    ingest.store(database, a_batch(*some_papers(5)), NOW)
    embed(database, ideas, limit=2)

    assert left(database, ideas) == 3
    made(database, again := Ideas())
    assert len(again.read) == 3


def test_a_model_that_breaks_leaves_what_was_made_and_goes_on_from_there(database, ideas):
    ingest.store(database, a_batch(*some_papers(4)), NOW)
    embed(database, ideas, limit=2)

    class Broken(Ideas):
        def encode(self, texts):
            raise RuntimeError("out of memory")

    with pytest.raises(RuntimeError):
        embed(database, Broken(), limit=2)
    assert left(database, ideas) == 2


def test_meaning_decides_where_words_hardly_do(database, stored, ideas):
    made(database, ideas)

    found = by_meaning(database, ideas, "car", BY_WORDS)

    assert next(iter(found)) == CARS.id
    assert found.keys() == BY_WORDS.keys()
    assert ideas.asked == ["car"]


def test_without_a_model_words_alone_decide(database, stored):
    assert by_meaning(database, None, "car", BY_WORDS) is None
    assert list(beside(database, None, CARS.id, BY_WORDS)) == list(BY_WORDS)


def test_while_the_model_loads_words_alone_decide_and_nobody_waits(database, stored, ideas):
    made(database, ideas)
    loading = Ideas(ready=False)

    assert by_meaning(database, loading, "car", BY_WORDS) is None
    assert beside(database, loading, CARS.id, BY_WORDS) == BY_WORDS
    assert loading.asked == []


def test_while_no_paper_has_a_vector_words_alone_decide_and_nothing_is_encoded(
    database, stored, ideas
):
    assert by_meaning(database, ideas, "car", BY_WORDS) is None
    assert ideas.asked == []


def test_vectors_of_another_model_do_not_count(database, stored):
    made(database, Ideas("small"))

    assert by_meaning(database, Ideas("large"), "car", BY_WORDS) is None


def test_a_paper_without_a_vector_keeps_the_place_of_its_words(database, stored, ideas):
    made(database, ideas)
    late = a_paper("2606.10009", "Late tracks")
    ingest.store(database, a_batch(late), NOW)
    words = {late.id: 4.0, **BY_WORDS}

    assert by_meaning(database, ideas, "car", words)[late.id] == 1.0


def test_where_words_found_nothing_meaning_adds_nothing(database, stored, ideas):
    made(database, ideas)

    assert by_meaning(database, ideas, "car", {}) is None
    assert beside(database, ideas, CARS.id, {}) == {}


def test_papers_beside_one_are_ranked_by_what_that_one_means(database, ideas):
    ingest.store(database, a_batch(*ALL, a_paper("2606.10004", "Vehicles tracks")), NOW)
    made(database, ideas)
    words = {RICE.id: 3.0, "2606.10004": 2.9, ROBOTS.id: 2.0}

    assert next(iter(beside(database, ideas, CARS.id, words))) == "2606.10004"


def test_beside_a_paper_without_a_vector_words_alone_decide(database, stored, ideas):
    made(database, ideas)
    ingest.store(database, a_batch(a_paper("2606.10009", "Late")), NOW)

    assert beside(database, ideas, "2606.10009", BY_WORDS) == BY_WORDS


def test_no_transaction_is_open_while_the_model_reads(database, stored):
    class Looking(Ideas):
        def encode(self, texts):
            ingest.store(database, a_batch(a_paper("2606.10009", "Meanwhile")), NOW)
            return super().encode(texts)

    assert embed(database, Looking(), limit=1) == 1
    assert meaning.left(database, Ideas()) == 3
