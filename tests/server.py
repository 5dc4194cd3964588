"""A web server on this machine that answers as it was told, for whoever reads a source."""

import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from bot.sources.http import Limits

HELD = 10  # seconds after which a held answer gives up, should a test have failed to end it
QUICK = Limits(connect=2, read=0.1, total=5, patience=60, size=100_000, tries=3)


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

    def answer(self, query: dict[str, str]) -> Answer:
        """What whoever asks this gets."""
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    def _asked(self, path: str, headers: dict[str, str]) -> dict[str, str]:
        parts = urlsplit(path)
        query = dict(parse_qsl(parts.query))
        self.paths.append(parts.path)
        self.queries.append(query)
        self.headers.append(headers)
        return query

    def _handler(server) -> type[BaseHTTPRequestHandler]:  # noqa: N805 - the handler has its own self
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                headers = {name.lower(): value for name, value in self.headers.items()}
                answer = server.answer(server._asked(self.path, headers))
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
