"""Folding and cutting: which words a text holds, and where they stand in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.folding import fold
from bot.domain.plurals import singular, stem
from bot.domain.tokens import tokens


@pytest.mark.parametrize(
    ("text", "norms"),
    [
        ("C++, C# and .NET", ["c++", "c#", "and", ".net"]),
        ("ASP.NET and K-Means++", ["asp", "net", "and", "k", "means"]),
        ("GPT-4o, GPT4o; Llama3.1", ["gpt", "4o", "gpt", "4o", "llama", "3.1"]),
        ("CO$_2$ H₂O 10,000 1.2.3", ["co2", "h2o", "10000", "1.2.3"]),
        ("BERT's users' don't", ["bert", "users", "dont"]),
        ("基于GPT的模型", ["基", "于", "gpt", "的", "模", "型"]),
        ("$\\alpha$-net \\emph{x}", ["alpha", "net", "x"]),
        ("é e\u0301 ﬁ Å ™", ["e", "e", "fi", "a"]),
        ("λόγος λ", ["λογοσ", "lambda"]),
        ("हिन्दी भाषा", ["हिन्दी", "भाषा"]),
        ("5€ 🚀 !?", ["5"]),
    ],
)
def test_the_words_of_a_text(text, norms):
    assert [token.norm for token in tokens(text)] == norms


@given(st.text())
def test_every_word_stands_where_it_says(text):
    previous = 0

    for token in tokens(text):
        assert token.norm
        assert len(token.norm) == len(token.text)
        assert previous <= token.start or text[token.start : token.end]
        assert 0 <= token.start < token.end <= len(text)
        previous = token.start


@given(st.text())
def test_folded_text_knows_where_each_character_came_from(text):
    folded = fold(text)

    if folded.text != text:
        assert len(folded.starts) == len(folded.ends) == len(folded.text)


words = st.text(alphabet="aceisyxhlu", min_size=1, max_size=8)


@given(one=words, other=words, before=words)
def test_what_is_one_word_but_for_its_number_is_looked_up_alike(one, other, before):
    for plural in (one + "s", one + "es", one.removesuffix("y") + "ies", other):
        if singular(plural) == singular(one):
            assert stem(before + plural) == stem(before + one)
