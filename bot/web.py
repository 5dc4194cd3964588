"""HTTP mode: Slack sends signed requests, gunicorn serves them."""

from contextlib import ExitStack

from flask import Flask, request
from flask.typing import ResponseReturnValue
from gunicorn.app.base import BaseApplication
from slack_bolt.adapter.flask import SlackRequestHandler

from bot import access, app
from bot.app import Bot
from bot.config import Settings, read_settings
from bot.logs import set_up
from bot.schedule import ticker
from bot.serve import ticking

THREADS = 16


def build() -> Flask:
    """For the Procfile: `gunicorn 'bot.web:build()'`. A worker elsewhere does what is due."""
    set_up()
    settings = read_settings()
    # Without it anybody could sign.
    access.required(settings.slack_signing_secret, "SLACK_SIGNING_SECRET")
    bot = app.build(settings)
    ticker(bot.index_jobs()).start()
    return flask_app(bot)


def flask_app(bot: Bot) -> Flask:
    """The two addresses: Slack's requests, and whether we are up."""
    flask = Flask(__name__)
    handler = SlackRequestHandler(bot.app)

    @flask.post("/slack/events")
    def events() -> ResponseReturnValue:
        return handler.handle(request)

    @flask.get("/healthz")
    def health() -> ResponseReturnValue:
        return {"ok": True}

    return flask


def serve(settings: Settings) -> None:
    """Gunicorn with one process, for one workspace: it answers Slack and does what is due."""
    app.check(settings)  # a worker that fails to start can say why only in its log
    _Server(settings).run()


class _Server(BaseApplication):  # type: ignore[misc]  # gunicorn is untyped
    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._running = ExitStack()
        super().__init__()

    def load_config(self) -> None:
        """One worker, since the ticker runs inside it."""
        chosen = {
            "bind": f"0.0.0.0:{self._settings.port}",
            "workers": 1,
            "worker_class": "gthread",
            "threads": THREADS,
            "worker_exit": lambda _server, _worker: self._running.close(),
            "control_socket_disable": True,  # else a socket in the user's home folder
        }
        for name, value in chosen.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Called in the worker, after the fork: threads and connections begin here."""
        return flask_app(self._running.enter_context(ticking(app.build(self._settings))))
