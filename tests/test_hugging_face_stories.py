"""People and Hugging Face: what it is asked, when, and what they see of its answers."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import app, manifest
from bot.sandbox import Sandbox
from bot.serve import listening
from bot.services import turns
from storage import rankings
from tests.arxiv import ArxivHere, a_feed, an_item
from tests.house import House, digests, open_house, settings, words
from tests.hugging_face import HuggingFaceWhole, an_entry
from tests.waiting import until

Json = dict[str, Any]
FRIDAY = "2026-06-26"
OLD, NEW, AFAR = "1706.03762", "2606.10001", "2404.04487"
CITED = {"numTotalModels": 3, "numTotalDatasets": 1, "numTotalSpaces": 2}
NINE = datetime.fromisoformat("2026-06-26T08:00:00+00:00")  # in Lisbon, where Ana is
MONDAY = NINE + timedelta(days=3)


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[HuggingFaceWhole]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    site = HuggingFaceWhole()
    site.lists = {FRIDAY: [an_entry(NEW, "Diffusion policies for hands", FRIDAY, votes=40)]}
    site.trending = [an_entry(OLD, "Old attention", "2017-06-12", votes=900)]
    site.found = [
        an_entry(AFAR, "Questions & answers in <Kazakh>", "2024-04-06"),
        an_entry(NEW, "Diffusion policies for hands", FRIDAY),
    ]
    site.papers = {
        NEW: an_entry(NEW, "Diffusion policies for hands", FRIDAY, 57)["paper"] | CITED,
        AFAR: an_entry(AFAR, "Questions in Kazakh", "2024-04-06")["paper"],
    }
    yield site
    site.close()


@pytest.fixture
def arxiv(monkeypatch: pytest.MonkeyPatch) -> Iterator[ArxivHere]:
    monkeypatch.setattr(turns, "PAUSE", timedelta())
    here = ArxivHere()
    here.announce("/rss/cs.SD", a_feed(an_item("2606.20001"), an_item("2606.20002")))
    yield here
    here.close()


@pytest.fixture
def house(
    tmp_path: Path, now: datetime, site: HuggingFaceWhole, arxiv: ArxivHere
) -> Iterator[House]:
    outside = {
        "hf_endpoint": site.url,
        "arxiv_url": arxiv.url,
        "arxiv_categories": "cs.SD",
    }
    with ExitStack() as stack:
        sandbox = stack.enter_context(
            Sandbox(manifest.manifest(), folder=tmp_path / "slack", start_at=now)
        )
        bot = app.build(settings(tmp_path, sandbox).model_copy(update=outside), now=sandbox.now)
        stack.callback(bot.close)
        stack.enter_context(listening(bot, sandbox.app_token, sandbox.api_url))
        opened = House(sandbox, bot, {})
        stack.callback(opened.close)
        opened.tick()
        yield opened


def look(house: House, message: Json, label: str = "Look on Hugging Face") -> Json:
    """Press it, and wait for what takes the place of "Looking…"."""
    house.click("ana", message, label)
    return until(
        lambda: next(
            (
                each
                for each in house.sees("ana")
                if each["ts"] == message["ts"]
                and each["blocks"] != message["blocks"]
                and not each["text"].startswith("Looking")
            ),
            None,
        )
    )


def at(house: House, *times: datetime) -> None:
    """What ticks at these times."""
    for time in times:
        house.clock(time)
        house.tick()


def labels(message: Json) -> list[str]:
    return re.findall(r"Look on Hugging Face|Look again|Save|Similar", words(message))


# -- a search that finds nothing ------------------------------------------------------------------


def test_who_finds_nothing_looks_on_hugging_face_by_a_button_and_sees_what_is_not_stored(
    house, site
):
    nothing = house.type("ana", 'search "kazakh questions"')
    assert site.searched() == []  # nobody's words go out by themselves

    found = look(house, nothing)

    said = words(found)
    assert site.searched() == ["kazakh questions"]
    assert "Questions & answers in <Kazakh>" in said
    assert said.count("on Hugging Face, not stored here") == 1
    assert found["ephemeral"]
    assert labels(found).count("Save") == 1  # of the one that is stored
    again = house.type("ana", 'search "kazakh questions"')
    assert "Nothing found" in words(again)


def test_while_hugging_face_is_asked_a_line_says_so(house, site):
    site.held = {"search"}
    nothing = house.type("ana", "search kazakh")
    waiting = house.press("ana", nothing, "Look on Hugging Face")
    site.released.set()

    assert waiting["text"] == "Looking on Hugging Face for kazakh…"


def test_where_hugging_face_does_not_answer_that_is_said_and_tried_again_by_a_button(house, site):
    site.silent = {"search"}
    silent = look(house, house.type("ana", "search kazakh"))
    assert "Hugging Face did not answer just now" in words(silent)

    site.silent.clear()
    assert "Kazakh" in words(look(house, silent, "Look again"))


def test_where_hugging_face_finds_nothing_either_that_is_said(house, site):
    site.found = []
    found = look(house, house.type("ana", "search kazakh"))

    assert "Hugging Face finds nothing either" in words(found)
    assert "Subscribe to this" in words(found)


def test_where_papers_are_given_there_is_no_such_button(tmp_path, now):
    with open_house(tmp_path, {}, start_at=now) as house:
        assert labels(house.type("ana", "search kazakh")) == []


# -- one paper ------------------------------------------------------------------------------------


def test_who_opens_a_paper_reads_what_cites_it_with_links(house, site):
    card = house.type("ana", f"show {NEW}")
    said = words(card)

    for kind, counted in (
        ("models", "3 models"),
        ("datasets", "1 dataset"),
        ("spaces", "2 Spaces"),
    ):
        assert f"<https://huggingface.co/{kind}?other=arxiv:{NEW}|{counted}>" in said
    house.type("ana", f"show {NEW}")
    assert site.paths.count(f"/api/papers/{NEW}") == 1


def test_a_paper_that_nobody_listed_is_shown_and_not_stored(house):
    card = house.type("ana", f"show https://arxiv.org/abs/{AFAR}")

    assert "Questions in Kazakh" in words(card)
    assert "Not stored here" in words(card)
    assert labels(card) == []


def test_a_paper_that_nobody_knows_is_said_in_words(house):
    assert "I don't have that paper" in words(house.type("ana", "show 2601.99999"))


def test_a_silent_hugging_face_takes_nothing_from_a_card_but_that_line(house, site):
    site.silent = {"papers"}
    card = house.type("ana", f"show {NEW}")

    assert "Diffusion policies" in words(card)
    assert "models" not in words(card)
    assert "Save" in labels(card)


def test_the_abstract_opens_at_once_and_what_cites_the_paper_joins_it(house):
    today = house.type("ana", "today")
    house.click("ana", today, "Abstract")

    view = until(
        lambda: next((v for v in house.views("ana")["modals"] if "3 models" in words(v)), None)
    )
    assert "2 Spaces" in words(view)


def test_the_abstract_does_not_wait_for_hugging_face(house, site):
    today = house.type("ana", "today")
    site.held = {"papers"}
    house.click("ana", today, "Abstract")

    [view] = until(lambda: house.views("ana")["modals"])
    assert "Diffusion policies" in words(view)
    site.released.set()


# -- lists beside those of days -------------------------------------------------------------------


def test_an_old_paper_that_trends_is_found_and_shown_and_in_no_digest(house, site):
    assert "Old attention" in words(house.type("ana", f"show {OLD}"))
    assert "Old attention" in words(house.type("ana", "search old attention"))
    assert "Old attention" not in words(house.type("ana", "today"))
    with house.bot.database.read() as session:
        assert [each.paper.id for each in rankings.trending(session)] == [OLD]

    house.type("ana", "digest on")
    at(house, NINE)
    [digest] = digests(house)
    assert "Diffusion policies" in words(digest)
    assert "Old attention" not in words(digest)


# -- every source is optional ---------------------------------------------------------------------


def test_where_hugging_face_died_a_digest_shows_arxivs_papers_and_says_who_is_missing(
    house, site, arxiv
):
    house.type("ana", "digest on")
    at(house, NINE)
    site.silent = {"lists", "papers", "search"}
    arxiv.announce("/rss/cs.SD", a_feed(an_item("2606.30002"), day="29 Jun 2026"))
    at(house, MONDAY - timedelta(minutes=5), MONDAY + timedelta(minutes=21))

    digest = digests(house)[0]
    assert "Paper 2606.30002" in words(digest)
    assert "Hugging Face did not answer" in words(digest)


def test_where_arxiv_died_a_digest_shows_hugging_faces_papers_and_says_who_is_missing(
    house, site, arxiv
):
    house.type("ana", "digest on")
    at(house, NINE)
    arxiv.feeds.clear()
    site.lists["2026-06-29"] = [an_entry("2606.30001", "Monday's hands", "2026-06-29", votes=9)]
    at(house, MONDAY - timedelta(minutes=5), MONDAY)

    digest = digests(house)[0]
    assert "Monday's hands" in words(digest)
    assert "arXiv did not answer" in words(digest)


def test_with_one_source_dead_search_topics_and_status_go_on(house, site):
    site.silent = {"lists", "papers", "search"}
    at(house, MONDAY)

    assert "Diffusion policies" in words(house.type("ana", "search diffusion"))
    assert "Subscribe" in words(house.type("ana", "subscribe diffusion"))
    assert "Hugging Face did not answer on" in words(house.type("ana", "status"))


# -- no PDF ---------------------------------------------------------------------------------------


def test_whatever_people_do_no_pdf_is_ever_asked_for(house, site, arxiv):
    house.type("ana", "digest on")
    house.type("ana", "digest now")
    house.click("ana", house.type("ana", "today"), "Abstract")
    for typed in (
        f"show https://arxiv.org/pdf/{NEW}v2.pdf",
        "show https://arxiv.org/pdf/2601.12345.pdf",
        f"search https://arxiv.org/pdf/{AFAR}v1",
        "search 2601.54321.pdf",
        f"similar {NEW}",
        f"save {NEW}",
        f"why {NEW}",
        f"pick {NEW}",
        "trends diffusion",
    ):
        house.type("ana", typed)
    look(house, house.type("ana", "search kazakh"))
    at(house, *(NINE + timedelta(hours=hours) for hours in (1, 5, 24, 72)))

    asked = [*site.paths, *arxiv.paths]
    assert {"/api/daily_papers", "/api/papers/search", "/rss/cs.SD", "/api/query"} <= set(asked)
    assert [each for each in asked if "pdf" in each.lower()] == []
    queries = [value for each in (*site.queries, *arxiv.queries) for value in each.values()]
    assert [each for each in queries if "pdf" in each.lower()] == []
