"""arXiv's announcements, as RSS and as Atom."""

from datetime import date

import pytest

from bot.domain.announcements import Kind
from bot.errors import SourceFailed
from bot.sources import arxiv_feed
from bot.sources.arxiv_feed import parse

FRIDAY = date(2026, 6, 26)
QUIET = b"""<rss><channel><title>cs.SD</title><pubDate>Sat, 27 Jun 2026 00:00:00 -0400</pubDate>
<skipDays><day>Saturday</day></skipDays></channel></rss>"""


@pytest.fixture
def feed(reply):
    return parse(reply("arxiv_feed.rss"))


def item(id: str, kind: str = "new", *categories: str) -> str:
    named = "".join(f"<category>{each}</category>" for each in categories or ("cs.SD",))
    return (
        f"<item><title>Paper {id}</title><guid>oai:arXiv.org:{id}v1</guid>{named}"
        f"<description>arXiv:{id}v1 Announce Type: {kind} \nAbstract: Text.</description></item>"
    )


def of(*items: str) -> bytes:
    day = "<pubDate>Fri, 26 Jun 2026 00:00:00 -0400</pubDate>"
    return f"<rss><channel>{day}{''.join(items)}</channel></rss>".encode()


def test_each_item_says_why_it_is_there(feed):
    assert [(each.paper.id, each.paper.version, each.kind) for each in feed.items] == [
        ("2606.20001", 1, Kind.NEW),
        ("2606.20002", 1, Kind.CROSS),
        ("2606.01234", 3, Kind.REPLACE),
        ("2605.00007", 2, Kind.REPLACE_CROSS),
    ]
    assert [each.kind.is_news for each in feed.items] == [True, True, False, False]
    assert (feed.day, feed.problems, feed.is_cut) == (FRIDAY, (), False)


def test_an_item_becomes_a_paper(feed):
    first, second, *_ = (each.paper for each in feed.items)

    assert (first.title, first.abstract) == ("Bells under water", "We ring bells under water.")
    assert first.authors == ("Ada Lindqvist", "Jo van Dam Jr.", "Wei Li")
    assert first.categories == ("cs.SD", "eess.AS")
    assert first.licence_url == "http://creativecommons.org/licenses/by/4.0/"
    assert (second.doi, second.journal) == ("10.1000/gloves.1", "Gloves 1 (2026)")


def test_atom_holds_the_same_as_rss(feed, reply):
    atom = parse(reply("arxiv_feed.atom"))

    assert atom.items == feed.items[:1]
    assert atom.day == FRIDAY


def test_the_day_is_the_one_that_is_written_and_not_the_one_in_utc(reply):
    evening = reply("arxiv_feed.rss").replace(b"00:00:00 -0400", b"23:00:00 -0400")

    assert parse(evening).day == FRIDAY


def test_a_weekend_is_a_day_without_items_and_no_failure():
    feed = parse(QUIET)

    assert (feed.items, feed.day, feed.problems) == ((), date(2026, 6, 27), ())


def test_an_empty_atom_feed_does_not_say_of_which_day_it_is():
    body = (
        b'<feed xmlns="http://www.w3.org/2005/Atom"><updated>2026-06-27T04:00:00Z</updated></feed>'
    )

    assert parse(body).day is None


def test_the_kind_is_read_from_the_text_where_it_has_no_element_of_its_own():
    feed = parse(of(item("2606.00001", "cross"), item("2606.00002", "replace-cross")))

    assert [each.kind for each in feed.items] == [Kind.CROSS, Kind.REPLACE_CROSS]
    assert feed.items[0].paper.abstract == "Text."


def test_a_paper_that_stands_twice_is_one_with_all_categories_and_new_rather_than_crossed():
    twice = item("2606.00001", "cross", "cs.AI", "cs.SD"), item("2606.00001", "new", "cs.SD")

    (only,) = parse(of(*twice)).items

    assert (only.kind, only.paper.categories) == (Kind.NEW, ("cs.SD", "cs.AI"))


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (item("latest"), "Item 1 (latestv1) has an id that is not an arXiv id."),
        (item("2606.00001", "withheld"), "Item 1 (2606.00001) does not say whether it is new."),
        (item("2606.00001").replace("Paper", "").replace("2606.00001</title>", "</title>"),
         "Item 1 (2606.00001) has no title."),
        ("<item/>", "Item 1 has no id."),
    ],
)  # fmt: skip
def test_an_item_that_cannot_be_read_is_named_and_the_others_land(broken, reason):
    feed = parse(of(broken, item("2606.00002")))

    assert [each.paper.id for each in feed.items] == ["2606.00002"]
    assert feed.problems[0].replace("oai:arXiv.org:", "") == reason


def test_a_feed_of_which_nothing_can_be_read_is_a_failure_and_no_quiet_day():
    with pytest.raises(SourceFailed, match="None of the 2 items can be read"):
        parse(of("<item/>", "<item/>"))


def test_a_feed_of_two_thousand_items_is_known_to_be_cut(monkeypatch):
    monkeypatch.setattr(arxiv_feed, "MOST", 2)

    assert parse(of(item("2606.00001"), item("2606.00002"))).is_cut
    assert not parse(of(item("2606.00001"))).is_cut


@pytest.mark.parametrize("element", ["category", "pubDate", "dc:creator", "dc:rights", "link"])
def test_without_any_one_element_it_is_still_a_paper(reply, element):
    body = reply("arxiv_feed.rss").decode()
    start = body.index("<item>")
    rest = body[start:].replace(f"<{element}>", "<!--").replace(f"</{element}>", "-->")

    assert len(parse((body[:start] + rest).encode()).items) == 4


def test_another_document_is_not_a_feed():
    with pytest.raises(SourceFailed, match="This is not a feed but <opml>"):
        parse(b"<opml/>")
