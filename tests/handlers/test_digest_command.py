"""`/papers digest …`: set in public, shown in private."""

import pytest

from tests.house import words


def test_settings_show_the_hour_and_the_last_receipt_to_the_asker(house):
    house.type("ana", "digest now")
    house.tick()
    house.type("ana", "digest at 08:30 Asia/Tokyo")

    answer = house.type("ben", "digest")

    assert answer["ephemeral"]
    assert "5 papers at 08:30 (Asia/Tokyo), Monday to Friday" in words(answer)
    assert "Last time: 8 from Hugging Face" in words(answer)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("digest on", "09:00 (Europe/Lisbon)"),  # where Ana is
        ("digest at 10:15", "10:15 (Europe/Lisbon)"),
        ("digest at 9pm New York", "21:00 (America/New_York)"),
    ],
)
def test_a_change_is_announced_to_the_channel_with_who_made_it(house, typed, said):
    announced = house.type("ana", typed)
    ana = next(each["id"] for each in house.state()["users"] if each["name"] == "ana")

    assert not announced.get("ephemeral")
    assert f"<@{ana}>" in announced["text"]
    assert said in words(announced)


def test_turning_it_off_is_announced_too_and_can_be_taken_back(house):
    house.type("ana", "digest at 10:15")
    announced = house.type("ben", "digest off")
    again = house.type("ana", "digest on")

    assert "turned the daily digest off here" in words(announced)
    assert not announced.get("ephemeral")
    assert "10:15" in words(again)


def test_the_settings_of_a_channel_without_a_digest_turn_it_on(house):
    settings = house.type("mei", "digest")
    announced = house.press("mei", settings, "Turn it on")

    assert "09:00 (Asia/Tokyo)" in words(announced)
    assert not announced.get("ephemeral")


def test_the_settings_of_a_channel_with_one_post_it_now(house, until):
    house.type("ana", "digest on")
    answer = house.press("ana", house.type("ana", "digest"), "Post one now")
    house.tick()

    assert "on its way" in words(answer)
    assert answer["ephemeral"]
    assert "5 papers for Friday 26 June" in words(house.sees("ben")[0])


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("digest yesterday", "I know /papers digest on, off, now"),
        ("digest top", "I need a number from 1 to 10"),
        ("digest top 50", "I can't read 50 as a number of papers."),
        ("digest days someday", "I can't read someday as days."),
        ("digest look compct", "Did you mean /papers digest look compact?"),
        ("digest topics", "what to look for"),
        ("digest topics -survey", "survey"),
        ("digest tomorrow", "I don't know digest tomorrow"),
        ("digest at", "I need an hour"),
        ("digest at 25:00", "I can't read 25:00 as an hour"),
        ("digest at 09:00 Europe/Berln", "Did you mean Europe/Berlin"),
    ],
)
def test_what_cannot_be_set_is_named_privately_with_what_can(house, typed, said):
    answer = house.type("ana", typed)

    assert said in words(answer).replace("`", "")
    assert answer["ephemeral"]


@pytest.mark.parametrize(
    ("typed", "begins"),
    [
        ("digest ```", "I know /papers digest on"),
        ("digest `tomorrow`", "I don't know digest 'tomorrow'. I know"),
        (f"digest {'x' * 90}", f"I don't know digest {'x' * 33}…. I know"),
    ],
)
def test_what_cannot_be_set_is_shown_again_as_far_as_it_can_be(house, typed, begins):
    answer = house.type("ana", typed)

    assert answer["text"].startswith(begins)
    assert answer["ephemeral"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("digest top 3", "3 papers at 09:00 (Europe/Lisbon), Monday to Friday."),
        ("digest days mon-wed", "Mon, Tue and Wed"),
        ("digest days every day", "every day"),
        ("digest look cards", "Monday to Friday, as cards."),
        ("digest look threads", "Monday to Friday, each in a thread."),
        ("digest topics robots, proofs", "those on proofs OR robots first."),
        ("digest topics only robots, proofs", "only those on proofs OR robots."),
    ],
)
def test_size_days_look_and_topics_are_announced_with_who_set_them(house, typed, said):
    house.type("ana", "digest on")
    announced = house.type("ana", typed)
    ana = next(each["id"] for each in house.state()["users"] if each["name"] == "ana")

    assert not announced.get("ephemeral")
    assert announced["text"].startswith(f"<@{ana}> set the daily digest here:")
    assert said in announced["text"].replace("`", "")
    assert said in words(house.type("ben", "digest")).replace("`", "")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("digest topics robot", "I read this as robot: papers on it come first, others follow."),
        ("digest topics only robot", "I read this as robot, and show nothing else."),
        ("digest topics off", "It is on no topic in particular now: votes decide."),
    ],
)
def test_an_echo_says_how_topics_were_read_and_which_of_the_two_they_are(house, typed, said):
    announced = house.type("ana", typed)

    assert said in words(announced).replace("`", "")
    assert not announced.get("ephemeral")


def test_topics_may_hold_anything_and_mention_nobody(house):
    announced = house.type("ana", 'digest topics "<!channel> & co"')

    assert "<!channel>" not in announced["text"]


def test_topics_are_taken_away_again(house):
    house.type("ana", "digest topics robots")
    announced = house.type("ana", "digest topics off")

    assert "first" not in announced["text"]


def test_a_preference_of_a_digest_that_is_off_says_that_it_is_and_how_to_turn_it_on(house):
    announced = house.type("ana", "digest top 3")
    settings = house.type("ben", "digest")

    assert "It is off; /papers digest on" in words(announced).replace("`", "")
    assert "When it is on: 3 papers at 09:00" in words(settings)


@pytest.mark.parametrize("typed", ["digest on", "digest now", "digest at 09:00", "digest top 3"])
def test_a_direct_message_has_no_digest(house, typed):
    answer = house.type("ana", typed, channel=house.dm_of("ana"))

    assert "A digest belongs to a channel" in words(answer)


@pytest.mark.parametrize(
    ("typed", "done"),
    [
        ("digest at 08:15 Asia/Tokyo", "08:15 (Asia/Tokyo)"),
        ("digest look cards", "as cards"),
        ("digest now", "on its way"),
    ],
)
def test_try_again_after_an_invitation_does_what_was_typed(house, typed, done):
    asked = house.type("ana", typed, channel="reviews")
    house.door("invite", {"channel": "reviews", "user": house.state()["bot"]["user_id"]})
    answer = house.press("ana", asked, "Try again", channel="reviews")

    assert "/invite" in words(asked)
    assert asked["ephemeral"]
    assert done in words(answer)
