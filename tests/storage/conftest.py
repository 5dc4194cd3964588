"""Two workspaces with something in every table, and functions in threads of their own."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, text

from bot.domain.announcements import Standing
from bot.domain.delivery import SLACK_PACES
from bot.domain.digest import Pick
from bot.domain.feeds import Standing as Feed
from bot.domain.identity import Rule
from bot.domain.paper_page import PaperPage
from bot.domain.round_ups import RoundUp, Slot
from bot.domain.subscription import Subscription, Wish
from bot.domain.verdicts import Decision, Verdict
from bot.domain.votes import Vote
from storage import (
    announcements,
    digests,
    editions,
    feedback,
    feeds,
    harvests,
    leases,
    library,
    merges,
    mutes,
    new_versions,
    pages,
    papers,
    queries,
    rates,
    readers,
    recording,
    redraws,
    round_ups,
    seen,
    subscriptions,
    undo,
    vectors,
    verdicts,
)
from storage.database import Database
from storage.harvests import Harvest
from tests.factories import DAY, NOW, a_batch, a_channel, a_paper, an_edition, owe
from tests.waiting import until

MAMBA = Wish("mamba")
OTHER_ID = "10.1234/one"


@pytest.fixture
def written(database: Database) -> Iterator[list[str]]:
    """The statements that change rows, as they are sent."""
    found: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith(("INSERT", "UPDATE", "DELETE")):
            found.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    yield found
    event.remove(database.engine, "before_cursor_execute", note)


@pytest.fixture
def follow(database):
    """Subscribe somebody to a wish; its words are its atoms."""

    def follow(wish: Wish = MAMBA, user_id: str = "U1", team_id: str = "T1") -> Subscription:
        with database.begin() as session:
            return subscriptions.save(
                session,
                team_id,
                user_id,
                wish,
                wish.text.strip('"').split(),
                created_by=user_id,
                now=NOW,
            )

    return follow


@pytest.fixture
def in_threads() -> Iterator[Callable[..., Future[Any]]]:
    """Start a function in a thread of its own; its future gives the result or the error."""
    with ThreadPoolExecutor() as pool:
        yield pool.submit


@pytest.fixture
def until_blocked(database: Database) -> Callable[[], None]:
    """Wait until another session waits for a lock; SQLite does not tell, its file has just one."""

    def wait() -> None:
        if database.is_sqlite:
            return
        query = text(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )

        def waiting() -> bool:
            with database.read() as session:
                return bool(session.scalar(query))

        until(waiting)

    return wait


@pytest.fixture
def two_teams(database: Database, now: datetime) -> Database:
    """T1 and T2: the same names of channels and people, and different settings."""
    with database.begin() as session:
        leases.take(session, "arxiv", "somebody", now, timedelta(minutes=1))
        announcements.save(session, Standing("cs.LG", DAY, "2606.00001", 40.0), now)
        announcements.owe(session, DAY, "cs.LG")
        announcements.keep_validators(session, "arxiv:cs.LG", {"If-None-Match": '"1"'})
        harvests.save(session, Harvest("cs.LG", DAY, "token", 1_000, now, now))
        feeds.save(session, Feed("lab.example.org", "digest", "Harbour Lab", 7, now))
        for team, size, zone, paper in (
            ("T1", 3, "Asia/Tokyo", a_paper("2606.00001")),
            ("T2", 7, "Africa/Cairo", a_paper("2606.00002")),
        ):
            number = undo.note(session, team, "C1")
            digests.save(session, a_channel(team, size=size, next_due_at=now, change=number))
            week = RoundUp(team, "C1", Slot.WEEKLY, "U1", size % 7, next_due_at=now)
            round_ups.save(session, week)
            editions.add(session, an_edition(team, picks=(Pick(paper.id, f"for {team}"),)))
            readers.set_zone(session, team, "U1", zone)
            readers.set_dms(session, {(team, "U1"): f"D{team}"})
            wish = Wish(f"topic of {team.lower()}", revisions=True)
            mine = subscriptions.save(
                session, team, "U1", wish, [wish.text], created_by="U1", now=now
            )
            papers.save(session, [replace(paper, version=1)], now)
            papers.revise(session, [replace(paper, version=2)], now)
            recording.record(session, a_batch(paper), now)
            found = queries.candidates(session, [mine.wish.text])
            queries.add_matches(session, {paper.id: found})
            new_versions.add(session, [replace(paper, version=2)], {paper.id: found})
            new_versions.mark(session, team, "U1", {paper.id: 1}, "", now)
            delivery_id = owe(session, team, content={"of": team}, due_at=now)
            pages.keep(session, paper.id, PaperPage(models=3), now)
            rates.take(session, {(team, "C1"): 1}, SLACK_PACES.channel, now)
            seen.add(session, team, "C1", [paper.id], delivery_id, now)
            library.save(session, team, "U1", paper.id, now)
            mutes.add(session, team, "U1", f"word of {team.lower()}", now)
            feedback.vote(session, team, "U1", paper.id, Vote.UP, now)
            verdicts.give(session, team, "C1", Verdict(paper.id, Decision.PICK, "U1", now))
            redraws.ask(session, team, [delivery_id], now)
            for model in ("mini", "large"):
                vectors.save(session, model, {paper.id: (papers.revision(session), b"\x00\x3c")})
        # What a feed calls differently is T1's paper, and was kept by somebody.
        papers.save(session, [a_paper(OTHER_ID)], now)
        library.save(session, "T1", "U2", OTHER_ID, now)
        merges.join(session, merges.Same(OTHER_ID, "2606.00001", Rule.DOI), now)
        library.remove(session, "T1", "U2", "2606.00001")
    return database
