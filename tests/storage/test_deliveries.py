"""The outbox: owed once, and what becomes of an attempt."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from bot.domain.delivery import Delivery, State
from storage import channels, deliveries
from storage.deliveries import LEASE, MAKING
from tests.factories import NOW, a_channel, owe

SOON = NOW + timedelta(seconds=30)


@pytest.fixture
def claim(database):
    """Claim, as a worker of T1 does, `after` the test's morning."""

    def claim(after: timedelta = timedelta()) -> list[Delivery]:
        with database.begin() as session:
            return deliveries.claim(session, NOW + after, teams={"T1"}, limit=10)

    return claim


@pytest.fixture
def claimed(database, claim) -> Delivery:
    with database.begin() as session:
        owe(session)
    return claim()[0]


def test_a_message_is_owed_once(database):
    with database.begin() as session:
        owe(session, dedup_key="digest:1")
        assert deliveries.is_queued(session, "digest:1")
        assert not deliveries.is_queued(session, "digest:2")

    with pytest.raises(IntegrityError), database.begin() as session:
        owe(session, dedup_key="digest:1", due_at=SOON)


def test_what_was_sent_cannot_be_owed_again(database, claimed):
    with database.begin() as session:
        deliveries.mark_sent(session, claimed, "C1", "1.1")
        assert deliveries.is_queued(session, "digest:T1")

    with pytest.raises(IntegrityError), database.begin() as session:
        owe(session)


def test_a_claim_says_what_is_owed_to_whom(database, claim):
    with database.begin() as session:
        delivery_id = owe(session, kind="alert", audience="U7", content={"groups": [1]})

    assert claim() == [
        Delivery(
            id=delivery_id,
            team_id="T1",
            kind="alert",
            audience="U7",
            content={"groups": [1]},
            fence=1,
            attempts=0,
            ambiguous=False,
            first_attempt_at=NOW,
            channel_id=None,
        )
    ]


def test_a_message_that_was_sent_is_done(database, claimed, claim):
    with database.begin() as session:
        assert deliveries.mark_sent(session, claimed, "C1", "1.1")
        assert deliveries.counts(session, "T1") == {State.SENT: 1}
        assert deliveries.last_error(session, "T1") is None

    assert claim(LEASE * 10) == []


def test_a_refused_message_comes_again_when_it_is_due_and_not_before(database, claimed, claim):
    with database.begin() as session:
        assert deliveries.retry(session, claimed, due_at=SOON, error="ratelimited", ambiguous=False)
        assert deliveries.last_error(session, "T1") == "ratelimited"

    assert claim(timedelta(seconds=29)) == []
    [again] = claim(timedelta(seconds=30))

    assert (again.attempts, again.fence, again.ambiguous) == (1, 2, False)
    assert again.first_attempt_at == claimed.first_attempt_at


def test_an_attempt_that_may_have_arrived_is_remembered_as_such(database, claimed, claim):
    with database.begin() as session:
        deliveries.retry(session, claimed, due_at=SOON, error="no answer", ambiguous=True)

    assert claim(timedelta(minutes=1))[0].ambiguous


def test_a_message_sent_after_a_refusal_leaves_no_error_behind(database, claimed, claim):
    with database.begin() as session:
        deliveries.retry(session, claimed, due_at=SOON, error="no answer", ambiguous=True)
    [again] = claim(timedelta(minutes=1))

    with database.begin() as session:
        assert deliveries.mark_sent(session, again, "C1", "1.1")
        assert deliveries.last_error(session, "T1") is None


@pytest.mark.parametrize("state", [State.DEAD, State.HELD])
def test_a_parked_message_is_never_tried_again_and_says_why(database, claimed, claim, state):
    with database.begin() as session:
        assert deliveries.park(session, claimed, state, "is_archived")
        assert deliveries.counts(session, "T1") == {state: 1}
        assert deliveries.last_error(session, "T1") == "is_archived"

    assert claim(LEASE * 10) == []


def test_the_error_shown_is_that_of_the_message_tried_last(database):
    with database.begin() as session:
        for number, error in enumerate(("older", "newer")):
            owe(session, dedup_key=f"digest:{number}")
            [delivery] = deliveries.claim(
                session, NOW + timedelta(minutes=number), teams={"T1"}, limit=1
            )
            deliveries.park(session, delivery, State.DEAD, error)

        assert deliveries.last_error(session, "T1") == "newer"


def test_states_are_counted(database, claimed):
    with database.begin() as session:
        owe(session, dedup_key="digest:2")
        deliveries.park(session, claimed, State.DEAD, "is_archived")

        assert deliveries.counts(session, "T1") == {State.PENDING: 1, State.DEAD: 1}


@pytest.mark.parametrize(
    ("team_id", "audience", "is_theirs"),
    [("T1", "C1", True), ("T2", "C1", False), ("T1", "U1", False)],
    ids=["theirs", "another workspace", "another audience"],
)
def test_the_content_of_a_message_is_for_its_audience(
    database, claimed, team_id, audience, is_theirs
):
    with database.read() as session:
        found = deliveries.content(session, team_id, audience, claimed.id)

    assert found == (claimed.content if is_theirs else None)


def test_what_a_message_is_about_may_change_while_it_is_claimed(database, claimed, claim):
    with database.begin() as session:
        deliveries.amend(session, claimed, {"edition": 2})

    with database.read() as session:
        assert deliveries.content(session, "T1", "C1", claimed.id) == {"edition": 2}
    [again] = claim(LEASE)
    with database.begin() as session:
        deliveries.amend(session, claimed, {"edition": 3})  # its lease ran out
    with database.read() as session:
        assert deliveries.content(session, "T1", "C1", again.id) == {"edition": 2}


# -- alerts give way to digests -------------------------------------------------------------------


@pytest.fixture
def alert(database) -> str:
    with database.begin() as session:
        return owe(session, kind="alert", audience="U1", dedup_key="alert:1")


def kinds(found):
    return [each.kind for each in found]


def test_an_alert_waits_until_the_digests_of_its_workspace_are_sent(database, alert, claim):
    with database.begin() as session:
        owe(session, dedup_key="digest:1")
        owe(session, "T2", dedup_key="digest:2")

    [digest] = claim()
    assert digest.kind == "digest"
    assert claim() == []  # it is being sent
    with database.begin() as session:
        deliveries.mark_sent(session, digest, "C1", "1.1")
    assert kinds(claim()) == ["alert"]


def test_an_alert_does_not_wait_for_a_digest_that_was_refused(database, alert, claim):
    with database.begin() as session:
        owe(session, dedup_key="digest:1")
    [digest] = claim()
    with database.begin() as session:
        deliveries.retry(session, digest, due_at=NOW, error="something_new", ambiguous=False)

    assert sorted(kinds(claim())) == ["alert", "digest"]


def test_an_alert_does_not_wait_for_a_digest_of_later(database, alert, claim):
    with database.begin() as session:
        owe(session, dedup_key="digest:1", due_at=SOON)

    assert kinds(claim()) == ["alert"]


def test_an_alert_waits_a_minute_for_a_digest_that_is_due_and_not_made(database, alert, claim):
    with database.begin() as session:
        channels.save(session, a_channel(next_due_at=NOW))

    assert claim() == claim(MAKING) == []
    assert kinds(claim(MAKING + timedelta(seconds=1))) == ["alert"]


def test_digests_of_other_workspaces_and_hours_hold_no_alert(database, alert, claim):
    with database.begin() as session:
        channels.save(session, a_channel("T2", next_due_at=NOW))
        channels.save(session, a_channel(channel_id="C2", next_due_at=SOON))
        channels.save(session, a_channel(channel_id="C3", next_due_at=None))

    assert kinds(claim()) == ["alert"]
