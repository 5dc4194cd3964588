"""How an answer goes back: privately unless it changes the channel, and never twice."""

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from slack_bolt import Respond

from bot.blocks.help import overview
from bot.blocks.kit import Message
from handlers.answers import Answer, NotTaken, reply


class ResponseUrl:
    """A response_url that keeps what it gets, and answers with a status or not at all."""

    def __init__(self, status: int | None) -> None:
        self.got: list[dict[str, Any]] = []
        got = self.got

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                if status is None:
                    self.close_connection = True
                    return
                self.send_response(status)
                self.end_headers()
                self.wfile.write(b"ok")

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, args=(0.02,)).start()
        self.respond = Respond(response_url=f"http://127.0.0.1:{self.server.server_port}/r")


@pytest.fixture
def response_url() -> Iterator[Callable[..., ResponseUrl]]:
    opened: list[ResponseUrl] = []

    def open_one(status: int | None = 200) -> ResponseUrl:
        opened.append(ResponseUrl(status))
        return opened[-1]

    yield open_one
    for each in opened:
        each.server.shutdown()
        each.server.server_close()


@pytest.mark.parametrize(
    ("public", "replace", "kind", "replaced"),
    [
        (False, False, "ephemeral", False),
        (False, True, "ephemeral", True),
        (True, False, "in_channel", False),
        (True, True, "in_channel", False),  # what everybody reads never takes a message's place
    ],
)
def test_an_answer_says_who_sees_it_and_where_it_stands(
    response_url, public, replace, kind, replaced
):
    url = response_url()
    reply(url.respond, Answer(overview(), public=public), replace=replace)

    [body] = url.got
    assert (body["response_type"], body["replace_original"]) == (kind, replaced)
    assert (body["unfurl_links"], body["unfurl_media"]) == (False, False)
    assert body["blocks"] == list(overview().blocks)
    assert body["text"] == overview().text


@pytest.mark.parametrize("status", [404, 500, 429])
def test_an_answer_that_slack_refuses_is_not_lost_without_a_word(response_url, status):
    url = response_url(status)

    with pytest.raises(NotTaken, match=str(status)):
        reply(url.respond, Answer(overview()))
    assert len(url.got) == 1


CHART = Message("Papers a week", [*overview().blocks, {"type": "data_visualization"}])


def test_what_a_workspace_refuses_comes_once_more_without_its_newer_blocks(response_url):
    url = response_url(400)

    with pytest.raises(NotTaken):
        reply(url.respond, Answer(CHART))

    assert [body["blocks"] for body in url.got] == [list(CHART.blocks), list(overview().blocks)]
    assert {body["text"] for body in url.got} == {"Papers a week"}


@pytest.mark.parametrize(("status", "message"), [(404, CHART), (400, overview())])
def test_nothing_goes_twice_where_other_blocks_would_not_help(response_url, status, message):
    url = response_url(status)

    with pytest.raises(NotTaken):
        reply(url.respond, Answer(message))
    assert len(url.got) == 1


def test_an_answer_whose_receipt_is_lost_is_not_posted_again(response_url):
    url = response_url(None)

    with pytest.raises(OSError, match=r"\w"):
        reply(url.respond, Answer(overview(), public=True))
    assert len(url.got) == 1
