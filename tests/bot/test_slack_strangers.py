"""Where something else answers in Slack's place, a message may have arrived all the same."""

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from bot import slack
from bot.blocks.help import welcome
from bot.errors import CannotPost
from bot.slack import SlackWorkspace


@pytest.fixture
def answering() -> Iterator[Callable[..., SlackWorkspace]]:
    """A workspace behind a server that gives every request this answer."""
    running: list[HTTPServer] = []

    def answering(status: int, body: bytes, **headers: str) -> SlackWorkspace:
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["Content-Length"]))
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name.replace("_", "-"), value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        server = HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, args=(0.02,)).start()
        running.append(server)
        url = f"http://127.0.0.1:{server.server_port}/"
        return SlackWorkspace(slack.web_client("xoxb-made-up", url))

    yield answering
    for server in running:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(
    ("status", "body", "headers"),
    [
        (200, b"<html>Sign in to the hotel</html>", {}),
        (200, b"", {}),
        (200, b'{"ok": tr', {}),
        (502, b"<html>Bad gateway</html>", {}),
        (504, b"", {}),
        (200, b'{"ok": true', {"Content_Length": "99"}),
    ],
    ids=["a page", "nothing", "half an answer", "502 page", "504 empty", "cut off"],
)
def test_an_answer_that_cannot_be_read_leaves_it_open_whether_the_message_arrived(
    answering, status, body, headers
):
    with pytest.raises(CannotPost) as raised:
        answering(status, body, **headers).post("C1", welcome(), "d1")

    assert (raised.value.ambiguous, raised.value.permanent) == (True, False)
    assert "html" not in raised.value.reason


@pytest.mark.parametrize(
    ("said", "waited"),
    [("12", 12), ("", slack.DEFAULT_WAIT), ("soon", slack.DEFAULT_WAIT)],
)
def test_a_rate_limit_with_a_page_for_a_body_is_one_all_the_same(answering, said, waited):
    headers = {"Retry_After": said} if said else {}

    with pytest.raises(CannotPost) as raised:
        answering(429, b"<html>Slow down</html>", **headers).post("C1", welcome(), "d1")

    assert (raised.value.reason, raised.value.retry_after) == ("ratelimited", waited)


def test_where_nobody_listens_nothing_is_certain():
    closed = HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    closed.server_close()
    workspace = SlackWorkspace(
        slack.web_client("xoxb-made-up", f"http://127.0.0.1:{closed.server_port}/")
    )

    with pytest.raises(CannotPost) as raised:
        workspace.post("C1", welcome(), "d1")

    assert raised.value.ambiguous
