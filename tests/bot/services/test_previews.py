"""A topic tried on stored papers: what it would have sent, and what is offered beside it."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from bot.domain.backtest import Preview
from bot.domain.paper import Paper
from bot.domain.subscription import Cadence, Wish, read_wish
from bot.services import alerts, mutes, previews, search
from tests.factories import DAY, NOW, a_paper, papers

POLICY = a_paper("2606.10001", "Diffusion policies for dexterous hands")


@pytest.fixture
def tried(database, index) -> Callable[..., Preview]:
    """What somebody's wish would have sent, from an index that has read what is stored."""

    def tried(wish: str | Wish, user_id: str = "U1") -> Preview:
        search.follow(database, index)
        asked = read_wish(wish) if isinstance(wish, str) else wish
        return previews.preview(database, index, "T1", user_id, asked, NOW)

    return tried


def some(count: int, title: str, start: int = 1, **more: object) -> list[Paper]:
    """Papers whose titles begin so."""
    return [a_paper(f"2606.2{start + n:04}", f"{title} {start + n}", **more) for n in range(count)]


def test_a_preview_counts_what_would_have_been_sent_and_stores_nothing(tried, arrive, everything):
    arrive(POLICY, *papers(3))
    arrive(
        a_paper("2605.00001", "Diffusion policy, earlier"),
        day=DAY - timedelta(days=29),
        now=NOW - timedelta(days=29),
    )
    arrive(a_paper("2604.00001", "Diffusion policy, long ago"), day=date(2026, 4, 1))
    before = everything()

    found = tried("diffusion policy")

    assert everything() == before
    assert (found.volume.papers, found.volume.weeks, found.known) == (2, (1, 0, 0, 0), False)
    assert found.volume.days == 30
    assert [each.paper.id for each in found.examples] == [POLICY.id, "2605.00001"]


def test_a_preview_shows_three_examples_however_many_there_are(tried, arrive):
    arrive(*papers(9))

    found = tried("paper")

    assert (found.volume.papers, len(found.examples)) == (9, 3)


def test_a_preview_says_what_is_followed_already(tried, follow):
    follow("diffusion policy")

    assert tried("diffusion  policy").known
    assert not tried("diffusion policy", "U2").known


def test_what_a_preview_found_is_what_an_alert_would_tell(database, tried, follow, arrive, outbox):
    arrive(POLICY, *papers(3))
    found = tried("dexterous, number 2")
    follow("dexterous, number 2")
    arrive(*(a_paper(each.id.replace("2606", "2607"), each.title) for each in (POLICY, *papers(3))))
    alerts.build_due(database, NOW)

    [owed] = outbox()
    assert len(owed.content["groups"][0]["papers"]) == found.volume.papers == 2


def test_of_too_many_papers_a_fair_sample_is_read(tried, arrive, monkeypatch):
    monkeypatch.setattr(previews, "TRIED", 100)
    arrive(*some(400, "Planning agents"))

    found = tried("agents")

    assert not found.volume.is_exact
    assert found.volume.papers == pytest.approx(400, rel=0.3)


def test_a_topic_of_many_papers_is_narrowed_by_what_they_share(tried, arrive):
    arrive(*some(20, "Agents in general"), *some(8, "Web agents", start=100))

    narrower = tried('agents weekly max:3 as:"mine"').narrower

    assert narrower is not None
    assert narrower.volume.papers == 8
    assert narrower.wish == Wish("web agents", Cadence.WEEKLY, 3)  # and nobody's name for another


def test_a_topic_of_few_papers_is_broadened_by_leaving_a_word_out(tried, arrive):
    arrive(*some(1, "Diffusion policy distillation"), *some(5, "Diffusion policy", start=100))

    broader = tried("diffusion policy distillation").broader

    assert broader is not None
    assert broader.wish.text == "diffusion policy"
    assert broader.volume.papers == 6


def test_a_word_that_no_paper_has_is_named_and_the_nearest_one_offered(tried, arrive):
    arrive(*some(6, "Diffusion policies"))

    found = tried("difusion policy")

    assert found.volume.papers == 0
    assert found.unknown == ("difusion",)
    assert found.corrected is not None
    assert found.corrected.wish.text == "diffusion policy"
    assert found.corrected.volume.papers == 6


@pytest.mark.parametrize(
    "topic", ["diffusion policy", "diffusions", "-difusion policies", "cat:cs.CL"]
)
def test_a_word_that_papers_have_in_any_spelling_is_not_called_unknown(tried, arrive, topic):
    arrive(*some(6, "Diffusion policies"))

    found = tried(topic)

    assert found.unknown == ()
    assert found.corrected is None


def test_where_nothing_is_stored_no_word_is_called_unknown(tried):
    assert tried("difusion policy").unknown == ()


def test_where_papers_are_stored_of_few_days_a_topic_is_tried_on_those(tried, arrive):
    arrive(*papers(3), day=DAY - timedelta(days=8), now=NOW - timedelta(days=8))
    arrive(*papers(9, start=50))

    found = tried("paper").volume

    assert (found.papers, found.days, found.weeks) == (12, 9, (9,))
    assert not found.is_too_much


def test_what_its_reader_mutes_is_neither_counted_nor_shown_and_said(tried, database, arrive):
    arrive(*some(3, "Nets that see"), *some(2, "Nets that hear", start=20))
    mutes.mute(database, "T1", "U1", ["hear"], NOW)

    mine, theirs = tried("nets"), tried("nets", "U2")

    assert (mine.volume.papers, mine.muted, len(mine.examples)) == (3, 2, 3)
    assert (theirs.volume.papers, theirs.muted) == (5, 0)
