"""What the bot calls: the Web API, response URLs and the Socket Mode link."""

import json
import time
from typing import Any

from flask import Blueprint, Flask, Response, request

from bot.sandbox import web_api
from bot.sandbox.answers import at_response_url
from bot.sandbox.errors import Refused
from bot.sandbox.faults import Fault
from bot.sandbox.service import Service
from bot.sandbox.store import Json
from bot.sandbox.wsgi import TAKEN_OVER, Cut

JSON = "application/json; charset=utf-8"


def add_routes(flask: Flask, service: Service) -> None:
    """Give the application everything that Slack offers to bots."""
    routes = Blueprint("slack", __name__)
    routes.add_url_rule(
        "/api/<name>", "api", view_func=lambda name: _call(service, name), methods=["GET", "POST"]
    )
    routes.add_url_rule(
        "/response/<secret>",
        "response",
        view_func=lambda secret: _respond(service, secret),
        methods=["POST"],
    )
    routes.add_url_rule("/link/", "link", view_func=lambda: _link(service), websocket=True)
    flask.register_blueprint(routes)


def _link(service: Service) -> Response:
    """Socket Mode, for whoever brings a ticket from apps.connections.open."""
    sockets = service.delivery.sockets
    if not sockets.admit(request.args.get("ticket", "")):
        return Response("This address was used, or never given.", 404)
    request.environ[TAKEN_OVER] = True
    sockets.serve(request.environ, service.keys["app_id"])
    return Response()


def _call(service: Service, name: str) -> Response:
    started, at = time.perf_counter(), service.clock.text()
    args = read_arguments()
    token = _token(args)
    with service.lock:
        slack = web_api.caller(service, token)
    team = slack.people.team["id"] if slack else ""
    fault = service.faults.take(name, team)
    if fault and fault.refuses and not fault.after:
        reply = _refusal(fault)
    else:
        reply = _carried_out(service, name, token, args, fault.lag if fault else 0.0)
    reply = _spoil(fault, reply) if fault else reply
    ms = (time.perf_counter() - started) * 1000
    shown = _public(name, reply)
    service.log.add(at, "out", "api", name, args, shown, reply.status_code, ms, team)
    return reply


def _carried_out(
    service: Service, name: str, token: str | None, args: Json, lag: float
) -> Response:
    with service.lock:
        answered = web_api.answer(service, name, token, args, lag)
        # Written while nothing changes: the reply holds the workspace's own objects.
        body = json.dumps(answered.body)
    headers = {"X-OAuth-Scopes": ",".join(service.app.scopes)}
    if answered.retry_after is not None:
        headers["Retry-After"] = str(answered.retry_after)
    return Response(body, answered.status, headers, content_type=JSON)


def _public(name: str, reply: Response) -> Json:
    """A reply as the log shows it: the address of a connection is a key to it."""
    if isinstance(reply, Cut):
        return {"dropped": True}
    try:
        shown = json.loads(reply.get_data())
    except ValueError:
        return {"truncated": reply.get_data(as_text=True)}
    return {"ok": shown.get("ok")} if name == "apps.connections.open" else shown


def _refusal(fault: Fault) -> Response:
    status, body, headers = fault.answer()
    return Response(json.dumps(body), status, headers, content_type="application/json")


def _spoil(fault: Fault, reply: Response) -> Response:
    """What was carried out, answered late, wrongly or not at all."""
    if fault.delay:
        time.sleep(fault.delay)
    if fault.drop_reply:
        return Cut(status=499)
    if fault.truncate:
        whole = reply.get_data()
        reply.set_data(whole[: len(whole) // 2])
        return reply
    return _refusal(fault) if fault.refuses else reply


def read_arguments() -> Json:
    """Query, form and JSON together, as Slack takes them."""
    args: Json = dict(request.args)
    if request.mimetype == "application/json":
        body = request.get_json(silent=True)
        return args | (body if isinstance(body, dict) else {})
    return args | dict(request.form)


def _token(args: Json) -> str | None:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token.strip():
        return token.strip()
    given = args.get("token")
    return given if isinstance(given, str) else None


def _respond(service: Service, secret: str) -> Response:
    started, at = time.perf_counter(), service.clock.text()
    body = _posted()
    with service.lock:
        slack = service.with_response_url(secret)
    try:
        if not isinstance(body, dict):
            raise Refused("invalid_payload")
        with service.lock:
            at_response_url(slack, secret, body)
        status, answer = 200, Json(ok=True)
    except Refused as refused:
        gone = refused.error in {"used_url", "expired_url"}
        status = 404 if gone else 400
        answer = {"ok": False, "error": refused.error, **refused.details}
    ms = (time.perf_counter() - started) * 1000
    team = slack.people.team["id"]
    slack.log.add(at, "out", "response_url", "response_url", body, answer, status, ms, team)
    return Response(json.dumps(answer), status, content_type="application/json")


def _posted() -> Any:
    if request.mimetype == "application/x-www-form-urlencoded":
        written = request.form.get("payload")
        return json.loads(written) if written else dict(request.form)
    return request.get_json(force=True, silent=True)
