"""Papers that are one by title, people and abstract; and those that look so and are two."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.likeness import KEY_LENGTH, key, likeness
from bot.domain.paper import Paper

ABSTRACT = (
    "We record thousands of neurons in freely moving mice over many days and fit sparse codes to "
    "their activity. Few neurons suffice to predict what the animal does next, and which ones they "
    "are drifts slowly from day to day."
)
OTHER = (
    "Markets clear slowly where traders are few. We show for a class of auctions how long it takes "
    "until prices say what is known, and that a small fee on orders makes them say it sooner, also "
    "where some of the traders know more than others do."
)
PAPER = Paper(
    "2606.00077",
    "Sparse neural codes predict supervised behaviour in moving mice",
    ABSTRACT,
    ("Jane Smith", "Li Wei", "Ana Ortiz"),
    datetime(2026, 6, 20, tzinfo=UTC),
)


def titled(title: str) -> Paper:
    return replace(PAPER, id="10.1101/1", title=title)


@pytest.mark.parametrize(
    "title",
    [
        PAPER.title.upper(),
        "Sparse Neural Codes Predict Supervised Behaviour in Moving Mice.",
        "Sparse neural codes\n predict supervised behaviour in the moving mice",
        "Sparse neural code predicts supervised behaviour in moving mice",
        "Sparse-neural codes predict supervised behaviour in moving mice",
        "Sparse neurol codes predict supervised behaviour in moving mice",
    ],
)
def test_case_marks_little_words_plurals_and_slips_make_no_other_paper(title):
    assert key(titled(title)) == key(PAPER)
    assert likeness(PAPER, titled(title)) >= 90


@pytest.mark.parametrize(
    "title",
    [
        "Sparse neural codes predict unsupervised behaviour in moving mice",
        "Sparse neural codes predict supervised behaviour in moving mice II",
        "Sparse neural codes predict supervised behaviour in moving mice, part 2",
        "Sparse neural codes predict supervised behaviour in moving mice v2",
        "Sparse neural codes predict supervised behaviour in 2 moving mice",
        "Very sparse neural codes predict supervised behaviour in moving mice",
        "Sparse neural codes predict supervised behaviour in moving rats",
        "Sparse neural codes predict supervised behaviour",
        "Erratum: Sparse neural codes predict supervised behaviour in moving mice",
        "Comment on 'Sparse neural codes predict supervised behaviour in moving mice'",
        "Reply to: Sparse neural codes predict supervised behaviour in moving mice",
        "Author Correction: Sparse neural codes predict supervised behaviour in moving mice",
    ],
)
def test_a_word_or_number_that_differs_makes_another_paper(title):
    assert likeness(PAPER, titled(title)) == 0
    assert likeness(titled(title), PAPER) == 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sparse codes of mice, part I: seeing", "Sparse codes of mice, part II: seeing"),
        ("Sparse codes in 2D neural maps", "Sparse codes in 3D neural maps"),
        ("Upper bounds of sparse neural codes", "Lower bounds of sparse neural codes"),
        ("Codes of GPT-3 in sparse prompts", "Codes of GPT-4 in sparse prompts"),
    ],
)
def test_works_in_parts_are_several_papers(one, other):
    assert likeness(replace(PAPER, title=one), titled(other)) == 0


@pytest.mark.parametrize(
    "title",
    [
        "Introduction",
        "Editorial",
        "Sparse codes",
        "On the codes of mice",
        "Introduction to the special issue on sparse codes",
        "Proceedings of the first workshop on sparse neural codes",
        "A reply to critics of sparse neural codes in mice",
    ],
)
def test_a_title_that_many_papers_may_have_says_nothing(title):
    both = replace(PAPER, title=title)

    assert key(both) == ""
    assert likeness(both, replace(both, id="10.1101/1")) == 0


@pytest.mark.parametrize(
    "people",
    [
        ("Smith, J.", "Wei, L.", "Ortiz, A."),
        ("J. Smith", "L. Wei", "A. Ortiz"),
        ("Jane Q. Smith", "Li Wei", "Ana Ortiz", "Another Writer"),
        ("Jane Smith", "Ana Ortiz", "Li Wei"),
    ],
)
def test_names_may_be_written_in_several_ways(people):
    assert likeness(PAPER, replace(PAPER, id="10.1101/1", authors=people)) == 100


@pytest.mark.parametrize(
    "people",
    [
        (),
        ("John Smith", "Li Wei", "Ana Ortiz"),
        ("Jane Smith",),
        ("Jane Smith", "Ben Other", "Mei Third"),
        ("Li Wei", "Jane Smith", "Ana Ortiz"),
    ],
)
def test_other_people_wrote_another_paper(people):
    assert likeness(PAPER, replace(PAPER, id="10.1101/1", authors=people)) == 0


def test_an_article_may_come_out_in_the_next_year_and_no_later():
    def out(year: int) -> Paper:
        return replace(PAPER, id="10.1101/1", published=datetime(year, 1, 2, tzinfo=UTC))

    assert [likeness(PAPER, out(year)) > 0 for year in (2024, 2025, 2026, 2027, 2028)] == [
        *(False, True, True, True, False)
    ]
    assert likeness(PAPER, replace(PAPER, id="10.1101/1", published=None)) == 100


@pytest.mark.parametrize(
    ("abstract", "same"),
    [
        (ABSTRACT, True),
        (ABSTRACT[:210], True),  # a feed cuts it off
        (f"Abstract: {ABSTRACT}", True),
        (OTHER, False),
        ("", False),
        ("Too short to tell.", False),
    ],
)
def test_an_abstract_has_to_be_there_and_the_same(abstract, same):
    other = replace(PAPER, id="10.1101/1", abstract=abstract)

    assert (likeness(PAPER, other) > 0) is same


papers = st.builds(
    Paper,
    st.just("x"),
    st.text(max_size=60) | st.sampled_from([PAPER.title, PAPER.title + " II"]),
    st.text(max_size=10) | st.just(ABSTRACT),
    authors=st.lists(st.text(max_size=12) | st.just("Jane Smith"), max_size=3).map(tuple),
)


@given(papers, papers)
def test_likeness_goes_both_ways_and_only_papers_with_one_key_are_alike(one, other):
    assert likeness(one, other) == likeness(other, one)
    assert len(key(one)) <= KEY_LENGTH
    if not key(one):
        assert likeness(one, other) == 0
