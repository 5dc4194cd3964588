"""Folding and cutting: which words a text holds, and where they stand in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.folding import fold
from bot.domain.plurals import singular, stem, stem_alone
from bot.domain.tokens import norms, placed, tokens


@pytest.mark.parametrize(
    ("text", "expected"),
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
def test_the_words_of_a_text(text, expected):
    assert [token.norm for token in tokens(text)] == expected


@given(st.text())
def test_every_word_stands_where_it_says(text):
    previous = 0

    for token, (start, end) in placed(text):
        assert token.norm
        assert len(token.norm) == len(token.text)
        assert previous <= start < end <= len(text)
        previous = start


gaps = st.sampled_from([" ", "  ", "-", ", ", "\t", "\r ", "\x1f", "\xa0", "—", "…"])
marks = st.sampled_from(["\\H ", "\\alpha", "\\\\ ", "{", "}", "$", "_2", "'s ", "𝛼"])
pieces = st.one_of(gaps, marks, st.sampled_from(["fine", "tuning", "o", "GPT4", "3.1", "C++"]))


@given(st.one_of(st.text(), st.lists(pieces).map("".join)))
def test_a_text_cut_stretch_by_stretch_has_the_words_of_the_whole(text):
    assert list(tokens(text)) == [token for token, _ in placed(text)]


@given(st.one_of(st.text(), st.lists(pieces).map("".join)))
def test_norms_alone_are_those_of_the_words(text):
    assert norms(text) == [token.norm for token in tokens(text)]


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


@given(word=words, before=words)
def test_an_acronym_with_a_small_s_is_looked_up_as_without(word, before):
    assert stem(before + word + "s") == stem(before + word)


@given(word=words, before=words)
def test_a_stem_that_stands_alone_is_the_same_behind_anything(word, before):
    alone = stem_alone(word)

    assert not alone or stem(before + word) == before + alone


@pytest.mark.parametrize("word", ["AES", "IEEE", "Andes", "yes", "note"])
def test_a_word_that_ends_like_a_plural_is_not_looked_up_as_a_stop_word(word):
    assert stem(word.lower()) not in {"a", "i", "and", "y", "not"}
