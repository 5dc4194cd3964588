"""The HTTP server: threads, keep-alive, and replies that can be cut off on order."""

import errno
import io
import logging
import socket
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from threading import Condition, Lock, Thread
from typing import TYPE_CHECKING, Any

from flask import Flask, Response
from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler

from bot.sandbox.errors import PortTaken

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

logger = logging.getLogger(__name__)

HOST = "127.0.0.1"
TAKEN_OVER = "sandbox.taken_over"  # in the environment when a WebSocket has the connection
GRACE = 2.0  # seconds for the answers of those who waited when it is stopped
MOST_BYTES = 4_000_000  # of a request's body


class Cut(Response):
    """Closes the connection in place of an answer."""

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        raise ConnectionAbortedError


class Handler(WSGIRequestHandler):
    """Keeps connections open: werkzeug's own closes each after one reply.

    A body is read whole before the application runs, so the next request begins where this one
    ends. Replies without a length (event streams) are written as they come and end by closing.
    """

    server: "Server"
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1  # one packet for head and body

    def run_wsgi(self) -> None:
        written = self.headers.get("Content-Length") or "0"
        length = int(written) if written.isdecimal() else MOST_BYTES + 1
        if length > MOST_BYTES or "Transfer-Encoding" in self.headers:
            self.close_connection = True
            self.send_error(413, "Send at most 4 MB, and say how many.")
            return
        self.environ = self.make_environ()
        self.environ["wsgi.input"] = io.BytesIO(self.rfile.read(length))
        try:
            with self.server.answering(self.environ):
                self._reply()
        except OSError:  # they hung up, or were hung up on
            self.close_connection = True
        except Exception:
            self.close_connection = True
            logger.exception("a request failed")

    def _reply(self) -> None:
        chunks = self.server.app(self.environ, self._begin)
        try:
            if TAKEN_OVER in self.environ:
                self.close_connection = True
                return
            for chunk in chunks:
                self.wfile.write(chunk)
                if self.close_connection:
                    self.wfile.flush()
            self.wfile.flush()
        finally:
            close = getattr(chunks, "close", None)
            if close:
                close()

    def _begin(self, status: str, headers: list[tuple[str, str]], _: Any = None) -> Any:
        if TAKEN_OVER in self.environ:
            return self.wfile.write
        code, _, words = status.partition(" ")
        self.send_response(int(code), words)
        for name, value in headers:
            self.send_header(name, value)
        bodiless = code in {"204", "304"}
        if not bodiless and not any(name.lower() == "content-length" for name, _ in headers):
            self.close_connection = True
            self.send_header("Connection", "close")
        self.end_headers()
        return self.wfile.write

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Requests are in the sandbox's own log."""

    def log_error(self, format: str, *args: Any) -> None:
        logger.debug("a connection ended badly")


class Server(ThreadedWSGIServer):
    """Listens on loopback; knows its connections, so that it can end them at once."""

    def __init__(self, app: Flask, port: int) -> None:
        listening = _listen(port)
        try:
            super().__init__(HOST, port, app, Handler, fd=listening.fileno())
        finally:
            listening.close()
        self._open: set[socket.socket] = set()
        self._lock = Lock()
        self._asked: list[dict[str, Any]] = []  # what is being answered
        self._answered = Condition(self._lock)
        self._thread = Thread(
            target=self.serve_forever, args=(0.05,), name="sandbox-http", daemon=True
        )

    def start(self) -> None:
        self._thread.start()

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Connections break; anything else is worth a line, never a traceback on the screen."""
        if not isinstance(sys.exc_info()[1], OSError):
            logger.exception("a connection failed")

    @contextmanager
    def answering(self, environ: dict[str, Any]) -> Iterator[None]:
        """While a request is answered."""
        with self._lock:
            self._asked.append(environ)
        try:
            yield
        finally:
            with self._answered:
                self._asked.remove(environ)
                self._answered.notify_all()

    def stop(self) -> None:
        """Stop listening, let who is being answered have the answer, and hang up on everybody."""
        self.shutdown()
        self._thread.join()
        with self._answered:
            self._answered.wait_for(self._is_idle, GRACE)
            still_open = list(self._open)
        for connection in still_open:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue  # closed in the meantime

    def _is_idle(self) -> bool:
        return all(TAKEN_OVER in each for each in self._asked)


def _listen(port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
        listening.listen(128)
    except OSError as problem:
        listening.close()
        if problem.errno in {errno.EADDRINUSE, errno.EACCES}:
            raise PortTaken(
                f"Port {port} is taken. Stop the program that uses it, or choose another port."
            ) from problem
        raise
    return listening
