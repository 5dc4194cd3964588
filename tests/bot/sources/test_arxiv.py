"""arXiv over HTTP: what is asked, in turn, and what comes of each way to fail."""

import gzip
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from bot.errors import SourceFailed
from bot.sources import arxiv_feed
from bot.sources.arxiv import Arxiv
from tests.arxiv import (
    a_feed,
    an_item,
)
from tests.server import QUICK, Answer

BOTH = ("cs.SD", "cs.HC")
FIRST = datetime(2026, 6, 24, 18, tzinfo=UTC)
LAST = datetime(2026, 6, 25, 18, tzinfo=UTC)
GZIP = {"Content-Encoding": "gzip"}
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha">]><rss><channel><title>&a;</title></channel></rss>'


# -- announcements --------------------------------------------------------------------------------


def test_several_categories_are_one_request_with_a_name_and_a_contact(arxiv, here, reply):
    here.announce("/rss/cs.SD+cs.HC", reply("arxiv_feed.rss"))

    feed = arxiv.announced(BOTH, {})

    assert len(feed.items) == 4
    assert here.paths == ["/rss/cs.SD+cs.HC"]
    assert here.headers[0]["user-agent"].startswith("papers-bot/")
    assert "me@example.org" in here.headers[0]["user-agent"]


def test_a_category_is_asked_for_by_the_name_it_has_today(arxiv, here):
    here.announce("/rss/eess.SY+math-ph", a_feed(an_item("2606.00001")))

    assert arxiv.announced(("cs.SY", "eess.SY", "math.MP"), {}).items


def test_where_rss_is_not_served_atom_is_read(arxiv, here, reply):
    here.announce("/atom/cs.SD+cs.HC", reply("arxiv_feed.atom"))

    assert len(arxiv.announced(BOTH, {}).items) == 1
    assert here.paths == ["/rss/cs.SD+cs.HC", "/atom/cs.SD+cs.HC"]


def test_a_feed_that_did_not_change_is_not_sent_again(arxiv, here):
    changed = "Fri, 26 Jun 2026 04:00:02 GMT"
    here.announce("/rss/cs.SD", a_feed(an_item("2606.00001")), ETag='"1"', Last_Modified=changed)
    first = arxiv.announced(("cs.SD",), {})

    assert first.validators == {"If-None-Match": '"1"', "If-Modified-Since": changed}
    assert arxiv.announced(("cs.SD",), first.validators) is None
    assert here.headers[1]["if-none-match"] == '"1"'


def test_a_feed_that_is_cut_is_read_in_halves_until_it_is_whole(arxiv, here, monkeypatch):
    monkeypatch.setattr(arxiv_feed, "MOST", 2)
    one, two = an_item("2606.00001"), an_item("2606.00002", "new", "cs.HC")
    crossed = an_item("2606.00001", "cross", "cs.SD", "cs.RO")
    here.announce("/rss/cs.SD+cs.HC+cs.RO", a_feed(one, two))
    here.announce("/rss/cs.SD", a_feed(one))
    here.announce("/rss/cs.HC+cs.RO", a_feed(two, crossed))
    here.announce("/rss/cs.HC", a_feed(two))
    here.announce("/rss/cs.RO", a_feed(crossed))

    feed = arxiv.announced(("cs.SD", "cs.HC", "cs.RO"), {})

    assert [(each.paper.id, each.kind, each.paper.categories) for each in feed.items] == [
        ("2606.00001", "new", ("cs.SD", "cs.RO")),
        ("2606.00002", "new", ("cs.HC",)),
    ]
    assert (feed.is_cut, feed.problems) == (False, ("authors is missing in 1 of 1 papers.",))


def test_one_category_that_is_cut_by_itself_says_so(arxiv, here, monkeypatch):
    monkeypatch.setattr(arxiv_feed, "MOST", 1)
    here.announce("/rss/cs.SD", a_feed(an_item("2606.00001")))

    feed = arxiv.announced(("cs.SD",), {})

    assert feed.is_cut
    assert feed.problems[-1] == "The feed of cs.SD is cut at 1 items."


# -- faults ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(Answer(status=500), id="500"),
        pytest.param(Answer(b"<html>", 503), id="503"),
        pytest.param(Answer(b"Rate exceeded.", 429), id="429 that names no time"),
        pytest.param(Answer(held=True), id="no answer in time"),
        pytest.param(Answer(a_feed(), cut=20), id="fewer bytes than promised"),
        pytest.param(Answer(gzip.compress(a_feed())[:-9], headers=GZIP), id="cut gzip"),
        pytest.param(Answer(b"<!DOCTYPE html><p>Back soon"), id="a web page"),
        pytest.param(Answer(a_feed()[:-20]), id="half a feed"),
        pytest.param(Answer(LAUGHS), id="an entity"),
        pytest.param(Answer(b""), id="nothing"),
        pytest.param(Answer(b"<rss><channel><item/></channel></rss>"), id="another format"),
    ],
)
def test_a_passing_fault_is_tried_again_and_never_an_empty_day(arxiv, here, waits, fault):
    here.feeds["/rss/cs.SD"] = fault
    asked = here.answer

    def mended(query):
        answer = asked(query)
        here.announce("/rss/cs.SD", a_feed(an_item("2606.00001")))
        return answer

    here.answer = mended

    assert len(arxiv.announced(("cs.SD",), {}).items) == 1
    assert waits == [1.0]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Answer(status=503), r"^arXiv: The answer was 503 Service Unavailable\. Given up after 3"),
        (Answer(LAUGHS), "declares a document type"),
        (Answer(b"<html>"), "This is a web page"),
        (Answer(status=403), "The answer was 403 Forbidden"),
        (Answer(status=302, headers={"Location": "/rss/cs.SD"}), "more than 3 redirects"),
        (Answer(b" " * 200_000), "larger than 100,000 bytes"),
        (Answer(gzip.compress(b" " * 200_000), headers=GZIP), "larger than 100,000 bytes"),
    ],
)
def test_a_fault_that_stays_is_a_failure_in_words(arxiv, here, answer, reason):
    here.feeds["/rss/cs.SD"] = here.feeds["/atom/cs.SD"] = answer

    with pytest.raises(SourceFailed, match=reason):
        arxiv.announced(("cs.SD",), {})


def test_each_request_has_a_turn_of_its_own_also_after_a_redirect(arxiv, here, turns):
    here.feeds["/rss/cs.SD"] = Answer(status=301, headers={"Location": "/rss/moved"})
    here.announce("/rss/moved", a_feed())

    arxiv.announced(("cs.SD",), {})

    assert turns == ["taken", "given back"] * 2


@pytest.mark.parametrize("as_date", [False, True])
def test_whoever_is_refused_tells_everybody_how_long_to_leave_arxiv_alone(
    arxiv, here, turns, as_date
):
    then = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
    refusal = {"Retry-After": then if as_date else "3600"}
    here.feeds["/rss/cs.SD"] = Answer(b"", 429, headers=refusal)

    with pytest.raises(SourceFailed, match=r"429 Too Many .* next try would be in 3[56]\d\d s"):
        arxiv.announced(("cs.SD",), {})
    taken, rest, returned = turns
    assert (taken, returned) == ("taken", "given back")
    assert 3590 <= float(rest.removeprefix("rest ")) <= 3600


def test_a_turn_that_is_not_to_be_had_is_a_failure_in_its_words(here):
    @contextmanager
    def turn():
        raise SourceFailed("It is not to be asked before 05:00 UTC.")
        yield

    with pytest.raises(SourceFailed, match=r"^arXiv: It is not to be asked before 05:00 UTC\."):
        Arxiv(here.url, turn=turn, limits=QUICK).announced(("cs.SD",), {})
    assert here.paths == []
