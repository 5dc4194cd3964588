"""`papers demo` started again, started over, and taken to the days after."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from bot import demo
from bot.config import SettingsProblem
from bot.domain.calendar import hf_day
from bot.sandbox import PortTaken
from bot.sources import bundled
from tests.house import digests, digests_among, words
from tests.hugging_face import an_entry
from tests.process import ADDRESS, WITHIN, Process, Visitor, started
from tests.waiting import until

MONDAY_MORNING = datetime(2026, 6, 29, 7, tzinfo=UTC)  # nine in Berlin


@pytest.fixture
def here(no_settings: None) -> None:
    """The demo within this process: quicker to start, and its parts are the same."""


# -- again, and over ----------------------------------------------------------------------------


def test_a_second_start_goes_on_where_the_first_was_left_and_repeats_no_digest(tmp_path):
    def start() -> Process:
        return started(tmp_path, "demo", "--no-browser", "--port", "0")

    with start() as process, Visitor(process.says(ADDRESS)) as page:
        until(lambda: digests(page))
        page.type("ben", "digest off")
        before = page.sees("mei")
        process.stop()
    with start() as process, Visitor(process.says(ADDRESS)) as page:
        page.type("ana", "status")  # the ticker has come around, or comes now
        after = page.sees("mei")

    assert [each["ts"] for each in after] == [each["ts"] for each in before]
    assert len(digests_among(after)) == 1


def test_a_second_start_is_quicker_to_show_the_digest(here, tmp_path):
    with demo.running(tmp_path, port=0) as url, Visitor(url) as page:
        until(lambda: digests(page))
    begun = time.monotonic()
    with demo.running(tmp_path, port=0) as url, Visitor(url) as page:
        assert len(digests(page)) == 1
        assert time.monotonic() - begun < WITHIN


def test_fresh_starts_over(here, tmp_path):
    with demo.running(tmp_path, port=0) as url, Visitor(url) as page:
        until(lambda: digests(page))
        page.clock(MONDAY_MORNING)
        until(lambda: len(digests(page)) == 2)
    with demo.running(tmp_path, port=0, fresh=True) as url, Visitor(url) as page:
        [digest] = until(lambda: digests(page))

        assert "26 June" in words(digest)
        assert page.state()["clock"].startswith("2026-06-26")


def test_fresh_leaves_a_demo_alone_that_runs_at_that_port(here, tmp_path):
    with demo.running(tmp_path, port=0) as url, Visitor(url) as page:
        until(lambda: digests(page))
        port = int(url.rpartition(":")[2])
        with pytest.raises(PortTaken), demo.running(tmp_path, port=port, fresh=True):
            pass

        assert "papers stored" in words(page.type("ana", "status"))
        assert (tmp_path / "demo" / "papers.db").is_file()


def test_a_first_start_that_was_cut_short_is_made_up_for(here, tmp_path):
    with demo._sandbox(tmp_path / "demo", 0, live=False):
        """The workspace is there, and nothing else yet."""

    with demo.running(tmp_path, port=0) as url, Visitor(url) as page:
        assert until(lambda: digests(page))


def test_a_data_folder_that_is_a_file_is_said_in_words(here, tmp_path):
    (tmp_path / "file").write_text("not a folder")

    with (
        pytest.raises(
            SettingsProblem, match=r"^PAPERS_DATA_DIR cannot be used: Not a directory\.$"
        ),
        demo.running(tmp_path / "file", port=0),
    ):
        pass


# -- the days after -----------------------------------------------------------------------------


def test_stepping_to_monday_brings_its_digest_and_exactly_one_message_for_a_subscription(
    here, tmp_path
):
    monday = bundled.read(MONDAY_MORNING.date()).listings[0].paper
    with demo.running(tmp_path, port=0) as url, Visitor(url) as page:
        until(lambda: digests(page))
        page.press("ana", page.type("ana", f'subscribe "{monday.title}"'), "Subscribe")
        page.clock(MONDAY_MORNING)

        alert = until(lambda: page.dms("ana"))[0]
        digest = until(lambda: len(digests(page)) == 2 and digests(page)[0])
        assert monday.title in words(alert)
        assert monday.title in words(digest)
        assert "29 June" in words(digest)

    with demo.running(tmp_path, port=0) as url, Visitor(url) as page:
        page.type("ana", "status")
        assert len(page.dms("ana")) == 1
        assert len(digests(page)) == 2
        assert page.dms("ben") == []


def test_live_reads_hugging_face_first_and_posts_its_latest_list(
    here, tmp_path, monkeypatch, hugging_face
):
    today = hf_day(datetime.now(UTC))
    days = [str(today - timedelta(days=ago)) for ago in range(7)]
    hugging_face.lists = {day: [an_entry("2606.00001", f"Of {day}", day)] for day in days}
    monkeypatch.setenv("HF_ENDPOINT", hugging_face.url)
    with demo.running(tmp_path, port=0, live=True) as url, Visitor(url) as page:
        [digest] = until(lambda: digests(page))

        assert f"Of {max(hugging_face.asked)}" in words(digest)
    assert (tmp_path / "demo-live" / "papers.db").is_file()
