"""`papers demo`: the bot in a local Slack, on bundled papers, without network or account."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from bot import gallery, manifest
from bot.app import Bot, build
from bot.config import Settings, SettingsProblem
from bot.domain.calendar import instant
from bot.domain.digest import DEFAULT_TIME
from bot.sandbox import HERE, READER, Channel, Person, PortTaken, Sandbox, Workspace
from bot.serve import listening, ticking
from bot.services import digests, ingest, search
from bot.slack import web_client
from bot.sources import bundled

HOME_ZONE = ZoneInfo("Europe/Berlin")
CHANNEL = "papers"
FIRST_DAY = -3  # the morning of the third from last bundled day: two more are still to come
LONGEST_PAUSE = timedelta(days=3)  # between two digests on workdays
SOURCES_EVERY = 1  # seconds: the clock may jump to another day at any moment
HINTS = (
    "/papers search diffusion policy",
    "/papers today",
    "/papers subscribe agents",
    "/papers help",
)
PEOPLE = (
    Person("ana", "Ana Ruiz", HOME_ZONE.key, is_admin=True),
    Person("ben", "Ben Okafor", "America/New_York"),
    Person("mei", "Mei Tanaka", "Asia/Tokyo"),
)
OWNER = PEOPLE[0].name


@contextmanager
def running(data_dir: Path, *, port: int, live: bool = False, fresh: bool = False) -> Iterator[str]:
    """The demo, from the first digest on; gives the address of its page.

    Everything it remembers is in one folder, so that it goes on where it was left. Raises
    PortTaken and SettingsProblem.
    """
    folder = data_dir / ("demo-live" if live else "demo")
    _make(folder, port, fresh=fresh)
    with _sandbox(folder, port, live=live) as sandbox:
        bot = build(
            _settings(folder, sandbox), now=sandbox.now, read=None if live else bundled.read
        )
        _prepare(bot, sandbox, live=live)
        search.follow(bot.database, bot.index)
        with (
            ticking(bot, SOURCES_EVERY),
            listening(bot, sandbox.app_token, sandbox.api_url),
        ):
            yield sandbox.url


def _make(folder: Path, port: int, *, fresh: bool) -> None:
    try:
        if fresh and folder.exists():
            with Sandbox(manifest.manifest(), port=port):  # taken: that demo keeps its folder
                shutil.rmtree(folder)
        folder.mkdir(parents=True, exist_ok=True)
    except PortTaken:
        raise
    except OSError as problem:
        raise SettingsProblem(f"PAPERS_DATA_DIR cannot be used: {problem.strerror}.") from None


def _sandbox(folder: Path, port: int, *, live: bool) -> Sandbox:
    everybody = tuple(person.name for person in PEOPLE)
    workspace = Workspace(
        name="Example Lab",
        domain="example-lab",
        people=PEOPLE,
        channels=(
            Channel(CHANNEL, everybody, topic="What to read this morning", has_bot=True),
            Channel("general", everybody, topic="Everything else"),
            Channel("robot-arm", everybody[:2], topic="Paper draft", is_private=True),
        ),
    )
    start_at = None if live else instant(bundled.days()[FIRST_DAY], DEFAULT_TIME, HOME_ZONE)
    return Sandbox(
        manifest.manifest(),
        port=port,
        folder=folder / "slack",
        start_at=start_at,
        workspace=workspace,
        hints=HINTS,
        gallery=_gallery,
    )


def _gallery() -> list[gallery.Item]:
    """One of everything the bot can post, on the papers of the first morning."""
    listings = bundled.read(bundled.days()[FIRST_DAY]).listings
    return gallery.items(listings, reader=READER, channel=HERE)


def _settings(folder: Path, sandbox: Sandbox) -> Settings:
    """The same settings as anywhere, with the sandbox for Slack."""
    given = {
        "SLACK_BOT_TOKEN": SecretStr(sandbox.bot_token),
        "SLACK_API_URL": sandbox.api_url,
        "PAPERS_DATABASE_URL": SecretStr(f"sqlite:///{folder / 'papers.db'}"),
        "data_dir": folder,
    }
    return Settings(**given)  # type: ignore[arg-type]  # aliases are not among the field names


def _prepare(bot: Bot, sandbox: Sandbox, *, live: bool) -> None:
    """A first morning: the days so far are known, and #papers wants its digest now."""
    client = web_client(sandbox.bot_token, sandbox.api_url)
    team_id = client.auth_test()["team_id"]
    channel_id = _id_of(client.conversations_list()["channels"], CHANNEL)
    if digests.settings(bot.database, team_id, channel_id) is not None:
        return  # that morning has been, or somebody turned it off
    now = sandbox.now()
    if live:
        bot.read_sources()
    else:
        for day in bundled.days()[: FIRST_DAY + 1]:
            ingest.store(bot.database, bundled.read(day), now)
    digests.turn_on(
        bot.database,
        team_id,
        channel_id,
        by=_id_of(client.users_list()["members"], OWNER),
        zone=HOME_ZONE,
        now=now - LONGEST_PAUSE,  # so that the latest is due
    )


def _id_of(things: list[dict[str, str]], name: str) -> str:
    return next(each["id"] for each in things if each["name"] == name)
