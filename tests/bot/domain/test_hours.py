"""Hours and zones as people write them."""

from datetime import time
from zoneinfo import ZoneInfo

import pytest

from bot.domain.hours import (
    SETTINGS,
    UnknownHour,
    UnknownSetting,
    UnknownSpan,
    UnknownZone,
    parse_hour,
    parse_quiet,
    parse_zone,
    read_change,
)
from bot.domain.reader import Hours, Quiet

BERLIN, TOKYO = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Tokyo")
NIGHT = Quiet(time(22), time(7))


@pytest.mark.parametrize(
    ("words", "hour"),
    [
        ("9", "09:00"),
        ("09:00", "09:00"),
        ("9:05", "09:05"),
        ("9.30", "09:30"),
        ("9h30", "09:30"),
        ("9am", "09:00"),
        ("9 am", "09:00"),
        ("9:30 PM", "21:30"),
        ("12am", "00:00"),
        ("12 pm", "12:00"),
        ("12:30am", "00:30"),
        ("0:00", "00:00"),
        ("23:59", "23:59"),
        (" 9:00 ", "09:00"),
    ],
)
def test_an_hour_is_read_as_people_write_it(words, hour):
    assert parse_hour(words) == (time.fromisoformat(hour), None)


@pytest.mark.parametrize(
    ("words", "hour", "zone"),
    [
        ("8:30 Europe/Berlin", "08:30", "Europe/Berlin"),
        ("9 am America/New_York", "09:00", "America/New_York"),
        ("9 america/new_york", "09:00", "America/New_York"),
        ("9 Amsterdam", "09:00", "Europe/Amsterdam"),
        ("9pm new york", "21:00", "America/New_York"),
        ("09:00 UTC", "09:00", "UTC"),
    ],
)
def test_an_hour_may_name_its_zone(words, hour, zone):
    assert parse_hour(words) == (time.fromisoformat(hour), ZoneInfo(zone))


@pytest.mark.parametrize(
    "words",
    ["", "soon", "24:00", "9:60", "25", "13 pm", "0 am", "9:5", "-9", "9:00:00", "009"],
)
def test_what_is_no_hour_is_refused_with_an_example(words):
    with pytest.raises(UnknownHour, match="for example"):
        parse_hour(words)


def test_an_hour_with_an_unknown_zone_is_refused_for_the_zone():
    with pytest.raises(UnknownZone, match="`Europe/Berlin`"):
        parse_hour("9:00 Europe/Berln")


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("EUROPE/BERLIN", "Europe/Berlin"),
        (" Europe/Berlin ", "Europe/Berlin"),
        ("Berlin", "Europe/Berlin"),
        ("New York", "America/New_York"),
        ("new_york", "America/New_York"),
        ("America/New York", "America/New_York"),
        ("lord howe", "Australia/Lord_Howe"),
        ("utc", "UTC"),
    ],
)
def test_a_zone_is_known_in_any_case_and_by_its_city(name, zone):
    assert parse_zone(name).key == zone


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Europe/Berln", "Europe/Berlin"),
        ("Europe/Belrin", "Europe/Berlin"),
        ("Berlinn", "Europe/Berlin"),
        ("Amercia/New_York", "America/New_York"),
        ("Kolkatta", "Asia/Kolkata"),
        ("Tokio", "Asia/Tokyo"),
    ],
)
def test_a_misspelt_zone_is_refused_with_the_one_that_was_meant(name, meant):
    with pytest.raises(UnknownZone) as refusal:
        parse_zone(name)

    assert f"`{meant}`" in str(refusal.value)
    assert name in str(refusal.value)


@pytest.mark.parametrize("name", ["", "qqqq", "../../etc/passwd", "x" * 5_000])
def test_what_is_nothing_like_a_zone_is_refused_briefly(name):
    with pytest.raises(UnknownZone) as refusal:
        parse_zone(name)

    assert len(str(refusal.value)) < 120


def test_a_refused_hour_is_named():
    with pytest.raises(UnknownHour, match="`25:00`"):
        parse_hour("25:00")


def test_a_refused_hour_gives_the_command_at_hand_as_an_example():
    with pytest.raises(UnknownHour, match="`/papers settings at 09:00`"):
        parse_hour("soon", SETTINGS)


@pytest.mark.parametrize(
    ("words", "quiet"),
    [
        ("22:00-07:00", NIGHT),
        (" 22:00 - 07:00 ", NIGHT),
        ("22-7", NIGHT),
        ("10pm to 7am", NIGHT),
        ("10 pm until 7 am", NIGHT),
        ("12:30-13.15", Quiet(time(12, 30), time(13, 15))),
        ("off", None),
        ("OFF", None),
        ("none", None),
    ],
)
def test_quiet_hours_are_read_as_people_write_them(words, quiet):
    assert parse_quiet(words) == quiet


@pytest.mark.parametrize(
    "words",
    ["", "22:00", "22:00-", "-7", "22:00-22:00", "22:00-25:00", "1-2-3", "at night", "22-7 Berlin"],
)
def test_what_are_no_quiet_hours_is_refused_with_an_example(words):
    with pytest.raises(UnknownSpan, match="`/papers settings quiet 22:00-07:00`"):
        parse_quiet(words)


@pytest.mark.parametrize(
    ("words", "after"),
    [
        ("at 08:30", Hours(BERLIN, time(8, 30), NIGHT)),
        ("AT 9pm Tokyo", Hours(TOKYO, time(21), NIGHT)),
        ("zone Asia/Tokyo", Hours(TOKYO, time(9), NIGHT)),
        (" zone  tokyo ", Hours(TOKYO, time(9), NIGHT)),
        ("quiet 12:00-13:00", Hours(BERLIN, time(9), Quiet(time(12), time(13)))),
        ("quiet off", Hours(BERLIN, time(9))),
    ],
)
def test_a_change_leaves_what_it_does_not_name(words, after):
    assert read_change(words, Hours(BERLIN, time(9), NIGHT)) == after


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        ("", UnknownSetting),
        ("zone", UnknownSetting),
        ("08:30", UnknownSetting),
        ("loud", UnknownSetting),
        ("`loud`", UnknownSetting),
        ("at", UnknownHour),
        ("at noon", UnknownHour),
        ("zone Atlantis", UnknownZone),
        ("at 9 Atlantis", UnknownZone),
        ("quiet", UnknownSpan),
        ("quiet please", UnknownSpan),
    ],
)
def test_what_is_no_setting_is_refused_with_what_works(words, refusal):
    with pytest.raises(refusal) as refused:
        read_change(words, Hours(BERLIN))

    assert str(refused.value).count("`") % 2 == 0
    assert "`" in str(refused.value)
