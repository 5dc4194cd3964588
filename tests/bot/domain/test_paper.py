"""Ids in what people paste, and text as people see it."""

import re
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.paper import Paper, bare_id, clean, find_id

NUMBER = "2104.12255"
FORMS = [
    "{}",
    " {} ",
    "{}v1",
    "{}v12.pdf",
    "{}.pdf",
    "{}.",
    "({})",
    "arXiv:{}",
    "arxiv:{}v2",
    "arXiv: {}",
    "arXiv:{}v3 [cs.CL] 26 Apr 2021",
    "oai:arXiv.org:{}",
    "10.48550/arXiv.{}",
    "10.48550/ARXIV.{}",
    "doi:10.48550/arXiv.{}",
    "https://doi.org/10.48550/arXiv.{}",
    "arxiv.org/abs/{}",
    "https://arxiv.org/abs/{}v2",
    "http://www.arxiv.org/abs/{}",
    "https://export.arxiv.org/abs/{}",
    "https://arxiv.org/pdf/{}",
    "https://arxiv.org/pdf/{}v1.pdf",
    "https://arxiv.org/html/{}v2#S3.SS1",
    "https://arxiv.org/abs/{}?context=cs.CL",
    "https://arxiv.org/abs/{}/",
    "https://huggingface.co/papers/{}",
    "https://huggingface.co/papers/{}?utm_source=digest",
    "<https://arxiv.org/abs/{}>",
    "<https://arxiv.org/abs/{}|arxiv.org/abs/…>",
    "<https://huggingface.co/papers/{}|the paper>",
    "https://arxiv.org/abs/{}, please",
    "look at https://arxiv.org/abs/{}.",
]
IDS = [NUMBER, "0704.0001", "1412.9999", "hep-th/9901001", "math.GT/0309136", "cs/0309136"]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("paper_id", IDS)
def test_an_id_is_found_in_whatever_form_it_is_pasted(form, paper_id):
    assert find_id(form.format(paper_id)) == paper_id


@pytest.mark.parametrize(
    ("pasted", "paper_id"),
    [
        ("https://ARXIV.org/ABS/2104.12255V2", NUMBER),
        ("HEP-TH/9901001", "hep-th/9901001"),
        ("math.gt/0309136", "math.GT/0309136"),
        ("arXiv:MATH.GT/0309136", "math.GT/0309136"),
    ],
)
def test_an_id_comes_back_as_arxiv_spells_it(pasted, paper_id):
    assert find_id(pasted) == paper_id


@pytest.mark.parametrize(
    "text",
    [
        "",
        "state space models",
        "2104.122551",  # too long
        "2104.122",
        "12104.12255",
        "٢١٠٤.١٢٢٥٥",  # other scripts' digits
        "hep-th/99010011",
        "hep-th/990100",
        "gpt-4",
        "v2104.12255",
        "10.1101/2026.01.01.123456",
        "https://arxiv.org/list/cs.CL/recent",
        "https://arxiv.org/abs/",
    ],
)
def test_what_holds_no_id_has_none(text):
    assert find_id(text) is None


@given(st.text())
def test_no_text_breaks_the_search_for_an_id(text):
    found = find_id(text)

    assert found is None or Paper(found, "").url


@pytest.mark.parametrize(
    ("paper_id", "url"),
    [
        (NUMBER, "https://arxiv.org/abs/2104.12255"),
        ("math.GT/0309136", "https://arxiv.org/abs/math.GT/0309136"),
        ("10.1101/2026.01.01.123456", "https://doi.org/10.1101/2026.01.01.123456"),
        ("MED-10", ""),
    ],
)
def test_a_paper_has_the_address_of_its_abstract(paper_id, url):
    assert Paper(paper_id, "Title").url == url


@pytest.mark.parametrize(
    ("raw", "seen"),
    [
        ("  Small nets\n  learn ", "Small nets learn"),
        ("a\tb\r\nc\x0bd\x0ce", "a b c d e"),
        ("a\u2028b\u2029c\x85d\x1ce", "a b c d e"),
        ("a\u00a0b\u3000c", "a b c"),
        ("nu\x00ll and b\x07ell", "null and bell"),
        ("zero\u200bwidth\ufeff, soft\u00adhyphen", "zerowidth, softhyphen"),
        ("\u202egnp.exe\u202c", "gnp.exe"),
        ("\u2066left\u2069", "left"),
        ("cafe\u0301", "caf\u00e9"),
        ("a lone \ud800 half", "a lone half"),
        ("cafe\ud800\u0301", "caf\u00e9"),
        ("C++ & <b> *kept* 漢字 😀", "C++ & <b> *kept* 漢字 😀"),
        ("", ""),
    ],
    ids=[
        "line breaks",
        "tabs and feeds",
        "rare line breaks",
        "wide and fixed spaces",
        "controls",
        "zero-width characters",
        "an override of direction",
        "an isolate of direction",
        "accents set apart",
        "half a surrogate pair",
        "and one inside an accent",
        "everything else",
        "nothing",
    ],
)
def test_text_is_cleaned_to_what_people_see(raw, seen):
    assert clean(raw) == seen


def test_of_all_code_points_those_that_are_space_become_one_space_and_no_other_does():
    every = [chr(number) for number in range(sys.maxunicode + 1)]

    for each in every:
        assert (clean(f"a{each}{each}b{each}") == "a b") is (re.match(r"\s", each) is not None)


@given(st.text(st.characters(codec=None)))
def test_clean_text_is_one_line_that_can_be_stored_and_stays_as_it_is(raw):
    cleaned = clean(raw)

    assert cleaned.encode().decode() == cleaned
    assert len(cleaned.splitlines()) <= 1
    assert "  " not in cleaned
    assert not any(unicodedata.category(each) == "Cc" for each in cleaned)
    assert clean(cleaned) == cleaned


@pytest.mark.parametrize(
    ("paper_id", "bare"),
    [
        ("math.GT/0309136", "math/0309136"),
        ("hep-th/9901001", "hep-th/9901001"),
        (NUMBER, NUMBER),
        ("10.1000/abc.AB/0309136x", "10.1000/abc.AB/0309136x"),
    ],
)
def test_an_id_of_the_old_form_has_a_bare_one(paper_id, bare):
    assert bare_id(paper_id) == bare
