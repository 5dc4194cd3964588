"""`papers embed`, and a search on the command line that ranks by meaning."""

from contextlib import closing

import pytest

from bot import cli_embed, cli_papers, embedding, stores
from bot.config import read_settings
from bot.services import ingest
from tests.bot.test_embedding import MODEL, with_a_model
from tests.factories import NOW, a_batch, a_paper
from tests.factories import papers as some_papers
from tests.meanings import Ideas

CARS = a_paper("2606.10001", "Automobile tracks", abstract="We look at driving.")
RICE = a_paper("2606.10002", "Tracks on tracks", abstract="On tracks of rice, cooking.")
LATE = a_paper("2606.10003", "Anything else", abstract="It was late, and nobody made tracks.")

pytestmark = pytest.mark.usefixtures("no_settings")


@pytest.fixture
def stored(no_settings) -> None:
    with closing(stores.open_database(read_settings())) as database:
        ingest.store(database, a_batch(CARS, RICE, LATE, *some_papers(67)), NOW)


@pytest.fixture
def ideas(monkeypatch) -> Ideas:
    """A model that the settings seem to name."""
    found = Ideas()
    for module in (cli_embed, cli_papers):
        monkeypatch.setattr(module, "open_embedding", lambda *_, **__: found)
    return found


def test_embed_reads_every_paper_once_and_says_how_many(papers, stored, ideas):
    first, second = papers("embed"), papers("embed")

    assert (first.code, first.out) == (0, "70 papers embedded.\n")
    assert (second.code, second.out) == (0, "0 papers embedded.\n")
    assert len(ideas.read) == 70


def test_embed_keeps_what_other_models_made_until_it_is_told_otherwise(papers, stored, ideas):
    papers("embed")
    ideas.name = "others"

    assert papers("embed").out == "70 papers embedded.\n"
    assert papers("embed", "--forget-others").out == (
        "0 papers embedded.\n70 vectors of other models deleted.\n"
    )


def test_embed_that_breaks_goes_on_where_it_was(papers, stored, ideas, monkeypatch):
    whole = Ideas.encode

    def breaks(self, texts):
        if self.read:
            raise RuntimeError("the power went")
        return whole(self, texts)

    monkeypatch.setattr(Ideas, "encode", breaks)
    with pytest.raises(RuntimeError):
        papers("embed")
    monkeypatch.setattr(Ideas, "encode", whole)

    assert papers("embed").out == "6 papers embedded.\n"


def test_embed_without_the_setting_says_which_one(papers):
    ran = papers("embed")

    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "PAPERS_EMBEDDING_MODEL is not set. The README says what it takes.\n"


def test_embed_without_the_extra_says_what_to_install(papers, monkeypatch):
    monkeypatch.setenv("PAPERS_EMBEDDING_MODEL", "any/model")
    monkeypatch.setattr(embedding, "find_spec", lambda name: None)
    ran = papers("embed")

    assert (ran.code, ran.out) == (2, "")
    assert "papers-bot[semantic]" in ran.err


def test_search_without_the_extra_finds_by_words_and_says_why_on_the_side(
    papers, stored, monkeypatch
):
    monkeypatch.setenv("PAPERS_EMBEDDING_MODEL", "any/model")
    monkeypatch.setattr(embedding, "find_spec", lambda name: None)
    ran = papers("search", "automobile")

    assert ran.code == 0
    assert ran.out.splitlines()[0] == "2606.10001  Automobile tracks"
    assert len(ran.err.splitlines()) == 1


def test_search_ranks_by_meaning_once_papers_have_vectors(papers, stored, ideas):
    before = papers("search", "vehicles", "tracks").out
    papers("embed")
    after = papers("search", "vehicles", "tracks").out

    assert before.startswith(RICE.id)
    assert after.startswith(CARS.id)


@pytest.mark.real
@with_a_model
def test_a_real_model_makes_vectors_and_ranks_by_them(papers, stored, monkeypatch):
    monkeypatch.setenv("PAPERS_EMBEDDING_MODEL", str(MODEL))

    assert papers("embed").out == "70 papers embedded.\n"
    found = papers("search", "vehicles", "tracks")
    assert (found.code, found.err) == (0, "")
    assert found.out.startswith(CARS.id)
