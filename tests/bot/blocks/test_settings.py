"""A person's hours: shown, changed, asked for in a form."""

import json
from datetime import time
from zoneinfo import ZoneInfo

import pytest

from bot.blocks import settings
from bot.domain.hours import parse_quiet
from bot.domain.reader import Hours, Quiet
from bot.sandbox.rules import check_view
from tests.bot.blocks.anything import BERLIN, HOURS, objects, read_aloud, values

USUAL = Hours(BERLIN)


@pytest.mark.parametrize(
    ("hours", "lines"),
    [
        (
            USUAL,
            [
                "Gathered papers come at 09:00, give or take 5 minutes: every day, or on Mondays.",
                "Your time zone is Europe/Berlin.",
                "You have no quiet hours.",
            ],
        ),
        (
            HOURS,
            [
                "Gathered papers come at 08:30, give or take 5 minutes: every day, or on Mondays.",
                "Your time zone is Europe/Berlin.",
                "Quiet hours are 22:00 to 07:00: what I find then comes at 07:00.",
            ],
        ),
        (
            Hours(ZoneInfo("Asia/Tokyo"), time(6), Quiet(time(22), time(7))),
            [
                "Gathered papers come at 06:00, give or take 5 minutes: every day, or on Mondays.",
                "Your time zone is Asia/Tokyo.",
                "Quiet hours are 22:00 to 07:00: what I find then comes at 07:00. "
                "Gathered papers come at their hour all the same.",
            ],
        ),
    ],
)
def test_hours_are_said_in_three_lines_with_the_ways_to_change_them(hours, lines):
    message = settings.settings(hours)

    assert message.text.splitlines() == lines
    assert "`/papers settings at 08:30`" in read_aloud(message.blocks)
    assert "Change" in read_aloud(message.blocks)


@pytest.mark.parametrize("before", [USUAL, HOURS])
def test_a_change_says_how_it_is_now_and_undo_carries_how_it_was(before):
    message = settings.changed(before, Hours(BERLIN, time(7)))

    assert message.text.startswith("All right, I changed that.\nGathered papers come at 07:00")
    [carried] = values(message.blocks, "restore_settings")
    was = json.loads(carried)
    assert before == Hours(
        ZoneInfo(was["zone"]), time.fromisoformat(was["at"]), parse_quiet(was["quiet"])
    )


def test_what_changed_nothing_has_no_way_back():
    message = settings.changed(HOURS, HOURS)

    assert message.text.startswith("That is how it was already.")
    assert values(message.blocks, "restore_settings") == []


@pytest.mark.parametrize(
    ("hours", "filled"),
    [
        (USUAL, ["09:00", "Europe/Berlin"]),
        (HOURS, ["08:30", "Europe/Berlin", "22:00", "07:00"]),
    ],
)
def test_the_form_begins_with_how_it_is(hours, filled):
    form = settings.form(hours)

    check_view(form, "modal")
    begun = (each.get("initial_time", each.get("initial_value")) for each in objects(form))
    assert [each for each in begun if each] == filled
