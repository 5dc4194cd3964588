"""Which paper an entry of a feed is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources.feed_ids import LONGEST_DOI, arxiv_id, doi, own_id

ARXIVS = [
    ("https://arxiv.org/abs/2606.12345v2", "2606.12345"),
    ("http://export.arxiv.org/pdf/2606.12345v2.pdf", "2606.12345"),
    ("https://arxiv.org/html/2606.12345?context=cs", "2606.12345"),
    ("oai:arXiv.org:hep-th/9901001v3", "hep-th/9901001"),
    ("arXiv:2606.12345", "2606.12345"),
    ("https://arxiv.org/abs/math.gt/0309136", "math.GT/0309136"),
    ("https://huggingface.co/papers/2606.12345", "2606.12345"),
    ("https://doi.org/10.48550/arXiv.2606.12345", "2606.12345"),
]
NOT_ARXIVS = [
    "2606.12345",  # any shop numbers its goods
    "https://blog.example.org/2606.12345",
    "https://blog.example.org/abs/2606.12345",
    "https://notarxiv.org/abs/2606.12345",
    "https://arxiv.org/list/cs.LG/recent",
    "https://arxiv.org/abs/2606.1234567",
    "10.1145/2606.12345",
]
DOIS = [
    ("doi:10.1000/XyZ.", "10.1000/xyz"),
    ("10.1145/1234.5678", "10.1145/1234.5678"),
    ("https://doi.org/10.1016%2Fj.x.2020.1", "10.1016/j.x.2020.1"),
    ("http://dx.doi.org/10.1016/S0140-6736(20)30183-5", "10.1016/s0140-6736(20)30183-5"),
    (
        "https://www.biorxiv.org/content/10.1101/2026.01.01.123456v1?rss=1",
        "10.1101/2026.01.01.123456",
    ),
    (
        "http://biorxiv.org/cgi/content/short/10.1101/2026.01.01.123456v2.full.pdf",
        "10.1101/2026.01.01.123456",
    ),
    ("https://onlinelibrary.example.com/doi/full/10.1002/abc.1?af=R", "10.1002/abc.1"),
    ("https://www.frontiers.example/articles/10.3389/fn.2021.1/full", "10.3389/fn.2021.1"),
]
NOT_DOIS = [
    "https://blog.example.org/x?ref=10.1000/1",
    "https://blog.example.org/p/10.5",
    "version 10.1000/1 of it",
    "javascript:10.1000/1",
    "http://[::1",
    "10.1000/" + "x" * LONGEST_DOI,
]


@pytest.mark.parametrize(("said", "wanted"), ARXIVS)
def test_an_arxiv_id_is_found_where_arxiv_or_its_readers_write_one(said, wanted):
    assert arxiv_id([said]) == wanted


@pytest.mark.parametrize("said", NOT_ARXIVS)
def test_two_numbers_with_a_dot_are_no_arxiv_id_elsewhere(said):
    assert arxiv_id([said]) == ""


@pytest.mark.parametrize(("said", "wanted"), DOIS)
def test_a_doi_is_found_in_ids_and_in_the_paths_of_pages(said, wanted):
    assert doi([said]) == wanted


@pytest.mark.parametrize("said", NOT_DOIS)
def test_what_only_looks_like_a_doi_is_none(said):
    assert doi([said]) == ""


def test_the_first_that_holds_an_id_is_taken():
    assert doi(["", "https://blog.example.org/", "doi:10.1000/a", "doi:10.1000/b"]) == "10.1000/a"


def test_an_address_names_one_paper_in_every_feed_and_a_number_in_its_own():
    page = "https://lab.example.org/1"

    assert own_id("one", page) == own_id("other", page)
    assert own_id("one", "1") != own_id("other", "1")


@given(st.text(max_size=200))
def test_whatever_stands_there_raises_nothing_and_fits_the_database(said):
    assert len(own_id("digest", said)) == 25
    assert len(doi([said])) <= LONGEST_DOI
    assert len(arxiv_id([said])) < 30
