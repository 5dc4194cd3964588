"""Reaching the bot: one `send`, over Socket Mode or as a signed request."""

from dataclasses import replace
from time import perf_counter
from typing import Any

from bot.sandbox.clock import Clock
from bot.sandbox.live import Live
from bot.sandbox.log import Log
from bot.sandbox.signed_http import SignedHttp
from bot.sandbox.socket_mode import SocketMode
from bot.sandbox.store import Json
from bot.sandbox.transport import Answer, Letter, Then, nothing


class Delivery:
    """Sends payloads to the bot and waits three seconds for the acknowledgement.

    Never call it while holding the workspace's lock: the bot asks back before it answers.
    """

    def __init__(self, signing_secret: str, log: Log, clock: Clock, live: Live) -> None:
        self.sockets = SocketMode(lambda: live.tell("state"))
        self.request_url: str | None = None
        self._http = SignedHttp(signing_secret)
        self._log, self._clock = log, clock

    @property
    def connected(self) -> bool:
        return self.request_url is not None or self.sockets.connected

    def send(self, letter: Letter, then: Then = nothing) -> Answer:
        """Deliver, let `then` act on the answer, and log it."""
        at, started = self._clock.text(), perf_counter()
        if self.request_url is not None:
            answer = self._http.send(self.request_url, letter)
            then(answer)
        else:
            answer = self.sockets.send(letter, then)
        ms = (perf_counter() - started) * 1000
        response: Any = answer.body if answer.error is None else {"error": answer.error}
        kind, name = called(letter.payload)
        team = letter.payload.get("team_id") or letter.payload["team"]["id"]
        self._log.add(at, "in", kind, name, letter.payload, response, answer.status, ms, team)
        return replace(answer, ms=ms)

    def close(self) -> None:
        self.sockets.close()


def called(payload: Json) -> tuple[str, str]:
    """Kind and name of this payload in the log."""
    if "command" in payload:
        return "command", payload["command"]
    kind = payload["type"]
    if kind == "event_callback":
        return "event", payload["event"]["type"]
    if kind == "block_actions":
        return kind, payload["actions"][0]["action_id"]
    view = payload.get("view") or {}
    return kind, payload.get("callback_id") or view.get("callback_id") or ""
