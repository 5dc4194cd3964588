"""A text as a person typed it, out of what Slack and keyboards made of it."""

import pytest
from hypothesis import given

from bot.domain.query import clean_input
from tests.bot.domain.typed import anything


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("“state space”", '"state space"'),
        ("state–space ‘x’", "state-space 'x'"),
        ("a &amp; b &lt;c&gt;", "a & b <c>"),
        ("&amp;lt;", "&lt;"),
        ("<https://arxiv.org/abs/2406.01234>", "https://arxiv.org/abs/2406.01234"),
        ("<http://asp.net|asp.net> x", "asp.net x"),
        ("<https://arxiv.org/abs/2406.01234|Mamba>", "https://arxiv.org/abs/2406.01234"),
        ("<#C123|ml>", "#ml"),
        ("<#C123>", "#C123"),
        ("<#C123|>", "#C123"),
        ("<@U1> <@U2|ana>", "@U1 @ana"),
        ("<!channel> <!subteam^S1|@team>", "@channel @team"),
        ("<mailto:a@b.c|a@b.c>", "a@b.c"),
        ("ＲＡＧ\u200b\u00ad \ufeffﬁne", "RAG fine"),
        ("a\n\tb\0", "a b"),
        ("\ud800x", "x"),
    ],
)
def test_what_slack_did_to_the_text_is_undone(typed, meant):
    assert clean_input(typed) == meant


@given(anything)
def test_clean_text_stays_as_it_is(text):
    plain = clean_input(text.replace("<", "").replace("&", ""))

    assert clean_input(plain) == plain
