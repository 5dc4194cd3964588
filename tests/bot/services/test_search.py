"""What a search finds, in which order, and how the index follows the database."""

import shutil
from contextlib import suppress

import pytest

from bot.errors import QueryProblem
from bot.services import ingest, search
from storage.database import Database
from storage.search_index import SearchIndex
from tests.factories import NOW, a_batch, a_paper, papers

PAPERS = (
    a_paper("2606.10001", "Diffusion policies for dexterous hands", authors=("Ada Lovelace",)),
    a_paper("2606.10002", "Policy gradients, revisited", abstract="Not about diffusion at all."),
    a_paper("2606.10003", "A survey of diffusion models", abstract="A survey of the field."),
    a_paper("2606.10004", "Test-time compute for proofs", abstract="We let models think longer."),
    a_paper("2606.10005", "Proofs at test, time and compute", abstract="Three words apart."),
)


@pytest.fixture
def stored(database, index) -> None:
    ingest.store(database, a_batch(*PAPERS), NOW)
    search.follow(database, index)


@pytest.fixture
def find(database, index, stored):
    """The ids of what a search finds, best first."""

    def find(text: str, **page: int) -> list[str]:
        found = search.search(database, index, text, **page)
        return [hit.listing.paper.id for hit in found.hits]

    return find


# -- ranking and strictness -----------------------------------------------------------------------


def test_plain_words_are_ranked_and_not_all_of_them_are_required(find):
    found = find("diffusion policy")

    assert found[0] == "2606.10001"
    assert set(found) == {"2606.10001", "2606.10002", "2606.10003"}


def test_a_word_of_the_title_counts_more_than_one_of_the_abstract(find):
    assert find("diffusion")[-1] == "2606.10002"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('"test-time compute"', {"2606.10004"}),
        ("diffusion -survey", {"2606.10001", "2606.10002"}),
        ("diffusion NOT survey", {"2606.10001", "2606.10002"}),
        ("+diffusion title:dexterous", {"2606.10001"}),
        ("author:lovelace", {"2606.10001"}),
        ('author:"Ada Lovelace" diffusion', {"2606.10001"}),
        ("title:diffusion", {"2606.10001", "2606.10003"}),
        ("-diffusion proofs", {"2606.10004", "2606.10005"}),
        ('"diffusion policy" "test-time compute"', set()),
        ("xyzzy", set()),
    ],
)
def test_quotes_plus_minus_and_fields_are_strict(find, text, found):
    assert set(find(text)) == found


def test_pages_follow_each_other_and_the_total_is_that_of_all(database, index):
    ingest.store(database, a_batch(*papers(12)), NOW)
    search.follow(database, index)
    for text in ("paper number", '"paper number"'):
        pages = [search.search(database, index, text, start=start) for start in (0, 5, 10)]

        assert [len(page.hits) for page in pages] == [5, 5, 2]
        assert {page.total for page in pages} == {12}
        shown = [hit.listing.paper.id for page in pages for hit in page.hits]
        assert len(set(shown)) == 12


@pytest.mark.parametrize("text", ["", " ", '"', "-only -minus", "()"])
def test_what_asks_for_nothing_says_so_in_a_sentence(database, index, text):
    with pytest.raises(QueryProblem, match=r"\w"):
        search.search(database, index, text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "*",
            "NEAR(",
            "a AND",
            "OR",
            "title:",
            'title:"',
            "(((",
            "\x00",
            "🤖",
            "בינה",
            "%",
            "'; --",
        )
    ],
)
def test_no_text_of_a_user_can_raise_anything_else(database, index, stored, text):
    with suppress(QueryProblem):
        search.search(database, index, text)


# -- following ------------------------------------------------------------------------------------


def test_following_takes_in_what_is_new_and_nothing_twice(database, index, find):
    assert search.follow(database, index) == 0
    new = a_paper("2606.20000", "Mamba")
    ingest.store(database, a_batch(*PAPERS, new), NOW)

    assert search.follow(database, index) == 1
    assert find("mamba") == ["2606.20000"]


def test_a_title_that_changed_is_found_under_its_present_words(database, index, find):
    renamed = a_paper("2606.10003", "An overview of flow matching")
    ingest.store(database, a_batch(renamed), NOW)
    search.follow(database, index)

    assert find("title:overview") == ["2606.10003"]
    assert "2606.10003" not in find("title:survey")


def test_an_index_that_was_deleted_is_built_again(database, tmp_path, find):
    before = find("diffusion")
    shutil.rmtree(tmp_path / "index")
    rebuilt = SearchIndex(tmp_path / "index")

    assert search.follow(database, rebuilt) == len(PAPERS)
    again = search.search(database, rebuilt, "diffusion")
    assert [hit.listing.paper.id for hit in again.hits] == before


def test_an_index_of_another_database_starts_over(tmp_path, migrated_sqlite, index, stored):
    path = tmp_path / "other.db"
    path.write_bytes(migrated_sqlite)
    other = Database(f"sqlite:///{path}")
    ingest.store(other, a_batch(a_paper("2606.20000", "Mamba")), NOW)

    search.follow(other, index)

    assert [hit.listing.paper.id for hit in search.search(other, index, "mamba").hits] == [
        "2606.20000"
    ]
    assert search.search(other, index, "diffusion").total == 0
    other.close()


def test_an_empty_database_finds_nothing(database, index):
    assert search.follow(database, index) == 0
    assert search.search(database, index, "anything").total == 0
