"""Socket Mode: envelopes over the WebSockets that the bot keeps open."""

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from threading import Condition, Event
from time import monotonic
from typing import TYPE_CHECKING

from simple_websocket import (  # type: ignore[import-untyped] # it publishes no types
    ConnectionClosed,
    Server,
)
from simple_websocket.errors import (  # type: ignore[import-untyped] # likewise
    SimpleWebsocketError,
)

from bot.sandbox.connection import DISTURBANCES, Connection
from bot.sandbox.store import Json
from bot.sandbox.transport import (
    ACK_SECONDS,
    Answer,
    Letter,
    Then,
    nobody_there,
    nothing,
    timed_out,
)

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

TICKET_SECONDS = 30.0  # between apps.connections.open and the handshake


@dataclass(eq=False, slots=True)
class Waiting:
    """An envelope that was sent and not yet acknowledged."""

    then: Then
    done: Event = field(default_factory=Event)
    answer: Answer = field(default_factory=timed_out)

    def settle(self, answer: Answer) -> None:
        self.answer = answer
        self.then(answer)
        self.done.set()


class SocketMode:
    """All connections of the bot; envelopes go to them in turn.

    `changed` is called when one has come or gone.
    """

    def __init__(self, changed: Callable[[], None]) -> None:
        self._tell = changed
        self._changed = Condition()
        self._arriving = 0  # between the handshake and hello
        self._tickets: dict[str, float] = {}
        self._connections: list[Connection] = []
        self._waiting: dict[str, Waiting] = {}
        self._turn = count()
        self._closed = False

    @property
    def connected(self) -> bool:
        return bool(self._connections or self._arriving)

    def ticket(self) -> str:
        """A secret for one handshake."""
        with self._changed:
            now = monotonic()
            self._tickets = {name: till for name, till in self._tickets.items() if till > now}
            name = secrets.token_urlsafe(16)
            self._tickets[name] = now + TICKET_SECONDS
            return name

    def admit(self, ticket: str) -> bool:
        """Spend a ticket."""
        with self._changed:
            return self._tickets.pop(ticket, 0.0) > monotonic() and not self._closed

    def serve(self, environ: "WSGIEnvironment", app_id: str) -> None:
        """Shake hands, say hello, and take acknowledgements until the connection ends."""
        try:
            connection = self._arrive(environ, app_id)
        except (SimpleWebsocketError, OSError):
            return
        try:
            self._tell()
            while True:
                self._acknowledge(connection.socket.receive())
        except (ConnectionClosed, OSError):
            pass
        finally:
            with self._changed:
                self._connections.remove(connection)
            self._tell()

    def _arrive(self, environ: "WSGIEnvironment", app_id: str) -> Connection:
        """The bot may act on the handshake before this thread has counted the connection.

        Until then it is arriving, and whoever sends waits for it.
        """
        with self._changed:
            self._arriving += 1
        try:
            connection = Connection(Server.accept(environ))
            connection.write(self._hello(app_id))
            self._connections.append(connection)
            return connection
        finally:
            with self._changed:
                self._arriving -= 1
                self._changed.notify_all()

    def _hello(self, app_id: str) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self._connections) + 1,
            "connection_info": {"app_id": app_id},
            "debug_info": {"host": "sandbox", "approximate_connection_time": 18060},
        }

    def send(self, letter: Letter, then: Then = nothing) -> Answer:
        """Send an envelope over the next connection and wait for its acknowledgement."""
        envelope_id, waiting = secrets.token_hex(16), Waiting(then)
        self._waiting[envelope_id] = waiting
        if self._write(self._envelope(envelope_id, letter)):
            waiting.done.wait(ACK_SECONDS)
            failure = timed_out()
        else:
            failure = nobody_there()
        # Whoever takes it off the list settles it: an acknowledgement may come this very moment.
        if self._waiting.pop(envelope_id, None):
            waiting.settle(failure)
        waiting.done.wait()
        return waiting.answer

    def _write(self, envelope: Json) -> bool:
        """Try each connection once, beginning with the one whose turn it is."""
        with self._changed:
            self._changed.wait_for(lambda: self._connections or not self._arriving, ACK_SECONDS)
            connections = list(self._connections)
        start = next(self._turn) % max(len(connections), 1)
        turns = connections[start:] + connections[:start]
        for connection in sorted(turns, key=lambda each: each.retired):
            try:
                connection.write(envelope)
            except (ConnectionClosed, OSError):
                continue  # it has just gone; its own thread takes it off the list
            return True
        return False

    @staticmethod
    def _envelope(envelope_id: str, letter: Letter) -> Json:
        envelope: Json = {
            "envelope_id": envelope_id,
            "type": letter.kind,
            "accepts_response_payload": letter.kind != "events_api",
            "payload": letter.payload,
        }
        if letter.kind == "events_api":
            envelope |= {"retry_attempt": letter.retry, "retry_reason": letter.reason}
        return envelope

    def _acknowledge(self, frame: object) -> None:
        try:
            said = json.loads(str(frame))
        except ValueError:
            return  # real Slack ignores what it cannot read, too
        if isinstance(said, dict) and isinstance(said.get("envelope_id"), str):
            waiting = self._waiting.pop(said["envelope_id"], None)
            if waiting:
                waiting.settle(Answer(200, said.get("payload")))

    def disturb(self, what: str) -> int:
        """Do one of DISTURBANCES to every connection; returns how many there were."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or not self._arriving, ACK_SECONDS)
            connections = list(self._connections)
        for connection in connections:
            try:
                DISTURBANCES[what](connection)
            except (ConnectionClosed, OSError):
                continue  # gone already
        return len(connections)

    def close(self) -> None:
        """Tell the bot to go, and let whoever waits for it go as well."""
        with self._changed:
            self._closed = True
        self.disturb("end")
        for envelope_id in list(self._waiting):
            if waiting := self._waiting.pop(envelope_id, None):
                waiting.settle(nobody_there())
