"""Dates, counts and names as people read them."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.blocks import words
from bot.domain.digest import Schedule
from bot.domain.paper import UNDATED
from bot.domain.reader import FOREVER, Quiet
from bot.domain.subscription import Cadence, Wish
from tests.factories import a_listing, a_paper

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "0 votes"), (1, "1 vote"), (2, "2 votes"), (1212, "1,212 votes")],
)
def test_a_count_has_its_plural(number, said):
    assert words.count(number, "vote") == said


def test_a_withdrawn_paper_says_so_first_in_every_line_about_it():
    gone = a_listing(a_paper(withdrawn=True, published=None), upvotes=3)

    assert words.in_brief(gone) == "Small nets learn (withdrawn, 3 votes)"
    for said in (words.facts(gone), words.brief_facts(gone), words.card_facts(gone)):
        assert said.startswith("withdrawn · 3 votes · ")
    assert words.in_brief(a_listing(gone.paper, upvotes=0)) == "Small nets learn (withdrawn)"
    assert "withdrawn" not in words.facts(a_listing())


@pytest.mark.parametrize(
    ("source", "title", "day", "said"),
    [
        ("lab.example.org", "Harbour Lab", date(2026, 6, 26), "on Harbour Lab 26 Jun 2026"),
        ("lab.example.org", "", date(2026, 6, 26), "on lab.example.org 26 Jun 2026"),
        ("hf", "Harbour Lab", date(2026, 6, 26), "on Hugging Face 26 Jun 2026"),
        ("medrxiv", "", UNDATED, "on medRxiv"),
    ],
)
def test_a_card_names_the_feed_of_a_paper_and_its_day_if_it_has_one(source, title, day, said):
    listing = a_listing(source=source, source_title=title, day=day)

    assert words.card_facts(listing).split(" · ")[-1] == said


def test_terms_say_that_later_versions_come():
    wish = Wish("robots", Cadence.DAILY, 3, revisions=True)

    assert words.terms(wish) == "once a day, 3 papers at most, with later versions"


def test_days_are_short_long_or_full():
    friday = date(2026, 6, 5)

    assert words.day(friday) == "Friday 5 June"
    assert words.short_day(friday) == "Fri 5 Jun"
    assert words.full_date(friday) == "5 Jun 2026"


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2026, 11, 19), date(2026, 11, 23), "Thursday 19 to Monday 23 November"),
        (date(2026, 2, 27), date(2026, 3, 2), "Friday 27 February to Monday 2 March"),
        (date(2026, 12, 31), date(2027, 1, 4), "Thursday 31 December to Monday 4 January"),
    ],
)
def test_several_days_name_a_month_once(first, last, said):
    assert words.days(first, last) == said


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("Europe/Berlin", "Fri 26 Jun, 09:00 (Europe/Berlin)"),
        ("America/Los_Angeles", "Fri 26 Jun, 00:00 (America/Los_Angeles)"),
        ("Pacific/Auckland", "Fri 26 Jun, 19:00 (Pacific/Auckland)"),
        ("Pacific/Honolulu", "Thu 25 Jun, 21:00 (Pacific/Honolulu)"),
    ],
)
def test_a_moment_is_told_where_its_reader_is(zone, said):
    assert words.moment(datetime(2026, 6, 26, 7, tzinfo=UTC), ZoneInfo(zone)) == said


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ({0, 1, 2, 3, 4}, "Monday to Friday"),
        (set(range(7)), "every day"),
        ({4}, "Fri"),
        ({4, 0}, "Mon and Fri"),
        ({0, 2, 4}, "Mon, Wed and Fri"),
    ],
)
def test_weekdays(days, said):
    assert words.weekdays(frozenset(days)) == said


def test_a_schedule_names_its_zone():
    schedule = Schedule(time(8, 30), BERLIN)

    assert words.schedule(schedule) == "08:30 (Europe/Berlin), Monday to Friday"


@pytest.mark.parametrize(
    ("cadence", "at", "said"),
    [
        (Cadence.NOW, time(8, 30), "as soon as they appear"),
        (Cadence.DAILY, time(8, 30), "once a day at 08:30"),
        (Cadence.WEEKLY, time(0), "on Mondays at 00:00"),
        (Cadence.DAILY, None, "once a day"),  # of whom the hour is not known
        (Cadence.WEEKLY, None, "on Mondays"),
    ],
)
def test_cadences(cadence, at, said):
    assert words.cadence(cadence, at) == said


def test_terms_name_a_size_that_is_not_the_usual_one():
    assert words.terms(Wish("agents"), time(9)) == "as soon as they appear"
    assert words.terms(Wish("agents", size=1)) == "as soon as they appear, 1 paper at most"


def test_a_pause_names_the_day_where_its_reader_is_or_no_end():
    late = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)

    assert words.paused(late, BERLIN) == "paused until Tue 1 Dec"
    assert words.paused(FOREVER, BERLIN) == "paused until you resume it"


def test_quiet_hours_are_a_span():
    assert words.quiet(Quiet(time(22), time(7))) == "22:00 to 07:00"


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (0, ""),
        (4, ""),
        (5, "about 1 a week"),
        (14, "about 3 a week"),
        (30, "about 1 a day"),
        (45_000, "about 1,500 a day"),
    ],
)
def test_a_pace_is_told_in_the_unit_people_feel(found, said):
    assert words.pace(found, 30) == said


@pytest.mark.parametrize(
    ("names", "shown", "said"),
    [
        ([], 1, ""),
        (["A"], 1, "A"),
        (["A", "B"], 1, "A and B"),
        (["A", "B", "C"], 1, "A and 2 others"),
        (["A", "B", "C"], 2, "A, B and C"),
        (["A", "B", "C", "D"], 2, "A, B and 2 others"),
        (["A"] * 2001, 1, "A and 2,000 others"),
    ],
)
def test_authors_never_end_with_one_other(names, shown, said):
    assert words.authors(names, shown) == said


@pytest.mark.parametrize(
    ("said", "shown"), [("It broke", "It broke."), ("It broke.", "It broke."), ("Why?", "Why?")]
)
def test_a_sentence_ends_once(said, shown):
    assert words.sentence(said) == shown


def test_facts_begin_with_votes_and_end_with_who_wrote_the_summary():
    paper = a_paper(
        organization="ETH", code_url="https://a.org", tldr="Short.", tldr_by="Daily Papers"
    )
    listing = a_listing(paper, upvotes=1212, comments=1, stars=1040)

    assert words.facts(listing, summary_by=paper.tldr_by) == (
        "1,212 votes · 1 comment · Li Wei and Sato Ken · ETH · our summary"
    )
    assert words.pages(listing) == [("https://a.org", "code ★ 1,040")]


@pytest.mark.parametrize(
    ("votes", "reason", "first"),
    [
        (57, "57 votes", "57 votes · Li"),
        (62, "57 votes", "62 votes · Li"),  # the votes grew since the choice
        (1212, "1212 votes", "1,212 votes · Li"),
        (3, "no votes yet", "3 votes · Li"),
        (0, "no votes yet", "no votes yet · Li"),
        (57, "matches robotics", "57 votes · matches robotics · Li"),
        (57, "2 votes for a topic", "57 votes · 2 votes for a topic · Li"),
        (0, "", "Li"),
    ],
)
def test_a_reason_follows_the_votes_unless_it_is_the_votes(votes, reason, first):
    assert words.facts(a_listing(upvotes=votes), reason).startswith(first)


def test_a_paper_of_which_nothing_is_known_has_no_facts():
    assert words.facts(a_listing(a_paper(authors=()), upvotes=0)) == ""


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"source": "hf"}, "on Hugging Face 26 Jun 2026"),
        ({"source": "hf-week"}, "on Hugging Face 26 Jun 2026"),
        ({"source": "arxiv"}, "on arXiv 26 Jun 2026"),
        ({"source": "hf-trending", "rank": 4}, "trending on Hugging Face"),
        ({"source": "hf-trending", "rank": 0}, "on Hugging Face"),
    ],
)
def test_a_card_says_where_and_when_a_paper_was_listed(fields, said):
    assert words.card_facts(a_listing(**fields)).endswith(f" · {said}")
