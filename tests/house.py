"""The whole bot in the sandbox, for stories: people type and click through the sandbox's doors.

Nothing ticks by itself: `tick()` does what the ticker would, at the sandbox's time.
"""

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx
from pydantic import SecretStr
from werkzeug.serving import make_server

from bot import app, manifest
from bot.config import Settings
from bot.domain.paper import Batch
from bot.sandbox import Sandbox
from bot.serve import listening
from bot.web import flask_app
from storage.database import Database
from tests.waiting import PATIENCE, until

DATABASE = "papers.db"
DIGEST = re.compile(r"(\d+|No new) papers? for ")
Json = dict[str, Any]


class House:
    """One bot, one workspace with Ana, Ben and Mei, and the lists that its source has."""

    def __init__(self, sandbox: Sandbox, bot: app.Bot, lists: dict[date, Batch]) -> None:
        self.sandbox = sandbox
        self.bot = bot
        self.lists = lists
        self._http = httpx.Client(base_url=sandbox.url, timeout=PATIENCE)

    # -- people ---------------------------------------------------------------------------------

    def type(self, user: str, text: str, channel: str = "papers") -> Json:
        """Type a slash command and wait for its answer: the latest message that this brought."""
        before = {each["ts"] for each in self.sees(user, channel)}
        asked = {"user": user, "channel": channel, "command": "/papers", "text": text}
        assert self.door("command", asked)["status"] == 200
        return self.awaits(user, channel, before)

    def click(self, user: str, message: Json, label: str, channel: str = "papers") -> Json:
        """Press the first button with this label, or choose it in a menu; the door's answer."""
        button, chosen = _control(message["blocks"], label)
        pressed = {"user": user, "channel": channel, "ts": message["ts"], **button}
        return self.door("click", pressed | ({"selected": chosen} if chosen else {}))

    def press(self, user: str, message: Json, label: str, channel: str = "papers") -> Json:
        """Press a button and wait for what changes: an answer beside it, or in its place."""
        before = {each["ts"]: each for each in self.sees(user, channel)}
        self.click(user, message, label, channel)
        return until(
            lambda: next((m for m in self.sees(user, channel) if before.get(m["ts"]) != m), None)
        )

    def sees(self, user: str, channel: str = "papers") -> list[Json]:
        """What a person sees in a channel, newest first."""
        answer = self._http.get("/_sandbox/messages", params={"channel": channel, "user": user})
        found: list[Json] = answer.json()["messages"]
        return found

    def dms(self, user: str) -> list[Json]:
        """What the bot wrote to a person, newest first."""
        return [each for each in self.sees(user, self.dm_of(user)) if not each.get("ephemeral")]

    def dm_of(self, user: str) -> str:
        state = self.state()
        user_id = next(each["id"] for each in state["users"] if each["name"] == user)
        return next(c["id"] for c in state["channels"] if c["is_im"] and c["user"] == user_id)

    def awaits(self, user: str, channel: str, before: set[str]) -> Json:
        """The message that was not there before."""
        return until(
            lambda: next((m for m in self.sees(user, channel) if m["ts"] not in before), None)
        )

    # -- time -----------------------------------------------------------------------------------

    def tick(self) -> None:
        """Sources, editions, alerts and messages, as far as they are due."""
        for _, job in self.bot.jobs().values():
            job()

    def clock(self, to: datetime) -> None:
        """The workspace's time moves."""
        self.door("clock", {"to": to.isoformat()})

    # -- doors ----------------------------------------------------------------------------------

    def state(self) -> Json:
        found: Json = self._http.get("/_sandbox/state").json()
        return found

    def views(self, user: str) -> Json:
        found: Json = self._http.get("/_sandbox/views", params={"user": user}).json()
        return found

    def door(self, name: str, body: Json) -> Json:
        answer: Json = self._http.post(f"/_sandbox/{name}", json=body).json()
        assert answer["ok"], answer
        return answer

    def close(self) -> None:
        self._http.close()


@contextmanager
def open_house(
    folder: Path, lists: dict[date, Batch], start_at: datetime, transport: str = "socket"
) -> Iterator[House]:
    """The house, from its folder: the same folder again is the same house after a restart.

    `transport` is how Slack reaches the bot: "socket" for Socket Mode, "http" for signed requests.
    """
    with ExitStack() as stack:
        if not (folder / DATABASE).exists():
            (folder / DATABASE).write_bytes(_schema())
        sandbox = stack.enter_context(
            Sandbox(manifest.manifest(), folder=folder / "slack", start_at=start_at)
        )
        bot = app.build(settings(folder, sandbox), now=sandbox.now, read=reading(lists))
        stack.callback(bot.close)
        if transport == "http":
            sandbox.request_url = stack.enter_context(serving(bot))
        else:
            stack.enter_context(listening(bot, sandbox.app_token, sandbox.api_url))
        house = House(sandbox, bot, lists)
        stack.callback(house.close)
        yield house


@cache
def _schema() -> bytes:
    """An empty database at the current schema: to migrate for each story takes longer than most."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / DATABASE
        database = Database(f"sqlite:///{path}")
        database.migrate()
        database.close()
        return path.read_bytes()


@contextmanager
def serving(bot: app.Bot) -> Iterator[str]:
    """The bot in HTTP mode; gives the address to which Slack sends its requests."""
    server = make_server("127.0.0.1", 0, flask_app(bot), threaded=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}/slack/events"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def settings(folder: Path, sandbox: Sandbox) -> Settings:
    given: Json = {
        "SLACK_BOT_TOKEN": SecretStr(sandbox.bot_token),
        "SLACK_SIGNING_SECRET": SecretStr(sandbox.signing_secret),
        "SLACK_API_URL": sandbox.api_url,
        "PAPERS_DATABASE_URL": SecretStr(f"sqlite:///{folder / DATABASE}"),
        "data_dir": folder,
    }
    return Settings(**given)


def reading(lists: dict[date, Batch]) -> Callable[[date], Batch]:
    """A source that has these lists, and empty ones for other days."""
    return lambda day: lists.get(day) or Batch("hf", day, ())


def words(message: Json) -> str:
    """Everything a person reads in a message."""
    return message.get("text", "") + " " + " ".join(_texts(message.get("blocks", [])))


def digests(house: House, user: str = "ben") -> list[Json]:
    """The digests that somebody sees in #papers, newest first."""
    return digests_among(house.sees(user))


def digests_among(messages: list[Json]) -> list[Json]:
    return [each for each in messages if DIGEST.match(each.get("text", ""))]


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("text"), str):
            yield value["text"]
        for each in value.values():
            yield from _texts(each)
    if isinstance(value, list):
        for each in value:
            yield from _texts(each)


def _control(blocks: list[Json], label: str) -> tuple[Json, str | None]:
    """How to press the first control with this label."""
    for block in blocks:
        on_cards = [each for card in block.get("elements", []) for each in card.get("actions", [])]
        for element in [*block.get("elements", []), *on_cards, block.get("accessory") or {}]:
            found = {"action_id": element.get("action_id"), "block_id": block.get("block_id")}
            if element.get("type") == "button" and label in element["text"]["text"]:
                return found | {"value": element.get("value")}, None
            for option in element.get("options", []):
                if label in option["text"]["text"]:
                    return found, option["value"]
    raise AssertionError(f"nothing says {label!r}")
