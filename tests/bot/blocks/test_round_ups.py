"""A week, a month and a second look as a channel sees them, and the settings around them."""

from dataclasses import replace
from datetime import date, time

import pytest

from bot.blocks import digest, round_ups
from bot.blocks.kit import classic
from bot.domain.digest import Edition, Pick, Receipt, SourceRead
from bot.domain.round_ups import RoundUp, Slot, next_time
from bot.domain.spans import Basis, Share, Span
from tests.bot.blocks.anything import objects, read_aloud, values
from tests.factories import DAY, NOW, a_channel, a_listing, papers

SHARES = (Share("agents", 12, 340), Share("a topic with a name that is much too long", 3, 0))
SPAN = Span(date(2026, 6, 20), DAY, shares=SHARES, basis=Basis.KEYWORDS, counted=312)
URL = "https://lab.slack.com/archives/C1/p1"


def some(count: int, start: int = 1):
    return [a_listing(each, upvotes=50) for each in papers(count, start=start)]


def an_edition(shown, slot: Slot = Slot.WEEKLY) -> Edition:
    picks = tuple(Pick(each.paper.id, "") for each in shown)
    read = SourceRead("hf", DAY, NOW, None, listed=312)
    return Edition("T1", "C1", DAY, slot.value, NOW, picks, Receipt(300, (read,), seen=12))


def a_week(shown, seen=(), links=None, span: Span = SPAN):
    return round_ups.round_up(an_edition(shown), span, shown, {}, seen, links)


@pytest.mark.parametrize(
    ("slot", "title"),
    [
        (Slot.WEEKLY, "The week to Friday 26 June"),
        (Slot.MONTHLY, "The best of June 2026"),
        (Slot.SECOND_LOOK, "A second look, Friday 26 June"),
    ],
)
def test_each_says_what_it_is(slot, title):
    shown = some(2)

    message = round_ups.round_up(an_edition(shown, slot), SPAN, shown)

    assert message.blocks[0]["text"]["text"] == title
    assert message.text.startswith(title)


def test_what_was_seen_is_one_line_with_a_link_and_no_button():
    [seen] = some(1, start=9)

    message = a_week(some(2), [seen], {seen.paper.id: URL})

    assert seen.paper.id not in values(message.blocks, "open_abstract")
    assert URL in [each.get("url") for each in objects(message.blocks)]
    assert read_aloud(message.blocks).count(seen.paper.title) == 1


def test_without_a_link_the_line_is_there_all_the_same():
    [seen] = some(1, start=9)

    assert seen.paper.title in read_aloud(a_week([], [seen]).blocks)


def test_the_second_look_has_a_title_of_its_own_above_its_first_paper():
    shown = some(4)
    span = replace(SPAN, risers=(shown[2].paper.id, shown[3].paper.id))

    said = read_aloud(a_week(shown, span=span).blocks)

    assert said.count(round_ups.AGAIN) == 1
    assert said.index(shown[1].paper.title) < said.index(round_ups.AGAIN)
    assert said.index(round_ups.AGAIN) < said.index(shown[2].paper.title)
    assert "2 papers that nobody here has seen and 2 that rose after a digest passed on" in said


def test_a_chart_has_names_that_fit_and_says_the_same_in_words():
    message = a_week(some(1))

    charts = [each for each in message.blocks if each["type"] == "data_visualization"]
    older = classic(message)
    assert [each["title"] for each in charts] == [
        "Papers by frequent keywords",
        "Votes by frequent keywords",
    ]
    assert all(
        len(name) <= 20 for each in charts for name in each["chart"]["axis_config"]["categories"]
    )
    assert older is not None
    assert "agents: 12 papers, 340 votes" in read_aloud(older.blocks)
    assert "of 312 papers" in read_aloud(older.blocks)


def test_where_nobody_voted_there_is_no_chart_of_votes():
    span = replace(SPAN, shares=(Share("agents", 2, 0),))

    charts = [
        each for each in a_week(some(1), span=span).blocks if each["type"] == "data_visualization"
    ]
    assert len(charts) == 1


def test_a_week_without_papers_says_why():
    empty = replace(an_edition([]), receipt=Receipt(0, (SourceRead("hf", DAY, None, None),)))

    message = round_ups.round_up(empty, replace(SPAN, shares=()), [])

    assert message.text == (
        "The week to Friday 26 June: no new papers.\n"
        "I have not reached Hugging Face yet. I keep trying."
    )


# -- settings -------------------------------------------------------------------------------------


def wanted(slot: Slot, **fields) -> RoundUp:
    made = RoundUp("T1", "C1", slot, "U1", **fields)
    return replace(made, next_due_at=next_time(made, a_channel().schedule, NOW, None))


def test_settings_tell_every_round_up_with_its_next_time():
    round_ups_here = [wanted(Slot.WEEKLY, weekday=4, at=time(16)), wanted(Slot.MONTHLY)]

    said = digest.settings(a_channel(), None, round_ups_here).text

    assert "The best of the week comes on Fridays at 16:00 (Europe/Berlin); the next on " in said
    assert "on the first workday after it, at 09:00 (Europe/Berlin); the next on Wed 1 Jul." in said


def test_one_that_sleeps_says_so():
    asleep = RoundUp("T1", "C1", Slot.WEEKLY, "U1", 4)

    assert (
        "not while the digest is off"
        in digest.settings(a_channel(next_due_at=None), None, [asleep]).text
    )


def test_a_change_carries_its_number_for_undo_and_what_was_never_changed_has_none():
    changed = digest.turned_on(a_channel(change=7))

    assert values(changed.blocks, "undo_digest") == ["7"]
    assert values(digest.turned_on(a_channel()).blocks, "undo_digest") == []
