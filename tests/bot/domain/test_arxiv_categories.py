"""The several names of arXiv's categories."""

import pytest

from bot.domain.arxiv_categories import api_term, current, every_name, is_in, oai_set


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("math.MP", "math-ph"),
        ("stat.TH", "math.ST"),
        ("math.IT", "cs.IT"),
        ("q-fin.EC", "econ.GN"),
        ("cs.SY", "eess.SY"),
        ("cs.NA", "math.NA"),
        ("cmp-lg", "cs.CL"),
        ("alg-geom", "math.AG"),
    ],
)
def test_two_names_of_a_category_lead_to_each_other_and_to_todays(one, other):
    assert (current(one), current(other)) == (other, other)
    assert every_name([one]) == (one, other)
    assert one in every_name([other])


def test_a_category_with_one_name_keeps_it():
    assert every_name(["cs.LG", "cs.CV"]) == ("cs.LG", "cs.CV")


@pytest.mark.parametrize(
    ("listed", "wanted", "belongs"),
    [
        ("cs.CV", "cs.CV", True),
        ("cs.CV", "cs", True),
        ("physics.soc-ph", "cs", False),
        ("cs.CV", "cs.CL", False),
        ("cs.SY", "eess.SY", True),
        ("eess.SY", "cs.SY", True),
        ("hep-th", "hep-th", True),
        ("math-ph", "math", False),
    ],
)
def test_a_category_is_in_itself_and_in_its_archive(listed, wanted, belongs):
    assert is_in(listed, wanted) is belongs


@pytest.mark.parametrize(
    ("category", "set_name", "term"),
    [
        ("cs.AI", "cs:cs:AI", "cs.AI"),
        ("cs", "cs", "cs.*"),
        ("math.AG", "math:math:AG", "math.AG"),
        ("q-bio.NC", "q-bio:q-bio:NC", "q-bio.NC"),
        ("hep-th", "physics:hep-th", "hep-th"),
        ("astro-ph.GA", "physics:astro-ph:GA", "astro-ph.GA"),
        ("physics.optics", "physics:physics:optics", "physics.optics"),
        ("physics", "physics:physics", "physics.*"),
        ("math.MP", "physics:math-ph", "math-ph"),
    ],
)
def test_a_category_is_asked_for_in_the_words_of_each_service(category, set_name, term):
    assert (oai_set(category), api_term(category)) == (set_name, term)
