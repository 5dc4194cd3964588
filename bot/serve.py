"""Until somebody stops it, a bot listens to Slack, and ticks."""

import signal
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from socket import SHUT_RDWR
from types import MappingProxyType

from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from bot.access import in_words
from bot.app import SOURCES_EVERY, Bot
from bot.schedule import Job, ticker

# slack_sdk's frame reader calls itself for each piece that it reads: with its own 1,024 bytes, a
# command of a megabyte is more calls than Python allows, and the connection goes mute.
READ_AT_ONCE = 65_536
NONE: Mapping[str, tuple[float, Job]] = MappingProxyType({})
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def listening(bot: Bot, app_token: str, base_url: str) -> Iterator[None]:
    """Over Socket Mode, as long as the block lasts."""
    handler = SocketModeHandler(
        bot.app,
        app_token,
        web_client=WebClient(token=app_token, base_url=base_url),
        receive_buffer_size=READ_AT_ONCE,
    )
    try:
        with in_words("SLACK_APP_TOKEN", base_url):
            handler.connect()  # type: ignore[no-untyped-call]  # Bolt leaves it untyped
        yield
    finally:
        _hang_up(handler)


def _hang_up(handler: SocketModeHandler) -> None:
    """Close at once: slack_sdk alone waits for a blocked read and an empty queue to time out."""
    client = handler.client
    client.auto_reconnect_enabled = False
    session = client.current_session
    if session is not None and session.sock is not None:
        with suppress(OSError):
            session.sock.shutdown(SHUT_RDWR)
    client.enqueue_message("{}")
    handler.close()  # type: ignore[no-untyped-call]  # as above


@contextmanager
def ticking(
    bot: Bot, sources_every: float = SOURCES_EVERY, *, also: Mapping[str, tuple[float, Job]] = NONE
) -> Iterator[Bot]:
    """What is due gets done, and these jobs also, as long as the block lasts."""
    scheduler = ticker({**bot.jobs(sources_every), **also})
    scheduler.start()
    try:
        yield bot
    finally:
        bot.hurry()
        scheduler.shutdown()
        bot.close()


class _Stopped(BaseException):
    """Somebody asked us to stop: no error, so nothing else may catch it."""


@contextmanager
def stoppable() -> Iterator[None]:
    """Ctrl-C, or the system's request, ends the block in good order, at whatever point it is."""

    def stop(*_: object) -> None:
        for number in STOP_SIGNALS:
            signal.signal(number, signal.SIG_DFL)  # whoever asks twice is in a hurry
        raise _Stopped

    before = {number: signal.signal(number, stop) for number in STOP_SIGNALS}
    try:
        with suppress(_Stopped):
            yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def wait_for_stop() -> None:
    """Wait, inside `stoppable`, until somebody stops us."""
    threading.Event().wait()
