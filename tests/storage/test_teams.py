"""No workspace ever sees or changes a row of another."""

import inspect
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.delivery import SLACK_PACES, State
from bot.domain.digest import DAILY
from bot.domain.subscription import Subscription, Wish
from bot.domain.votes import Vote
from storage import (
    claims,
    contents,
    deliveries,
    digests,
    editions,
    feedback,
    library,
    mutes,
    new_versions,
    rates,
    readers,
    redraws,
    round_ups,
    seen,
    subscriptions,
    undo,
    verdicts,
)
from storage.models import DeliveryRow
from tests.factories import DAY, NOW, claim, mark_sent

SECOND = timedelta(seconds=1)
PAPERS = ["2606.00001", "2606.00002"]  # the first was shown in T1, the second in T2
Ask = Callable[[Session, str], Any]


def _edition(session: Session, team: str) -> list[str]:
    """The reasons in those of the first two editions that a team can get."""
    found = []
    for number in (1, 2):
        try:
            found.append(editions.get(session, team, number).picks[0].reason)
        except KeyError:
            continue
    return found


def _unseen(session: Session, team: str) -> list[list[str]]:
    """What every subscription would show, asked for in the name of a team."""
    all_of_them = [
        each for owner in ("T1", "T2") for each in subscriptions.of_audience(session, owner, "U1")
    ]
    return [
        subscriptions.unseen_matches(session, replace(each, team_id=team)) for each in all_of_them
    ]


def _of(session: Session, team: str) -> list[Subscription]:
    return subscriptions.of_audience(session, team, "U1")


def _channels(session: Session, team: str) -> list[str]:
    for owner, channel in (("T1", "C1"), ("T2", "C2")):
        wish = Wish("a channel's topic")
        subscriptions.save(session, owner, channel, wish, ["a"], created_by="U1", now=NOW)
    return subscriptions.channels_of(session, team, "U1")


def _fail_and_ask(session: Session, team: str) -> str | None:
    for each in claim(session, teams={"T1", "T2"}):
        deliveries.park(session, each, State.DEAD, f"of {each.team_id}")
    return deliveries.last_error(session, team)


def _parked(session: Session, team: str) -> list[str]:
    _fail_and_ask(session, team)
    return [each.reason for each in deliveries.parked(session, team, 9)]


def _stopped(session: Session, team: str) -> str | None:
    for each in ("T1", "T2"):
        rates.stop(session, each, f"of {each}", NOW, SLACK_PACES.workspace, NOW)
    found = rates.stopped(session, team)
    assert rates.stopped_among(session, [team]) == ({team: found} if found else {})
    return found and found.reason


def _send(session: Session) -> None:
    for each in claim(session, teams={"T1", "T2"}):
        mark_sent(session, each, "C1", f"of {each.team_id}")


def _in_channels(session: Session, team: str) -> list[tuple[str, str]]:
    _send(session)
    return [(each.paper_id, each.ts) for each in seen.in_channels(session, team, PAPERS)]


def _in_own_digest(session: Session, team: str) -> list[tuple[str, str]]:
    _send(session)
    found = seen.in_own_digest(session, team, "C1", PAPERS)
    return [(each.paper_id, each.ts) for each in found]


def _shown_by(session: Session, team: str) -> list[int]:
    _send(session)
    return [len(seen.shown_by(session, team, "U1", paper_id)) for paper_id in PAPERS]


def _posted(session: Session, team: str) -> list[str]:
    found = []
    for each in claim(session, teams={"T1", "T2"}):
        mark_sent(session, each, f"C of {each.team_id}")
        try:
            found.append(deliveries.posted(session, team, each.id)[1])
        except KeyError:
            continue
    return found


def _waiting(session: Session, team: str) -> list[bool]:
    every = [each.id for each in session.scalars(select(DeliveryRow).order_by(DeliveryRow.team_id))]
    return [contents.is_waiting(session, team, each) for each in every]


def _untold(session: Session, team: str) -> list[dict[str, int]]:
    both = [each for owner in ("T1", "T2") for each in _of(session, owner)]
    return [new_versions.untold(session, replace(each, team_id=team)) for each in both]


def _showing(session: Session, team: str) -> list[Any]:
    _send(session)
    found = [seen.showing(session, team, "C1", paper_id) for paper_id in PAPERS]
    return [each and each.content for each in found]


# How to ask, and the answers for T1, T2 and T3, which has nothing.
READS: dict[str, tuple[Ask, Any, Any, Any]] = {
    "claims.claim": (
        lambda s, team: [each.content for each in claim(s, teams={team})],
        [{"of": "T1"}], [{"of": "T2"}], [],
    ),
    "digests.channel_is_due": (
        lambda s, team: digests.channel_is_due(s, team, NOW), True, True, False,
    ),
    "digests.hold": (
        lambda s, team: (found := digests.hold(s, team, "C1")) and found.size, 3, 7, None,
    ),
    "digests.get": (
        lambda s, team: (found := digests.get(s, team, "C1")) and found.size, 3, 7, None,
    ),
    "digests.switched_on": (
        lambda s, team: [each.size for each in digests.switched_on(s, team)], [3], [7], [],
    ),
    "contents.is_waiting": (_waiting, [True, False], [False, True], [False, False]),
    "new_versions.untold": (_untold, [{PAPERS[0]: 2}, {}], [{}, {PAPERS[1]: 2}], [{}, {}]),
    "deliveries.content": (
        lambda s, team: [
            deliveries.content(s, team, "C1", each.id)
            for each in claim(s, teams={"T1", "T2"})
            if each.team_id == "T1"
        ],
        [{"of": "T1"}], [None], [None],
    ),
    "deliveries.counts": (deliveries.counts, {State.PENDING: 1}, {State.PENDING: 1}, {}),
    "deliveries.last_error": (_fail_and_ask, "of T1", "of T2", None),
    "deliveries.parked": (_parked, ["of T1"], ["of T2"], []),
    "editions.count_on": (lambda s, team: editions.count_on(s, team, "C1", DAY), 1, 1, 0),
    "editions.exists": (
        lambda s, team: editions.exists(s, team, "C1", DAY, DAILY), True, True, False,
    ),
    "editions.get": (_edition, ["for T1"], ["for T2"], []),
    "editions.last": (
        lambda s, team: (found := editions.last(s, team, "C1")) and found.picks[0].reason,
        "for T1", "for T2", None,
    ),
    "editions.made_since": (
        lambda s, team: editions.made_since(s, team, "C1", NOW), [(NOW, DAY)], [(NOW, DAY)], [],
    ),
    "round_ups.awake": (
        lambda s, team: [each.weekday for each in round_ups.awake(s, team)], [3], [0], [],
    ),
    "round_ups.of_channel": (
        lambda s, team: [each.weekday for each in round_ups.of_channel(s, team, "C1")],
        [3], [0], [],
    ),
    "rates.stopped": (_stopped, "of T1", "of T2", None),
    "rates.stopped_among": (_stopped, "of T1", "of T2", None),
    "deliveries.posted": (_posted, ["C of T1"], ["C of T2"], []),
    "feedback.of_person": (
        lambda s, team: [feedback.of_person(s, team, "U1", each) for each in PAPERS],
        [Vote.UP, None], [None, Vote.UP], [None, None],
    ),
    "feedback.tallies": (
        lambda s, team: list(feedback.tallies(s, team, PAPERS)), PAPERS[:1], PAPERS[1:], [],
    ),
    "library.count": (lambda s, team: library.count(s, team, "U1"), 1, 1, 0),
    "library.page": (
        lambda s, team: [each.paper_id for each in library.page(s, team, "U1", 0, 9)],
        PAPERS[:1], PAPERS[1:], [],
    ),
    "library.savers": (
        lambda s, team: list(library.savers(s, team, PAPERS)), PAPERS[:1], PAPERS[1:], [],
    ),
    "mutes.of_person": (
        lambda s, team: [each.text for each in mutes.of_person(s, team, "U1")],
        ["word of t1"], ["word of t2"], [],
    ),
    "readers.get": (
        lambda s, team: readers.get(s, team, "U1").dm_channel_id, "DT1", "DT2", None,
    ),
    "redraws.claim": (
        lambda s, team: (found := redraws.claim(s, NOW, teams={team})) and found.team_id,
        "T1", "T2", None,
    ),
    "seen.shown_by": (_shown_by, [1, 0], [0, 1], [0, 0]),
    "verdicts.of_channel": (
        lambda s, team: [each.paper_id for each in verdicts.of_channel(s, team, "C1", NOW)],
        PAPERS[:1], PAPERS[1:], [],
    ),
    "seen.among": (
        lambda s, team: seen.among(s, team, "C1", PAPERS), {PAPERS[0]}, {PAPERS[1]}, set(),
    ),
    "seen.by_any": (
        lambda s, team: seen.by_any(s, team, ["C1"], PAPERS), {PAPERS[0]}, {PAPERS[1]}, set(),
    ),
    "seen.channels": (seen.channels, {"C1"}, {"C1"}, set()),
    "seen.in_own_digest": (_in_own_digest, [(PAPERS[0], "of T1")], [(PAPERS[1], "of T2")], []),
    "seen.in_channels": (_in_channels, [(PAPERS[0], "of T1")], [(PAPERS[1], "of T2")], []),
    "seen.showing": (_showing, [{"of": "T1"}, None], [None, {"of": "T2"}], [None, None]),
    "subscriptions.channels_of": (_channels, ["C1"], ["C2"], []),
    "subscriptions.of_audience": (
        lambda s, team: [each.wish.text for each in subscriptions.of_audience(s, team, "U1")],
        ["topic of t1"], ["topic of t2"], [],
    ),
    "subscriptions.planned": (
        lambda s, team: [
            subscriptions.plan(s, {each.id: NOW for each in _of(s, "T1") + _of(s, "T2")}),
            *(each.wish.text for each in subscriptions.planned(s, team, "U1", NOW - SECOND)),
        ],
        [None, "topic of t1"], [None, "topic of t2"], [None],
    ),
    "subscriptions.last_told": (
        lambda s, team: subscriptions.last_told(s, team, "C1", NOW, NOW + SECOND), NOW, NOW, None,
    ),
    "subscriptions.unseen_matches": (_unseen, [[PAPERS[0]], []], [[], [PAPERS[1]]], [[], []]),
}  # fmt: skip
# They put rows under the team they are given, or take them away: `two_teams` and the last test.
WRITES = {
    "contents.drop",
    "contents.rename",
    "new_versions.mark",
    "deliveries.hurry",
    "deliveries.queue",
    "rates.resume",
    "rates.stop",
    "feedback.take_back",
    "feedback.vote",
    "library.remove",
    "library.save",
    "mutes.add",
    "mutes.hold_back",
    "mutes.let_through",
    "mutes.remove",
    "readers.learn_zone",
    "readers.set_hour",
    "readers.set_quiet",
    "readers.set_zone",
    "redraws.ask",
    "round_ups.put",
    "seen.add",
    "seen.tell",
    "subscriptions.pause",
    "subscriptions.remove",
    "subscriptions.save",
    "undo.note",
    "verdicts.give",
    "verdicts.take_back",
}


@pytest.mark.parametrize("name", READS)
def test_a_workspace_is_answered_with_its_own_rows_only(two_teams, name):
    ask, *answers = READS[name]

    for team, answer in zip(("T1", "T2", "T3"), answers, strict=True):
        with two_teams.begin() as session:
            assert ask(session, team) == answer
            session.rollback()


def test_every_function_that_takes_a_workspace_is_asked_above():
    modules = (
        *(claims, contents, deliveries, digests, editions, feedback, library, mutes),
        *(new_versions, rates, readers, redraws, round_ups, seen, subscriptions, undo, verdicts),
    )
    take_one = {
        f"{module.__name__.removeprefix('storage.')}.{name}"
        for module in modules
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
        if {"team_id", "teams", "subscription"} & set(inspect.signature(function).parameters)
    }

    assert take_one == READS.keys() | WRITES


def test_removing_in_the_name_of_another_workspace_removes_nothing(two_teams):
    with two_teams.begin() as session:
        theirs = [each.id for each in subscriptions.of_audience(session, "T2", "U1")]
        subscriptions.remove(session, "T1", "U1", theirs)

        assert len(subscriptions.of_audience(session, "T2", "U1")) == 1


def test_pausing_in_the_name_of_another_workspace_pauses_nothing(two_teams):
    with two_teams.begin() as session:
        [theirs] = subscriptions.of_audience(session, "T2", "U1")
        subscriptions.pause(session, "T1", "U1", {theirs.id: NOW})

        assert subscriptions.of_audience(session, "T2", "U1") == [theirs]


def test_hurrying_or_resuming_another_workspace_changes_nothing_here(two_teams):
    later = NOW + SECOND
    with two_teams.begin() as session:
        for each in claim(session, teams={"T1", "T2"}):
            deliveries.retry(session, each, due_at=later, error="late", ambiguous=False)
            rates.stop(session, each.team_id, "token_revoked", later, SLACK_PACES.workspace, NOW)

        deliveries.hurry(session, "T2", NOW)
        rates.resume(session, "T2")

        assert rates.stopped(session, "T1")
        assert [each.team_id for each in claim(session, teams={"T1", "T2"})] == ["T2"]


def test_renaming_a_paper_of_another_workspaces_message_changes_nothing(two_teams):
    with two_teams.begin() as session:
        [theirs] = claim(session, teams={"T2"})
        contents.rename(session, "T1", theirs.id, PAPERS[1], PAPERS[0])
        contents.drop(session, "T1", theirs.id, PAPERS[1])

        assert deliveries.content(session, "T2", "C1", theirs.id) == theirs.content


def test_round_ups_put_for_another_workspace_change_nothing_here(two_teams):
    with two_teams.begin() as session:
        round_ups.put(session, "T1", "C1", [])
        undo.note(session, "T1", "C1")

        assert round_ups.of_channel(session, "T1", "C1") == ()
        assert len(round_ups.of_channel(session, "T2", "C1")) == 1
        theirs = digests.get(session, "T2", "C1")
        assert theirs is not None
        before = undo.before(session, theirs, 1)
        assert before is not None
        assert before.digest is None


def test_forgetting_in_the_name_of_another_workspace_forgets_nothing(two_teams):
    with two_teams.begin() as session:
        [theirs] = mutes.of_person(session, "T2", "U1")
        mutes.remove(session, "T1", "U1", [theirs.id])
        mutes.let_through(session, "T1", "U1", [theirs.id], NOW)
        feedback.take_back(session, "T1", "U1", PAPERS[1])

        assert library.remove(session, "T1", "U1", PAPERS[1]) is None
        assert not verdicts.take_back(session, "T1", "C1", PAPERS[1])
        assert mutes.of_person(session, "T2", "U1") == [theirs]
        assert feedback.of_person(session, "T2", "U1", PAPERS[1]) is Vote.UP
