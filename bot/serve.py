"""Until Ctrl-C: a bot listens to Slack, and ticks."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from socket import SHUT_RDWR

from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.app import SOURCES_EVERY, Bot
from bot.config import SettingsProblem
from bot.schedule import ticker


@contextmanager
def listening(bot: Bot, app_token: str, base_url: str) -> Iterator[None]:
    """Over Socket Mode, as long as the block lasts."""
    handler = SocketModeHandler(
        bot.app, app_token, web_client=WebClient(token=app_token, base_url=base_url)
    )
    try:
        handler.connect()  # type: ignore[no-untyped-call]  # Bolt leaves it untyped
    except SlackApiError as refusal:
        raise SettingsProblem(
            f"Slack refuses SLACK_APP_TOKEN ({refusal.response['error']}). Copy it again."
        ) from None
    try:
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
def ticking(bot: Bot, sources_every: float = SOURCES_EVERY) -> Iterator[None]:
    """What is due gets done, as long as the block lasts."""
    scheduler = ticker(bot.jobs(sources_every))
    scheduler.start()
    try:
        yield
    finally:
        scheduler.shutdown()
        bot.close()


def wait_for_stop() -> None:
    """Return on Ctrl-C or when the system asks us to stop."""
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    stopped.wait()
