"""`papers import`: files come in as if they had been read, and subscribers hear of them."""

import gzip
import json
import lzma
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot import stores
from bot.app import utc_now
from bot.config import read_settings
from bot.domain.subscription import read_wish
from bot.services import status, subscriptions
from storage.database import Database
from tests.hugging_face import an_entry

DAYS = ("2026-06-25", "2026-06-26")
REPLIES = Path(__file__).parents[1] / "replies"
RECORDED = Path(__file__).parents[2].parent / "shared" / "data"

recorded = pytest.mark.skipif(
    not RECORDED.is_dir(), reason="the recorded lists (../shared/data) are not here"
)
pytestmark = pytest.mark.usefixtures("no_settings")


@pytest.fixture
def database(no_settings: None) -> Iterator[Database]:
    """What the command reads and writes."""
    with closing(stores.open_database(read_settings())) as opened:
        yield opened


@pytest.fixture
def day_file(tmp_path: Path) -> Callable[..., str]:
    """A recorded day with two papers, plain or packed as its name says; its path."""

    def write(day: str, ending: str = "", *titles: str) -> str:
        number = int(day[-2:])
        entries = [
            an_entry(f"2606.{number:03d}{place:02d}", title, day)
            for place, title in enumerate(titles or ("Kettles that learn", "Quiet bells"))
        ]
        body = json.dumps(entries).encode()
        packed = {"": bytes, ".gz": gzip.compress, ".xz": lzma.compress}[ending](body)
        path = tmp_path / f"{day}.json{ending}"
        path.write_bytes(packed)
        return str(path)

    return write


@pytest.fixture
def kettles(database: Database) -> None:
    """Ana has followed kettles since yesterday."""
    since, zone = utc_now() - timedelta(days=1), ZoneInfo("UTC")
    subscriptions.subscribe(database, "T1", "U1", read_wish("kettles"), zone, since)


def owed(database: Database) -> int:
    return sum(status.status(database, "T1", now=utc_now()).owed.values())


@pytest.mark.parametrize("ending", ["", ".gz", ".xz"])
def test_a_day_comes_in_plain_or_packed(papers, day_file, ending):
    ran = papers("import", day_file(DAYS[0], ending))

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "2 entries from 1 files, 2 listings new, 0 problems",
        "alerts queued: 0",
    ]
    assert "Kettles that learn" in papers("search", "kettles").out


def test_importing_the_same_again_changes_nothing(papers, day_file, kettles, database):
    paths = [day_file(day) for day in DAYS]
    papers("import", *paths)
    before = owed(database)
    ran = papers("import", *paths)

    assert "4 entries from 2 files, 0 listings new, 0 problems" in ran.out
    assert "alerts queued: 0" in ran.out
    assert owed(database) == before == 1


def test_a_subscriber_is_told_in_one_message_whatever_the_papers_dates(papers, day_file, kettles):
    ran = papers("import", *(day_file(day) for day in ("2024-03-01", "2026-06-25")))

    assert "alerts queued: 1" in ran.out


def test_a_paper_that_nobody_follows_queues_nothing(papers, day_file, kettles):
    assert "alerts queued: 0" in papers("import", day_file(DAYS[0], "", "Quiet bells")).out


def test_a_backfill_tells_nobody_then_or_later(papers, day_file, kettles, database):
    path = day_file(DAYS[0])

    assert "alerts queued: 0" in papers("import", "--no-alerts", path).out
    assert "alerts queued: 0" in papers("import", path).out
    assert owed(database) == 0


def test_a_corrupt_file_names_itself_and_the_good_one_beside_it_lands(papers, day_file, tmp_path):
    good = day_file(DAYS[0], ".gz")
    corrupt = tmp_path / "2026-06-24.json.gz"
    corrupt.write_bytes(Path(good).read_bytes()[:-20])
    ran = papers("import", str(corrupt), good)

    [problem] = ran.err.splitlines()
    assert ran.code == 1
    assert problem.startswith("2026-06-24.json.gz: ")
    assert "2 entries from 2 files, 2 listings new, 1 problems" in ran.out
    assert papers("search", "kettles").out.endswith("1 of 1 found\n")


def test_an_entry_that_cannot_be_read_is_named_and_the_others_land(papers, tmp_path):
    path = tmp_path / "2026-06-26.json"
    nameless = an_entry("2606.00002", "", "2026-06-26")
    nameless["title"] = ""
    path.write_text(json.dumps([an_entry("2606.00001", "Kettles", "2026-06-26"), nameless, 7]))
    ran = papers("import", str(path))

    assert ran.code == 1
    assert len(ran.err.splitlines()) == 2
    assert all(line.startswith("2026-06-26.json: ") for line in ran.err.splitlines())
    assert "2606.00002" in ran.err
    assert "1 entries from 1 files, 1 listings new, 2 problems" in ran.out


@pytest.mark.parametrize("name", ["nowhere.json", "."])
def test_a_file_that_is_not_there_is_said_by_name(papers, tmp_path, name):
    ran = papers("import", str(tmp_path / name))

    assert ran.code == 1
    assert len(ran.err.splitlines()) == 1
    assert "Traceback" not in ran.err


def test_metadata_of_arxiv_comes_in_and_reaches_a_follower_of_its_category(papers, database):
    since, zone = utc_now() - timedelta(days=1), ZoneInfo("UTC")
    subscriptions.subscribe(database, "T1", "U1", read_wish("cat:cs.SD"), zone, since)
    subscriptions.subscribe(database, "T1", "U2", read_wish('author:"M Lindqvist"'), zone, since)
    ran = papers("import", str(REPLIES / "arxiv_lists.jsonl"), str(REPLIES / "arxiv_table.tsv"))

    assert (ran.code, ran.err) == (0, "")
    assert "6 entries from 2 files, 6 listings new, 0 problems" in ran.out
    assert "alerts queued: 2" in ran.out
    assert "0704.0110" in papers("search", "bells under water").out


@pytest.mark.real
@recorded
def test_every_recorded_day_comes_in_without_a_problem(papers):
    paths = sorted((RECORDED / "hf_daily").glob("*.json.gz"))
    ran = papers("import", *map(str, paths))

    assert ran.code == 0
    assert f"4236 entries from {len(paths)} files, 4236 listings new, 0 problems" in ran.out
    assert ran.err == ""


@pytest.mark.real
@recorded
def test_each_corrupt_day_names_itself_and_keeps_no_other_from_landing(papers, day_file):
    paths = sorted((RECORDED / "hf_daily_corrupt").glob("*.json.gz"))
    ran = papers("import", *map(str, paths), day_file(DAYS[0]))

    said = ran.err.splitlines()
    assert ran.code == 1
    assert [line.split(": ")[0] for line in said] == [path.name for path in paths]
    assert f"2 entries from {len(paths) + 1} files, 2 listings new" in ran.out
