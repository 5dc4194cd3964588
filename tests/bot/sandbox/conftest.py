"""A running sandbox, its doors, its Web API, and a Bolt app on either transport."""

import logging
import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from threading import Thread
from typing import Any

import pytest
from flask import Flask, request
from slack_bolt import App
from slack_bolt.adapter.flask import SlackRequestHandler
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from werkzeug.serving import make_server

from bot.sandbox import Channel, Person, Sandbox, Workspace
from tests.bot.sandbox.clients import Api, Doors
from tests.waiting import until

SCOPES = [
    *("commands", "chat:write", "im:write", "users:read", "links:read", "links:write"),
    *("channels:read", "groups:read", "im:read", "channels:join"),
    *("channels:history", "groups:history", "im:history"),
    *("reactions:read", "reactions:write"),
]
EVENTS = [
    *("message.channels", "message.groups", "message.im", "app_home_opened", "link_shared"),
    *("member_joined_channel", "reaction_added", "app_uninstalled", "tokens_revoked"),
]


def a_manifest(
    scopes: list[str] = SCOPES, events: list[str] = EVENTS, should_escape: bool = False
) -> dict[str, Any]:
    command = {"command": "/look", "description": "Look", "usage_hint": "[what]"}
    return {
        "display_information": {"name": "Looker"},
        "features": {
            "bot_user": {"display_name": "Looker"},
            "slash_commands": [command | {"should_escape": should_escape}],
            "shortcuts": [
                {"name": "Find", "type": "global", "callback_id": "find", "description": "Find"},
                {"name": "Keep", "type": "message", "callback_id": "keep", "description": "Keep"},
            ],
            "unfurl_domains": ["arxiv.org"],
        },
        "oauth_config": {"scopes": {"bot": scopes}},
        "settings": {"event_subscriptions": {"bot_events": events}},
    }


def a_workspace() -> Workspace:
    """Ana and Ben; the app is in #papers, not in #general nor in the private #secret."""
    people = (Person("ana", "Ana", "Europe/Lisbon", is_admin=True), Person("ben", "Ben"))
    channels = (
        Channel("papers", ("ana", "ben"), has_bot=True),
        Channel("general", ("ana", "ben")),
        Channel("secret", ("ana",), is_private=True),
    )
    return Workspace(people, channels)


@pytest.fixture
def wait_for() -> Callable[..., Any]:
    return until


@pytest.fixture
def start() -> Iterator[Callable[..., Sandbox]]:
    """Start a sandbox, by default with every scope and no rates; all are stopped after the test."""
    with ExitStack() as running:

        def start_one(manifest: dict[str, Any] | None = None, **options: Any) -> Sandbox:
            options.setdefault("workspace", a_workspace())
            options.setdefault("rates", False)
            return running.enter_context(Sandbox(manifest or a_manifest(), **options))

        yield start_one


@pytest.fixture(name="a_manifest")
def _a_manifest() -> Callable[..., dict[str, Any]]:
    return a_manifest


@pytest.fixture
def doors_of() -> Iterator[Callable[[Sandbox], Doors]]:
    with ExitStack() as opened:

        def doors_of_one(sandbox: Sandbox) -> Doors:
            doors = Doors(sandbox.url)
            opened.enter_context(doors.http)
            return doors

        yield doors_of_one


@pytest.fixture
def api_of() -> Iterator[Callable[[Sandbox], Api]]:
    with ExitStack() as opened:

        def api_of_one(sandbox: Sandbox) -> Api:
            api = Api(sandbox)
            opened.enter_context(api.http)
            return api

        yield api_of_one


@pytest.fixture
def sandbox(start: Callable[..., Sandbox]) -> Sandbox:
    return start()


@pytest.fixture
def doors(sandbox: Sandbox, doors_of: Callable[[Sandbox], Doors]) -> Doors:
    return doors_of(sandbox)


@pytest.fixture
def api(sandbox: Sandbox, api_of: Callable[[Sandbox], Api]) -> Api:
    return api_of(sandbox)


def an_app(sandbox: Sandbox, **options: Any) -> App:
    """A Bolt app that knows only where the sandbox is."""
    client = WebClient(token=sandbox.bot_token, base_url=sandbox.api_url)
    return App(**{"client": client, "signing_secret": sandbox.signing_secret} | options)


@pytest.fixture
def app(sandbox: Sandbox) -> App:
    return an_app(sandbox)


@pytest.fixture
def app_on() -> Callable[..., AbstractContextManager[App]]:
    """A Bolt app that a sandbox reaches as long as it is entered."""

    @contextmanager
    def connected(
        sandbox: Sandbox, transport: str = "signed_http", **options: Any
    ) -> Iterator[App]:
        app = an_app(sandbox, **options)
        ways = {"signed_http": on_signed_http, "socket_mode": on_socket_mode}
        with ways[transport](sandbox, app):
            yield app

    return connected


@pytest.fixture
def socket_mode(sandbox: Sandbox, app: App) -> Iterator[App]:
    """The app, connected over Socket Mode."""
    with on_socket_mode(sandbox, app):
        yield app


@pytest.fixture
def signed_http(sandbox: Sandbox, app: App) -> Iterator[App]:
    """The app, behind a request URL."""
    with on_signed_http(sandbox, app):
        yield app


@pytest.fixture(params=["socket_mode", "signed_http"])
def bot(request: pytest.FixtureRequest) -> App:
    """The app on each transport in turn."""
    connected: App = request.getfixturevalue(request.param)
    return connected


class on_socket_mode:  # noqa: N801 reads as words: with on_socket_mode(sandbox, app)
    def __init__(self, sandbox: Sandbox, app: App) -> None:
        client = WebClient(base_url=sandbox.api_url)
        # A short ping, so that a connection that broke is soon missed.
        self.handler = SocketModeHandler(
            app, sandbox.app_token, web_client=client, ping_interval=0.5
        )

    def __enter__(self) -> None:
        self.handler.connect()

    def __exit__(self, *_: object) -> None:
        # The SDK's threads wait for a frame and for a message: without these, four seconds.
        client = self.handler.client
        client.closed = True
        client.message_queue.put(None)
        client.current_session.sock.shutdown(socket.SHUT_RDWR)
        self.handler.close()


class on_signed_http:  # noqa: N801 likewise
    def __init__(self, sandbox: Sandbox, app: App) -> None:
        self.sandbox = sandbox
        flask, handler = Flask("bot"), SlackRequestHandler(app)
        flask.post("/slack/events")(lambda: handler.handle(request))
        self.server = make_server("127.0.0.1", 0, flask, threaded=True)
        self.thread = Thread(target=self.server.serve_forever, args=(0.02,))

    def __enter__(self) -> None:
        logging.getLogger("werkzeug").setLevel(logging.WARNING)
        self.thread.start()
        self.sandbox.request_url = f"http://127.0.0.1:{self.server.port}/slack/events"

    def __exit__(self, *_: object) -> None:
        self.sandbox.request_url = None
        self.server.shutdown()
        self.thread.join()
