"""`papers demo`, started once: the whole bot is there to try, on this machine alone."""

import signal
import socket
import time
from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from bot import demo
from bot.sources import bundled
from tests.house import digests, words
from tests.process import ADDRESS, WITHIN, Visitor, started
from tests.waiting import until


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
