"""The doors' addresses, and the page."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

from flask import Blueprint, Flask, Response, redirect, request, send_from_directory
from werkzeug.wrappers import Response as AnyResponse

from bot.sandbox.doors import admins, app, people, shown, weather
from bot.sandbox.doors.body import Body, read_body
from bot.sandbox.errors import DoorShut
from bot.sandbox.service import Service
from bot.sandbox.store import Json

PAGE = Path(__file__).parent.parent / "page"
Door = Callable[[Body], Json]

# These change the workspace at once; the others wait for the bot.
AT_ONCE: dict[str, Door] = {
    "message": people.message,
    "compose": people.compose,
    "react": people.react,
    "open_home": people.open_home,
    "invite": people.invite,
    "archive": admins.archive,
    "deactivate": admins.deactivate,
    "uninstall": admins.uninstall,
    "revoke": admins.revoke,
    "install": admins.install,
    "clock": weather.clock,
    "faults": weather.faults,
    "rates": weather.rates,
    "events": weather.disturb_events,
}
WAITING: dict[str, Door] = {
    "command": app.command,
    "click": app.click,
    "submit": app.submit,
    "close": app.close,
    "shortcut": app.shortcut,
    "socket": weather.socket,
}


def _state(body: Body) -> Json:
    return shown.state(body.slack)


def _messages(body: Body) -> Json:
    user = body.user() if body.fields.get("user") else None
    channel = body.channel()
    if user:
        body.slack.people.seen_by(channel, user)
    return {"messages": shown.messages(body.slack, channel, user)}


def _views(body: Body) -> Json:
    user, views = body.user()["id"], body.slack.views
    return {"modals": views.stack(user), "home": views.home(user)}


def _log(body: Body) -> Json:
    return {"calls": body.slack.log.calls()}


READING: dict[str, Door] = {"state": _state, "messages": _messages, "views": _views, "log": _log}


def add_doors(flask: Flask, service: Service) -> None:
    """Give the application the doors under /_sandbox/ and the page at /."""
    doors = Blueprint("doors", __name__, url_prefix="/_sandbox")
    for name, door in {**AT_ONCE, **WAITING}.items():
        _add(doors, service, name, door, "POST", locked=name in AT_ONCE)
    for name, door in READING.items():
        _add(doors, service, name, door, "GET", locked=True)
    doors.add_url_rule("/events", "listen", view_func=lambda: _events(service))
    doors.register_error_handler(DoorShut, _shut)
    flask.register_blueprint(doors)
    _add_page(flask)


def _add(
    doors: Blueprint, service: Service, name: str, door: Door, method: str, *, locked: bool
) -> None:
    def answer() -> Response:
        body = read_body(service)
        if not locked:
            return _said(door(body))
        with service.lock:
            return _said(door(body))

    doors.add_url_rule(f"/{name}", endpoint=name, view_func=answer, methods=[method])


def _said(result: Json) -> Response:
    return Response(json.dumps({"ok": True, **result}), content_type="application/json")


def _shut(problem: DoorShut) -> Response:
    body = json.dumps({"ok": False, "error": str(problem)})
    return Response(body, problem.status, content_type="application/json")


def _events(service: Service) -> Response:
    listener = service.live.listen()

    def stream() -> Iterator[str]:
        try:
            yield from listener.lines()
        finally:
            service.live.leave(listener)

    return Response(
        stream(), content_type="text/event-stream", headers={"Cache-Control": "no-cache"}
    )


def _add_page(flask: Flask) -> None:
    @flask.get("/")
    def index() -> Response:
        return send_from_directory(PAGE, "index.html")

    @flask.get("/page/<path:file>")
    def page(file: str) -> Response:
        return send_from_directory(PAGE, file)

    @flask.get("/archives/<channel>/<message>")
    def permalink(channel: str, message: str) -> AnyResponse:
        return redirect(f"/#/archives/{channel}/{message}")

    @flask.before_request
    def same_site() -> Response | None:
        """Another site's page in the same browser must not act here."""
        origin = request.headers.get("Origin")
        if origin and origin != f"{request.scheme}://{request.host}":
            return _shut(DoorShut("Only this page may call the sandbox.", 403))
        return None
