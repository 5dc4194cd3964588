"""An id, a link or a DOI in place of words finds one paper, fetched where it is not stored."""

import pytest

from bot.domain.paper import Listing
from bot.services import ingest, search
from tests.factories import NOW, a_batch, a_listing, a_paper

PAPERS = (a_paper("2606.10001", "Diffusion policies"), a_paper("2606.10003", "A survey of nets"))


@pytest.fixture
def results(database, index):
    ingest.store(database, a_batch(*PAPERS), NOW)
    search.follow(database, index)

    def results(text: str, **asked):
        return search.search(database, index, text, **asked)

    return results


@pytest.fixture
def find(results):
    """The ids of what is found."""

    def find(text: str) -> list[str]:
        return [hit.listing.paper.id for hit in results(text).hits]

    return find


@pytest.mark.parametrize(
    "pasted",
    [
        "2606.10003",
        "2606.10003v2",
        "arXiv:2606.10003",
        "https://arxiv.org/abs/2606.10003",
        "https://arxiv.org/pdf/2606.10003v1.pdf",
        "https://huggingface.co/papers/2606.10003",
        "10.48550/arXiv.2606.10003",
    ],
)
def test_a_pasted_id_or_link_finds_that_paper_alone(find, pasted):
    assert find(pasted) == ["2606.10003"]


def test_a_pasted_id_is_found_before_the_index_knows_it(database, find):
    ingest.store(database, a_batch(a_paper("2606.10009")), NOW)

    assert find("2606.10009") == ["2606.10009"]


def test_the_doi_of_an_article_finds_its_paper(database, find):
    published = a_paper("2606.10007", "Kettles", doi="10.1000/kettles.7")
    ingest.store(database, a_batch(published), NOW)

    assert find("https://doi.org/10.1000/Kettles.7") == ["2606.10007"]
    assert find("10.1000/kettles.8") == []


def test_an_id_of_the_old_form_is_found_with_and_without_its_subject_class(database, find):
    ingest.store(database, a_batch(a_paper("math/0309136", "Knots")), NOW)

    assert find("math.GT/0309136") == find("math/0309136") == ["math/0309136"]


def test_an_unknown_id_finds_nothing(find):
    assert find("2606.99999") == []


def test_a_pasted_doi_finds_its_paper(database, results):
    ingest.store(database, a_batch(a_paper("10.1145/1234.abc", "On tape")), NOW)

    for pasted in ("10.1145/1234.ABC", "https://doi.org/10.1145/1234.abc"):
        assert [hit.listing.paper.title for hit in results(pasted).hits] == ["On tape"]


def test_an_unknown_paper_is_fetched_shown_and_not_stored(database, results):
    asked: list[str] = []

    def fetch(paper_id: str) -> Listing | None:
        asked.append(paper_id)
        return a_listing(a_paper(paper_id, "From afar")) if paper_id == "2601.00001" else None

    found = results("https://arxiv.org/abs/2601.00001v2", fetch=fetch)

    assert [hit.listing.paper.title for hit in found.hits] == ["From afar"]
    assert results("2601.00001").total == 0
    assert results("2601.00002", fetch=fetch).total == 0
    assert results("2606.10001", fetch=fetch).total == 1
    assert asked == ["2601.00001", "2601.00002"]
