"""What a channel follows: set by its members, announced to all of them, told in the channel."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.factories import a_batch, a_paper, papers
from tests.house import House, open_house, words

FRIDAY, MONDAY = date(2026, 6, 26), date(2026, 6, 29)
MONDAY_MORNING = datetime(2026, 6, 29, 8, 30, tzinfo=UTC)
POLICY = a_paper("2606.10001", "Diffusion policies for dexterous hands")
RAG = a_paper("2606.10003", "Better RAG with less context")


@pytest.fixture
def house(tmp_path: Path, now: datetime) -> Iterator[House]:
    lists = {FRIDAY: a_batch(POLICY, *papers(7), votes=40)}
    with open_house(tmp_path, lists, start_at=now) as opened:
        opened.tick()
        yield opened


def follow(house: House, user: str, words: str, channel: str = "papers") -> dict:
    """Subscribe a channel, typed somewhere, and press the button; the answer."""
    preview = house.type(user, f"subscribe {words}", channel=channel)
    answer = house.press(user, preview, "Subscribe", channel=channel)
    house.tick()
    return answer


def to_monday(house: House, *new) -> None:
    house.lists[MONDAY] = a_batch(*new, day=MONDAY)
    house.clock(MONDAY_MORNING)
    house.tick()


def in_channel(house: House, user: str = "mei", channel: str = "papers") -> list[dict]:
    """What everybody sees there, newest first."""
    return [each for each in house.sees(user, channel) if not each.get("ephemeral")]


def id_of(house: House, name: str) -> str:
    state = house.state()
    known = (*state["users"], *state["channels"])
    return next(each["id"] for each in known if each["name"] == name)


def invite(house: House, channel: str) -> None:
    house.door("invite", {"channel": channel, "user": house.state()["bot"]["user_id"]})
    house.tick()


# -- following ----------------------------------------------------------------------------------


def test_a_new_paper_on_a_channels_topic_is_one_message_in_the_channel(house):
    follow(house, "ana", "#papers rag")
    before = len(in_channel(house))
    to_monday(house, RAG, POLICY)
    house.tick()

    alert, *others = in_channel(house)
    assert len(others) == before
    assert "Better RAG" in words(alert)
    assert "/papers list #channel" in words(alert)
    assert "Unsubscribe" not in str(alert["blocks"])
    assert house.dms("ana") == []


def test_what_waits_for_a_channel_comes_at_the_hour_to_which_its_digest_is_moved(house):
    follow(house, "ana", "#papers rag daily")
    house.type("ana", "digest at 11:00 Europe/Lisbon")
    house.clock(datetime(2026, 6, 26, 10, tzinfo=UTC))
    house.tick()
    titles = ("Proteins that fold", "Weather by graphs", "Music without notes", "Laws of code")
    others = [a_paper(f"2606.001{n:02}", title) for n, title in enumerate((*titles, "Maps"))]
    to_monday(house, *others, RAG)  # the digest has five of them
    house.type("ben", "digest at 10:00 Europe/Lisbon")
    assert not [each for each in in_channel(house) if RAG.title in words(each)]

    house.clock(datetime(2026, 6, 29, 9, tzinfo=UTC))
    house.tick()
    [told] = [each for each in in_channel(house) if RAG.title in words(each)]
    assert "rag" in words(told)


def test_a_preview_is_private_and_stores_nothing(house):
    preview = house.type("ana", 'subscribe #papers "diffusion policies" daily max:3')

    assert preview["ephemeral"]
    assert 'I read this as "diffusion policies"' in words(preview)
    assert "would have sent 1 paper" in words(preview)
    assert "once a day, 3 papers at most" in words(preview)
    assert "follows no topics" in words(house.type("ben", "list #papers"))


def test_everybody_in_the_channel_reads_who_made_it_follow_a_topic(house):
    answer = follow(house, "ana", "#papers rag weekly")

    announced = in_channel(house)[0]
    assert f"<@{id_of(house, 'ana')}> has this channel follow a topic now" in announced["text"]
    assert "rag on Mondays" in announced["text"]
    assert answer["ephemeral"]
    assert "1. rag" in answer["text"]


def test_pressing_subscribe_twice_announces_it_once(house):
    preview = house.type("ana", "subscribe #papers rag")
    house.press("ana", preview, "Subscribe")
    again = house.type("ben", "subscribe #papers rag")
    house.press("ben", again, "Update")
    house.tick()

    assert "follows this already" in words(again)
    assert sum("follow" in each["text"] for each in in_channel(house)) == 1


def test_other_terms_are_announced_as_a_change_and_undo_brings_the_old_ones_back(house):
    follow(house, "ana", "#papers rag")
    changed = house.press("ben", house.type("ben", "subscribe #papers rag daily"), "Update")
    house.tick()
    announced = in_channel(house)[0]
    back = house.press("ben", changed, "Undo")

    assert f"<@{id_of(house, 'ben')}> changed a topic of this channel" in announced["text"]
    assert "rag: once a day" in changed["text"]
    assert "rag: as soon as they appear" in back["text"]


def test_a_topic_may_be_set_from_elsewhere_and_is_announced_where_it_belongs(house):
    dm = house.dm_of("ana")
    follow(house, "ana", "#papers rag", channel=dm)

    assert "rag" in in_channel(house)[0]["text"]
    assert all("rag" not in each["text"] for each in in_channel(house, "ana", dm))


def test_a_mistyped_command_still_knows_the_channel(house):
    asked = house.type("ana", "subcribe #papers rag &amp; roll")
    preview = house.press("ana", asked, "Run subscribe")

    assert "Did you mean /papers subscribe #papers rag" in words(asked)
    assert "say that it was you who wanted it" in words(preview)


# -- who may, and where ---------------------------------------------------------------------------


def test_where_the_bot_is_not_a_member_it_asks_to_be_invited_and_try_again_works(house):
    asked = house.type("ana", "subscribe #reviews rag")
    invite(house, "reviews")
    preview = house.press("ana", asked, "Try again")

    assert "/invite" in words(asked)
    assert "I read this as rag" in words(preview)


@pytest.mark.parametrize("typed", ["subscribe {} rag", "list {}", "unsubscribe {} 1"])
def test_nobody_outside_a_channel_sees_or_changes_what_it_follows(house, typed):
    invite(house, "reviews")
    follow(house, "ana", "#reviews secret topic")

    answer = house.type("mei", typed.format("#reviews"))

    assert "Only people who are in that channel" in words(answer)
    assert "secret" not in str(answer)
    assert "secret topic" in house.type("ana", "list #reviews")["text"]


@pytest.mark.parametrize("typed", ["subscribe #nowhere rag", "list #nowhere", "unsubscribe #x 1"])
def test_a_channel_that_slack_did_not_recognise_is_asked_for(house, typed):
    answer = house.type("ana", typed)

    assert "pick it from the list" in words(answer)
    assert answer["ephemeral"]


# -- the list, and stopping -----------------------------------------------------------------------


def test_a_channels_list_names_who_wanted_each_topic_and_mine_leaves_it_out(house):
    follow(house, "ana", "#papers rag")
    listed = house.type("ben", "list #papers")

    assert listed["ephemeral"]
    assert id_of(house, "ana") in str(listed["blocks"])
    assert "rag" not in words(house.type("ana", "list"))


def test_any_member_stops_a_topic_and_everybody_reads_who_did(house):
    follow(house, "ana", "#papers rag")
    answer = house.type("ben", "unsubscribe #papers 1")
    house.tick()
    announced = in_channel(house)[0]
    to_monday(house, RAG)

    assert f"<@{id_of(house, 'ben')}> stopped a topic of this channel" in announced["text"]
    assert "follows no topics" in words(answer)
    assert in_channel(house)[0] == announced


def test_undo_starts_a_stopped_topic_again(house):
    follow(house, "ana", "#papers rag daily")
    stopped = house.type("ben", "unsubscribe #papers all")
    back = house.press("ben", stopped, "Undo")

    assert "rag: once a day" in back["text"]


def test_undo_takes_a_new_topic_back_and_a_second_click_finds_nothing(house):
    answer = follow(house, "ana", "#papers rag")
    house.type("ben", "unsubscribe #papers rag")
    late = house.press("ana", answer, "Undo")

    assert "follows no such topic" in words(late)


@pytest.mark.parametrize("said", ["7", "nothing of the kind"])
def test_what_a_channel_does_not_follow_cannot_be_stopped(house, said):
    follow(house, "ana", "#papers rag")

    assert "follows no such topic" in words(house.type("ana", f"unsubscribe #papers {said}"))


def test_a_long_list_is_paged_in_place(house):
    for number in range(12):
        follow(house, "ana", f"#papers topic {number}")
    first = house.type("ana", "list #papers")
    rest = house.press("ana", first, "More (2 left)")

    assert "12. topic 11" in rest["text"]
    assert rest["ts"] == first["ts"]


@pytest.mark.parametrize("typed", ["subscribe #papers", "unsubscribe #papers"])
def test_a_channel_alone_shows_what_it_follows(house, typed):
    assert "follows no topics" in words(house.type("ana", typed))
