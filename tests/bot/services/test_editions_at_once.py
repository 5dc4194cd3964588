"""Many workers tick at the same moment: each digest is made once."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.paper import Batch
from bot.services import editions, ingest
from storage import digests
from tests.factories import NOW, a_batch, a_channel, papers

ROOT = Path(__file__).parents[3]
WORKER = """
import sys
from datetime import datetime
from bot.services import editions
from storage.database import Database

database = Database(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
print(editions.make_due(database, datetime.fromisoformat(sys.argv[2])))
database.close()
"""


@pytest.fixture
def due(database) -> Batch:
    """Three channels whose digest is due, and a list that was just read."""
    batch = a_batch(*papers(20))
    ingest.store(database, batch, NOW)
    with database.begin() as session:
        for channel_id in ("C1", "C2", "C3"):
            digests.save(session, a_channel(channel_id=channel_id))
    return batch


@pytest.mark.usefixtures("due")
def test_ten_threads_make_one_edition_for_each_channel(database, at_once, outbox):
    made = at_once(10, lambda: editions.make_due(database, NOW))

    assert sum(made) == 3
    assert sorted(each.audience for each in outbox()) == ["C1", "C2", "C3"]


@pytest.mark.usefixtures("due")
def test_two_processes_make_one_edition_for_each_channel(database, outbox):
    command = [sys.executable, "-c", WORKER, database.url, NOW.isoformat()]
    workers = [
        subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    for worker in workers:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "ready\n"

    made = [int(worker.communicate("go\n", timeout=60)[0]) for worker in workers]

    assert sum(made) == 3
    assert sorted(each.audience for each in outbox()) == ["C1", "C2", "C3"]


@pytest.mark.usefixtures("due")
def test_two_people_who_ask_for_a_digest_now_get_different_papers(database, at_once):
    at_once(2, lambda: editions.post_now(database, "T1", "C1", NOW))

    last = editions.last_edition(database, "T1", "C1")
    assert last is not None
    assert last.slot == "now-2"


@pytest.mark.usefixtures("due")
def test_a_digest_now_beside_the_daily_one_repeats_no_paper(database, at_once, outbox):
    work = iter(
        [
            lambda: editions.make_due(database, NOW),
            lambda: editions.post_now(database, "T1", "C1", NOW),
        ]
    )

    at_once(2, lambda: next(work)())
    editions.make_due(database, NOW + timedelta(seconds=1))

    assert len([each for each in outbox() if each.audience == "C1"]) == 2
