"""Builds the bot from its settings: database, index, Slack, listeners, and what ticks."""

import json
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl

import slack_bolt.request.request as bolt_request
from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

import handlers
from bot import slack
from bot.config import Settings, SettingsProblem
from bot.schedule import Job
from bot.services import alerts, deliver, editions, ingest, search
from bot.sources.hugging_face import HuggingFace
from handlers.parts import Parts
from storage.database import Database
from storage.search_index import SearchIndex

Clock = Callable[[], datetime]

# Bolt's own five threads: five slow answers, and the sixth person reads "operation_timeout".
THREADS = 32
# Seconds between looks. Whether a source is read again is not decided here.
SOURCES_EVERY, REST_EVERY = 20, 1


@dataclass(frozen=True)
class Bot:
    """The parts that the roof starts and stops."""

    app: App
    database: Database
    index: SearchIndex
    workspaces: deliver.Workspaces
    now: Clock
    read: ingest.Read
    threads: ThreadPoolExecutor

    def jobs(self, sources_every: float = SOURCES_EVERY) -> dict[str, tuple[float, Job]]:
        """What ticks, and how often in seconds."""
        return {
            "sources": (sources_every, self.read_sources),
            "due": (REST_EVERY, self.do_what_is_due),
        }

    def close(self) -> None:
        """Give back what was opened."""
        self.threads.shutdown(cancel_futures=True)
        self.database.close()

    def read_sources(self) -> None:
        """Read what is due, and let search know of it."""
        if ingest.read_due(self.database, self.read, self.now()):
            search.follow(self.database, self.index)

    def do_what_is_due(self) -> None:
        """Editions and alerts become rows, rows become messages."""
        now = self.now()
        editions.make_due(self.database, now)
        alerts.build_due(self.database, now)
        deliver.deliver_due(self.database, self.workspaces, now)


def utc_now() -> datetime:
    """The time outside the demo."""
    return datetime.now(UTC)


def build(settings: Settings, *, now: Clock = utc_now, read: ingest.Read | None = None) -> Bot:
    """The bot for one workspace. Raises SettingsProblem in one sentence."""
    keep_commands_that_say_payload()
    database = open_database(settings)
    index = SearchIndex(settings.index_folder)
    client = slack.web_client(
        required(settings.slack_bot_token, "SLACK_BOT_TOKEN"), settings.slack_api_url
    )
    team_id = _team(client)
    threads = ThreadPoolExecutor(THREADS, thread_name_prefix="slack")
    app = App(
        logger=logging.getLogger("slack_bolt"),  # else it logs at the root's level, bodies and all
        client=client,
        signing_secret=_revealed(settings.slack_signing_secret) or None,
        token_verification_enabled=False,  # asked just above, with words for each answer
        listener_executor=threads,
    )
    handlers.register(app, Parts(database, index, now, slack.zone_of, slack.is_member))
    return Bot(
        app=app,
        database=database,
        index=index,
        workspaces={team_id: slack.SlackWorkspace(client)},
        now=now,
        read=read or hugging_face(settings).read,
        threads=threads,
    )


def open_database(settings: Settings) -> Database:
    """The database, its schema current: SQLite migrates itself, PostgreSQL is told to."""
    database = Database(settings.database_url)
    if database.is_sqlite:
        database.migrate()
    elif not database.is_current():
        raise SettingsProblem("The database is not at this version's schema. Run `papers migrate`.")
    return database


def hugging_face(settings: Settings) -> HuggingFace:
    """The live source."""
    return HuggingFace(
        settings.hf_endpoint, token=_revealed(settings.hf_token), contact=settings.contact
    )


def required(secret: Any, name: str) -> str:
    """A secret's text, or a sentence that names the setting."""
    if secret is None:
        raise SettingsProblem(f"{name} is not set. The README says where Slack shows it.")
    return _revealed(secret)


def keep_commands_that_say_payload() -> None:
    """Bolt takes any form whose text holds "payload" for an interaction and drops the rest.

    `/papers search satellite payload` would get no answer (slack-bolt 1.30, `parse_body`).
    """
    bolt_request.parse_body = _parse_body  # type: ignore[attr-defined]  # Bolt imported it there


def _parse_body(body: str, content_type: str | None) -> dict[str, Any]:
    if not body:
        return {}
    if content_type == "application/json" or body.startswith("{"):
        return dict(json.loads(body))
    form: dict[str, Any] = dict(parse_qsl(body, keep_blank_values=True))
    return dict(json.loads(form["payload"])) if "payload" in form else form


def _team(client: WebClient) -> str:
    try:
        return str(client.auth_test()["team_id"])
    except SlackApiError as refusal:
        raise SettingsProblem(
            f"Slack refuses SLACK_BOT_TOKEN ({refusal.response['error']}). Copy it again."
        ) from None
    except OSError:
        raise SettingsProblem(f"I can't reach Slack at {client.base_url}.") from None


def _revealed(secret: Any) -> str:
    return secret.get_secret_value() if secret is not None else ""
