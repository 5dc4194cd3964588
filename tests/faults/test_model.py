"""Whatever people do and whatever goes wrong, in any order: what is owed is told, each once.

The model knows who had asked when a paper was stored, and that each message which was committed is
owed. What one stopped asking for before it was told may come or not.
"""

import tempfile
from collections import Counter, defaultdict
from contextlib import suppress
from datetime import date, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import event

from bot.domain.calendar import hf_day
from bot.domain.paper import Batch, Paper
from bot.domain.subscription import LARGEST, Cadence, read_wish
from bot.errors import CannotPost
from bot.services import alerts, deliver, digests, editions, ingest, subscriptions
from bot.services import settings as hours
from storage.database import Database
from tests.factories import NOW, a_batch, a_paper
from tests.fakes import Crash, FakeWorkspace
from tests.faults import KILLS
from tests.faults.seams import SEAMS, Passings, Watched, watch_commits
from tests.house import reading

TEAM, CHANNEL = "T1", "C1"
PEOPLE = st.sampled_from(["U1", "U2"])
TOPICS = ["agents", "robots", "proteins"]
ZONES = st.sampled_from(
    ["Europe/Berlin", "America/New_York", "Pacific/Apia", "Australia/Lord_Howe"]
)
BERLIN = ZoneInfo("Europe/Berlin")
HOUR = timedelta(hours=1)
JUMPS = st.sampled_from(
    [timedelta(seconds=31), timedelta(minutes=3), timedelta(minutes=11), HOUR, 26 * HOUR, -HOUR]
)
# What people meet in this process; the answer's beginning is one of HTTP's.
PASSABLE = st.sampled_from([each for each in SEAMS if each != "post: accepted"])
SILENT = CannotPost("TimeoutError", ambiguous=True)
PROBLEMS = {
    "limited": lambda slack: slack.refuse("post", CannotPost("ratelimited", retry_after=7)),
    "refused": lambda slack: slack.refuse("post", CannotPost("service_unavailable")),
    "never arrived": lambda slack: slack.refuse("post", SILENT),
    "answer lost": lambda slack: slack.lose(SILENT),
    "not opened": lambda slack: slack.refuse("open_dm", SILENT),
    "history broken": lambda slack: slack.refuse("find", CannotPost("internal_error")),
}


@cache
def _migrated() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/papers.db")
        database.migrate()
        database.close()
        return Path(folder, "papers.db").read_bytes()


class Weeks(RuleBasedStateMachine):
    """Two people and a channel, over as many days as it takes."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        path = Path(self.folder.name, "papers.db")
        path.write_bytes(_migrated())
        self.database = Database(f"sqlite:///{path}")
        event.listen(self.database.engine, "connect", _hasten)
        self.slack = FakeWorkspace()
        self.now = NOW - HOUR
        self.at = Passings("", 0, _crash)
        watch_commits(self.database, self._pass)
        self.workspaces: Any = {TEAM: Watched(self.slack, self._pass)}
        self.lists: dict[date, Batch] = {}
        self.read: list[Paper] = []  # by the read that is under way
        self.stored: dict[str, Paper] = {}
        self.topics: defaultdict[str, set[str]] = defaultdict(set)  # by person
        self.owed: defaultdict[tuple[str, str], set[str]] = defaultdict(set)  # why: its topics
        self.committed: Counter[str] = Counter()

    @initialize()
    def begin(self) -> None:
        digests.turn_on(self.database, TEAM, CHANNEL, by="U1", zone=BERLIN, now=self.now)
        self.subscribe("U1", "agents", "now")
        self.publish({"agents", "robots"})
        self.now = NOW

    # -- what people do -------------------------------------------------------------------------

    @rule(user=PEOPLE, topic=st.sampled_from(TOPICS), cadence=st.sampled_from(["now", "daily"]))
    def subscribe(self, user: str, topic: str, cadence: str) -> None:
        wish = read_wish(f"{topic} max:{LARGEST}", Cadence(cadence))
        subscriptions.subscribe(self.database, TEAM, user, wish, BERLIN, self.now)
        self.topics[user].add(topic)

    @precondition(lambda self: any(self.topics.values()))
    @rule(data=st.data())
    def unsubscribe(self, data: st.DataObject) -> None:
        every = sorted((user, topic) for user, known in self.topics.items() for topic in known)
        user, topic = data.draw(st.sampled_from(every))
        subscriptions.unsubscribe(self.database, TEAM, user, topic, self.now)
        self.topics[user].remove(topic)
        for (reader, _), reasons in self.owed.items():
            if reader == user:
                reasons.discard(topic)

    @rule(user=PEOPLE, zone=ZONES)
    def move_house(self, user: str, zone: str) -> None:
        hours.change(self.database, TEAM, user, f"zone {zone}", None, self.now)

    @rule(zone=ZONES)
    def move_digest(self, zone: str) -> None:
        digests.move(
            self.database,
            TEAM,
            CHANNEL,
            at=time(9),
            zone=ZoneInfo(zone),
            fallback=BERLIN,
            by="U1",
            now=self.now,
        )

    # -- what happens ---------------------------------------------------------------------------

    @precondition(lambda self: self._published() < LARGEST)  # one message shows them all
    @rule(topics=st.sets(st.sampled_from(TOPICS)))
    def publish(self, topics: set[str]) -> None:
        day = hf_day(self.now)
        known = [each.paper for each in self.lists[day].listings] if day in self.lists else []
        number = self._published() + 1
        title = f"Number {number:03d} of {' '.join(sorted(topics))}"
        paper = a_paper(f"2606.{number:05d}", title, abstract="Nothing more is said here.")
        self.lists[day] = a_batch(*known, paper, day=day, votes=100)
        self.now += ingest.TODAY_EVERY

    @rule(problem=st.sampled_from(sorted(PROBLEMS)))
    def disturb(self, problem: str) -> None:
        PROBLEMS[problem](self.slack)

    @rule(by=JUMPS)
    def jump(self, by: timedelta) -> None:
        self.now += by

    @rule()
    def tick(self) -> None:
        self._tick(Passings("", 0, _crash))

    @rule(seam=PASSABLE, number=st.integers(1, 3))
    def crash(self, seam: str, number: int) -> None:
        self._tick(Passings(seam, number, _crash))

    # -- what must hold -------------------------------------------------------------------------

    @invariant()
    def nothing_is_told_twice(self) -> None:
        told = self._told()
        assert not {each: times for each, times in told.items() if times > 1}
        carried = Counter(each.delivery_id for each in self.slack.posted)
        assert not {each: times for each, times in carried.items() if times > 1}

    def teardown(self) -> None:
        try:
            self._calm_down()
            told = {each for each in self._told() if each[0] != CHANNEL}
            must = {each for each, reasons in self.owed.items() if reasons}
            assert must <= told, f"lost: {sorted(must - told)}"
            assert told <= set(self.owed), f"nobody asked: {sorted(told - set(self.owed))}"
            self.nothing_is_told_twice()
            in_channel = sum(each.channel_id == CHANNEL for each in self.slack.posted)
            assert in_channel == self.committed["edition"]
            assert len(self.slack.posted) - in_channel == self.committed["alert"]
        finally:
            self.database.close()
            self.folder.cleanup()

    def _calm_down(self) -> None:
        """Some days without accidents; every hour of gathered papers comes by."""
        self.slack.heal()
        for _ in range(20):
            self.now += 3 * HOUR
            self._tick(Passings("", 0, _crash))

    def _tick(self, at: Passings) -> None:
        self.at = at
        jobs = (
            lambda: ingest.read_due(self.database, self._read, self.now),
            lambda: editions.make_due(self.database, self.now),
            lambda: alerts.build_due(self.database, self.now),
            lambda: deliver.deliver_due(self.database, self.workspaces, self.now, threads=1),
        )
        with suppress(Crash):
            for job in jobs:
                job()

    def _published(self) -> int:
        return sum(len(each.listings) for each in self.lists.values())

    def _read(self, day: date) -> Batch:
        batch = reading(self.lists)(day)
        self.read = [each.paper for each in batch.listings]
        return batch

    def _pass(self, name: str) -> None:
        kind, _, place = name.partition(": ")
        if place == "after the commit":
            self.committed[kind] += 1
            if kind == "ingest":
                self._store()
        self.at(name)

    def _store(self) -> None:
        """A list is stored: who follows a topic now is owed what is new on it."""
        for paper in self.read:
            if paper.id not in self.stored:
                self.stored[paper.id] = paper
                for user, topics in self.topics.items():
                    if reasons := topics & set(paper.title.split()):
                        self.owed[user, paper.id] |= reasons

    def _told(self) -> Counter[tuple[str, str]]:
        """In how many messages each paper stands, for each person or channel."""
        return Counter(
            (posted.channel_id.removeprefix("D"), paper.id)
            for posted in self.slack.posted
            for paper in self.stored.values()
            if paper.title in posted.message.text
        )


def _hasten(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA synchronous=OFF")  # this process dies in words only


def _crash(_seam: str) -> None:
    raise Crash


Weeks.TestCase.settings = settings(max_examples=2 * KILLS, stateful_step_count=30, deadline=None)
TestWeeks = Weeks.TestCase
