"""A gate in front of PostgreSQL: open, shut (refuses), or silent (takes calls, answers none)."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Lock, Thread

from sqlalchemy import make_url

AT_ONCE = 65_536  # bytes


class Gate:
    """Passes on what comes to a port of its own, as long as it is open."""

    def __init__(self, url: str) -> None:
        behind = make_url(url)
        self._socket = f"{behind.query['host']}/.s.PGSQL.{behind.query.get('port', '5432')}"
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._connections: set[socket.socket] = set()
        self._lock = Lock()
        self._state = "open"
        port = self._listening.getsockname()[1]
        self.url = str(
            behind.set(host="127.0.0.1", port=port)
            .difference_update_query(["host", "port"])
            .update_query_dict({"connect_timeout": "2"})  # the least that libpq takes
            .render_as_string(hide_password=False)
        )
        Thread(target=self._accept, daemon=True).start()

    def shut(self, *, silently: bool = False) -> None:
        """Cut every connection; new ones are refused, or never answered."""
        with self._lock:
            self._state = "silent" if silently else "shut"
            for each in self._connections:
                _end(each)
            self._connections.clear()

    def open(self) -> None:
        """Let everybody through again."""
        with self._lock:
            self._state = "open"

    def close(self) -> None:
        self.shut()
        self._listening.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                caller, _ = self._listening.accept()
                with self._lock:
                    self._admit(caller)

    def _admit(self, caller: socket.socket) -> None:
        if self._state == "shut":
            _end(caller)
            return
        self._connections.add(caller)
        if self._state == "open":
            behind = socket.socket(socket.AF_UNIX)
            behind.connect(self._socket)
            self._connections.add(behind)
            for one, other in ((caller, behind), (behind, caller)):
                Thread(target=_pass_on, args=(one, other), daemon=True).start()


@contextmanager
def a_gate(url: str) -> Iterator[Gate]:
    gate = Gate(url)
    try:
        yield gate
    finally:
        gate.close()


def _pass_on(one: socket.socket, other: socket.socket) -> None:
    with suppress(OSError):
        while said := one.recv(AT_ONCE):
            other.sendall(said)
    _end(one)
    _end(other)


def _end(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()
