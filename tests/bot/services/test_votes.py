"""Votes are one a person, count for the workspace, and are shown where the paper is."""

from datetime import timedelta

import pytest

from bot.domain.votes import Tally, Vote
from bot.errors import CannotPost
from bot.services import alerts, editions, redraws, votes
from bot.services.library import UnknownPaper
from tests.factories import NOW, a_paper

MINUTE = timedelta(minutes=1)
PAPER = a_paper("2606.10001", "Diffusion policies for dexterous hands")


@pytest.fixture
def stored(database, arrive):
    arrive(PAPER)
    return database


@pytest.fixture
def vote(stored):
    def vote(given: Vote | None, user: str = "U1", now=NOW) -> votes.Voted:
        return votes.vote(stored, "T1", user, PAPER.id, given, now)

    return vote


@pytest.fixture
def draw(stored, workspace):
    """Draw what is due at an instant; the messages that changed."""

    def draw(now=NOW) -> list[str]:
        before = len(workspace.updated)
        redraws.draw_due(stored, {"T1": workspace}, now)
        return [f"{each.channel_id} {each.ts}" for each in workspace.updated[before:]]

    return draw


@pytest.fixture
def posted(stored, switch_on, send):
    """The paper stands in C1's digest."""
    switch_on()
    editions.make_due(stored, NOW)
    send()


def test_a_vote_goes_from_up_to_down_to_none(vote):
    up, down, none = vote(Vote.UP), vote(Vote.DOWN), vote(None)

    assert (up.tally, up.before) == (Tally(1, 0), None)
    assert (down.tally, down.before) == (Tally(0, 1), Vote.UP)
    assert (none.tally, none.before) == (Tally(0, 0), Vote.DOWN)


def test_the_same_vote_twice_is_one(vote):
    vote(Vote.UP)
    again = vote(Vote.UP)

    assert (again.tally, again.before) == (Tally(1, 0), Vote.UP)


def test_another_workspace_votes_for_itself(stored, vote):
    vote(Vote.UP)

    theirs = votes.vote(stored, "T2", "U1", PAPER.id, Vote.DOWN, NOW)

    assert theirs.tally == Tally(0, 1)


def test_a_paper_that_is_not_stored_has_no_votes(stored):
    with pytest.raises(UnknownPaper):
        votes.vote(stored, "T1", "U1", "2606.99999", Vote.UP, NOW)


def test_a_vote_on_what_no_message_shows_draws_nothing(vote, draw):
    vote(Vote.UP)

    assert draw() == []


def test_the_channels_digest_shows_the_vote_at_once(posted, vote, draw, workspace):
    vote(Vote.UP)

    assert draw() == ["C1 1.000001"]
    [redrawn] = workspace.updated
    assert "👍 1" in str(redrawn.message.blocks)


def test_many_votes_within_a_minute_are_two_drawings(posted, vote, draw, workspace):
    for number in range(6):
        vote(Vote.UP, f"U{number}", NOW + number * timedelta(seconds=5))
        draw(NOW + number * timedelta(seconds=5))

    draw(NOW + 2 * MINUTE)

    assert len(workspace.updated) == 2
    assert "👍 6" in str(workspace.updated[-1].message.blocks)


def test_pressing_the_same_button_again_draws_nothing(posted, vote, draw):
    vote(Vote.UP)
    draw()
    vote(Vote.UP, now=NOW + 2 * MINUTE)

    assert draw(NOW + 9 * MINUTE) == []


def test_ones_own_alert_shows_the_vote_and_nobody_elses_does(
    database, follow, arrive, send, vote, draw
):
    for user in ("U1", "U2"):
        follow("diffusion policies", user)
    arrive(a_paper("2606.10002", PAPER.title))
    alerts.build_due(database, NOW)
    send()

    votes.vote(database, "T1", "U2", "2606.10002", Vote.DOWN, NOW)

    [changed] = draw()
    assert changed.startswith("DU2 ")


def test_what_slack_does_not_take_is_drawn_later(posted, vote, draw, workspace):
    vote(Vote.UP)
    workspace.refuse("update", CannotPost("ratelimited", retry_after=30))

    assert draw() == []
    assert draw(NOW + timedelta(seconds=29)) == []
    assert draw(NOW + timedelta(seconds=30)) == ["C1 1.000001"]


@pytest.mark.parametrize(
    "refusals",
    [
        [CannotPost("message_not_found", permanent=True)],
        [CannotPost("fatal_error", ambiguous=True)] * redraws.MAX_ATTEMPTS,
    ],
)
def test_a_message_that_cannot_be_changed_is_left_alone(posted, vote, draw, workspace, refusals):
    vote(Vote.UP)
    workspace.refuse("update", *refusals)
    for hour in range(9):
        draw(NOW + hour * timedelta(hours=1))

    assert workspace.updated == []
