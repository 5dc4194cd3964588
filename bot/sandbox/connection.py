"""One WebSocket of the bot, and the ways in which Slack ends it."""

import json
import socket
import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Protocol

from bot.sandbox.store import Json


class WebSocket(Protocol):
    """What is used of a connection."""

    sock: socket.socket

    def send(self, data: str) -> None: ...
    def receive(self, timeout: float | None = None) -> Any: ...
    def close(self, reason: int | None = None, message: str | None = None) -> None: ...


@dataclass(eq=False, slots=True)
class Connection:
    """One open socket; frames of two threads must not mix."""

    socket: WebSocket
    retired: bool = False  # its end was announced: it is used only where there is no other
    _writing: Lock = field(default_factory=Lock)

    def write(self, frame: Json) -> None:
        with self._writing:
            self.socket.send(json.dumps(frame))


def _say_disconnect(connection: Connection, reason: str) -> None:
    host = {"host": "sandbox"}
    connection.write({"type": "disconnect", "reason": reason, "debug_info": host})


def _warn(connection: Connection) -> None:
    """It will end in some seconds."""
    _say_disconnect(connection, "warning")


def _refresh(connection: Connection) -> None:
    """It wants to be replaced by another, and goes on until the bot leaves it."""
    connection.retired = True
    _say_disconnect(connection, "refresh_requested")


def _cut(connection: Connection) -> None:
    """It breaks: no frame says so, and whoever reads or writes there is told of a reset."""
    line = connection.socket.sock
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    line.shutdown(socket.SHUT_RD)


def _end(connection: Connection) -> None:
    _say_disconnect(connection, "link_disabled")
    connection.socket.close()


DISTURBANCES: dict[str, Callable[[Connection], None]] = {
    "warn": _warn,
    "refresh": _refresh,
    "cut": _cut,
    "end": _end,
}
