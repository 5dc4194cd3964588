"""The Home tab, and how things stand."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.blocks import home, status
from bot.domain.delivery import State
from bot.domain.digest import ChannelDigest
from bot.domain.paper import UNDATED, Fetch
from bot.domain.status import Status
from bot.domain.subscription import Cadence, Subscription, Wish
from tests.bot.blocks.anything import DAY, HOURS, NOW, objects, read_aloud, values
from tests.factories import a_listing, papers

BERLIN = ZoneInfo("Europe/Berlin")
DIGEST = replace(
    ChannelDigest.unset("T1", "C1", BERLIN), next_due_at=datetime(2026, 6, 29, 7, tzinfo=UTC)
)
WAYS = ("edit", "pause", "leave")
FAILED = Fetch("hf", DAY, NOW, 0, 0, 0, 0, "It took longer than 20 s")


def following(count):
    wish = Wish("agents", Cadence.WEEKLY)
    return [Subscription(number, "T1", "U1", wish, NOW) for number in range(1, count + 1)]


def how_it_stands(**told):
    return replace(Status(0, (), (), {}, None, BERLIN), **told)


def test_the_home_tab_shows_ten_topics_and_counts_the_rest():
    view = home.home(following(12), [], [], HOURS)

    assert len(values(view["blocks"], "topic_menu_at_home")) == 10 * len(WAYS)
    assert "2 more: `/papers list` shows them all." in read_aloud(view["blocks"])


def test_the_home_tab_says_when_each_topic_is_told():
    view = home.home(following(1), [], [], HOURS)

    assert "agents\non Mondays at 08:30" in read_aloud(view["blocks"])


def test_the_home_tab_calls_a_topic_by_its_name_and_says_until_when_it_is_paused():
    topic = Subscription(1, "T1", "U1", Wish("agents", name="my agents"), NOW, paused_until=NOW)

    said = read_aloud(home.home([topic], [], [], HOURS)["blocks"])

    assert "my agents: agents\nas soon as they appear, paused until Fri 26 Jun" in said


def test_the_home_tab_shows_the_three_best_papers():
    view = home.home([], [], [a_listing(paper) for paper in papers(5)], HOURS)

    assert len(values(view["blocks"], "open_abstract")) == 3
    assert "Most voted, Friday 26 June" in read_aloud(view["blocks"])


def test_an_empty_home_tab_says_how_to_begin():
    said = read_aloud(home.home([], [], [], HOURS)["blocks"])

    assert "You follow no topic yet." in said
    assert "No channel has a digest yet." in said
    assert "No papers yet." in said


def test_a_channel_is_named_by_slack_which_hides_private_ones():
    message = status.status(how_it_stands(digests=(DIGEST,)))

    assert [e["channel_id"] for e in objects(list(message.blocks)) if e.get("type") == "channel"]
    assert ": Mon 29 Jun, 09:00 (Europe/Berlin)." in read_aloud(message.blocks)


def test_channels_beyond_ten_are_counted():
    message = status.status(how_it_stands(digests=(DIGEST,) * 13))

    assert "And 3 channels more." in read_aloud(message.blocks)
    assert "And 3 channels more." in message.text


def test_status_says_what_failed_and_what_waits():
    lines = status.lines(
        how_it_stands(
            papers=1234,
            reads=(FAILED,),
            owed={State.PENDING: 2, State.DEAD: 1, State.SENT: 9},
            last_error="channel_not_found",
        )
    )

    assert lines == [
        "1,234 papers stored.",
        "Hugging Face did not answer on Fri 26 Jun, 09:00 (Europe/Berlin): "
        "It took longer than 20 s.",
        "No channel has a digest yet.",
        "Messages: 2 waiting to be sent, 1 given up.",
        "The last trouble in sending: `channel_not_found`.",
    ]


def test_a_collection_from_a_file_is_not_told_as_a_list_of_some_papers():
    last_part = Fetch("arxiv", UNDATED, NOW, 837, 837, 0, 0, None)

    [_, read, *_] = status.lines(how_it_stands(reads=(last_part,)))

    assert read == "arXiv was last imported from a file on Fri 26 Jun, 09:00 (Europe/Berlin)."


def test_a_bot_that_never_read_anything_says_so():
    assert status.lines(how_it_stands()) == [
        "0 papers stored.",
        "No source has been read yet.",
        "No channel has a digest yet.",
        "Messages: nothing is waiting.",
    ]
