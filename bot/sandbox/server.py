"""The sandbox as others start it: a strict local Slack on 127.0.0.1."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from bot.sandbox.doors import Gallery, add_doors, add_gallery
from bot.sandbox.routes import add_routes
from bot.sandbox.slack import Slack
from bot.sandbox.workspace import Workspace
from bot.sandbox.wsgi import HOST, Server


class Sandbox:
    """A workspace with the manifest's app installed, served from `start()` to `stop()`.

    With a `folder` its state survives, tokens and clock included; then `start_at` and `workspace`
    count only the first time. `start_at` (aware) is where its clock begins, else real time.
    `request_url` has the bot called by signed HTTP; without one it connects by Socket Mode.
    `gallery` is what the app can post, for `/_sandbox/gallery`: see `bot.sandbox.doors.gallery`.
    A port that is in use raises PortTaken.
    """

    def __init__(
        self,
        manifest: Mapping[str, Any],
        *,
        port: int = 0,
        folder: Path | None = None,
        start_at: datetime | None = None,
        workspace: Workspace | None = None,
        hints: Sequence[str] = (),
        request_url: str | None = None,
        gallery: Gallery = (),
    ) -> None:
        self._port = port
        self._gallery = gallery
        self._slack = Slack(manifest, folder, start_at, workspace, hints)
        self._server: Server | None = None
        self.request_url = request_url

    def start(self) -> Self:
        flask = Flask(__name__, static_folder=None)
        add_routes(flask, self._slack)
        add_doors(flask, self._slack)
        add_gallery(flask, self._slack, self._gallery)
        flask.register_error_handler(HTTPException, _in_json)
        try:
            self._server = Server(flask, self._port)
        except OSError:
            self._slack.close()
            raise
        self._port = self._server.port
        self._slack.url = self.url
        self._slack.events.start()
        self._server.start()
        return self

    def stop(self) -> None:
        """End every thread and connection. A second call does nothing."""
        server, self._server = self._server, None
        self._slack.say_goodbye()
        if server:
            server.stop()
        self._slack.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self._port}"

    @property
    def api_url(self) -> str:
        """The base URL for Web API clients."""
        return f"{self.url}/api/"

    @property
    def bot_token(self) -> str:
        return str(self._slack.people.secrets["bot_token"])

    @property
    def app_token(self) -> str:
        return str(self._slack.people.secrets["app_token"])

    @property
    def signing_secret(self) -> str:
        return str(self._slack.people.secrets["signing_secret"])

    @property
    def restored(self) -> bool:
        """Did the state come from the folder?"""
        return self._slack.restored

    @property
    def request_url(self) -> str | None:
        return self._slack.delivery.request_url

    @request_url.setter
    def request_url(self, url: str | None) -> None:
        self._slack.delivery.request_url = url

    def now(self) -> datetime:
        """The sandbox's time, in UTC."""
        return self._slack.clock.now()


def _in_json(problem: HTTPException) -> Response:
    """Wrong addresses and failures of our own, answered like everything else."""
    body = json.dumps({"ok": False, "error": problem.description or problem.name})
    return Response(body, problem.code or 500, content_type="application/json")
