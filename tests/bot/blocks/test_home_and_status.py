"""The Home tab, and how things stand."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.blocks import home, status
from bot.domain.delivery import State
from bot.domain.digest import Digest
from bot.domain.paper import UNDATED, Fetch
from bot.domain.status import NextRead, Status, Stopped, Stuck
from bot.domain.subscription import Cadence, Subscription, Wish
from tests.bot.blocks.anything import DAY, HOURS, NOW, objects, read_aloud, values
from tests.factories import a_listing, papers

BERLIN = ZoneInfo("Europe/Berlin")
DIGEST = replace(Digest.unset("T1", "C1", BERLIN), next_due_at=datetime(2026, 6, 29, 7, tzinfo=UTC))
WAYS = ("edit", "pause", "mute", "leave")
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
        "The last trouble in sending: the channel is gone, or closed to me "
        "(`channel_not_found`). Invite me with `/invite @Daily Papers`.",
    ]


def test_a_collection_from_a_file_is_not_told_as_a_list_of_some_papers():
    last_part = Fetch("arxiv", UNDATED, NOW, 837, 837, 0, 0, None)

    [_, read, *_] = status.lines(how_it_stands(reads=(last_part,)))

    assert read == "arXiv was last read in bulk on Fri 26 Jun, 09:00 (Europe/Berlin)."


def test_status_names_the_categories_that_are_late():
    lines = status.lines(how_it_stands(late=("cs.AI", "cs.LG")))

    assert "cs.AI and cs.LG are late: I keep asking arXiv for what is missing." in lines


def test_a_bot_that_never_read_anything_says_so():
    assert status.lines(how_it_stands()) == [
        "0 papers stored.",
        "No source has been read yet.",
        "No channel has a digest yet.",
        "Messages: nothing is waiting.",
    ]


HOUR = timedelta(hours=1)


def test_it_says_when_a_source_is_read_again_where_the_reader_is():
    read = Fetch("hf", DAY, NOW, 44, 44, 0, 0, None)
    stands = how_it_stands(reads=(read,), next_reads={"hf": NextRead(NOW + HOUR, False)})

    assert status.lines(stands)[1] == (
        "Hugging Face was last read on Fri 26 Jun, 09:00 (Europe/Berlin), with 44 papers listed. "
        "It is read again on Fri 26 Jun, 10:00 (Europe/Berlin)."
    )


def test_a_source_that_nobody_reads_any_more_says_what_must_run():
    stands = how_it_stands(reads=(FAILED,), next_reads={"hf": NextRead(NOW, True)})

    assert status.lines(stands)[1].endswith(
        "It was to be read again on Fri 26 Jun, 09:00 (Europe/Berlin): "
        "`papers run` or `papers worker` must run."
    )


STUCK = Stuck("digest", "C1", False, State.DEAD, NOW, "is_archived")


@pytest.mark.parametrize(
    ("stuck", "said"),
    [
        (
            STUCK,
            "Not sent: the digest for C1, since Fri 26 Jun, 09:00 (Europe/Berlin): the channel is "
            "archived (`is_archived`). Unarchive the channel and invite me with "
            "`/invite @Daily Papers`.",
        ),
        (
            replace(STUCK, state=State.HELD, reason="missing_scope"),
            "Held: the digest for C1, since Fri 26 Jun, 09:00 (Europe/Berlin): the app lacks a "
            "permission (`missing_scope`). Give the app the scopes of `papers manifest` and "
            "install it again. It may have arrived, and I could not look: see whether it is there.",
        ),
        (
            replace(STUCK, kind="alert", channel_id="", is_mine=True, reason="internal_error"),
            "Not sent: papers on a topic to you, since Fri 26 Jun, 09:00 (Europe/Berlin): Slack "
            "says internal_error (`internal_error`). I don't send it again by myself.",
        ),
        (
            replace(STUCK, kind="alert", channel_id="", reason="TimeoutError"),
            "Not sent: papers on a topic to somebody, since Fri 26 Jun, 09:00 (Europe/Berlin): "
            "something failed on the way to Slack (`TimeoutError`). I don't send it again by "
            "myself.",
        ),
    ],
    ids=["refused", "held", "mine", "somebody's"],
)
def test_what_is_stuck_says_what_where_since_when_why_and_what_to_do(stuck, said):
    assert status.lines(how_it_stands(stuck=(stuck,)))[-1] == said


def test_a_stuck_digest_names_its_channel_in_slacks_way():
    message = status.status(how_it_stands(stuck=(STUCK,)))

    assert [e["channel_id"] for e in objects(list(message.blocks)) if e.get("type") == "channel"]
    assert "Not sent: the digest for" in read_aloud(message.blocks)


def test_of_many_that_are_stuck_it_says_how_many_there_are():
    stands = how_it_stands(stuck=(STUCK,) * 10, owed={State.DEAD: 1300, State.HELD: 4})

    assert "The latest 10 of 1,304 that were not sent:" in status.lines(stands)


def test_a_workspace_to_which_nothing_is_sent_says_why_instead_of_the_last_trouble():
    stands = how_it_stands(stopped=Stopped("token_revoked", NOW), last_error="token_revoked")

    assert status.lines(stands)[-1] == (
        "Nothing is sent since Fri 26 Jun, 09:00 (Europe/Berlin): the bot's token was revoked "
        "(`token_revoked`). Install the app again, set its new token and restart me."
    )
