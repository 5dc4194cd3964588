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
from bot.sandbox.service import Service
from bot.sandbox.workspace import Workspace, default_workspace
from bot.sandbox.wsgi import HOST, Server


class Sandbox:
    """Workspaces with the manifest's app installed, served from `start()` to `stop()`.

    With a `folder` its state survives, tokens and clock included; then `start_at`, `workspace` and
    `workspaces` count only the first time. `start_at` (aware) is where its clock begins, else real
    time. `workspaces` stand beside `workspace`, each with a team id of its own.
    `request_url` has the bot called by signed HTTP; without one it connects by Socket Mode.
    `gallery` is what the app can post, for `/_sandbox/gallery`: see `bot.sandbox.doors.gallery`.
    `rates` lets the Web API answer 429 as Slack does. A port that is in use raises PortTaken.
    """

    def __init__(
        self,
        manifest: Mapping[str, Any],
        *,
        port: int = 0,
        folder: Path | None = None,
        start_at: datetime | None = None,
        workspace: Workspace | None = None,
        workspaces: Sequence[Workspace] = (),
        hints: Sequence[str] = (),
        request_url: str | None = None,
        gallery: Gallery = (),
        rates: bool = True,
    ) -> None:
        self._port = port
        self._gallery = gallery
        teams = [*([workspace] if workspace else []), *workspaces] or [default_workspace()]
        self._service = Service(manifest, folder, start_at, teams, hints, rates=rates)
        self._server: Server | None = None
        self.request_url = request_url

    def start(self) -> Self:
        flask = Flask(__name__, static_folder=None)
        add_routes(flask, self._service)
        add_doors(flask, self._service)
        add_gallery(flask, self._service.first, self._gallery)
        flask.register_error_handler(HTTPException, _in_json)
        try:
            self._server = Server(flask, self._port)
        except OSError:
            self._service.close()
            raise
        self._port = self._server.port
        self._service.url = self.url
        self._service.events.start()
        self._server.start()
        return self

    def stop(self) -> None:
        """End every thread and connection. A second call does nothing."""
        server, self._server = self._server, None
        self._service.say_goodbye()
        if server:
            server.stop()
        self._service.close()

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
        """The token in the first workspace; another one after a new installation."""
        return next(iter(self.bot_tokens.values()))

    @property
    def bot_tokens(self) -> dict[str, str]:
        """The app's token in each workspace, by team id."""
        teams = self._service.teams
        return {name: slack.people.secrets["bot_token"] for name, slack in teams.items()}

    @property
    def app_token(self) -> str:
        return str(self._service.keys["app_token"])

    @property
    def signing_secret(self) -> str:
        return str(self._service.keys["signing_secret"])

    @property
    def restored(self) -> bool:
        """Did the state come from the folder?"""
        return self._service.restored

    @property
    def request_url(self) -> str | None:
        return self._service.delivery.request_url

    @request_url.setter
    def request_url(self, url: str | None) -> None:
        self._service.delivery.request_url = url

    def now(self) -> datetime:
        """The sandbox's time, in UTC."""
        return self._service.clock.now()


def _in_json(problem: HTTPException) -> Response:
    """Wrong addresses and failures of our own, answered like everything else."""
    body = json.dumps({"ok": False, "error": problem.description or problem.name})
    return Response(body, problem.code or 500, content_type="application/json")
