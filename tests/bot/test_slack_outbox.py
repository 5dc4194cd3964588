"""The outbox against a Slack that fails first: one message arrives, and one only."""

from datetime import timedelta

import pytest

from bot.domain.delivery import State
from bot.services import deliver
from storage.database import Database
from storage.models import DeliveryRow
from tests.factories import NOW, owe


@pytest.mark.parametrize(
    "fault",
    [
        {"retry_after": 7},
        {"status": 500},
        {"status": 500, "after": True},
        {"drop_reply": True},
        {"error": "fatal_error"},
    ],
    ids=["429", "500 before", "500 after", "dropped reply", "fatal error"],
)
@pytest.mark.parametrize("audience", ["papers", "ana"])
def test_one_message_arrives_whatever_slack_does_first(
    sqlite_database: Database, workspace, doors, audience, fault
):
    with sqlite_database.begin() as session:
        owe(
            session,
            doors.team,
            kind="welcome",
            audience=doors.ids[audience],
            content={},
        )
    doors.fail("chat.postMessage", **fault)
    for hour in range(3):
        now = NOW + timedelta(hours=hour)
        deliver.deliver_due(sqlite_database, {doors.team: workspace}, now)

    with sqlite_database.read() as session:
        row = session.query(DeliveryRow).one()
    channel = audience if audience == "papers" else row.channel_id
    [message] = doors.messages(channel)
    assert (row.state, row.ts) == (State.SENT, message["ts"])
