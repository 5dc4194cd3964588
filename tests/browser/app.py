"""A Slack app that shows what a test tells it to, and remembers what it heard."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs

import httpx

from bot.sandbox import Channel, Person, Sandbox, Workspace

MANIFEST = {
    "display_information": {"name": "Looker"},
    "features": {
        "bot_user": {"display_name": "Looker"},
        "slash_commands": [
            {"command": "/look", "description": "Shows something", "usage_hint": "[what]"},
            {"command": "/listen", "description": "Hears something", "usage_hint": ""},
        ],
    },
    "oauth_config": {"scopes": {"bot": ["commands", "chat:write", "im:write"]}},
    "settings": {"event_subscriptions": {"bot_events": ["app_home_opened"]}},
}
WORKSPACE = Workspace(
    people=(
        Person("ana", "Ana Ruiz", "Europe/Berlin", is_admin=True),
        Person("ben", "Ben Okafor", "America/New_York"),
    ),
    channels=(Channel("papers", ("ana", "ben"), has_bot=True), Channel("draft", ("ana",))),
)


class App:
    """Answers to the sandbox at its request URL; every interaction is acknowledged at once."""

    def __init__(self) -> None:
        self.heard: list[dict[str, Any]] = []
        self.answers: dict[str, Any] = {}  # by the type of the interaction, or "command"
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._thread = Thread(target=self._http.serve_forever, args=(0.02,))
        self._thread.start()
        self.sandbox = Sandbox(MANIFEST, workspace=WORKSPACE, request_url=self._url).start()
        self._doors = httpx.Client(base_url=f"{self.sandbox.url}/_sandbox/", trust_env=False)
        bearer = {"Authorization": f"Bearer {self.sandbox.bot_token}"}
        self._api = httpx.Client(base_url=self.sandbox.api_url, headers=bearer, trust_env=False)

    def close(self) -> None:
        for each in (self._doors, self._api):
            each.close()
        self.sandbox.stop()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        return self.sandbox.url

    @property
    def _url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_port}/"

    @property
    def last(self) -> dict[str, Any]:
        """What it heard last."""
        return self.heard[-1]

    @property
    def action(self) -> dict[str, Any]:
        """The one action of the last click."""
        (action,) = self.last["actions"]
        return dict(action)

    def door(self, name: str, **body: Any) -> Any:
        return self._doors.post(name, json=body).raise_for_status().json()

    def look(self, name: str, **query: str) -> Any:
        return self._doors.get(name, params=query).raise_for_status().json()

    def api(self, method: str, **args: Any) -> Any:
        answer = self._api.post(method, json=args).json()
        assert answer["ok"], answer
        return answer

    def show(self, *blocks: dict[str, Any], everybody: bool = False, user: str = "ana") -> None:
        """Answer to a command with these blocks, in #papers."""
        kind = "in_channel" if everybody else "ephemeral"
        self.answers["command"] = {"response_type": kind, "text": "shown", "blocks": list(blocks)}
        self.door("command", user=user, channel="papers", command="/look")
        self.answers.clear()
        newest, *_ = self.look("messages", channel="papers", user=user)["messages"]
        assert newest.get("blocks"), newest["text"]

    def open(self, view: dict[str, Any], *, method: str = "views.open") -> None:
        """Open a modal for Ana."""
        self.door("command", user="ana", channel="papers", command="/look")
        self.api(method, trigger_id=self.last["trigger_id"], view=view)

    def modals(self) -> list[dict[str, Any]]:
        """The stack that Ana has open, the lowest first."""
        return list(self.look("views", user="ana")["modals"])

    def answer(self, form: dict[str, list[str]]) -> Any:
        """Remember an interaction; what to say to it."""
        if "payload" not in form:
            self.heard.append({name: values[0] for name, values in form.items()})
            return self.answers.get("command")
        payload = json.loads(form["payload"][0])
        self.heard.append(payload)
        return self.answers.get(payload["type"])


def _handler(app: App) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            said = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = self.headers["Content-Type"] == "application/x-www-form-urlencoded"
            answer = app.answer(parse_qs(said, keep_blank_values=True)) if form else None
            body = json.dumps(answer).encode() if answer else b""
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing: what was heard is kept."""

    return Handler
