"""How far a long list was read."""

from dataclasses import replace
from datetime import timedelta

from storage import harvests
from storage.harvests import Harvest
from tests.factories import DAY, NOW

BEGUN = Harvest("cs.SD", DAY, "token|1001", 1_000, NOW, NOW)


def test_a_list_goes_on_where_it_was_read_to(database):
    later = replace(BEGUN, token="", records=1_500, read_at=NOW + timedelta(minutes=1))
    with database.begin() as session:
        assert harvests.get(session, "cs.SD") is None
        harvests.save(session, BEGUN)
        assert harvests.get(session, "cs.SD") == BEGUN
        harvests.save(session, later)

    with database.read() as session:
        assert harvests.get(session, "cs.SD") == later
        assert harvests.get(session, "cs.HC") is None
