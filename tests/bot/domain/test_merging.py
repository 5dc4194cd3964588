"""One paper from many reads: the same in whatever order, and never poorer than before."""

from dataclasses import fields, replace
from datetime import UTC, datetime
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.merging import is_revision, merged
from bot.domain.paper import Paper

ID = "2606.00001"
SUBMITTED = datetime(2026, 6, 1, 8, 30, tzinfo=UTC)
REVISED = datetime(2026, 6, 20, 9, tzinfo=UTC)
HF = Paper(
    ID, "Small Nets", "From HF.", ("Li W",), datetime(2026, 6, 1, tzinfo=UTC), tldr="Small.",
    tldr_by="a model", organization="A lab", keywords=("nets",),
)  # fmt: skip
RSS = Paper(
    ID, "Small nets", "From the feed.", ("Li Wei Jr.",), categories=("cs.LG", "cs.CL"), version=1,
    licence_url="https://l.test/by",
)  # fmt: skip
API = Paper(
    ID, "Small nets", "From the API.", ("Li Wei, Jr.",), SUBMITTED, ("cs.LG", "cs.CL"), version=1,
    revised=SUBMITTED, comment="9 pages",
)  # fmt: skip
SECOND = replace(API, title="Larger nets", version=2, revised=REVISED, comment="10 pages")


def after(*reads: Paper) -> Paper:
    first, *rest = reads
    for each in rest:
        first = merged(first, each)
    return first


@pytest.mark.parametrize("reads", [(HF, RSS, API), (HF, RSS, API, SECOND), (HF, RSS, SECOND)])
def test_in_whatever_order_it_is_read_it_is_the_same_paper(reads):
    assert len({after(*order) for order in permutations(reads)}) == 1


def test_arxiv_knows_the_text_and_hugging_face_the_rest():
    paper = after(HF, API)

    assert (paper.abstract, paper.authors) == ("From the API.", ("Li Wei, Jr.",))
    assert (paper.published, paper.tldr, paper.organization) == (SUBMITTED, "Small.", "A lab")


def test_what_hugging_face_says_last_of_its_own_is_taken():
    paper = after(HF, API, replace(HF, tldr="Tiny."))

    assert (paper.tldr, paper.abstract) == ("Tiny.", "From the API.")


def test_a_later_version_takes_the_place_of_an_earlier_one_and_is_not_taken_back():
    assert after(API, SECOND, API).title == after(SECOND, API).title == "Larger nets"
    assert after(API, SECOND, API).version == 2


def test_a_cross_list_adds_a_category_and_changes_nothing_else():
    crossed = replace(RSS, categories=("cs.LG", "cs.CL", "stat.ML"))

    assert after(API, crossed) == replace(
        API, categories=("cs.LG", "cs.CL", "stat.ML"), licence_url="https://l.test/by"
    )


def test_a_record_without_a_version_counts_by_the_day_of_its_last_change():
    record = replace(API, title="Renamed", version=0, revised=REVISED)
    older = replace(API, title="As of old", version=0, revised=SUBMITTED)

    assert after(API, record).title == "Renamed"
    assert after(SECOND, older).title == "Larger nets"


def test_a_paper_that_is_withdrawn_stays_so_until_a_later_version():
    withdrawn = replace(SECOND, withdrawn=True)

    assert after(withdrawn, SECOND).withdrawn
    assert after(withdrawn, replace(SECOND, version=3)).withdrawn is False
    assert after(API, withdrawn, HF).withdrawn


def test_a_version_is_later_only_than_one_that_is_known():
    assert is_revision(API, SECOND)
    assert not is_revision(HF, SECOND)
    assert not is_revision(SECOND, API)


papers = st.builds(
    Paper,
    st.just(ID),
    st.text(max_size=3),
    st.text(max_size=3),
    authors=st.lists(st.text(max_size=2), max_size=2).map(tuple),
    categories=st.sampled_from([(), ("cs.LG",), ("cs.LG", "cs.CL"), ("stat.ML",)]),
    tldr=st.text(max_size=2),
    version=st.integers(0, 3),
    revised=st.none() | st.sampled_from([SUBMITTED, REVISED]),
    published=st.none() | st.just(SUBMITTED),
    doi=st.sampled_from(["", "10.1/a"]),
    withdrawn=st.booleans(),
)


@given(papers, papers)
def test_no_read_ever_empties_a_field_or_takes_a_version_or_category_away(stored, found):
    paper = merged(stored, found)

    full = {each.name for each in fields(Paper) if getattr(stored, each.name)} - {"withdrawn"}
    assert all(getattr(paper, name) for name in full)
    assert set(paper.categories) == {*stored.categories, *found.categories}
    assert merged(paper, found) == paper
