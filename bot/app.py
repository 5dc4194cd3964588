"""Builds the bot from its settings: database, index, Slack, listeners, and what ticks."""

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from threading import Event

from slack_bolt import App

import handlers
from bot import access, live, slack
from bot.config import Settings, SettingsProblem
from bot.embedding import open_embedding
from bot.errors import Stopping
from bot.quirks import (
    keep_commands_that_say_payload,
    settings_alone_count,
)
from bot.schedule import Job
from bot.services import (
    alerts,
    announcements,
    deliver,
    editions,
    feeds,
    ingest,
    meaning,
    personal_editions,
    rankings,
    redraws,
    round_ups,
    search,
)
from bot.stores import open_database, open_index
from handlers.parts import Parts
from storage.database import Database
from storage.search_index import SearchIndex

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]

# Bolt's own five threads: five slow answers, and the sixth person reads "operation_timeout".
THREADS = 32
# Seconds between looks. Whether a source is read again is not decided here.
SOURCES_EVERY, INDEX_EVERY, REST_EVERY = 20, 5, 1
BUCKETS_EVERY = 3600
MODEL_EVERY = 600  # a hub that did not answer is asked again
VECTORS_AT_ONCE = 32  # about a second of one core


@dataclass(frozen=True)
class Bot:
    """The parts that the roof starts and stops."""

    app: App
    database: Database
    index: SearchIndex
    workspaces: dict[str, slack.SlackWorkspace]
    now: Clock
    read: ingest.Read
    threads: ThreadPoolExecutor
    stopping: Event
    model: meaning.Meaning | None = None
    sources_read: Event = field(default_factory=Event)  # looked at once, answered or not
    beside: rankings.Lists | None = None  # the lists of Hugging Face that are no news
    arxiv: announcements.Source | None = None
    categories: tuple[str, ...] = ()  # of arXiv's, to follow
    named_feeds: Sequence[feeds.Feed] | None = None  # None where papers are given

    def jobs(self, sources_every: float = SOURCES_EVERY) -> dict[str, tuple[float, Job]]:
        """What ticks, and how often in seconds."""
        return {
            "sources": (sources_every, self.read_sources),
            "rankings": (sources_every, self.read_rankings),
            "announcements": (sources_every, self.read_announcements),
            "feeds": (sources_every, self.read_feeds),
            "editions": (REST_EVERY, self.make_editions),
            "personal editions": (REST_EVERY, self.make_personal_editions),
            "alerts": (REST_EVERY, self.build_alerts),
            "deliveries": (REST_EVERY, self.deliver),
            "buckets": (BUCKETS_EVERY, self.forget_buckets),
            "redraws": (REST_EVERY, self.draw),
            "vectors": (INDEX_EVERY, self.make_vectors),
            **self.index_jobs(),
        }

    def index_jobs(self) -> dict[str, tuple[float, Job]]:
        """What every process needs that answers searches: papers also come in elsewhere."""
        return {"index": (INDEX_EVERY, self.follow), "model": (MODEL_EVERY, self.load_model)}

    def hurry(self) -> None:
        """Before a stop: whoever waits to read a source again waits no longer."""
        self.stopping.set()

    def close(self) -> None:
        """Give back what was opened."""
        self.threads.shutdown(cancel_futures=True)
        self.database.close()

    def read_sources(self) -> None:
        """Read what is due, and let search know of it."""
        try:
            if ingest.read_due(self.database, self.read, self.now()):
                self.follow()
        finally:
            if not ingest.is_under_way(self.database, self.now()):
                self.sources_read.set()

    def read_rankings(self) -> None:
        """Read Hugging Face's lists beside those of days, where it is read at all."""
        if self.beside is None:
            return
        if rankings.read_due(self.database, self.beside, self.now()):
            self.follow()

    def read_announcements(self) -> None:
        """Read what arXiv announces, where categories of it are followed."""
        if self.arxiv is None:
            return
        if announcements.read_due(self.database, self.arxiv, self.categories, self.now()):
            self.follow()

    def read_feeds(self) -> None:
        """Read the feeds that the settings name."""
        if self.named_feeds is None:
            return
        if feeds.read_due(self.database, self.named_feeds, self.now()):
            self.follow()

    def follow(self) -> None:
        """Bring this machine's search index up to the database."""
        search.follow(self.database, self.index)

    def load_model(self) -> None:
        """Make the model ready, where the settings name one. Until then search goes by words."""
        if self.model is not None:
            try:
                self.model.load()
            except SettingsProblem as problem:
                log.warning("%s", problem)

    def make_vectors(self) -> None:
        """A few papers more can be ranked by meaning."""
        if self.model is not None and self.model.ready:
            meaning.embed(self.database, self.model, VECTORS_AT_ONCE)

    def make_editions(self) -> None:
        """Digests and round-ups that are due become rows, once the sources were looked at."""
        if self.sources_read.wait(REST_EVERY):
            editions.make_due(self.database, self.now())
            round_ups.make_due(self.database, self.now())

    def make_personal_editions(self) -> None:
        """People's own follow, without what their channels are about to show them."""
        if self.sources_read.wait(REST_EVERY):
            editions.make_due(self.database, self.now())
            personal_editions.make_due(self.database, self.workspaces, self.now())

    def build_alerts(self) -> None:
        """Alerts that are due become rows, from then on as well."""
        if self.sources_read.wait(REST_EVERY):
            alerts.build_due(self.database, self.now())

    def deliver(self) -> None:
        """Rows become messages."""
        stopping = self.stopping.is_set
        deliver.deliver_due(self.database, self.workspaces, self.now(), stopping=stopping)

    def forget_buckets(self) -> None:
        """How fast who was sent to matters for seconds."""
        deliver.tidy(self.database, self.now())

    def draw(self) -> None:
        """Messages follow the votes that they show."""
        redraws.draw_due(self.database, self.workspaces, self.now())


def utc_now() -> datetime:
    """The time outside the demo."""
    return datetime.now(UTC)


def build(settings: Settings, *, now: Clock = utc_now, read: ingest.Read | None = None) -> Bot:
    """The bot for one workspace. Raises SettingsProblem in one sentence."""
    keep_commands_that_say_payload()
    client = access.slack_client(settings)
    team_id = str(access.identity(client)["team_id"])
    index = open_index(settings)
    database = open_database(settings)
    deliver.resume(database, {team_id}, now())
    threads = ThreadPoolExecutor(THREADS, thread_name_prefix="slack")
    stopping = Event()
    with settings_alone_count():
        app = App(
            logger=logging.getLogger("slack_bolt"),  # else it logs at the root's level, bodies too
            client=client,
            signing_secret=access.revealed(settings.slack_signing_secret),
            token_verification_enabled=False,  # asked just above, with words for each answer
            listener_executor=threads,
        )
    asking = (slack.zone_of, slack.is_member, slack.in_channel, slack.channels_of)
    model = open_embedding(settings)
    pause = partial(_sleep, stopping)
    # Where papers are given, they are all there are.
    lookups = live.Lookups() if read else live.lookups(settings, database, now)
    source = live.hugging_face(settings, database, now, pause)
    parts = Parts(
        database,
        index,
        now,
        *asking,
        meaning=model,
        fetch_paper=lookups.paper,
        fetch_page=lookups.page,
        search_elsewhere=lookups.search,
    )
    handlers.register(app, parts)
    return Bot(
        app=app,
        database=database,
        index=index,
        workspaces={team_id: slack.SlackWorkspace(client)},
        now=now,
        read=read or source.read,
        beside=None if read else live.rankings(source),
        threads=threads,
        stopping=stopping,
        model=model,
        arxiv=None if read else live.announced(settings, database, now, pause),
        categories=live.categories(settings),
        named_feeds=None if read else live.feeds(settings, database, now, pause),
    )


def check(settings: Settings) -> None:
    """Raise SettingsProblem where `build` would, and leave nothing open: for before a fork."""
    access.identity(access.slack_client(settings))
    open_index(settings)
    open_database(settings).close()


def _sleep(stopping: Event, seconds: float) -> None:
    if stopping.wait(seconds):
        raise Stopping
