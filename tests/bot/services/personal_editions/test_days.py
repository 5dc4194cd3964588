"""What never happens to a digest of a person, whatever happens in whatever order."""

import tempfile
from collections import Counter
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import select

from bot.domain.reader import FOREVER
from bot.services import digests, editions, ingest, mutes, own_digest, personal_editions
from bot.services import settings as hours
from storage.database import Database
from storage.models import EditionRow, SeenRow
from tests.factories import NOW, a_batch, papers
from tests.fakes import FakeWorkspace

HOUR = timedelta(hours=1)
BERLIN = ZoneInfo("Europe/Berlin")


class Days(RuleBasedStateMachine):
    """A person with a digest, in one of two channels, through days of lists, moves and mutes."""

    TEAM = "T1"
    JUMPS = st.sampled_from([HOUR, 5 * HOUR, 11 * HOUR, 26 * HOUR])
    ZONES = st.sampled_from(["Europe/Berlin", "Pacific/Kiritimati", "Pacific/Midway"])

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        path = Path(self.folder.name, "papers.db")
        path.write_bytes(TEMPLATE[0])
        self.database = Database(f"sqlite:///{path}")
        self.workspace = FakeWorkspace()
        self.workspace.channels["U1"] = frozenset({"C1"})
        self.now, self.count = NOW - 2 * HOUR, 0
        for channel in ("C1", "C2"):
            digests.turn_on(self.database, self.TEAM, channel, by="U2", zone=BERLIN, now=self.now)
        own_digest.turn_on(self.database, self.TEAM, "U1", zone=BERLIN, now=self.now)

    @rule(number=st.integers(0, 9), by=JUMPS)
    def live(self, number: int, by: timedelta) -> None:
        """Papers come up, some are listed again, and time passes."""
        self.count += number
        listed = papers(self.count)[-12:]
        self.now += by
        ingest.store(self.database, a_batch(*listed, day=self.now.date()), self.now)
        editions.make_due(self.database, self.now)
        personal_editions.make_due(self.database, {self.TEAM: self.workspace}, self.now)

    @rule(zone=ZONES)
    def travel(self, zone: str) -> None:
        hours.change(self.database, self.TEAM, "U1", f"zone {zone}", None, self.now)

    @rule(at=st.sampled_from(["07:00", "14:00", "21:30"]))
    def move(self, at: str) -> None:
        hours.change(self.database, self.TEAM, "U1", f"at {at}", None, self.now)

    @rule(number=st.integers(1, 30))
    def mute(self, number: int) -> None:
        mutes.mute(self.database, self.TEAM, "U1", [f"id:2606.{number:05d}"], self.now)

    @invariant()
    def a_date_has_one(self) -> None:
        with self._session() as session:
            made = session.scalars(
                select(EditionRow.local_date).where(
                    EditionRow.audience == "U1", EditionRow.slot == "daily"
                )
            )
            assert max(Counter(made).values(), default=1) == 1

    @invariant()
    def nothing_is_shown_that_my_channel_showed_before(self) -> None:
        with self._session() as session:
            rows = session.execute(select(SeenRow.audience, SeenRow.paper_id, SeenRow.seen_at))
            seen = {(audience, paper): at for audience, paper, at in rows}
        for (audience, paper), at in seen.items():
            if audience == "U1":
                assert seen.get(("C1", paper), FOREVER) > at

    @invariant()
    def nothing_is_shown_twice(self) -> None:
        with self._session() as session:
            made = session.scalars(select(EditionRow.content).where(EditionRow.audience == "U1"))
            shown = Counter(pick["paper"] for each in made for pick in each["picks"])
        assert max(shown.values(), default=1) == 1

    def _session(self):  # type: ignore[no-untyped-def]
        return self.database.read()

    def teardown(self) -> None:
        if hasattr(self, "database"):
            self.database.close()
            self.folder.cleanup()


TEMPLATE: list[bytes] = []


@pytest.fixture(autouse=True)
def template(migrated_sqlite: bytes) -> None:
    TEMPLATE[:] = [migrated_sqlite]


class TestDays(Days.TestCase):  # type: ignore[misc, valid-type]
    """Whatever happens, in any order."""

    settings = settings(max_examples=15, stateful_step_count=20, deadline=None)
