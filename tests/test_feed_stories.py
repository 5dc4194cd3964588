"""An operator names a feed, and people get its papers."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot import app, manifest
from bot.sandbox import Sandbox
from bot.serve import listening
from bot.services import turns
from tests.feeds import FeedsHere, a_feed, a_row, an_item
from tests.house import House, digests, settings, words
from tests.hugging_face import HuggingFaceHere
from tests.server import Answer

HOUR = timedelta(hours=1)
OLD = an_item("Robots of long ago", day="2 Jan 2026")
FRESH = an_item("Robots that sort mail", day="26 Jun 2026", text="Robots sort letters.")
FERNS = a_row("10.1101/2026.06.26.600002", "Ferns that sleep", "2026-06-26", category="ecology")
LATER = an_item("Robots that deliver mail", day="26 Jun 2026", text="Robots deliver letters.")


@pytest.fixture
def afar(monkeypatch: pytest.MonkeyPatch) -> Iterator[FeedsHere]:
    """The feeds and preprint servers that the bot asks."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr("bot.live.HOST_PAUSE", timedelta())
    monkeypatch.setattr(turns, "PAUSE", timedelta())
    here = FeedsHere()
    here.rows = [FERNS]
    yield here
    here.close()


@pytest.fixture
def house(tmp_path: Path, now: datetime, afar: FeedsHere) -> Iterator[House]:
    """The bot that follows a lab's feed and bioRxiv's neuroscience."""
    with ExitStack() as stack:
        sandbox = stack.enter_context(
            Sandbox(manifest.manifest(), folder=tmp_path / "slack", start_at=now)
        )
        lists = HuggingFaceHere()
        stack.callback(lists.close)
        named = f"{afar.url}/feed.xml biorxiv:neuroscience"
        given = settings(tmp_path, sandbox).model_copy(
            update={"hf_endpoint": lists.url, "feeds": named, "biorxiv_url": afar.url}
        )
        bot = app.build(given, now=sandbox.now)
        stack.callback(bot.close)
        stack.enter_context(listening(bot, sandbox.app_token, sandbox.api_url))
        opened = House(sandbox, bot, {})
        stack.callback(opened.close)
        yield opened


def follows(house: House, topic: str) -> None:
    """Ana follows a topic."""
    preview = house.type("ana", f"subscribe {topic}")
    house.press("ana", preview, "Subscribe")


def later(house: House, wait: timedelta = HOUR + timedelta(minutes=1)) -> None:
    house.clock(house.sandbox.now() + wait)
    house.tick()


def alerts(house: House) -> str:
    return " ".join(words(each) for each in house.dms("ana"))


def test_a_subscriber_gets_the_new_paper_of_a_feed_that_the_operator_named(house, afar):
    afar.put("/feed.xml", a_feed(OLD))
    follows(house, "robots")
    house.tick()
    afar.put("/feed.xml", a_feed(FRESH, OLD))

    later(house)

    assert "Robots that sort mail" in alerts(house)


def test_the_first_read_of_a_feed_tells_what_is_fresh_and_keeps_its_archive_quiet(house, afar):
    follows(house, "robots")
    afar.put("/feed.xml", a_feed(FRESH, OLD))

    house.tick()

    assert "Robots that sort mail" in alerts(house)
    assert "long ago" not in alerts(house)
    assert "Robots of long ago" in words(house.type("ana", "search robots long ago"))


def test_a_paper_is_told_once_however_often_its_feed_is_read(house, afar):
    follows(house, "robots")
    afar.put("/feed.xml", a_feed(FRESH))
    house.tick()
    later(house)
    afar.put("/feed.xml", a_feed(LATER, FRESH))
    later(house)

    assert len(house.dms("ana")) == 2
    assert alerts(house).count("robots-that-sort-mail") <= 1


def test_a_new_preprint_of_a_category_that_is_followed_is_told(house, afar):
    afar.put("/feed.xml", a_feed(OLD))
    follows(house, "cat:neuroscience")
    afar.rows = [a_row("10.1101/2026.06.26.600001", "Mice that count", "2026-06-26"), FERNS]

    house.tick()

    assert "Mice that count" in alerts(house)
    assert "Ferns" not in alerts(house)


def test_a_card_names_the_feed_by_its_title_and_leads_to_its_page(house, afar):
    afar.put("/feed.xml", a_feed(FRESH))
    house.tick()

    card = house.type("ana", "show https://lab.example.org/robots-that-sort-mail")

    assert "on Harbour Lab 26 Jun 2026" in words(card)
    assert "https://lab.example.org/robots-that-sort-mail" in str(card["blocks"])


def test_a_paper_of_a_feed_can_be_saved_and_shows_what_is_similar(house, afar):
    afar.put("/feed.xml", a_feed(FRESH, LATER))
    house.tick()
    card = house.type("ana", "show https://lab.example.org/robots-that-sort-mail")

    house.press("ana", card, "Save")
    saved = house.type("ana", "saved")

    assert "Robots that sort mail" in words(saved)
    assert "Robots that deliver mail" in words(house.press("ana", card, "Similar"))


def test_status_names_the_feed_and_when_it_is_read_again(house, afar):
    afar.put("/feed.xml", a_feed(FRESH))
    house.tick()

    told = words(house.type("ana", "status"))

    assert "Harbour Lab was last read on Fri 26 Jun" in told
    assert "with 1 paper listed, the latest of Fri 26 Jun" in told


def test_a_feed_that_fails_is_said_to_have_failed_and_never_to_have_no_papers(house, afar):
    afar.put("/feed.xml", a_feed(FRESH))
    house.type("ana", "digest on")
    house.tick()
    afar.feeds["/feed.xml"] = Answer(b"<html>Sorry</html>", 200)
    later(house)

    house.type("ana", "digest now")
    house.tick()
    told = words(house.type("ana", "status"))

    assert "Harbour Lab did not answer on" in told
    assert "This is a web page, not a feed." in told
    assert "Harbour Lab did not answer the last time." in words(digests(house)[0])


def test_a_feed_that_is_empty_is_late_in_the_receipt_and_in_the_status(house, afar):
    afar.put("/feed.xml", a_feed(FRESH))
    house.type("ana", "digest on")
    house.tick()
    afar.put("/feed.xml", a_feed())
    later(house)

    house.type("ana", "digest now")
    house.tick()

    assert "Harbour Lab is late" in words(digests(house)[0])
    assert "It is late: it lists nothing at all." in words(house.type("ana", "status"))


def test_the_receipt_of_a_digest_names_the_feed_that_its_papers_are_from(house, afar):
    afar.put("/feed.xml", a_feed(FRESH))
    house.type("ana", "digest on")
    house.tick()

    house.type("ana", "digest now")
    house.tick()

    assert "1 from Harbour Lab; 1 shown" in words(digests(house)[0])
