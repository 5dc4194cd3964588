"""`papers import`: files come in as if they had been read, and subscribers hear of them."""

import gzip
import json
import lzma
import os
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
from storage import papers as stored_papers
from storage import seen
from storage.database import Database
from tests.arxiv import a_line, lines
from tests.hugging_face import an_entry
from tests.process import started
from tests.waiting import until

DAYS = ("2026-06-25", "2026-06-26")
REPLIES = Path(__file__).parents[1] / "replies"

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
        "2 records from 1 file: 2 new, 0 changed, 0 known, 0 bad",
        "alerts queued: 0",
    ]
    assert "Kettles that learn" in papers("search", "kettles").out


def test_importing_the_same_again_changes_nothing(papers, day_file, kettles, database):
    paths = [day_file(day) for day in DAYS]
    papers("import", *paths)
    before = owed(database)
    ran = papers("import", *paths)

    assert "4 records from 2 files: 0 new, 0 changed, 4 known, 0 bad" in ran.out
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
    assert "2 records from 2 files: 2 new" in ran.out
    assert "0 bad, 1 file can't be read" in ran.out
    assert papers("search", "kettles").out.endswith("1 of 1 found\n")


def test_an_entry_that_cannot_be_read_is_named_and_the_others_land(papers, tmp_path):
    path = tmp_path / "2026-06-26.json"
    nameless = an_entry("2606.00002", "", "2026-06-26")
    nameless["title"] = ""
    path.write_text(json.dumps([an_entry("2606.00001", "Kettles", "2026-06-26"), nameless, 7]))
    ran = papers("import", str(path))

    assert ran.code == 0
    assert len(ran.err.splitlines()) == 2
    assert all(line.startswith("2026-06-26.json: ") for line in ran.err.splitlines())
    assert "2606.00002" in ran.err
    assert "3 records from 1 file: 1 new, 0 changed, 0 known, 2 bad" in ran.out


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
    assert "8 records from 2 files: 6 new, 0 changed, 2 known, 0 bad" in ran.out
    assert "alerts queued: 2" in ran.out
    assert "0704.0110" in papers("search", "bells under water").out


def test_every_bad_record_is_written_down_with_its_file_and_place_and_why(papers, tmp_path):
    (tmp_path / "one.jsonl").write_bytes(
        lines(a_line(1)) + b"[]\n" + lines({**a_line(2), "id": ""})
    )
    (tmp_path / "two.jsonl").write_bytes(b"no list at all")
    ran = papers("import", "one.jsonl", "two.jsonl", "--bad", "bad.tsv")

    assert (tmp_path / "bad.tsv").read_text().splitlines() == [
        "file\trecord\treason",
        "one.jsonl\tLine 2\tis not a JSON object",
        "one.jsonl\tLine 3\thas no id",
        "two.jsonl\tThe file\t" + ran.err.splitlines()[-1].removeprefix("two.jsonl: "),
    ]
    assert "3 records from 2 files: 1 new, 0 changed, 0 known, 2 bad, 1 file" in ran.out


def test_of_many_bad_records_the_first_are_shown_and_all_are_counted(papers, tmp_path):
    (tmp_path / "papers.jsonl").write_bytes(lines(a_line(1), *([] for _ in range(2_500))))
    ran = papers("import", "papers.jsonl", "--bad", "bad.tsv")

    assert ran.code == 0
    assert ran.err.splitlines() == [
        *(f"papers.jsonl: Line {number} is not a JSON object." for number in range(2, 7)),
        "2,495 more were not shown; all are in bad.tsv.",
    ]
    assert len((tmp_path / "bad.tsv").read_text().splitlines()) == 2_501
    assert "1 new, 0 changed, 0 known, 2,500 bad" in ran.out


def test_a_place_for_bad_records_that_cannot_be_written_is_said_before_anything_is_read(
    papers, day_file, tmp_path
):
    ran = papers("import", day_file(DAYS[0]), "--bad", str(tmp_path / "nowhere" / "bad.tsv"))

    assert ran.code == 2
    assert "bad.tsv can't be written" in ran.err
    assert "0 of 0 found" in papers("search", "kettles").out


def test_what_is_stored_otherwise_counts_as_changed(papers, tmp_path):
    path = tmp_path / "papers.jsonl"
    path.write_bytes(lines(a_line(1), a_line(2), a_line(2)))
    papers("import", str(path))
    path.write_bytes(lines(a_line(1), a_line(2, "Loud bells"), a_line(3)))

    ran = papers("import", str(path))

    assert "3 records from 1 file: 1 new, 1 changed, 1 known, 0 bad" in ran.out
    assert "Loud bells" in papers("search", "loud").out


def test_an_import_that_is_killed_anywhere_goes_on_and_tells_each_paper_once(
    papers, kettles, database, tmp_path
):
    count = 6_500
    titles = dict.fromkeys((7, 3_000, 6_499), "Kettles that learn")
    rows = (a_line(number, titles.get(number, "Quiet bells")) for number in range(1, count + 1))
    (tmp_path / "papers.jsonl").write_bytes(lines(*rows))

    for stored in (1, 5_000):
        with started(tmp_path, "import", "papers.jsonl") as process:
            until(lambda stored=stored: paper_count(database) >= stored)
            process.kill()
    so_far = paper_count(database)
    ran = papers("import", "papers.jsonl")

    assert f"{count:,} records from 1 file: {count - so_far:,} new" in ran.out
    assert paper_count(database) == count
    assert f"of {count - len(titles):,} found" in papers("search", "bells").out
    assert owed(database) == 1
    with database.read() as session:
        told = seen.among(session, "T1", "U1", [f"2606.{number:05d}" for number in titles])
    assert len(told) == 3


def paper_count(database: Database) -> int:
    with database.read() as session:
        return stored_papers.count(session)


def test_an_import_that_is_stopped_says_that_it_can_go_on(papers, tmp_path):
    os.mkfifo(tmp_path / "papers.jsonl")
    with (
        started(tmp_path, "import", "papers.jsonl") as process,
        (tmp_path / "papers.jsonl").open("wb") as pipe,  # waits until it is read
    ):
        pipe.write(lines(a_line(1)))
        pipe.flush()
        code = process.stop()

    assert code == 130
    assert "Stopped. What is stored stays; the same command goes on." in process.err
