"""The outbox: owed once, and what becomes of an attempt."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from bot.domain.delivery import Delivery, State
from storage import deliveries
from storage.claims import LEASE
from storage.deliveries import Parked, Sent
from storage.models import DeliveryRow
from tests import factories
from tests.factories import NOW, mark_sent, owe

SOON = NOW + timedelta(seconds=30)


@pytest.fixture
def claim(database):
    """Claim, as a worker of T1 does, `after` the test's morning."""

    def claim(after: timedelta = timedelta()) -> list[Delivery]:
        with database.begin() as session:
            return factories.claim(session, NOW + after)

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
        mark_sent(session, claimed)
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
        assert mark_sent(session, claimed)
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
        assert mark_sent(session, again)
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
            [delivery] = factories.claim(session, NOW + timedelta(minutes=number))
            deliveries.park(session, delivery, State.DEAD, error)

        assert deliveries.last_error(session, "T1") == "newer"


def test_a_message_that_was_sent_in_another_form_says_why(database, claimed):
    with database.begin() as session:
        assert mark_sent(session, claimed, error="invalid_blocks")

        assert deliveries.counts(session, "T1") == {State.SENT: 1}
        assert deliveries.last_error(session, "T1") == "invalid_blocks"


def test_many_are_marked_at_once_and_only_those_that_still_count(database):
    with database.begin() as session:
        for number in range(3):
            due_at = NOW - timedelta(minutes=3 - number)
            owe(session, dedup_key=f"digest:{number}", audience=f"C{number}", due_at=due_at)
        first, second, third = factories.claim(session)
        deliveries.park(session, second, State.DEAD, "is_archived")
        [again] = factories.claim(session, NOW + LEASE, limit=1)
        assert again.id == first.id

        sent = [Sent(each, each.audience, f"{each.audience}.1") for each in (first, third)]
        assert deliveries.mark_sent(session, sent) == 1
        assert deliveries.mark_sent(session, []) == 0

        assert deliveries.counts(session, "T1") == {
            State.SENDING: 1,
            State.DEAD: 1,
            State.SENT: 1,
        }
        found = session.get_one(DeliveryRow, third.id, populate_existing=True)
        assert (found.channel_id, found.ts, found.lease_until) == ("C2", "C2.1", None)


def test_states_are_counted(database, claimed):
    with database.begin() as session:
        owe(session, dedup_key="digest:2")
        owe(session, dedup_key="digest:3", audience="C3")
        deliveries.park(session, claimed, State.DEAD, "is_archived")
        assert deliveries.counts(session, "T1") == {State.PENDING: 2, State.DEAD: 1}

        [lent] = factories.claim(session, limit=1)
        assert deliveries.counts(session, "T1")[State.SENDING] == 1
        deliveries.retry(session, lent, due_at=SOON, error="late", ambiguous=False)
        assert deliveries.counts(session, "T1") == {
            State.PENDING: 1,
            State.RETRY: 1,
            State.DEAD: 1,
        }


def test_what_is_parked_is_listed_the_latest_first(database):
    with database.begin() as session:
        for number, state in enumerate((State.DEAD, State.HELD, State.SENT)):
            owe(session, dedup_key=f"digest:{number}", audience=f"C{number}")
            at = NOW + timedelta(minutes=number)
            [delivery] = factories.claim(session, at)
            if state is State.SENT:
                mark_sent(session, delivery)
            else:
                deliveries.park(session, delivery, state, f"reason {number}")

        dead = Parked("digest", "C0", State.DEAD, NOW, "reason 0")
        held = Parked("digest", "C1", State.HELD, NOW + timedelta(minutes=1), "reason 1")
        assert deliveries.parked(session, "T1", 9) == [held, dead]
        assert deliveries.parked(session, "T1", 1) == [held]


def test_what_is_hurried_is_due_at_once(database, claimed, claim):
    with database.begin() as session:
        owe(session, dedup_key="digest:2", audience="C2", due_at=SOON)
        deliveries.retry(session, claimed, due_at=SOON, error="token_revoked", ambiguous=False)

        deliveries.hurry(session, "T1", NOW)

    assert len(claim()) == 2


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
