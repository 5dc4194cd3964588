"""One place turns exceptions into sentences. The unexpected gets a code that stands in the log."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from secrets import token_hex
from typing import Any

from slack_bolt import App, BoltContext, Respond

from bot.blocks import help as blocks
from bot.blocks import modals
from bot.blocks.kit import Message
from bot.errors import BotError, trail
from handlers.answers import Answer, reply

log = logging.getLogger(__name__)


def register(app: App) -> None:
    """Bolt calls this for whatever a listener lets through: of an event there is nobody to tell."""
    app.error(note)


@contextmanager
def told(context: BoltContext, respond: Respond) -> Iterator[None]:
    """What fails in here is told to whoever asked, privately.

    Everything after `ack()` belongs in here, and nothing gets out. Bolt takes an acknowledgement
    back when its listener raises within ten milliseconds of it, and the person reads
    "operation_timeout" (slack-bolt 1.30, `ThreadListenerRunner`).
    """
    try:
        yield
    except Exception as problem:
        message = _in_words(problem)
        if context.response_url:
            _apologise(respond, message)


def _apologise(respond: Respond, message: Message) -> None:
    try:
        reply(respond, Answer(message))
    except Exception as failure:
        note(failure)


def note(error: Exception) -> None:
    """Leave a code and a place in the log."""
    _in_words(error)


def sentence(problem: Exception) -> str:
    """The same without markup, for the place under an input."""
    if isinstance(problem, BotError):
        return str(problem).replace("`", "")
    return _in_words(problem).text


def sorry(problem: Exception) -> dict[str, Any]:
    """The same as a modal: in one, and on the Home tab, there is nothing to answer beside."""
    return modals.told(blocks.error(sentence(problem)))


def _in_words(problem: Exception) -> Message:
    if isinstance(problem, BotError):
        return blocks.error(str(problem))
    code = token_hex(3)
    log.error("code %s: %s", code, trail(problem))
    return blocks.unexpected(code)
