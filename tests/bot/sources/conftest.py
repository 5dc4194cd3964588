"""Replies in the documented shape, a server that gives them, and the recorded data."""

import copy
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

CHECKOUT = Path(__file__).parents[3]
HELD = 10  # seconds after which a held answer gives up, should a test have failed to end it


@pytest.fixture(scope="session")
def shared() -> Path:
    folder = CHECKOUT.parent / "shared"
    if not (folder / "data").is_dir():
        pytest.skip("the recorded data (../shared/data) is not here")
    return folder


@pytest.fixture
def reply() -> Callable[[str], bytes]:
    """The bytes of a reply by its name."""
    return lambda name: (CHECKOUT / "tests" / "replies" / name).read_bytes()


@pytest.fixture
def an_entry(reply) -> Callable[..., dict[str, Any]]:
    """An entry with all its fields; what is given replaces fields of its `paper`."""
    full = json.loads(reply("hugging_face_day.json"))[0]

    def make(**paper: object) -> dict[str, Any]:
        entry = copy.deepcopy(full)
        entry["paper"] |= paper
        return entry

    return make


@dataclass
class Answer:
    """One answer of the server. `cut` bytes are promised and never sent; `held` sends nothing."""

    body: bytes = b"[]"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut: int = 0
    held: bool = False


class Server:
    """Gives its answers in order, the last one for ever, and remembers what it was asked."""

    def __init__(self) -> None:
        self.answers: list[Answer] = [Answer()]
        self.paths: list[str] = []
        self.queries: list[dict[str, str]] = []
        self.headers: list[dict[str, str]] = []
        self.released = threading.Event()
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,))
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_port}"

    def will_answer(self, *answers: Answer) -> None:
        self.answers = list(answers)

    def close(self) -> None:
        self.released.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def _next(self, path: str, headers: dict[str, str]) -> Answer:
        parts = urlsplit(path)
        self.paths.append(parts.path)
        self.queries.append(dict(parse_qsl(parts.query)))
        self.headers.append(headers)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    def _handler(server) -> type[BaseHTTPRequestHandler]:  # noqa: N805 - the handler has its own self
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                answer = server._next(
                    self.path, {name.lower(): value for name, value in self.headers.items()}
                )
                if answer.held:
                    server.released.wait(HELD)
                    return
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(answer.body) + answer.cut))
                self.end_headers()
                self.wfile.write(answer.body)

            def log_message(self, *_: object) -> None:
                """Nothing: requests are in `queries`."""

        return Handler


@pytest.fixture
def server(monkeypatch) -> Iterator[Server]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")  # where the machine has a proxy
    server = Server()
    yield server
    server.close()


@pytest.fixture
def other_server() -> Iterator[Server]:
    """A second host to be sent to."""
    server = Server()
    yield server
    server.close()


@pytest.fixture
def answer() -> type[Answer]:
    return Answer
