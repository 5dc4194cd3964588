"""`papers doctor`: what is missing before the bot can run, each in a sentence."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from slack_sdk.errors import SlackApiError
from sqlalchemy.exc import SQLAlchemyError

from bot.app import hugging_face, open_database
from bot.config import Settings, SettingsProblem
from bot.domain.calendar import hf_day
from bot.errors import SourceFailed
from bot.manifest import SCOPES
from bot.slack import web_client


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at."""

    good: bool
    sentence: str
    is_setting: bool = False  # wrong settings end with exit code 2


def examine(settings: Settings) -> Iterator[Finding]:
    """Look at settings, Slack, database and sources, in the order in which they are needed."""
    yield from _slack(settings)
    yield from _transport(settings)
    yield _database(settings)
    yield _source(settings)


def _slack(settings: Settings) -> Iterator[Finding]:
    if settings.slack_bot_token is None:
        yield Finding(False, "SLACK_BOT_TOKEN is not set: Slack shows it under OAuth.", True)
        return
    client = web_client(settings.slack_bot_token.get_secret_value(), settings.slack_api_url)
    try:
        answer = client.auth_test()
    except SlackApiError as refusal:
        error = refusal.response["error"]
        yield Finding(False, f"Slack refuses SLACK_BOT_TOKEN ({error}). Copy it again.", True)
        return
    except OSError:
        yield Finding(False, f"I can't reach Slack at {settings.slack_api_url}.")
        return
    yield Finding(True, f"Slack knows me in {answer['team']}.")
    granted = {name.lower(): value for name, value in answer.headers.items()}.get("x-oauth-scopes")
    if granted is not None:
        missing = sorted(set(SCOPES) - {scope.strip() for scope in granted.split(",")})
        good = "Every scope is granted."
        bad = f"Missing scopes: {', '.join(missing)}. Add them and install the app again."
        yield Finding(not missing, bad if missing else good)


def _transport(settings: Settings) -> Iterator[Finding]:
    if settings.slack_app_token is not None:
        token = settings.slack_app_token.get_secret_value()
        client = web_client(token, settings.slack_api_url)
        yield _tried(
            lambda: client.apps_connections_open(app_token=token),
            "Socket Mode opens with SLACK_APP_TOKEN.",
            "Socket Mode does not open with SLACK_APP_TOKEN",
        )
    elif settings.slack_signing_secret is not None:
        yield Finding(True, f"HTTP mode: Slack's requests are awaited on port {settings.port}.")
    else:
        sentence = "Set SLACK_APP_TOKEN for Socket Mode, or SLACK_SIGNING_SECRET for HTTP."
        yield Finding(False, sentence, True)


def _database(settings: Settings) -> Finding:
    try:
        open_database(settings).close()
    except SettingsProblem as problem:
        return Finding(False, str(problem))
    except (SQLAlchemyError, OSError) as problem:
        return Finding(False, f"The database does not open ({type(problem).__name__}).")
    return Finding(True, "The database opens and its schema is current.")


def _source(settings: Settings) -> Finding:
    try:
        batch = hugging_face(settings).read(hf_day(datetime.now(UTC)))
    except SourceFailed as failure:
        return Finding(False, str(failure))
    return Finding(True, f"Hugging Face answers: {len(batch.listings)} papers on today's list.")


def _tried(call: Callable[[], object], good: str, bad: str) -> Finding:
    try:
        call()
    except SlackApiError as refusal:
        return Finding(False, f"{bad} ({refusal.response['error']}).", True)
    except OSError:
        return Finding(False, f"{bad}: Slack cannot be reached.")
    return Finding(True, good)
