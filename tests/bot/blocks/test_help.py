"""Help, the first message, refusals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.blocks import help
from handlers.commands import COMMANDS
from tests.bot.blocks.anything import read_aloud, values


def test_every_command_is_explained_and_nothing_else():
    assert set(help.COMMANDS) == set(COMMANDS)
    assert all(f"/papers {name} " in help.overview().text for name in COMMANDS)


@pytest.mark.parametrize("name", help.COMMANDS)
def test_each_command_has_a_sentence_and_an_example_of_itself(name):
    message = help.one(name)

    assert message.text.startswith(f"/papers {name} ")
    assert help.COMMANDS[name].example.startswith(f"/papers {name}")
    assert help.COMMANDS[name].example in read_aloud(message.blocks)


def test_a_mistyped_command_is_one_tap_away_and_so_is_a_search():
    message = help.did_you_mean("subcribe", "subscribe", '"tool use"')

    assert message.text == ('I don\'t know subcribe. Did you mean /papers subscribe "tool use"?')
    assert values(message.blocks, "run_command") == ['subscribe "tool use"']
    assert values(message.blocks, "run_search") == ['search subcribe "tool use"']


@given(rest=st.text(alphabet="ab <&`", max_size=250))
def test_what_was_typed_is_not_lost(rest):
    message = help.did_you_mean("subcribe", "subscribe", rest)

    assert values(message.blocks, "run_command") == [f"subscribe {rest}".strip()]


def test_a_refusal_shows_commands_as_code_and_reads_well_without():
    message = help.error("I don't know `<!channel>`. Try `/papers help`.")

    assert message.text == "I don't know &lt;!channel&gt;. Try /papers help."
    assert "/papers help" in read_aloud(message.blocks)


def test_the_unexpected_has_a_code():
    assert "code a1b2c3" in help.unexpected("a1b2c3").text


def test_the_first_message_says_what_will_come_when_and_how_to_change_it():
    message = help.welcome()

    for said in ("five papers at 09:00, Monday to Friday", "digest on", "digest at 08:30"):
        assert said in message.text
    assert values(message.blocks, "turn_digest_on") == [""]
