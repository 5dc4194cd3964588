"""Somebody with a digest of their own, and a channel beside it."""

from datetime import datetime

import pytest

from bot.services import digests, editions, personal_editions
from storage import digests as stored_digests
from tests.factories import NOW, a_channel


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
