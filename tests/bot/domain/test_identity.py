"""Ids of papers: one spelling each, who gave them, and which of several is the paper's own."""

import pytest

from bot.domain.identity import Rule, canonical_id, may_be_one, preferred, registry, said_doi
from bot.domain.paper import Paper

ARXIV, OTHER_ARXIV, DOI, PREPRINT, FEED = (
    "2606.00001",
    "hep-th/9901001",
    "10.1038/s41586-1",
    "10.1101/2026.06.01.1",
    "feed:0123456789abcdef0123",
)


@pytest.mark.parametrize(
    ("written", "one"),
    [
        ("2606.00001", ARXIV),
        ("2606.00001v3", ARXIV),
        ("10.48550/arXiv.2606.00001", ARXIV),
        ("10.48550/ARXIV.2606.00001v2", ARXIV),
        ("math.GT/0309136v1", "math/0309136"),
        ("10.48550/arXiv.math/0309136", "math/0309136"),
        ("10.1038/S41586-1", DOI),
        ("10.1234/2606.00001", "10.1234/2606.00001"),  # a DOI of its own, whatever is in it
        (FEED, FEED),
        ("4983", "4983"),
    ],
)
def test_an_id_has_one_spelling(written, one):
    assert canonical_id(written) == one
    assert canonical_id(one) == one


@pytest.mark.parametrize(
    ("paper_id", "who"),
    [
        (ARXIV, "arxiv"),
        (OTHER_ARXIV, "arxiv"),
        (DOI, "10.1038"),
        (PREPRINT, "10.1101"),
        (FEED, "feed"),
        ("4983", ""),
    ],
)
def test_an_id_says_who_gave_it(paper_id, who):
    assert registry(paper_id) == who


@pytest.mark.parametrize("rule", Rule)
def test_two_arxiv_ids_are_two_papers_by_every_rule(rule):
    assert not may_be_one(ARXIV, OTHER_ARXIV, rule)
    assert may_be_one(ARXIV, DOI, rule)
    assert may_be_one(FEED, ARXIV, rule)


def test_two_ids_of_one_giver_are_one_paper_only_where_a_doi_says_so():
    assert not may_be_one(PREPRINT, "10.1101/gr.1", Rule.TITLE)
    assert may_be_one(PREPRINT, "10.1101/gr.1", Rule.DOI)
    assert not may_be_one("4983", "4984", Rule.TITLE)


def test_arxivs_id_comes_first_then_a_doi_whichever_is_asked_for_first():
    for better, other in ((ARXIV, DOI), (ARXIV, FEED), (DOI, FEED), (DOI, PREPRINT)):
        assert preferred(better, other) == preferred(other, better) == better


def test_a_doi_that_is_a_papers_own_id_names_no_other():
    assert said_doi(Paper(DOI, "A", doi=DOI.upper())) == ""
    assert said_doi(Paper(PREPRINT, "A", doi=DOI)) == DOI
    assert said_doi(Paper(DOI, "A", doi=f"10.48550/arXiv.{ARXIV}")) == ARXIV
    assert said_doi(Paper(ARXIV, "A")) == ""
