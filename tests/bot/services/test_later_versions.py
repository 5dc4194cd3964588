"""Later versions of papers: who asked for them hears of each once, and nobody else does."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from bot.domain.paper import Batch, Listing
from bot.domain.subscription import Wish, read_wish
from bot.domain.votes import Vote
from bot.services import alerts, channel_topics, ingest, mutes, subscriptions, votes
from storage.models import DeliveryRow
from tests.factories import DAY, NOW, a_batch, a_paper

HOUR, LATER = timedelta(hours=1), timedelta(days=1)
FIRST = a_paper("2606.10001", "Diffusion policies for robots", version=1)
SECOND = replace(FIRST, version=2, abstract="We found a mistake, and mended it. It works better.")
THIRD = replace(SECOND, version=3)


@pytest.fixture
def revise(database):
    """arXiv says that papers have other versions; what is owed to people then."""

    def revise(*papers, now: datetime = NOW + HOUR, listings=(), **fields) -> int:
        ingest.store(
            database, Batch("arxiv", DAY, tuple(listings), revisions=papers), now, **fields
        )
        return alerts.build_due(database, now)

    return revise


@pytest.fixture
def groups(outbox):
    """What each alert is about: topic, papers, and which versions they are told as."""

    def groups() -> list[list[tuple[str, list[str], dict[str, int]]]]:
        return [
            [
                (each["topic"], each["papers"], each.get("versions", {}))
                for each in row.content["groups"]
            ]
            for row in outbox()
        ]

    return groups


def test_who_asked_is_told_of_a_later_version_once(follow, arrive, revise, groups):
    arrive(FIRST)
    follow("diffusion policy revisions:on")

    assert revise(SECOND) == 1
    assert revise(SECOND, now=NOW + 2 * HOUR) == 0
    assert groups() == [[("diffusion policy", [FIRST.id], {FIRST.id: 2})]]


def test_each_version_is_told(follow, arrive, revise, groups):
    arrive(FIRST)
    follow("diffusion policy revisions:on")

    assert revise(SECOND) == 1
    assert revise(THIRD, now=NOW + 2 * HOUR) == 1
    assert [group[0][2][FIRST.id] for group in groups()] == [2, 3]


def test_who_did_not_ask_hears_nothing(follow, arrive, revise):
    follow("diffusion policy", "U1")
    follow("diffusion policy revisions:on", "U2", team="T2")
    arrive(a_paper("2606.10009", "Something else", version=1))

    assert revise(replace(a_paper("2606.10009", "Something else", version=2))) == 0


def test_a_second_follower_of_the_same_topic_who_did_not_ask_hears_nothing(
    follow, arrive, revise, outbox
):
    arrive(FIRST)
    follow("diffusion policy revisions:on", "U1")
    follow("diffusion policy", "U2")

    assert revise(SECOND) == 1
    assert [row.audience for row in outbox()] == ["U1"]


@pytest.mark.parametrize(
    "change",
    [
        {"comment": "12 pages"},
        {"categories": ("cs.LG", "cs.RO")},
        {"journal": "A journal"},
        {"version": 1, "abstract": "The same version in other words."},
    ],
)
def test_what_is_said_of_a_version_beside_it_is_no_version(follow, arrive, revise, change):
    arrive(FIRST)
    follow("diffusion policy revisions:on")

    assert revise(replace(FIRST, **change)) == 0


def test_a_version_that_a_list_brings_counts_as_well(follow, arrive, revise):
    arrive(FIRST)
    follow("diffusion policy revisions:on")

    assert revise(listings=[Listing("arxiv", DAY, SECOND)]) == 1


def test_a_withdrawn_version_is_not_told(follow, arrive, revise):
    arrive(FIRST)
    follow("diffusion policy revisions:on")

    assert revise(replace(SECOND, withdrawn=True)) == 0


def test_a_backfill_tells_nobody(follow, arrive, revise):
    arrive(FIRST)
    follow("diffusion policy revisions:on")

    assert revise(SECOND, tell=False) == 0
    assert revise(SECOND) == 0


def test_a_paper_that_waits_is_told_once_as_it_is_by_then(follow, arrive, revise, groups, database):
    follow("diffusion policy daily revisions:on")
    arrive(FIRST)
    revise(SECOND)

    assert alerts.build_due(database, NOW + LATER) == 1
    assert alerts.build_due(database, NOW + 2 * LATER) == 0
    assert groups() == [[("diffusion policy", [FIRST.id], {})]]


def test_news_and_versions_come_in_one_message(follow, arrive, revise, groups, database):
    arrive(FIRST)
    follow("robots daily revisions:on")
    revise(SECOND)
    new = a_paper("2606.10002", "Other robots")
    arrive(new, now=NOW + 2 * HOUR)

    alerts.build_due(database, NOW + LATER)

    assert groups() == [[("robots", [new.id], {}), ("robots", [FIRST.id], {FIRST.id: 2})]]


def test_asking_begins_with_the_next_version_and_ends_with_unasking(follow, arrive, revise, groups):
    arrive(FIRST)
    follow("diffusion policy revisions:on", "U2")
    follow("diffusion policy", "U1")
    assert revise(SECOND) == 1
    follow("diffusion policy", "U2")
    follow("diffusion policy revisions:on", "U1", now=NOW + 2 * HOUR)

    arrive(a_paper("2606.10002", "Another diffusion policy"), now=NOW + 2 * HOUR)
    assert revise(now=NOW + 2 * HOUR) == 2
    assert not any(versions for told in groups()[1:] for _, _, versions in told)
    assert revise(THIRD, now=NOW + 3 * HOUR) == 1


def test_what_somebody_muted_is_muted_in_every_version(database, follow, arrive, revise):
    arrive(FIRST)
    follow("diffusion policy revisions:on")
    mutes.mute(database, "T1", "U1", ["robots"], NOW)

    assert revise(SECOND) == 0


def test_the_message_says_which_version_it_is_of(database, follow, arrive, revise, send, workspace):
    arrive(FIRST)
    follow("diffusion policy revisions:on")
    revise(SECOND)

    send(NOW + HOUR)

    [posted] = workspace.posted
    assert posted.message.text.startswith("1 new version on diffusion policy\nv2 of Diffusion")
    assert "v2 of " in str(posted.message.blocks)


def test_a_channels_topic_may_ask_as_well(database, arrive, revise, outbox, follow):
    arrive(FIRST)
    wish = read_wish("diffusion policy revisions:on")
    channel_topics.follow(database, "T1", "C1", wish, by="U1", zone=None, now=NOW)

    assert revise(SECOND) == 1
    assert "with later versions" in str(channel_topics.announcement(outbox()[0].content).blocks)


def test_a_message_of_a_version_follows_votes(database, follow, arrive, revise, send):
    arrive(FIRST)
    follow("diffusion policy revisions:on")
    revise(SECOND)
    send(NOW + HOUR)

    votes.vote(database, "T1", "U1", FIRST.id, Vote.UP, NOW + 2 * HOUR)

    with database.read() as session:
        assert session.scalar(text("SELECT count(*) FROM redraws")) == 1


EVENTS = st.lists(
    st.tuples(st.sampled_from(["follow", "ask", "version", "list", "more"]), st.integers(1, 2)),
    max_size=10,
)


@given(events=EVENTS)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_replacement_never_alerts_anybody_who_did_not_ask(sqlite_database, events):
    tables = (
        "told_versions", "new_versions", "seen", "matches", "subscriptions", "atoms", "queries",
        "deliveries", "listings", "fetches", "versions", "papers",
    )  # fmt: skip
    with sqlite_database.begin() as session:
        for table in tables:
            session.execute(text(f"DELETE FROM {table}"))  # noqa: S608
    now, version, asked = NOW, {1: 1, 2: 1}, dict[str, bool]()
    owed: set[str] = set()
    told: list[tuple[str, str, int]] = []
    for number, (what, which) in enumerate(events):
        now = NOW + number * HOUR
        person, paper = f"U{which}", replace(FIRST, id=f"2606.1000{which}")
        if what in ("follow", "ask"):
            asked[person] = what == "ask"
            wish = Wish("diffusion policy", revisions=asked[person])
            subscriptions.subscribe(sqlite_database, "T1", person, wish, None, now)
        elif what == "list":
            listed = a_batch(replace(paper, version=version[which]))
            ingest.store(sqlite_database, listed, now)
        else:
            version[which] += what == "version"
            later = replace(paper, version=version[which], comment=f"{number} pages")
            ingest.store(sqlite_database, Batch("arxiv", DAY, (), revisions=(later,)), now)
        alerts.build_due(sqlite_database, now)
        with sqlite_database.read() as session:
            new = [each for each in session.scalars(select(DeliveryRow)) if each.id not in owed]
        for each in new:
            groups = each.content["groups"]
            assert what != "version" or asked[each.audience]
            assert what != "more"  # the same version in other words is told to nobody
            assert asked[each.audience] or not any("versions" in one for one in groups)
            told += [
                (each.audience, paper_id, one.get("versions", {}).get(paper_id, 0))
                for one in groups
                for paper_id in one["papers"]
            ]
        owed |= {each.id for each in new}
    assert len(told) == len(set(told))
