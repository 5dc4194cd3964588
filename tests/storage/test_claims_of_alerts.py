"""An alert gives way to digests of its workspace, so that it can say where they showed a paper."""

from datetime import timedelta

import pytest

from bot.domain.delivery import Delivery
from storage import deliveries, digests
from storage.claims import MAKING
from tests import factories
from tests.factories import NOW, a_channel, mark_sent, owe

SOON = NOW + timedelta(seconds=30)


@pytest.fixture
def claim(database):
    """Claim, as a worker of T1 does, `after` the test's morning."""

    def claim(after: timedelta = timedelta()) -> list[Delivery]:
        with database.begin() as session:
            return factories.claim(session, NOW + after)

    return claim


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
        mark_sent(session, digest)
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
        digests.save(session, a_channel(next_due_at=NOW))

    assert claim() == claim(MAKING) == []
    assert kinds(claim(MAKING + timedelta(seconds=1))) == ["alert"]


def test_digests_of_other_workspaces_and_hours_hold_no_alert(database, alert, claim):
    with database.begin() as session:
        digests.save(session, a_channel("T2", next_due_at=NOW))
        digests.save(session, a_channel(channel_id="C2", next_due_at=SOON))
        digests.save(session, a_channel(channel_id="C3", next_due_at=None))

    assert kinds(claim()) == ["alert"]
