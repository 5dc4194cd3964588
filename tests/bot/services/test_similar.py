"""What is like a paper: by its words, and by its meaning where there are vectors."""

import pytest

from bot.services import ingest, search
from bot.services.library import UnknownPaper
from bot.services.meaning import embed
from bot.services.similar import LikeWhat, similar
from tests.factories import NOW, a_batch, a_paper
from tests.factories import papers as some_papers
from tests.meanings import Ideas

HANDS = a_paper(
    "2606.10001", "Diffusion policies for dexterous hands", abstract="Robots grasp mugs by it."
)
MUGS = a_paper("2606.10002", "Grasping mugs with dexterous hands", abstract="Policies for mugs.")
POLICY = a_paper("2606.10003", "Diffusion policies, revisited", abstract="We look again.")
RICE = a_paper("2606.10004", "Steaming rice", abstract="A kettle and a pot.")


@pytest.fixture
def stored(database, index) -> None:
    ingest.store(database, a_batch(HANDS, MUGS, POLICY, RICE, *some_papers(3)), NOW)
    search.follow(database, index)


@pytest.fixture
def like(database, index, stored):
    def like(pasted: str, **more) -> list[str]:
        return [each.paper.id for each in similar(database, index, pasted, **more).others]

    return like


def test_what_shares_its_telling_words_is_like_a_paper_and_nothing_else_is(like):
    assert like(HANDS.id) == [MUGS.id, POLICY.id]


def test_a_paper_is_not_like_itself(like):
    for paper in (HANDS, MUGS, POLICY):
        assert paper.id not in like(paper.id)


def test_a_paper_that_shares_no_word_with_any_other_is_alone(like):
    assert like(RICE.id) == []


@pytest.mark.parametrize(
    "pasted",
    ["https://arxiv.org/abs/2606.10001", "arXiv:2606.10001v2", "10.48550/arXiv.2606.10001"],
)
def test_a_link_and_a_doi_name_the_paper_too(like, pasted):
    assert like(pasted) == like(HANDS.id)


def test_a_paper_that_has_a_doi_alone_is_named_by_it(database, index, like):
    ingest.store(database, a_batch(a_paper("10.1145/1.abc", MUGS.title)), NOW)
    search.follow(database, index)

    assert MUGS.id in like("https://doi.org/10.1145/1.ABC")


def test_five_are_shown_at_most(database, index):
    ingest.store(database, a_batch(*some_papers(12)), NOW)
    search.follow(database, index)

    assert len(similar(database, index, "2606.00001").others) == 5


def test_meaning_decides_between_papers_that_share_words(database, index):
    one = a_paper("2606.20001", "Tracks seen in passing", abstract="A car is a vehicle.")
    far = a_paper("2606.20002", "Tracks seen in passing trains", abstract="Rice and recipes.")
    near = a_paper("2606.20003", "Tracks passing", abstract="On driving.")
    last = a_paper("2606.20004", "Something else", abstract="Rice was cooked beside tracks.")
    ingest.store(database, a_batch(one, far, near, last), NOW)
    search.follow(database, index)
    ideas = Ideas()
    by_words = [each.paper.id for each in similar(database, index, one.id).others]
    embed(database, ideas)

    by_both = [each.paper.id for each in similar(database, index, one.id, meaning=ideas).others]

    assert by_words == [far.id, near.id, last.id]
    assert by_both == [near.id, far.id, last.id]


def test_without_vectors_a_model_changes_nothing(like):
    assert like(HANDS.id, meaning=Ideas()) == like(HANDS.id)


@pytest.mark.parametrize("pasted", ["", "diffusion", "2606"])
def test_what_names_no_paper_is_asked_for_in_a_sentence(database, index, pasted):
    with pytest.raises(LikeWhat, match="arXiv id or link"):
        similar(database, index, pasted)


def test_a_paper_that_is_not_stored_says_so(database, index, stored):
    with pytest.raises(UnknownPaper):
        similar(database, index, "2606.99999")


def test_a_paper_that_the_index_does_not_know_yet_is_compared_all_the_same(database, index, stored):
    ingest.store(database, a_batch(a_paper("2606.30000", "Dexterous hands and mugs")), NOW)

    assert MUGS.id in [each.paper.id for each in similar(database, index, "2606.30000").others]
