"""Slack's words for a refusal, in words for people."""

import pytest

from bot import slack
from bot.domain.refusals import remedy, why

KNOWN = slack.OF_THE_WORKSPACE | slack.OF_THE_PLACE


@pytest.mark.parametrize("reason", sorted(KNOWN))
def test_each_refusal_that_stops_something_is_told_in_words(reason):
    assert reason not in why(reason)
    assert not why(reason).endswith(".")


@pytest.mark.parametrize("reason", sorted(slack.OF_THE_WORKSPACE))
def test_an_operator_reads_what_to_do_about_a_token_that_is_refused(reason):
    assert remedy(reason).endswith(".")


def test_a_refusal_that_nobody_knows_keeps_slacks_word():
    assert why("something_new") == "Slack says something_new"
    assert remedy("something_new") == ""


def test_restrictions_have_many_names():
    for reason in ("restricted_action", "restricted_action_read_only_channel"):
        assert why(reason) == "a setting of the workspace keeps me from posting there"
        assert remedy(reason)
