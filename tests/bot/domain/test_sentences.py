"""Where sentences end, and which one of them to show."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.sentences import Excerpt, sentences, telling

PIECES = ["We", " ", ". ", "e.g.", "et al. ", "3.5", "$x. Y$", "!", "?", "。", "…", "ag", "A", "$"]


def split(text):
    return [text[start:end].rstrip() for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", []),
        ("No end", ["No end"]),
        ("We try. They learn! Do they? Yes.", ["We try.", "They learn!", "Do they?", "Yes."]),
        ("Models, e.g. GPT-4, and others, i.e. Llama, fail.", 1),
        ("As Smith et al. (2020) show, it fails.", 1),
        ("See Fig. 3, Eq. 2 and Sec. 4 vs. Tab. 1.", 1),
        ("J. R. Smith and K. Sato agree.", 1),
        ("It gains 3.5 points at 0.1 cost.", 1),
        ("We use version v1.2. It works.", ["We use version v1.2.", "It works."]),
        ("We train, test, etc. We then stop.", ["We train, test, etc.", "We then stop."]),
        ("It ends here. arXiv names begin small.", 1),
        ("We bound $f(x). Y$ from above. Done.", ["We bound $f(x). Y$ from above.", "Done."]),
        ("It costs $5. We paid $10.", ["It costs $5.", "We paid $10."]),
        ("It says “stop.” We go on.", ["It says “stop.”", "We go on."]),
        ("Wait... Then go.", ["Wait...", "Then go."]),
        ("我们训练模型。结果很好！为什么？", ["我们训练模型。", "结果很好！", "为什么？"]),
        ("彼は「はい。」と言った。", ["彼は「はい。」", "と言った。"]),
    ],
)  # fmt: skip
def test_where_sentences_end(text, parts):
    assert split(text) == ([text] if parts == 1 else parts)


@given(text=st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map("".join)))
def test_the_sentences_are_the_text_and_none_is_empty(text):
    parts = [text[start:end] for start, end in sentences(text)]

    assert "".join(parts) == text
    assert all(parts)


def test_the_sentence_that_holds_most_matches_is_shown():
    text = "We use agents. Our agents teach agents. Done."
    places = [(at, at + 6) for at in (7, 19, 32)]

    assert telling(text, places) == Excerpt("Our agents teach agents.", ((4, 10), (17, 23)))


def test_of_sentences_that_hold_as_many_the_first_is_shown():
    assert telling("One ag. Two ag.", [(4, 6), (12, 14)]) == Excerpt("One ag.", ((4, 6),))


def test_without_a_match_no_sentence_is_shown():
    assert telling("We train nets.", []) is None
    assert telling("", []) is None


@given(data=st.data(), text=st.lists(st.sampled_from(PIECES), min_size=1).map("".join))
def test_what_is_marked_in_a_sentence_is_what_was_marked_in_the_text(data, text):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))

    found = telling(text, [(start, end)])

    if found is None:
        assert text[start].isspace()  # between two sentences
    else:
        [(first, last)] = found.spans
        assert text[start:end].startswith(found.text[first:last])
        assert first < last <= len(found.text)
