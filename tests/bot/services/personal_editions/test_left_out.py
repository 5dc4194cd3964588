"""What digests of people leave out: what channels and alerts showed, and what they mute."""

from datetime import timedelta

import pytest

from bot.errors import CannotPost
from bot.services import alerts, editions, mutes, personal_editions
from tests.factories import NOW, a_paper, papers

MINUTE = timedelta(minutes=1)
FIVE = [f"2606.0000{n}" for n in range(1, 6)]


def ids(edition) -> list[str]:
    return [pick.paper_id for pick in edition.picks]


def test_what_a_channel_of_theirs_is_owed_is_left_out_and_counted(
    ask_for, arrive, make, channel_is_shown, last
):
    ask_for()
    arrive(*papers(8))
    channel_is_shown()
    make()

    assert not set(ids(last("U1"))) & set(ids(last("C1")))
    assert last("U1").receipt.in_channels == len(last("C1").picks)


def test_what_other_channels_show_is_not(ask_for, arrive, make, channel_is_shown, last):
    ask_for()
    arrive(*papers(5))
    channel_is_shown(member=False)
    make()

    assert ids(last("U1")) == FIVE


def test_what_never_reached_a_channel_is_not(
    ask_for, arrive, make, channel_is_shown, last, send, workspace
):
    ask_for()
    arrive(*papers(5))
    channel_is_shown()
    workspace.refuse("post", CannotPost("is_archived", permanent=True))
    send()
    make()

    assert ids(last("U1")) == FIVE


def test_slack_is_not_asked_where_no_channel_was_shown_anything(ask_for, arrive, make, workspace):
    ask_for()
    arrive(a_paper())
    make()

    assert workspace.asked_of == []


def test_where_slack_does_not_say_whose_channels_they_are_papers_are_shown_again(
    ask_for, arrive, make, channel_is_shown, last, workspace
):
    ask_for()
    arrive(*papers(5))
    channel_is_shown()
    workspace.refuse("channels_of", CannotPost("missing_scope"))
    make()

    assert ids(last("U1")) == FIVE


def test_where_slack_asks_to_wait_everybody_there_is_made_later(
    ask_for, arrive, make, channel_is_shown, workspace
):
    ask_for("U1")
    ask_for("U2")
    arrive(*papers(8))
    channel_is_shown()
    workspace.refuse("channels_of", CannotPost("ratelimited", retry_after=30))

    assert make() == 0
    assert make(NOW + MINUTE) == 2


def test_a_channel_is_shown_what_a_person_was(database, ask_for, arrive, make, switch_on, last):
    ask_for()
    arrive(*papers(5))
    make()
    switch_on()
    editions.make_due(database, NOW)

    assert ids(last("C1")) == ids(last("U1")) == FIVE


def test_a_mute_leaves_out_of_a_persons_and_never_of_a_channels(
    database, ask_for, arrive, make, switch_on, last
):
    mutes.mute(database, "T1", "U1", ["number"], NOW)
    mutes.mute(database, "T1", "C1", ["number"], NOW)
    ask_for()
    switch_on()
    arrive(*papers(3), a_paper("2606.00009", "Other news"))
    editions.make_due(database, NOW)
    make()

    assert ids(last("U1")) == ["2606.00009"]
    assert last("U1").receipt.muted == 3
    assert len(ids(last("C1"))) == 4


def test_what_an_alert_told_is_not_in_the_digest(database, follow, ask_for, arrive, make, last):
    follow("number")
    ask_for()
    arrive(*papers(2))
    alerts.build_due(database, NOW)
    make()

    assert ids(last("U1")) == []
    assert last("U1").receipt.seen == 2


def test_counts_add_up_to_what_was_listed(ask_for, arrive, make, channel_is_shown, database, last):
    mutes.mute(database, "T1", "U1", ['"number 9"'], NOW)
    ask_for(topics='"number 6" OR "number 7" OR "number 8"', only_topics=True, size=1)
    arrive(*papers(12))
    channel_is_shown()
    make()

    told = last("U1").receipt
    shown = len(last("U1").picks)
    left = told.seen + told.skipped + told.off_topic + told.muted + told.in_channels
    assert (shown, told.in_channels, told.muted) == (1, 5, 1)
    assert told.candidates + left == 12


@pytest.mark.parametrize("audience", ["C1", "U1"])
def test_on_its_topics_only_nothing_else_is_shown(database, ask_for, arrive, make, last, audience):
    ask_for(audience, topics="robots", only_topics=True)
    arrive(a_paper("2606.00001", "Robots walk"), *papers(3, start=2))
    editions.make_due(database, NOW)
    make()

    assert ids(last(audience)) == ["2606.00001"]
    assert last(audience).receipt.off_topic == 3
    assert last(audience).only == "robots"


def test_an_extra_one_is_of_what_the_next_would_show(database, arrive, last, channel_is_shown):
    arrive(*papers(8))
    channel_is_shown()
    edition, shown = personal_editions.preview(database, "T1", "U1", NOW, frozenset({"C1"}))
    personal_editions.post_now(database, "T1", "U1", NOW, frozenset({"C1"}))

    assert ids(last("U1")) == ids(edition) == [each.paper.id for each in shown]
    assert last("U1").slot == "now-1"


def test_an_extra_one_of_nothing_is_refused_in_their_words(database, arrive):
    with pytest.raises(personal_editions.NothingNewForYou, match="shown you"):
        personal_editions.post_now(database, "T1", "U1", NOW, frozenset())
