"""The words of HTML, and nothing of its tags."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources.html_text import LONGEST, words

CASES = [
    ("<p>One.</p><p>Two.</p>", "One. Two.", "blocks part words"),
    ("im<b>port</b>ant", "important", "marks within a word do not"),
    ("10<sup>5</sup> H<sub>2</sub>O x<sup>n+1</sup>", "10⁵ H₂O xⁿ⁺¹", "raised stays raised"),
    ("a &amp; b &lt;mask&gt; <mask>", "a & b <mask> <mask>", "a token is no tag"),
    ("a < b and c > d, x<y>z", "a < b and c > d, x<y>z", "nor is a comparison"),
    ("a<b and c>d", "a<b and c>d", "also without spaces"),
    ("<script>alert(1)</script>x<style>p{}</style>y", "x y", "scripts are no words"),
    ("x<script>never closed", "x", "not even those without an end"),
    ("x<!-- a > b --> y <!-- no end", "x y", "comments are none"),
    ("<jats:p>In <jats:italic>E. coli</jats:italic></jats:p>", "In E. coli", "publishers' tags"),
    ("<sec><title>Background</title><p>We.</p></sec>", "Background We.", "headings"),
    ('<a href="javascript:alert(1)" onclick=x>here</a>', "here", "links keep their words"),
    ("<IMG SRC=x onerror=alert(1)>x", "x", "pictures have none"),
    ("&amp;lt;b&amp;gt;", "&lt;b&gt;", "what is escaped twice is text"),
    ("<p>unclosed <em>all over", "unclosed all over", "unclosed tags"),
    ("\u202eabc\x00\u200b", "abc", "invisible signs"),
    ("", "", "nothing"),
]


@pytest.mark.parametrize(("markup", "wanted", "why"), CASES, ids=[why for *_, why in CASES])
def test_html_becomes_text(markup, wanted, why):
    assert words(markup) == wanted


@pytest.mark.parametrize("value", [None, 7, {}, []])
def test_what_is_no_text_is_none(value):
    assert words(value) == ""


PIECES = st.sampled_from(
    ["<", ">", "<b", "</", "=", " ", "p", "<!--", "-->", "&lt;", "script", "x"]
)


@given(st.one_of(st.text(), st.lists(PIECES, max_size=60).map("".join)))
def test_whatever_comes_becomes_one_clean_line(markup):
    said = words(markup)

    assert said == " ".join(said.split())
    assert "<script>" not in said.lower() or "&" in markup


@pytest.mark.parametrize(
    "piece", ["<", "<b ", "<!--", "<script>", "&", "<sup>", "<a =", "<p ", "</", "<a x=", "{"]
)
def test_a_text_made_to_be_slow_is_read_at_once(piece):
    begun = process_time()

    words(piece * (LONGEST // len(piece) + 1))

    assert process_time() - begun < 2
