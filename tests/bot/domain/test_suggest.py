"""Did you mean: slips are recognised, other words are left alone."""

import pytest

from bot.domain.suggest import did_you_mean

COMMANDS = (
    *("help", "search", "today", "week", "month", "trending", "show", "similar", "subscribe"),
    *("list", "unsubscribe", "pause", "resume", "mute", "unmute", "digest", "pick", "skip", "save"),
    *("saved", "unsave", "trends", "why", "settings", "status", "export", "forget-me", "sub"),
    *("unsub", "remove", "delete", "rm", "stop", "ls", "find", "alerts", "?"),
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("subcribe", "subscribe"),
        ("usbscribe", "subscribe"),
        ("Subscirbe", "subscribe"),
        ("unsubscrbe", "unsubscribe"),
        ("serach", "search"),
        ("seach", "search"),
        ("lsit", "list"),
        ("lists", "list"),
        ("hlep", "help"),
        ("digets", "digest"),
        ("todya", "today"),
        ("setings", "settings"),
    ],
)
def test_a_slip_is_recognised(typed, meant):
    assert did_you_mean(typed, COMMANDS) == meant


@pytest.mark.parametrize(
    "word",
    ["language", "diffusion", "robot", "the", "skin", "weak", "cause", "state", "", "深度", "?!"],
)
def test_another_word_is_left_alone(word):
    assert did_you_mean(word, COMMANDS) is None


def test_without_choices_nothing_is_meant():
    assert did_you_mean("search", []) is None
