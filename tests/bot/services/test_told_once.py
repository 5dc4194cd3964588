"""Whatever a reader does meanwhile, each paper they wait for is told them exactly once."""

import tempfile
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import func, select

from bot.domain.reader import Hours, Quiet, after_quiet
from bot.domain.subscription import Cadence, read_wish
from bot.services import alerts, ingest, pauses, subscriptions
from bot.services import settings as hours_of
from storage.database import Database
from storage.models import DeliveryRow, SubscriptionRow
from tests.factories import a_batch, a_paper

START = datetime(2026, 3, 26, 7, tzinfo=UTC)  # clocks change at the end of that week
TOPICS = ("alpha", "beta", "alpha, beta")
WORDS = {topic: set(topic.split(", ")) for topic in TOPICS}
topics = st.sampled_from(TOPICS)
times = st.builds(time, st.integers(0, 23), st.sampled_from([0, 30]))
nights = st.builds(Quiet, times, times).filter(lambda quiet: quiet.begins != quiet.ends)
zones = st.sampled_from(["UTC", "Europe/Berlin", "Pacific/Kiritimati", "Pacific/Midway"])


class Telling(RuleBasedStateMachine):
    """One reader, their topics and hours, papers that come in, and a clock that jumps."""

    template: bytes

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        path = Path(self.folder.name) / "papers.db"
        path.write_bytes(self.template)
        self.database = Database(f"sqlite:///{path}")
        self.now = START
        self.hours = Hours(ZoneInfo("UTC"))
        self.followed: dict[str, Cadence] = {}
        self.paused: dict[str, datetime] = {}
        self.wanted: dict[str, set[str]] = {}  # a paper, and the topics by which it is waited for
        self.found: dict[str, datetime] = {}
        self.told: set[str] = set()
        self.deliveries: set[str] = set()
        self.last: dict[Cadence, datetime] = {}

    def teardown(self) -> None:
        """Everything that waits comes in the end."""
        try:
            if self.followed:
                pauses.resume(self.database, "T1", "U1", "", self.now)
            self.paused.clear()
            while (due := self._next_due()) is not None:
                self.now = max(self.now, due)
                self.tick()
            assert self.told >= {paper for paper, by in self.wanted.items() if by}
        finally:
            self.database.close()
            self.folder.cleanup()

    # -- what happens ---------------------------------------------------------------------------

    @initialize(first=st.sampled_from(Cadence), second=st.sampled_from(Cadence))
    def begin(self, first: Cadence, second: Cadence) -> None:
        """Somebody who follows nothing is told nothing, which proves little."""
        self.follow(TOPICS[0], first, 2)
        self.follow(TOPICS[1], second, 1)

    @rule(topic=topics, cadence=st.sampled_from(Cadence), size=st.integers(1, 3))
    def follow(self, topic: str, cadence: Cadence, size: int) -> None:
        cadence = self.followed.setdefault(topic, cadence)
        wish = read_wish(f"{topic} {cadence} max:{size}")
        subscriptions.subscribe(self.database, "T1", "U1", wish, None, self.now)

    @precondition(lambda self: self.followed)
    @rule(data=st.data())
    def stop(self, data: st.DataObject) -> None:
        topic = data.draw(st.sampled_from(sorted(self.followed)))
        subscriptions.unsubscribe(self.database, "T1", "U1", topic, self.now)
        self.last.pop(self.followed.pop(topic), None)
        self.paused.pop(topic, None)
        for by in self.wanted.values():
            by.discard(topic)

    @rule(
        some=st.lists(
            st.sets(st.sampled_from(["alpha", "beta"]), min_size=1), min_size=1, max_size=3
        )
    )
    def publish(self, some: list[set[str]]) -> None:
        start = len(self.found)
        papers = [
            a_paper(f"2603.{number:05d}", f"On {' and '.join(sorted(words))} of nets")
            for number, words in enumerate(some, start=start)
        ]
        ingest.store(self.database, a_batch(*papers), self.now)
        for paper, words in zip(papers, some, strict=True):
            self.found[paper.id] = self.now
            self.wanted[paper.id] = {each for each in self.followed if WORDS[each] & words}

    @rule(jump=st.sampled_from([0, 1, 20, 60, 7 * 60, 24 * 60, 8 * 24 * 60]), often=st.booleans())
    def wait(self, jump: int, often: bool) -> None:
        """Time goes by, with a tick for whatever falls due, or without one until the end."""
        until = self.now + timedelta(minutes=jump)
        while often and (due := self._next_due()) is not None and due <= until:
            self.now = max(self.now, due)
            self.tick()
        self.now = until

    @rule()
    def tick(self) -> None:
        alerts.build_due(self.database, self.now)
        with self.database.read() as session:
            rows = session.scalars(select(DeliveryRow)).all()
            fresh = [row for row in rows if row.id not in self.deliveries]
        assert len(fresh) <= 1  # one message for one reader and moment
        for row in fresh:
            self.deliveries.add(row.id)
            self._check(row.content["groups"])

    @precondition(lambda self: self.followed)
    @rule(data=st.data(), days=st.integers(1, 10))
    def pause(self, data: st.DataObject, days: int) -> None:
        topic = data.draw(st.sampled_from(sorted(self.followed)))
        done = pauses.pause(self.database, "T1", "U1", f"{days}d {topic}", self.now)
        for each in done.mine.subscriptions:
            if each.id == done.changed[0].id and each.paused_until:
                self.paused[topic] = each.paused_until

    @precondition(lambda self: self.followed)
    @rule()
    def resume(self) -> None:
        pauses.resume(self.database, "T1", "U1", "", self.now)
        self.paused.clear()

    @rule(zone=zones, at=times, quiet=st.one_of(st.none(), nights))
    def move(self, zone: str, at: time, quiet: Quiet | None) -> None:
        self.hours = Hours(ZoneInfo(zone), at, quiet)
        hours_of.save(self.database, "T1", "U1", self.hours, self.now)

    # -- what must be so ------------------------------------------------------------------------

    def _check(self, groups: list[dict[str, Any]]) -> None:
        said = [paper for group in groups for paper in (*group["papers"], *group["rest"])]
        assert len(said) == len(set(said))
        assert not self.told & set(said)
        self.told |= set(said)
        cadences = {self._check_group(group) for group in groups}
        today = self.now.astimezone(self.hours.zone).date()
        for each in cadences - {Cadence.NOW}:
            last = self.last.get(each)
            if last is not None and each is Cadence.DAILY:
                assert last.astimezone(self.hours.zone).date() < today
            self.last[each] = self.now

    def _check_group(self, group: dict[str, Any]) -> Cadence:
        topic = group["topic"].replace(" OR ", ", ")
        for paper in (*group["papers"], *group["rest"]):
            assert topic in self.wanted[paper]
            assert self.found[paper] <= self.now
        assert self.paused.get(topic, self.now) <= self.now
        if self.followed[topic] is Cadence.NOW:
            assert after_quiet(self.hours, self.now) == self.now
        return self.followed[topic]

    def _next_due(self) -> datetime | None:
        with self.database.read() as session:
            return session.scalar(select(func.min(SubscriptionRow.due_at)))


def test_each_paper_is_told_once_and_none_too_early(migrated_sqlite):
    Telling.template = migrated_sqlite
    few = settings(
        max_examples=40,
        stateful_step_count=30,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    run_state_machine_as_test(Telling, settings=few)
