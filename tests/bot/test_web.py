"""HTTP mode: signed requests in, answers out, and nobody else gets in."""

import hashlib
import hmac
import signal
import socket
import threading
import time
from collections.abc import Iterator
from urllib.parse import urlencode

import httpx
import pytest
from flask.testing import FlaskClient
from pydantic import SecretStr
from werkzeug.serving import make_server

from bot import app, web
from bot.config import Settings, SettingsProblem
from tests.house import words
from tests.process import Visitor, started
from tests.waiting import until

COMMAND = {"command": "/papers", "text": "help", "team_id": "T1", "user_id": "U1"}
FORM = "application/x-www-form-urlencoded"

pytestmark = pytest.mark.usefixtures("no_settings")


@pytest.fixture
def bot(slack, hugging_face, tmp_path) -> Iterator[app.Bot]:
    built = app.build(
        Settings(
            SLACK_BOT_TOKEN=SecretStr(slack.bot_token),
            SLACK_SIGNING_SECRET=SecretStr(slack.signing_secret),
            SLACK_API_URL=slack.api_url,
            HF_ENDPOINT=hugging_face.url,
            data_dir=tmp_path,
        )
    )
    yield built
    built.close()


@pytest.fixture
def http(bot) -> FlaskClient:
    """Requests to the bot without a server."""
    return web.flask_app(bot).test_client()


@pytest.fixture
def page(slack, bot) -> Iterator[Visitor]:
    """A workspace that calls the bot by HTTP."""
    server = make_server("127.0.0.1", 0, web.flask_app(bot), threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    slack.request_url = f"http://127.0.0.1:{server.port}/slack/events"
    with Visitor(slack.url) as visitor:
        yield visitor
    server.shutdown()
    thread.join()
    server.server_close()


def signed(body: str, secret: str, at: float | None = None) -> dict[str, str]:
    stamp = str(int(time.time() if at is None else at))
    digest = hmac.new(secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}


def post(http: FlaskClient, headers: dict[str, str]) -> int:
    body = urlencode(COMMAND)
    return http.post("/slack/events", data=body, headers=headers, content_type=FORM).status_code


def test_a_signed_command_is_acknowledged_and_answered_to_the_asker(page):
    answer = page.type("ana", "help")

    assert "/papers subscribe" in words(answer)
    assert answer["ephemeral"]


def test_a_command_that_says_payload_is_answered(page):
    assert "Nothing found" in words(page.type("ana", "search satellite payload"))
    assert "Nothing found" in words(page.type("ana", "search payload={} &payload=[]"))


def test_a_button_is_answered_as_well(page):
    asked = page.type("ana", "subcribe tool use")

    assert "would have sent" in words(page.press("ana", asked, "Run subscribe"))


def test_an_event_is_answered(page):
    page.door("open_home", {"user": "ana"})

    assert until(lambda: page.views("ana")["home"])


def test_a_wrong_signature_is_refused(http):
    assert post(http, signed(urlencode(COMMAND), "somebody else's secret")) == 401


def test_a_request_without_a_signature_is_refused(http):
    assert post(http, {}) == 401


def test_an_old_request_is_refused_however_well_it_is_signed(http, slack):
    old = signed(urlencode(COMMAND), slack.signing_secret, at=time.time() - 600)

    assert post(http, old) == 401


def test_a_right_signature_is_let_in(http, slack):
    assert post(http, signed(urlencode(COMMAND), slack.signing_secret)) == 200


def test_whoever_asks_whether_it_is_up_needs_no_signature(http):
    answer = http.get("/healthz")

    assert (answer.status_code, answer.json) == (200, {"ok": True})


@pytest.mark.parametrize("path", ["/", "/slack/install", "/slack/events"])
def test_there_is_nothing_else_to_read(http, path):
    assert http.get(path).status_code in (404, 405)


def test_it_does_not_start_without_a_secret_to_check_signatures_with(monkeypatch, slack):
    monkeypatch.setattr(web, "set_up", lambda: None)
    monkeypatch.setenv("SLACK_BOT_TOKEN", slack.bot_token)
    monkeypatch.setenv("SLACK_API_URL", slack.api_url)

    with pytest.raises(SettingsProblem, match=r"^SLACK_SIGNING_SECRET is not set"):
        web.build()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_run_serves_slacks_requests_and_stops_in_order(tmp_path, slack, hugging_face, number):
    hugging_face.status = 503  # so that it stops while it waits for a source
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    slack.request_url = f"http://127.0.0.1:{port}/slack/events"
    with (
        started(
            tmp_path,
            "run",
            SLACK_BOT_TOKEN=slack.bot_token,
            SLACK_SIGNING_SECRET=slack.signing_secret,
            SLACK_API_URL=slack.api_url,
            HF_ENDPOINT=hugging_face.url,
            PORT=str(port),
        ) as process,
        Visitor(slack.url) as page,
        httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as http,
    ):
        until(lambda: is_up(http))
        until(lambda: "Try 1 failed" in process.err)

        assert "/papers subscribe" in words(page.type("ana", "help"))
        assert http.post("/slack/events", data=COMMAND).status_code == 401
        assert process.stop(number) == 0
    assert "Traceback" not in process.err
    assert slack.bot_token not in process.err


def is_up(http: httpx.Client) -> bool:
    try:
        return http.get("/healthz").json() == {"ok": True}
    except httpx.TransportError:
        return False
