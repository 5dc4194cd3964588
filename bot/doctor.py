"""`papers doctor`: what is missing before the bot can run, each in a sentence."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime

from bot import live
from bot.access import identity, in_words, slack_client
from bot.alone import name_of
from bot.app import utc_now
from bot.blocks.words import count, short_day, why_late
from bot.config import Settings, SettingsProblem
from bot.domain.calendar import hf_day
from bot.domain.feeds import Standing, answered
from bot.errors import SourceFailed
from bot.manifest import SCOPES
from bot.services import connection
from bot.services.feeds import Feed
from bot.slack import web_client
from bot.sources.arxiv import ONE_PAPER
from bot.stores import open_database, open_index


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at."""

    good: bool
    sentence: str
    is_setting: bool = False  # wrong settings end with exit code 2


def examine(settings: Settings) -> Iterator[Finding]:
    """Look at Slack, database, index and sources, in the order in which they are needed."""
    yield from _slack(settings)
    yield from _transport(settings)
    yield from _database(settings)
    yield _index(settings)
    yield _source(settings)
    yield from _arxiv(settings)
    yield from _feeds(settings)


def _slack(settings: Settings) -> Iterator[Finding]:
    try:
        answer = identity(slack_client(settings))
    except SettingsProblem as problem:
        yield Finding(False, str(problem), True)
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
        try:
            with in_words("SLACK_APP_TOKEN", client.base_url):
                client.apps_connections_open(app_token=token)
            yield Finding(True, "Socket Mode opens with SLACK_APP_TOKEN.")
        except SettingsProblem as problem:
            yield Finding(False, str(problem), True)
    elif settings.slack_signing_secret is not None:
        yield Finding(True, f"HTTP mode: Slack's requests are awaited on port {settings.port}.")
    else:
        sentence = "Set SLACK_APP_TOKEN for Socket Mode, or SLACK_SIGNING_SECRET for HTTP."
        yield Finding(False, sentence, True)


def _database(settings: Settings) -> Iterator[Finding]:
    try:
        database = open_database(settings)
    except SettingsProblem as problem:
        yield Finding(False, str(problem), True)
        return
    yield Finding(True, "The database opens and its schema is current.")
    with closing(database):
        if settings.slack_app_token is not None:
            name = name_of(settings.slack_app_token.get_secret_value())
            held = connection.holder(database, name, datetime.now(UTC))
            who = f"{held.by} does" if held else "nobody does yet"
            yield Finding(True, f"Who listens with SLACK_APP_TOKEN: {who}.")


def _index(settings: Settings) -> Finding:
    problem = open_index(settings).problem()
    if problem:
        return Finding(False, f"The search index in PAPERS_DATA_DIR cannot be used: {problem}.")
    return Finding(True, "The search index can be read and written.")


def _source(settings: Settings) -> Finding:
    try:
        database = open_database(settings)
    except SettingsProblem:  # told above
        return Finding(False, "Hugging Face was not asked: how often I may is in the database.")
    with closing(database):
        try:
            source = live.hugging_face(settings, database, utc_now)
            batch = source.read(hf_day(datetime.now(UTC)))
        except SourceFailed as failure:
            return Finding(False, str(failure))
    return Finding(True, f"Hugging Face answers: {len(batch.listings)} papers on today's list.")


def _arxiv(settings: Settings) -> Iterator[Finding]:
    if not settings.arxiv_categories:
        return
    try:
        database = open_database(settings)
    except SettingsProblem:  # told above
        return
    with closing(database):
        try:
            source = live.arxiv(settings, database, utc_now, limits=ONE_PAPER)
            feed = source.announced(live.categories(settings), {})
        except SourceFailed as failure:
            yield Finding(False, str(failure))
            return
    announced = len(feed.items) if feed else 0
    yield Finding(True, f"arXiv answers: {announced} papers on its latest announcement.")
    if not settings.contact:
        yield Finding(True, "Set PAPERS_CONTACT, so that arXiv knows whom to write to.")


def _feeds(settings: Settings) -> Iterator[Finding]:
    if not settings.feeds:
        return
    try:
        database = open_database(settings)
    except SettingsProblem:  # told above
        return
    with closing(database):
        for each in live.feeds(settings, database, utc_now):
            yield _feed(each)


def _feed(feed: Feed) -> Finding:
    now = utc_now()
    try:
        found = feed.read(Standing(feed.source), now)
    except SourceFailed as failure:
        return Finding(False, f"{feed.source}: {failure}")
    read = answered(Standing(feed.source), found, now)
    day = f", the latest of {short_day(read.newest.date())}" if read.newest else ""
    said = f"{read.name} answers: {count(read.entries, 'paper')}{day}."
    return Finding(not read.late, f"{said} {why_late(read.late)}" if read.late else said)
