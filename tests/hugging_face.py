"""A Hugging Face on this machine, for processes that must find one."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


def an_entry(id: str, title: str, day: str, votes: int = 3) -> dict[str, Any]:
    """One entry of a daily list, with what an entry always has."""
    return {
        "paper": {
            "id": id,
            "authors": [{"_id": "6a4300000000000000000001", "name": "Li Wei", "hidden": False}],
            "publishedAt": f"{day}T00:00:00.000Z",
            "submittedOnDailyAt": f"{day}T00:00:00.000Z",
            "title": title,
            "summary": "We try it and say what came of it.",
            "upvotes": votes,
            "discussionId": "6a4300000000000000000002",
        },
        "publishedAt": f"{day}T00:00:00.000Z",
        "title": title,
        "summary": "We try it and say what came of it.",
        "numComments": 1,
    }


class HuggingFaceHere:
    """Answers the daily lists it was given, and empty ones for other days."""

    def __init__(self) -> None:
        self.lists: dict[str, list[Any]] = {}
        self.status = 200
        self.asked: list[str] = []
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,))
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_port}"

    def close(self) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def _handler(here) -> type[BaseHTTPRequestHandler]:  # noqa: N805 - the handler has its own self
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                day = parse_qs(urlsplit(self.path).query).get("date", [""])[0]
                here.asked.append(day)
                body = json.dumps(here.lists.get(day, [])).encode()
                self.send_response(here.status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Nothing: requests are in `asked`."""

        return Handler
