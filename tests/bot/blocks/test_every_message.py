"""Whatever papers and people bring, Slack takes each message, and nothing in it becomes markup."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.blocks import abstract, exchange, home, modals, mutes, sharing, subscriptions
from bot.blocks import settings as settings_blocks
from bot.blocks.kit import FALLBACK_LIMIT, MESSAGE_BLOCKS, MESSAGE_BUDGET, VALUE_LIMIT
from bot.domain.exchange import Imported
from bot.domain.reader import Hours
from bot.sandbox.rules import check_message, check_view
from bot.sandbox.rules.messages import characters
from tests.bot.blocks.anything import (
    BERLIN,
    HOURS,
    MARK,
    any_listing,
    any_subscription,
    channel_digests,
    counts,
    listings,
    many_mutes,
    many_subscriptions,
    muted_texts,
    objects,
    queries,
    standings,
    texts,
)
from tests.bot.blocks.messages import MESSAGES

OURS = re.compile(r"<@U1>")  # a person named by us, at the start of what they did
few = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("kind", MESSAGES)
@given(data=st.data())
@few
def test_a_message_is_taken_raises_nobody_and_stays_in_its_budget(kind, data):
    message = MESSAGES[kind](data.draw)
    blocks = list(message.blocks)

    check_message(message.text, blocks)
    assert blocks
    assert len(blocks) <= MESSAGE_BLOCKS
    assert characters(blocks) <= MESSAGE_BUDGET
    assert_no_foreign_markup(blocks)


@pytest.mark.parametrize("kind", MESSAGES)
@given(data=st.data())
@few
def test_the_text_of_a_message_is_there_and_mentions_nobody_of_its_own(kind, data):
    text = MESSAGES[kind](data.draw).text

    assert text.strip()
    assert "<" not in OURS.sub("", text, count=1)
    assert len(text) < 6 * FALLBACK_LIMIT  # at worst, all of it was escaped


@given(
    view=st.one_of(
        st.builds(
            home.home,
            many_subscriptions,
            st.builds(lambda one, n: [one] * n, channel_digests, st.integers(0, 200)),
            listings(5),
            st.just(HOURS),
            listings(5),
            counts,
        ),
        st.builds(abstract.abstract, any_listing, standings, listings(5)),
        st.builds(mutes.author_form, any_listing.filter(lambda each: each.paper.authors)),
        st.builds(mutes.word_form, queries, texts),
        st.builds(sharing.refused, any_listing, texts),
        st.builds(sharing.ready, any_listing, st.just("C1")),
        st.builds(
            lambda added, mine: modals.told(mutes.muted(added, mine)), muted_texts, many_mutes
        ),
        st.builds(modals.follow_topic),
        st.builds(settings_blocks.form, st.sampled_from([HOURS, Hours(BERLIN)])),
        st.builds(exchange.import_form),
        st.builds(exchange.imported_view, st.builds(Imported, *[counts] * 5)),
        st.builds(modals.edit_topic, any_subscription),
        st.builds(
            lambda mine: modals.saved(subscriptions.subscriptions(mine, HOURS)),
            many_subscriptions,
        ),
    )
)
@few
def test_a_view_is_taken_and_knows_no_foreign_markup(view):
    check_view(view, view["type"])
    assert_no_foreign_markup(view["blocks"])


@given(sentence=texts)
def test_an_error_under_an_input_is_short_and_plain(sentence):
    said = modals.problem(sentence)

    assert len(said) <= modals.ERROR_LIMIT
    assert "`" not in said


def assert_no_foreign_markup(blocks):
    for each in objects(blocks):
        if each.get("type") == "mrkdwn":
            assert MARK not in each["text"]
        if each.get("type") == "plain_text":
            assert each["emoji"] is False
        assert len(str(each.get("value", ""))) <= VALUE_LIMIT  # a chart's is a number
        assert each.get("type") not in {"broadcast", "usergroup", "emoji"}
