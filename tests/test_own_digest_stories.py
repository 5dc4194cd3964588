"""A digest of one's own, end to end: asked for, in direct messages, and with its ways out."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.factories import a_batch, a_paper
from tests.house import House, digests, digests_among, open_house, words
from tests.monday import follow
from tests.waiting import until

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FRIDAY, MONDAY = date(2026, 6, 26), date(2026, 6, 29)
FRIDAY_AT_NINE = datetime(2026, 6, 26, 8, tzinfo=UTC)  # in Lisbon, where Ana is
MONDAY_AT_NINE = FRIDAY_AT_NINE + 3 * DAY
# Too unlike to share a place in a digest, the most voted first.
TITLES = (
    *("Robots that fold laundry", "Proofs in Lean", "Weather by nets", "A choir of twelve"),
    *("Legal texts, read aloud", "Protein maps", "Sound from silence", "Tables that talk"),
)
LIST = [a_paper(f"2606.2000{n}", title) for n, title in enumerate(TITLES)]


@pytest.fixture
def house(request, tmp_path: Path, now: datetime) -> Iterator[House]:
    """Slack reaches the bot in one way, except where a story asks for both."""
    way = getattr(request, "param", "socket")
    lists = {FRIDAY: a_batch(*LIST, votes=40)}
    with open_house(tmp_path, lists, start_at=now, transport=way) as opened:
        opened.tick()
        yield opened


both_ways = pytest.mark.parametrize("house", ["socket", "http"], indirect=True)


def to(house: House, at: datetime) -> None:
    house.clock(at)
    house.tick()


def own(house: House, user: str = "ana") -> list[dict]:
    """The digests that a person got as messages, newest first."""
    return digests_among(house.dms(user))


def shown(message: dict) -> list[str]:
    return [title for title in TITLES if title in words(message)]


# -- on and off -----------------------------------------------------------------------------------


def test_it_comes_once_a_day_at_my_hour_as_a_direct_message(house):
    house.type("ana", "settings at 08:30")
    answer = house.type("ana", "digest me on")
    to(house, FRIDAY_AT_NINE - HOUR)
    assert own(house) == []
    to(house, FRIDAY_AT_NINE - HOUR / 2)
    to(house, FRIDAY_AT_NINE)

    assert "5 papers at 08:30 (Europe/Lisbon), Monday to Friday." in words(answer)
    assert answer["ephemeral"]
    [digest] = own(house)
    assert shown(digest) == list(TITLES[:5])


def test_nobody_gets_one_who_did_not_ask_and_no_channel_reads_of_mine(house):
    house.type("ana", "digest me on")
    house.type("ana", "digest me topics only robots")
    to(house, FRIDAY_AT_NINE)

    assert own(house, "ben") == own(house, "mei") == []
    assert house.sees("ben") == []


def test_it_can_be_set_where_it_comes(house):
    dm = house.dm_of("ana")
    house.type("ana", "digest me on", channel=dm)
    to(house, FRIDAY_AT_NINE)

    assert len(own(house)) == 1


@both_ways
def test_off_keeps_what_was_set_and_undo_turns_it_on_again(house):
    house.type("ana", "digest me top 2")
    house.type("ana", "digest me on")
    gone = house.type("ana", "digest me off")
    undone = house.press("ana", gone, "Undo")
    to(house, FRIDAY_AT_NINE)

    assert "Your own digest is off" in words(gone)
    assert "2 papers at 09:00" in words(undone)
    [digest] = own(house)
    assert shown(digest) == list(TITLES[:2])


def test_undo_of_on_turns_it_off_again(house):
    answer = house.type("ana", "digest me on")
    undone = house.press("ana", answer, "Undo")
    to(house, FRIDAY_AT_NINE)

    assert "It is off" in words(undone)
    assert own(house) == []


def test_an_undo_that_is_too_old_does_nothing_and_says_so(house):
    first = house.type("ana", "digest me on")
    house.type("ana", "digest me top 3")
    undone = house.press("ana", first, "Undo")

    assert "You changed it after that" in words(undone)
    assert "3 papers at 09:00" in words(undone)


def test_turning_off_what_is_off_says_how_to_turn_it_on(house):
    answer = house.type("ana", "digest me off")

    assert "You have no digest of your own. Turn one on with" in words(answer)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("digest me at 25:00", "/papers digest me at 09:00"),
        ("digest me top 50", "/papers digest me top 5"),
        ("digest me days never", "/papers digest me days mon-fri"),
        ("digest me look crads", "Did you mean /papers digest me look cards?"),
        ("digest me weekly fri", "I don't know digest me weekly. I know /papers digest me on"),
        ("digest me topics only", "what to look for"),
    ],
)
def test_what_cannot_be_set_is_named_with_what_can(house, typed, said):
    answer = house.type("ana", typed)

    assert said in words(answer).replace("`", "")
    assert answer["ephemeral"]


def test_its_settings_turn_it_on_send_one_and_turn_it_off(house):
    settings = house.type("ana", "digest me")
    on = house.press("ana", settings, "Turn it on")
    house.press("ana", house.type("ana", "digest me"), "Send one now")
    house.tick()
    off = house.press("ana", house.type("ana", "digest me"), "Turn it off")

    assert "without what a channel of yours has shown you" in words(settings)
    assert "The next one comes on Fri 26 Jun." in words(on)
    assert len(own(house)) == 1
    assert "Your own digest is off" in words(off)


@both_ways
def test_each_digest_carries_its_exit(house):
    house.type("ana", "digest me on")
    to(house, FRIDAY_AT_NINE)
    [digest] = own(house)
    dm = house.dm_of("ana")
    settings = house.press("ana", digest, "Settings", channel=dm)
    off = house.press("ana", digest, "Turn it off", channel=dm)
    house.lists[MONDAY] = a_batch(a_paper("2606.30001", "Later news"), day=MONDAY)
    to(house, MONDAY_AT_NINE)

    assert "Your own digest is on" in words(settings)
    assert "Your own digest is off" in words(off)
    assert len(own(house)) == 1


@pytest.mark.parametrize("look", ["cards", "threads"])
def test_its_exit_stands_below_it_in_every_look(house, look):
    house.type("ana", f"digest me look {look}")
    house.type("ana", "digest me on")
    to(house, FRIDAY_AT_NINE)
    [digest] = own(house)

    off = house.press("ana", digest, "Turn it off", channel=house.dm_of("ana"))

    assert "Your own digest is off" in words(off)


# -- what it leaves out ---------------------------------------------------------------------------


def test_what_my_channel_is_shown_at_the_same_hour_is_not_repeated(house):
    house.type("ana", "digest on")
    house.type("ana", "digest me on")
    to(house, FRIDAY_AT_NINE)

    [channels] = digests(house)
    [mine] = own(house)
    assert shown(channels) == list(TITLES[:5])
    assert shown(mine) == list(TITLES[5:])
    assert "5 that your channels show" in words(mine)


def test_what_a_channel_showed_that_i_am_not_in_comes_to_me(house):
    house.door("invite", {"channel": "reviews", "user": house.state()["bot"]["user_id"]})
    house.type("ana", "digest on", channel="reviews")
    house.type("mei", "digest me at 09:00 Europe/Lisbon")
    to(house, FRIDAY_AT_NINE)

    [channels] = digests_among(house.sees("ben", "reviews"))
    [mine] = own(house, "mei")
    assert shown(channels) == shown(mine) == list(TITLES[:5])


def test_a_later_digest_of_a_channel_is_as_if_i_had_none(house):
    house.type("ana", "digest me on")
    to(house, FRIDAY_AT_NINE)
    house.type("ana", "digest at 10:00")
    to(house, FRIDAY_AT_NINE + HOUR)

    [channels] = digests(house)
    assert shown(channels) == list(TITLES[:5])


def test_what_i_mute_does_not_come_and_the_preview_says_how_much_that_is(house):
    house.type("ana", "mute laundry, lean")
    preview = house.type("ana", "digest me preview")
    house.type("ana", "digest me on")
    to(house, FRIDAY_AT_NINE)

    [digest] = own(house)
    assert shown(preview) == shown(digest) == list(TITLES[2:7])
    assert "2 muted" in words(preview)
    assert "2 muted" in words(digest)
    assert preview["ephemeral"]


def test_what_it_showed_does_not_come_again(house):
    house.type("ana", "digest me on")
    to(house, FRIDAY_AT_NINE)
    more = [a_paper("2606.30001", "Later news")]
    house.lists[MONDAY] = a_batch(*more, *LIST[:5], day=MONDAY, votes=90)
    to(house, MONDAY_AT_NINE)

    monday, friday = own(house)
    assert not set(shown(monday)) & set(shown(friday))
    assert "Later news" in words(monday)


def test_an_alert_says_in_a_line_what_my_digest_showed(house):
    follow(house, "ana", "news daily")
    house.type("ana", "settings at 12:00")
    house.type("ana", "digest me at 09:00")
    to(house, FRIDAY_AT_NINE)
    house.lists[MONDAY] = a_batch(a_paper("2606.30001", "Later news"), day=MONDAY)
    to(house, MONDAY_AT_NINE)
    to(house, MONDAY_AT_NINE + 3 * HOUR)

    alert, digest, *_ = house.dms("ana")
    assert "Later news" in words(digest)
    assert "Already in your digest: Later news" in words(alert)
    assert "Abstract" not in words(alert)


def test_a_daily_alert_at_the_hour_of_my_digest_repeats_nothing(house):
    follow(house, "ana", "news daily")
    house.type("ana", "digest me on")
    to(house, FRIDAY_AT_NINE)
    house.lists[MONDAY] = a_batch(a_paper("2606.30001", "Later news"), day=MONDAY)
    to(house, MONDAY_AT_NINE)
    to(house, MONDAY_AT_NINE + HOUR)

    in_full = [each for each in house.dms("ana") if "Later news" in words(each)]
    assert sum("Abstract" in words(each) for each in in_full) == 1


# -- hours ----------------------------------------------------------------------------------------


def test_after_days_away_one_comes_that_says_which_days_it_covers(house):
    house.type("ana", "digest me on")
    to(house, FRIDAY_AT_NINE)
    for number in range(3):
        day = MONDAY + number * DAY
        papers = [a_paper(f"2607.{number:05}", f"News of {day:%A}")]
        house.lists[day] = a_batch(*papers, day=day)
    to(house, MONDAY_AT_NINE + 2 * DAY + 3 * HOUR)
    house.tick()

    digest, _ = own(house)
    assert "Covers Monday 29 June to Wednesday 1 July, since your last one." in words(digest)
    assert "News of Monday" in words(digest)


def test_what_comes_late_does_not_come_at_night(house):
    house.type("ana", "settings quiet 22:00-07:00")
    house.type("ana", "digest me on")
    to(house, FRIDAY_AT_NINE + 15 * HOUR)
    assert own(house) == []
    to(house, FRIDAY_AT_NINE + 22 * HOUR)

    assert len(own(house)) == 1


def test_a_pause_of_everything_holds_it_back_and_resuming_brings_it(house):
    house.type("ana", "digest me on")
    paused = house.type("ana", "pause 2w")
    to(house, FRIDAY_AT_NINE)
    assert own(house) == []
    resumed = house.type("ana", "resume")
    house.tick()

    assert "Your digest: paused until Fri 10 Jul." in words(paused)
    assert "Your digest comes again" in words(resumed)
    assert len(own(house)) == 1


def test_undo_of_a_pause_lets_it_come(house):
    house.type("ana", "digest me on")
    house.press("ana", house.type("ana", "pause"), "Undo")
    to(house, FRIDAY_AT_NINE)

    assert len(own(house)) == 1


def test_a_pause_from_its_menu_ends_by_itself_and_what_was_missed_comes_then(house):
    house.type("ana", "digest me on")
    to(house, FRIDAY_AT_NINE)
    [first] = own(house)
    paused = house.press("ana", first, "Pause for a week", channel=house.dm_of("ana"))
    house.lists[MONDAY] = a_batch(a_paper("2606.30001", "Later news"), day=MONDAY)
    for number in range(3, 7):
        to(house, FRIDAY_AT_NINE + number * DAY)
    assert len(own(house)) == 1
    to(house, FRIDAY_AT_NINE + 7 * DAY + HOUR)

    assert "Your digest: paused until Fri 3 Jul." in words(paused)
    assert "Later news" in words(own(house)[0])
    assert "Covers Monday 29 June to Friday 3 July, since your last one." in words(own(house)[0])


def test_it_moves_with_my_hour_and_my_zone(house):
    house.type("ana", "digest me on")
    house.type("ana", "settings at 10:00")
    house.type("ana", "settings zone Europe/Berlin")

    assert "5 papers at 10:00 (Europe/Berlin)" in words(house.type("ana", "digest me"))


def test_an_hour_of_its_own_stays(house):
    house.type("ana", "digest me at 07:30")
    house.type("ana", "settings at 10:00")

    assert "5 papers at 07:30 (Europe/Lisbon)" in words(house.type("ana", "digest me"))
    assert "10:00" in words(house.type("ana", "settings"))


# -- where it is told of --------------------------------------------------------------------------


@both_ways
def test_the_home_tab_turns_it_on_and_off(house):
    house.door("open_home", {"user": "ana"})
    until(lambda: "When it is on: 5 papers at 09:00" in at_home(house))
    press_at_home(house, "turn_own_digest_on_at_home")
    until(lambda: "The next one comes on Fri 26 Jun." in at_home(house))
    press_at_home(house, "turn_own_digest_off_at_home")
    until(lambda: "When it is on: 5 papers at 09:00" in at_home(house))
    to(house, FRIDAY_AT_NINE)

    assert own(house) == []


def at_home(house: House) -> str:
    return words(house.views("ana")["home"] or {})


def press_at_home(house: House, action: str) -> None:
    view = house.views("ana")["home"]
    house.door("click", {"user": "ana", "view_id": view["id"], "action_id": action})


def test_status_tells_when_mine_comes_and_nobody_elses(house):
    house.type("ana", "digest me at 08:30")

    mine = words(house.type("ana", "status"))
    bens = words(house.type("ben", "status"))

    assert "Your own next digest: Fri 26 Jun, 08:30 (Europe/Lisbon)." in mine
    assert "own next digest" not in bens
    assert "No channel has a digest yet." in bens


def test_why_says_that_it_was_in_my_digest(house):
    house.type("ana", "digest me on")
    to(house, FRIDAY_AT_NINE)
    answer = house.type("ana", f"why {LIST[0].id}")

    assert "It was in your digest of Fri 26 Jun: 40 votes." in words(answer)


# -- topics ---------------------------------------------------------------------------------------


def test_topics_only_shows_nothing_else(house):
    echo = house.type("ana", "digest me topics only robots, proofs")
    house.type("ana", "digest me on")
    to(house, FRIDAY_AT_NINE)

    [digest] = own(house)
    assert "I read this as proofs OR robots, and show nothing else." in words(echo).replace("`", "")
    assert shown(digest) == list(TITLES[:2])
    assert "6 on other topics" in words(digest)
