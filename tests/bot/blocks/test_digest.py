"""Digests of many papers, of one, of none; their receipts and settings."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.blocks import digest
from bot.domain.digest import Digest, Edition, Pick, Receipt, Schedule, SourceRead
from tests.bot.blocks.anything import listings, read_aloud, values
from tests.factories import a_listing, a_paper, papers

NOW = datetime(2026, 6, 26, 7, tzinfo=UTC)
FRIDAY = date(2026, 6, 26)
ANSWERED = SourceRead("hf", FRIDAY, NOW, None)
FAILED = SourceRead("hf", FRIDAY, NOW, "It took longer than 20 s.")
NEVER = SourceRead("hf", FRIDAY, None, None)
ARXIV = SourceRead("arxiv", FRIDAY, NOW, None)


def an_edition(shown, candidates=57, read=ANSWERED):
    picks = tuple(Pick(each.paper.id, f"{each.upvotes} votes") for each in shown)
    return Edition("T1", "C1", FRIDAY, "daily", NOW, picks, Receipt(candidates, (read,)))


def some(count):
    return [a_listing(paper, upvotes=50) for paper in papers(count)]


def a_digest(due=datetime(2026, 6, 29, 7, tzinfo=UTC), size=5):
    schedule = Schedule(time(9), ZoneInfo("Europe/Berlin"))
    return Digest("T1", "C1", schedule, size, "U1", due)


@pytest.mark.parametrize(
    ("count", "title"),
    [
        (1, "1 paper for Friday 26 June"),
        (5, "5 papers for Friday 26 June"),
        (9, "9 papers for Friday 26 June"),
    ],
)
def test_a_digest_says_how_many_papers_and_shows_them_in_order(count, title):
    shown = some(count)

    message = digest.digest(an_edition(shown), shown)

    head, *_, receipt = message.blocks
    assert head["text"]["text"] == title
    assert values(message.blocks, "open_abstract") == [each.paper.id for each in shown]
    assert f"{count} shown, {57 - count} below the bar." in read_aloud([receipt])


@pytest.mark.parametrize("count", [0, 3])
def test_a_digest_after_days_away_says_which_it_covers(count):
    shown = some(count)
    late = replace(an_edition(shown), covers_from=date(2026, 6, 22))

    said = read_aloud(digest.digest(late, shown).blocks)

    assert "Covers Monday 22 to Friday 26 June, while I was away." in said
    assert "Covers" not in read_aloud(digest.digest(an_edition(shown), shown).blocks)


def test_the_text_alone_reads_well():
    shown = [a_listing(a_paper(title="Nets & <tags>"), upvotes=1), *some(1)]

    assert digest.digest(an_edition(shown), shown).text.splitlines() == [
        "2 papers for Friday 26 June",
        "1. Nets &amp; &lt;tags&gt; (1 vote)",
        "2. Paper number 1 (50 votes)",
    ]


def test_a_terminal_reads_the_same_without_escapes():
    shown = [a_listing(a_paper(title="Nets & <tags>"), upvotes=0)]

    assert digest.lines(an_edition(shown), shown)[1:] == ["1. Nets & <tags>"]


@pytest.mark.parametrize(
    ("read", "why"),
    [
        (ANSWERED, "Hugging Face has listed nothing new since the last digest"),
        (FAILED, "Hugging Face did not answer: It took longer than 20 s. I keep trying."),
        (NEVER, "I have not reached Hugging Face yet. I keep trying."),
    ],
)
def test_a_digest_without_papers_says_why(read, why):
    message = digest.digest(an_edition([], 0, read), [])

    assert message.text.startswith(f"No new papers for Friday 26 June. {why}")
    assert why in read_aloud(message.blocks)


@pytest.mark.parametrize(
    ("candidates", "shown", "reads", "receipt"),
    [
        (
            57,
            5,
            [ANSWERED],
            "57 new from Hugging Face (list of Fri 26 Jun); 5 shown, 52 below the bar.",
        ),
        (5, 5, [ANSWERED], "5 new from Hugging Face (list of Fri 26 Jun); 5 shown."),
        (1200, 5, [], "1,200 new; 5 shown, 1,195 below the bar."),
        (
            2,
            2,
            [FAILED],
            "2 new from Hugging Face (list of Fri 26 Jun); 2 shown. "
            "Hugging Face did not answer the last time.",
        ),
    ],
)
def test_a_receipt_says_where_papers_came_from_and_what_was_left_out(
    candidates, shown, reads, receipt
):
    edition = replace(an_edition([]), receipt=Receipt(candidates, tuple(reads)))

    assert digest.receipt(edition, shown) == receipt


@given(shown=listings(20), more=st.integers(0, 10_000))
@settings(max_examples=30)
def test_what_does_not_fit_is_counted(shown, more):
    edition = an_edition(shown, len(shown) + more)

    message = digest.digest(edition, shown)

    visible = len(values(message.blocks, "open_abstract"))
    if shown:
        assert visible > 0
        assert read_aloud(message.blocks).endswith(digest.receipt(edition, visible))


def test_settings_name_the_hour_the_zone_the_next_day_and_the_last_receipt():
    said = read_aloud(digest.settings(a_digest(), an_edition(some(5))).blocks)

    assert "5 papers at 09:00 (Europe/Berlin), Monday to Friday." in said
    assert "The next one comes on Mon 29 Jun." in said
    assert "Last time: 57 new from Hugging Face" in said


@pytest.mark.parametrize(
    ("known", "size"), [(None, "5 papers"), (a_digest(due=None, size=1), "1 paper")]
)
def test_settings_of_a_digest_that_is_off_say_what_it_would_bring(known, size):
    message = digest.settings(known, None)

    assert f"When it is on: {size} at 09:00" in read_aloud(message.blocks)
    assert values(message.blocks, "turn_digest_on") == [""]


def test_a_change_is_announced_with_who_made_it():
    message = digest.turned_on(a_digest())

    assert message.text == (
        "<@U1> set the daily digest here: 5 papers at 09:00 (Europe/Berlin), Monday to Friday. "
        "The next one comes on Mon 29 Jun."
    )


def test_try_again_carries_what_was_asked():
    message = digest.invite_me("move_digest", "08:30 Europe/Berlin")

    assert values(message.blocks, "move_digest") == ["08:30 Europe/Berlin"]


@pytest.mark.parametrize(
    ("names", "told"),
    [
        ((), "52 below the bar."),
        (("cs.AI",), "below the bar; cs.AI is late and will be topped up."),
        (("cs.AI", "cs.LG"), "cs.AI and cs.LG are late and will be topped up."),
    ],
)
def test_a_receipt_names_the_categories_that_are_late(names, told):
    shown = some(5)

    message = digest.digest(an_edition(shown, read=replace(ARXIV, late=names)), shown)

    assert read_aloud([message.blocks[-1]]).endswith(told)


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (
            date(2026, 6, 27),
            "arXiv announces nothing at weekends; its latest list is of Fri ",
        ),
        (
            date(2026, 6, 22),
            "arXiv announces nothing after a holiday (Juneteenth); its latest list is of Fri ",
        ),
        (FRIDAY, "arXiv has listed nothing new since the last digest"),
    ],
)
def test_an_empty_day_of_arxivs_is_called_by_its_name(day, why):
    edition = replace(an_edition([], 0, ARXIV), local_date=day)

    assert why in digest.digest(edition, []).text


def test_an_empty_day_says_what_is_late():
    edition = an_edition([], 0, replace(ARXIV, late=("cs.AI",)))

    assert "cs.AI is late and will be topped up." in digest.digest(edition, []).text
