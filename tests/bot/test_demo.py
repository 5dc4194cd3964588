"""`papers demo`: one command, and the whole bot is there to try, on this machine alone."""

import re
import signal
import socket
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from bot import demo
from bot.config import SettingsProblem
from bot.domain.calendar import hf_day
from bot.sandbox import PortTaken
from bot.sources import bundled
from tests.house import words
from tests.hugging_face import an_entry
from tests.process import Process, Visitor, started, until

WITHIN = 5  # seconds from the start to the first digest on the page
MONDAY_MORNING = datetime(2026, 6, 29, 7, tzinfo=UTC)  # nine in Berlin
ADDRESS = r"http://127\.0\.0\.1:\d+"
DIGEST = re.compile(r"\d+ papers? for ")


@pytest.fixture(scope="module")
def silent_proxy() -> Iterator[socket.socket]:
    """Hears whoever would leave this machine."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        yield listening


@pytest.fixture(scope="module")
def first(
    tmp_path_factory: pytest.TempPathFactory, silent_proxy: socket.socket
) -> Iterator[SimpleNamespace]:
    """A first start on a machine whose every way out is a proxy, and whose settings are odd."""
    way_out = f"http://127.0.0.1:{silent_proxy.getsockname()[1]}"
    begun = time.monotonic()
    with (
        started(
            tmp_path_factory.mktemp("first"),
            *("demo", "--no-browser", "--port", "0"),
            HTTP_PROXY=way_out,
            HTTPS_PROXY=way_out,
            http_proxy=way_out,
            ALL_PROXY=way_out,
            HF_ENDPOINT=way_out,
            SLACK_API_URL=way_out,
            SLACK_BOT_TOKEN="xoxb-somebody-else",
            SLACK_CLIENT_ID="1.2",
            SLACK_CLIENT_SECRET="an app of many workspaces",
            DATABASE_URL="postgresql://somewhere/else",
        ) as process,
        Visitor(process.says(ADDRESS)) as page,
    ):
        digest = until(lambda: digests(page))[0]
        yield SimpleNamespace(
            process=process, page=page, digest=digest, took=time.monotonic() - begun
        )


@pytest.fixture
def here(no_settings: None) -> None:
    """The demo within this process: quicker to start, and its parts are the same."""


def digests(page: Visitor, user: str = "ana") -> list[dict]:
    """The digests in #papers, newest first."""
    return digests_among(page.sees(user))


def digests_among(messages: list[dict]) -> list[dict]:
    return [each for each in messages if DIGEST.match(each["text"])]


# -- the first start, as a process --------------------------------------------------------------


def test_the_first_digest_is_on_the_page_within_five_seconds(first):
    assert first.took < WITHIN


def test_the_digest_is_made_of_the_papers_of_that_friday(first):
    titles = [each.paper.title for each in bundled.read(bundled.days()[demo.FIRST_DAY]).listings]

    assert "26 June" in words(first.digest)
    assert titles[0] in words(first.digest)
    assert sum(title in words(first.digest) for title in titles) == 5


def test_it_says_one_line_with_the_address_and_nothing_else(first):
    [line] = first.process.out.splitlines()

    assert "Daily Papers is at http://127.0.0.1:" in line
    assert first.process.err == ""


def test_at_least_two_people_beside_the_bot_are_in_the_channel(first):
    state = first.page.state()
    channel = next(each for each in state["channels"] if each["name"] == "papers")
    people = {each["id"] for each in state["users"] if not each["is_bot"]}

    assert len(people & set(channel["members"])) >= 2
    assert state["bot"]["user_id"] in channel["members"]


def test_a_search_in_its_composer_is_answered_to_the_asker_alone(first):
    answer = first.page.type("ana", "search diffusion policy")

    assert answer["ephemeral"]
    assert "arxiv.org/abs/" in str(answer["blocks"]) or "huggingface.co/papers/" in str(
        answer["blocks"]
    )
    assert answer["ts"] not in {each["ts"] for each in first.page.sees("ben")}


def test_nothing_it_sends_leaves_the_machine(first, silent_proxy):
    first.page.type("ana", "search robots")

    with pytest.raises(BlockingIOError):
        silent_proxy.accept()


def test_both_its_database_and_the_workspace_are_in_one_folder(first):
    folder = first.process._out.parent / "data" / "demo"

    assert (folder / "papers.db").is_file()
    assert list((folder / "slack").iterdir())


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_in_order(tmp_path, number):
    with started(tmp_path, "demo", "--no-browser", "--port", "0") as process:
        process.says(ADDRESS)

        assert process.stop(number) == 0
        assert process.err == ""


def test_ctrl_c_during_the_start_is_no_error_either(tmp_path):
    with started(tmp_path, "demo", "--no-browser", "--port", "0") as process:
        until(lambda: (tmp_path / "data" / "demo").exists())

        assert process.stop() == 0
        assert "Traceback" not in process.err


def test_a_taken_port_is_said_in_words(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        with started(tmp_path, "demo", "--no-browser", "--port", port) as process:
            assert process.wait() == 1

    assert process.err == (
        f"Port {port} is taken. Stop the program that uses it, or choose another port.\n"
    )
    assert process.out == ""


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
