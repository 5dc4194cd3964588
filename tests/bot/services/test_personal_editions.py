"""Digests of people: which fall due, what they leave out, and what never happens."""

import tempfile
from collections import Counter
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import select

from bot.domain.reader import FOREVER, Quiet
from bot.domain.spread import LARGEST_CROWD, WIDEST
from bot.errors import Blame, CannotPost
from bot.services import alerts, digests, editions, ingest, mutes, own_digest, personal_editions
from bot.services import settings as hours
from storage import digests as stored_digests
from storage import readers
from storage.database import Database
from storage.models import EditionRow, SeenRow
from tests.factories import DAY, NOW, a_batch, a_channel, a_paper, papers
from tests.fakes import FakeWorkspace

MINUTE, HOUR, DAYLONG = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
BERLIN = ZoneInfo("Europe/Berlin")
FIVE = [f"2606.0000{n}" for n in range(1, 6)]


@pytest.fixture
def ask_for(database):
    """Somebody has a digest of their own, due at NOW unless said otherwise."""

    def ask_for(user_id: str = "U1", **fields: object) -> None:
        with database.begin() as session:
            stored_digests.save(session, a_channel(channel_id=user_id, **fields))

    return ask_for


@pytest.fixture
def make(database, workspace):
    def make(now: datetime = NOW) -> int:
        return personal_editions.make_due(database, {"T1": workspace}, now)

    return make


@pytest.fixture
def next_due(database):
    def next_due(user_id: str = "U1") -> datetime | None:
        digest = digests.settings(database, "T1", user_id)
        return digest and digest.next_due_at

    return next_due


@pytest.fixture
def channel_is_shown(database, switch_on, workspace):
    """A channel that U1 is in is shown what has come in."""

    def channel_is_shown(channel_id: str = "C1", member: bool = True) -> None:
        switch_on(channel_id)
        editions.make_due(database, NOW)
        if member:
            workspace.channels["U1"] = frozenset({channel_id})

    return channel_is_shown


def ids(edition) -> list[str]:
    return [pick.paper_id for pick in edition.picks]


# -- when -----------------------------------------------------------------------------------------


def test_one_is_made_when_it_is_due_and_the_next_on_the_next_workday(
    ask_for, arrive, make, outbox, last, next_due
):
    ask_for()
    arrive(*papers(8), now=NOW - MINUTE)

    assert make(NOW - MINUTE) == 0
    assert make() == 1
    assert make() == 0
    [owed] = outbox()
    assert (owed.kind, owed.audience) == ("digest", "U1")
    assert (last("U1").local_date, last("U1").slot) == (DAY, "daily")
    assert next_due() == NOW + timedelta(days=3)


def test_what_is_due_in_a_workspace_of_another_process_is_left_to_it(database, ask_for, arrive):
    ask_for()
    arrive(a_paper())

    assert personal_editions.make_due(database, {}, NOW) == 0


def test_it_waits_for_a_source_as_a_channels_does(ask_for, arrive, make):
    ask_for()
    arrive(a_paper(), now=NOW - HOUR)

    assert make() == 0
    assert make(NOW + editions.PATIENCE + MINUTE) == 1


def test_it_waits_for_a_channel_that_is_due_but_not_for_ever(
    database, ask_for, arrive, make, switch_on
):
    switch_on()
    ask_for()
    arrive(a_paper())

    assert make() == 0
    assert make(NOW + personal_editions.CHANNELS_FIRST + MINUTE) == 1


def test_channels_are_made_first_whoever_is_due_first(database, ask_for, arrive, make, switch_on):
    ask_for(next_due_at=NOW)
    switch_on(next_due_at=NOW)
    arrive(*papers(8))

    assert editions.make_due(database, NOW) == 1
    assert make() == 1


def test_one_that_failed_keeps_nobody_else(ask_for, arrive, make, monkeypatch):
    ask_for("U1")
    ask_for("U2")
    arrive(a_paper())
    real = editions.sift

    def broken(session, digest, *rest):
        if digest.audience == "U1":
            raise ValueError
        return real(session, digest, *rest)

    monkeypatch.setattr(editions, "sift", broken)

    assert make() == 1


def test_those_of_a_crowd_are_spread_over_five_minutes_after_their_hour(
    database, ask_for, arrive, make, next_due, monkeypatch
):
    monkeypatch.setattr(readers, "count", lambda *_, **__: LARGEST_CROWD)
    people = [f"U{number}" for number in range(9)]
    for user in people:
        ask_for(user)
    arrive(a_paper())
    make()

    after = [next_due(user) - (NOW + timedelta(days=3)) for user in people]
    assert len(set(after)) > 5
    assert all(timedelta() <= each <= WIDEST for each in after)


@pytest.mark.usefixtures("workspace")
def test_what_is_spread_still_comes_where_the_hour_is_set_again_meanwhile(database, ask_for):
    ask_for(next_due_at=NOW + 3 * MINUTE)

    moved = own_digest.move(
        database, "T1", "U1", at=time(9), zone=None, fallback=BERLIN, now=NOW + MINUTE
    )

    assert moved.next_due_at == NOW + 3 * MINUTE


def test_late_ones_wait_for_the_end_of_quiet_hours_unless_the_hour_lies_in_them(
    database, ask_for, arrive, make
):
    for user in ("U1", "U2"):
        ask_for(user)
        with database.begin() as session:
            readers.set_zone(session, "T1", user, "Europe/Berlin")
    night, day = Quiet(time(22), time(7)), Quiet(time(8), time(23))
    with database.begin() as session:
        readers.set_quiet(session, "T1", "U1", night)
        readers.set_quiet(session, "T1", "U2", day)
    arrive(a_paper())

    assert make(NOW + 14 * HOUR) == 1  # 23:00: U2 has no quiet hours then
    assert make(NOW + 22 * HOUR) == 1


def test_a_paused_one_waits_and_what_was_refused_for_good_is_paused(
    database, ask_for, arrive, make, send, workspace
):
    ask_for()
    arrive(a_paper())
    make()
    workspace.refuse("open_dm", CannotPost("user_not_found", permanent=True, blame=Blame.PLACE))
    send()
    digest = digests.settings(database, "T1", "U1")

    assert digest is not None
    assert make(NOW + timedelta(days=30)) == 0
    again = own_digest.turn_on(database, "T1", "U1", zone=BERLIN, now=NOW)
    assert again.paused_until is None


def test_a_pause_that_is_over_is_not_told_any_more_though_nothing_came_since(database, ask_for):
    ask_for(next_due_at=NOW + 3 * DAYLONG, paused_until=NOW + DAYLONG)

    def pause(now: datetime) -> datetime | None:
        digest = own_digest.mine(database, "T1", "U1", None, now).digest
        return digest and digest.paused_until

    assert pause(NOW) == NOW + DAYLONG
    assert pause(NOW + 2 * DAYLONG) is None


# -- what is left out -----------------------------------------------------------------------------


def test_what_a_channel_of_theirs_is_owed_is_left_out_and_counted(
    ask_for, arrive, make, channel_is_shown, last
):
    ask_for()
    arrive(*papers(8))
    channel_is_shown()
    make()

    assert not set(ids(last("U1"))) & set(ids(last("C1")))
    assert last("U1").receipt.in_channels == len(last("C1").picks)


def test_what_other_channels_show_is_not(ask_for, arrive, make, channel_is_shown, last):
    ask_for()
    arrive(*papers(5))
    channel_is_shown(member=False)
    make()

    assert ids(last("U1")) == FIVE


def test_what_never_reached_a_channel_is_not(
    ask_for, arrive, make, channel_is_shown, last, send, workspace
):
    ask_for()
    arrive(*papers(5))
    channel_is_shown()
    workspace.refuse("post", CannotPost("is_archived", permanent=True))
    send()
    make()

    assert ids(last("U1")) == FIVE


def test_slack_is_not_asked_where_no_channel_was_shown_anything(ask_for, arrive, make, workspace):
    ask_for()
    arrive(a_paper())
    make()

    assert workspace.asked_of == []


def test_where_slack_does_not_say_whose_channels_they_are_papers_are_shown_again(
    ask_for, arrive, make, channel_is_shown, last, workspace
):
    ask_for()
    arrive(*papers(5))
    channel_is_shown()
    workspace.refuse("channels_of", CannotPost("missing_scope"))
    make()

    assert ids(last("U1")) == FIVE


def test_where_slack_asks_to_wait_everybody_there_is_made_later(
    ask_for, arrive, make, channel_is_shown, workspace
):
    ask_for("U1")
    ask_for("U2")
    arrive(*papers(8))
    channel_is_shown()
    workspace.refuse("channels_of", CannotPost("ratelimited", retry_after=30))

    assert make() == 0
    assert make(NOW + MINUTE) == 2


def test_a_channel_is_shown_what_a_person_was(database, ask_for, arrive, make, switch_on, last):
    ask_for()
    arrive(*papers(5))
    make()
    switch_on()
    editions.make_due(database, NOW)

    assert ids(last("C1")) == ids(last("U1")) == FIVE


def test_a_mute_leaves_out_of_a_persons_and_never_of_a_channels(
    database, ask_for, arrive, make, switch_on, last
):
    mutes.mute(database, "T1", "U1", ["number"], NOW)
    mutes.mute(database, "T1", "C1", ["number"], NOW)
    ask_for()
    switch_on()
    arrive(*papers(3), a_paper("2606.00009", "Other news"))
    editions.make_due(database, NOW)
    make()

    assert ids(last("U1")) == ["2606.00009"]
    assert last("U1").receipt.muted == 3
    assert len(ids(last("C1"))) == 4


def test_what_an_alert_told_is_not_in_the_digest(database, follow, ask_for, arrive, make, last):
    follow("number")
    ask_for()
    arrive(*papers(2))
    alerts.build_due(database, NOW)
    make()

    assert ids(last("U1")) == []
    assert last("U1").receipt.seen == 2


def test_counts_add_up_to_what_was_listed(ask_for, arrive, make, channel_is_shown, database, last):
    mutes.mute(database, "T1", "U1", ['"number 9"'], NOW)
    ask_for(topics='"number 6" OR "number 7" OR "number 8"', only_topics=True, size=1)
    arrive(*papers(12))
    channel_is_shown()
    make()

    told = last("U1").receipt
    shown = len(last("U1").picks)
    left = told.seen + told.skipped + told.off_topic + told.muted + told.in_channels
    assert (shown, told.in_channels, told.muted) == (1, 5, 1)
    assert told.candidates + left == 12


@pytest.mark.parametrize("audience", ["C1", "U1"])
def test_on_its_topics_only_nothing_else_is_shown(database, ask_for, arrive, make, last, audience):
    ask_for(audience, topics="robots", only_topics=True)
    arrive(a_paper("2606.00001", "Robots walk"), *papers(3, start=2))
    editions.make_due(database, NOW)
    make()

    assert ids(last(audience)) == ["2606.00001"]
    assert last(audience).receipt.off_topic == 3
    assert last(audience).only == "robots"


def test_an_extra_one_is_of_what_the_next_would_show(database, arrive, last, channel_is_shown):
    arrive(*papers(8))
    channel_is_shown()
    edition, shown = personal_editions.preview(database, "T1", "U1", NOW, frozenset({"C1"}))
    personal_editions.post_now(database, "T1", "U1", NOW, frozenset({"C1"}))

    assert ids(last("U1")) == ids(edition) == [each.paper.id for each in shown]
    assert last("U1").slot == "now-1"


def test_an_extra_one_of_nothing_is_refused_in_their_words(database, arrive):
    with pytest.raises(personal_editions.NothingNewForYou, match="shown you"):
        personal_editions.post_now(database, "T1", "U1", NOW, frozenset())


# -- what never happens ---------------------------------------------------------------------------


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
