"""Feeds of every kind: what becomes a paper, and what no feed can do to us."""

import gzip
import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from time import process_time
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.feeds import Found
from bot.errors import SourceFailed
from bot.sources import feeds
from bot.sources.feeds import Feed, parse
from tests.feeds import a_feed, an_item
from tests.server import QUICK, Answer

RSS, RDF, ATOM = "feed_rss2.xml", "feed_rss1.rdf", "feed_atom.xml"
BILLION = (
    b"<!DOCTYPE rss [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]><rss><channel>&b;</channel></rss>"
)
FILE = b"<!DOCTYPE rss [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><rss><channel>&a;</channel></rss>"


@pytest.fixture
def feed(server, waits) -> Feed:
    return Feed(
        f"{server.url}/feed.xml",
        "digest",
        contact="me@example.org",
        limits=QUICK,
        sleep=waits.append,
        jitter=lambda: 0.0,
    )


def test_rss_2_becomes_papers_by_whichever_id_each_has(reply):
    found = parse(reply(RSS), "", "https://lab.example.org/feed.xml", "digest")

    own, article, arxiv = (each.paper for each in found.entries)
    assert found.title == "Harbour Lab & friends"
    assert own.id.startswith("feed:")
    assert own.title == "Tides of attention in O(n²) harbours"
    assert own.abstract == "We watch 10⁵ tides & find that <mask> tokens drift."
    assert own.authors == ("Ada Lindqvist", "Boris Okafor")
    assert own.categories == ("cs.LG", "marine-biology")
    assert own.published == datetime(2026, 6, 25, 7, 30, tzinfo=UTC)
    assert own.url == own.link == "https://lab.example.org/posts/tides?utm=feed"
    assert article.id == "10.5555/harbour.2026.7"
    assert article.url == "https://doi.org/10.5555/harbour.2026.7"
    assert article.authors == ("Cleo Marsh", "Dan Vega")
    assert article.abstract.startswith("The whole abstract")
    assert arxiv.id == "2606.20007"
    assert arxiv.url == "https://arxiv.org/abs/2606.20007"
    assert found.problems == ()


def test_a_paper_of_arxivs_is_left_to_arxiv_to_date_and_to_file(reply):
    arxiv = parse(reply(RSS)).entries[-1]

    assert (arxiv.paper.published, arxiv.paper.categories, arxiv.paper.link) == (None, (), "")
    assert arxiv.at == datetime(2026, 6, 23, tzinfo=UTC)


def test_rss_1_in_an_encoding_of_its_own_becomes_a_paper(reply):
    [entry] = parse(reply(RDF)).entries

    assert entry.paper.id == "10.1101/2026.06.24.601001"
    assert entry.paper.abstract == "Cranes count containers in São Paulo."
    assert entry.paper.authors == ("C. Marsh", "D. R. Vega")
    assert entry.paper.categories == ("neuroscience", "new-results")
    assert entry.at == datetime(2026, 6, 24, tzinfo=UTC)


def test_atom_becomes_a_paper_of_the_day_it_was_published(reply):
    [entry] = parse(reply(ATOM), "", "https://institute.example.org/feed.atom").entries

    assert entry.paper.id.startswith("feed:")
    assert entry.paper.title == "Lanterns for robots"
    assert entry.paper.authors == ("Ada Lindqvist", "Eve Tanaka")
    assert entry.paper.link == "https://institute.example.org/reports/lanterns"
    assert entry.at == datetime(2026, 6, 24, 8, tzinfo=UTC)


@pytest.mark.parametrize("name", [RSS, RDF, ATOM])
def test_a_paper_has_the_same_id_whenever_and_wherever_it_is_read(reply, name):
    once = parse(reply(name), "", "https://a.example.org/feed", "one")
    again = parse(reply(name), "", "https://b.example.org/feed", "other")

    assert [each.paper.id for each in once.entries] == [each.paper.id for each in again.entries]


def test_an_id_that_only_a_feed_knows_is_its_own():
    body = a_feed(an_item("Tides", entry_id="17"))
    ids = {parse(body, "", "", digest).entries[0].paper.id for digest in ("one", "other")}

    assert len(ids) == 2


FIELDS = {
    RSS: "title link guid dc:creator category pubDate description author prism:doi content:encoded",
    RDF: "title link description dc:creator dc:date dc:identifier dc:subject prism:section items",
    ATOM: "title id updated link published author category summary",
}


@pytest.mark.parametrize(
    ("name", "field"), [(n, f) for n, fs in FIELDS.items() for f in fs.split()]
)
def test_without_any_of_its_fields_an_entry_is_a_paper_or_named(reply, name, field):
    whole = parse(reply(name))
    text = reply(name).decode("latin-1" if name == RDF else "utf-8")
    bare = re.sub(rf"<{field}\b[^>]*/>|<{field}\b.*?</{field}>", "", text, flags=re.DOTALL)
    assert bare != text

    body = bare.encode("latin-1" if name == RDF else "utf-8")
    if field == "title":
        with pytest.raises(SourceFailed, match=r"None of the \d entries .* has no title"):
            parse(body)
    else:
        found = parse(body, "", "https://lab.example.org/feed")
        assert len(found.entries) + len(found.problems) == len(whole.entries)


def test_an_entry_without_title_or_id_is_named_and_the_others_land():
    nameless = "<item><title>Nobody knows me</title></item>"
    untitled = "<item><guid>https://lab.example.org/7</guid></item>"
    found = parse(a_feed(an_item("Tides"), nameless, untitled))

    assert [each.paper.title for each in found.entries] == ["Tides"]
    assert found.problems == (
        "Entry 2 has no id (Nobody knows me).",
        "Entry 3 (https://lab.example.org/7) has no title.",
    )


def test_where_no_entry_can_be_read_the_feed_failed():
    with pytest.raises(
        SourceFailed, match=r"None of the 1 entries can be read\. Entry 1 has no id"
    ):
        parse(a_feed("<item><title>Nobody knows me</title></item>"))


def test_a_feed_without_entries_is_empty_and_says_so():
    found = parse(a_feed())

    assert found == Found("Harbour Lab", (), is_empty=True)


def test_of_a_feed_without_end_the_first_are_read_and_the_rest_is_named(monkeypatch):
    monkeypatch.setattr(feeds, "MOST", 2)
    found = parse(a_feed(*(an_item(f"Paper {each}") for each in range(5))))

    assert len(found.entries) == 2
    assert found.problems == ("The feed has 5 entries, of which the first 2 were read.",)


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "http://[::1", "x y"]
)
def test_a_link_that_is_no_page_of_the_web_leads_nowhere(link):
    item = f"<item><title>Tides</title><guid>urn:tides:1</guid><link>{link}</link></item>"
    [entry] = parse(a_feed(item)).entries

    assert entry.paper.url == ""


def test_what_slack_would_read_as_a_mention_stays_a_word():
    item = an_item("Tides &lt;!channel&gt;", entry_id="urn:a:1", text="&lt;!here&gt; *bold*")
    [entry] = parse(a_feed(item)).entries

    assert entry.paper.title == "Tides <!channel>"
    assert entry.paper.abstract == "<!here> *bold*"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "body is empty"),
        (b"  \n", "body is empty"),
        (b"<!doctype html><html><body>Sorry</body></html>", "a web page, not a feed"),
        (b"<?xml version='1.0'?><html xmlns='http://x'/>", "a web page, not a feed"),
        (b"<OAI-PMH/>", "not a feed but <OAI-PMH>"),
        (b"{}", "not XML"),
        (b"<rss><channel><item>", "not XML, or only a part"),
        (BILLION, "declares a document type"),
        (FILE, "declares a document type"),
        (a_feed(f"<item><author>{'a.' * 400}</author></item>"), "name in the feed has no end"),
        (b"<rss>" + b"<a>" * 200 + b"</a>" * 200 + b"</rss>", "nested too deeply"),
        (BILLION.decode().encode("utf-16"), "declares a document type"),
    ],
)
def test_what_is_no_feed_is_a_failure_in_words(body, said):
    with pytest.raises(SourceFailed, match=re.escape(said)):
        parse(body)


@pytest.mark.parametrize(
    ("encoding", "declared", "served"),
    [
        ("utf-8", "iso-8859-1", ""),
        ("utf-8", "", "iso-8859-1"),
        ("iso-8859-1", "utf-8", ""),
        ("iso-8859-1", "", "utf-8"),
        ("utf-8", "no-such-thing", "nor-this"),
        ("utf-8-sig", "iso-8859-1", ""),
        ("utf-16", "utf-16", ""),
        ("utf-16", "utf-8", "utf-8"),
    ],
)
def test_a_wrong_word_about_its_encoding_garbles_no_title(encoding, declared, served):
    head = f"<?xml version='1.0' encoding='{declared}'?>" if declared else ""
    body = (head + a_feed(an_item("Café à São Paulo")).decode()).encode(encoding)
    [entry] = parse(body, f"text/xml; charset={served}" if served else "text/xml").entries

    assert entry.paper.title == "Café à São Paulo"


def test_html_names_of_letters_and_bare_signs_cost_no_feed():
    body = a_feed(an_item("Tides &mdash; R&D &unknown; \x0b AT&T", entry_id="urn:a:1"))
    [entry] = parse(body).entries

    assert entry.paper.title == "Tides — R&D &unknown; AT&T"


def test_a_prefix_that_nothing_declares_costs_no_feed():
    item = an_item("Tides").replace("</item>", "<dc:creator>Ada Lindqvist</dc:creator></item>")
    [entry] = parse(a_feed(item)).entries

    assert entry.paper.authors == ("Ada Lindqvist",)


def tried(body: bytes) -> Found | None:
    """What is in a body; None where it is refused in words. Anything else is raised."""
    with suppress(SourceFailed):
        return parse(body, "", "https://lab.example.org/feed", "digest")
    return None


@given(st.binary(max_size=400))
def test_whatever_comes_is_read_or_refused_in_words(body):
    assert tried(body) is None or body


TAGS = st.sampled_from(
    (
        *("title", "link", "guid", "id", "description", "summary", "content", "pubDate", "x"),
        *("published", "updated", "author", "category", "enclosure", "dc:date", "dc:creator"),
        *("dc:subject", "dc:identifier", "prism:doi", "content:encoded"),
    )
)
SAID = st.text(max_size=30) | st.sampled_from(
    [
        "http://[::1",
        "Fri, 99 Foo 2026",
        "-1",
        "9" * 400,
        "10.1000/x",
        "&lt;b",
        "<![CDATA[x",
        "arXiv:",
    ]
)
ELEMENTS = st.builds(
    lambda tag, said, type_: f"<{tag} type='{type_}' href='x'>{escape(said)}</{tag}>",
    TAGS,
    SAID,
    st.sampled_from(["", "html", "xhtml", "base64", "text/plain"]),
)


@given(
    st.lists(st.lists(ELEMENTS, max_size=6).map("".join), max_size=3),
    st.sampled_from([("rss", "item"), ("feed", "entry"), ("rdf:RDF", "item")]),
)
def test_whatever_stands_in_a_feed_is_a_paper_or_named(entries, form):
    root, entry = form
    inside = "".join(f"<{entry}>{each}</{entry}>" for each in entries)
    body = f"<{root} xmlns:dc='http://purl.org/dc/elements/1.1/'>{inside}</{root}>".encode()
    found = tried(body)

    assert found is None or len(found.entries) + len(found.problems) <= len(entries)
    assert found is None or all(each.paper.title and each.paper.id for each in found.entries)


SLOW = {
    "brackets": f"<author>{'(' * 4_000}{')' * 4_000}</author>",
    "mail": f"<author>{'a.+- ' * 4_000}</author>",
    "names": f"<author>{'a,;' * 4_000}</author>",
    "doi": f"<guid>http://a/10.1234/{'/full' * 4_000}x</guid>",
    "date": f"<pubDate>{'1' * 8_000}</pubDate>",
    "markup": f"<description>{'&lt;b ' * 4_000}</description>",
}


@pytest.mark.parametrize("part", SLOW)
def test_a_feed_made_to_be_slow_is_read_all_the_same(part):
    body = a_feed(*(an_item(f"Paper {each}", text="") for each in range(30)))
    body = body.replace(b"</item>", SLOW[part].encode() + b"</item>")
    begun = process_time()

    assert len(parse(body).entries) >= 1
    assert process_time() - begun < 5


def test_what_stands_before_the_root_is_not_looked_at_for_ever():
    before = "<?x " + "encoding='a' " * 20_000 + "?>" + "<!--" + "\n" * 200_000 + "-->"
    begun = process_time()

    assert len(parse(before.encode() + a_feed(an_item("Tides"))).entries) == 1
    assert process_time() - begun < 5


# -- over HTTP ------------------------------------------------------------------------------------


def test_an_unchanged_feed_is_asked_for_by_what_it_said_of_itself(feed, server):
    told = {"ETag": '"7"', "Last-Modified": "Thu, 25 Jun 2026 00:00:00 GMT"}
    server.will_answer(Answer(a_feed(an_item("Tides")), headers=told), Answer(b"", 304))
    found = feed.read({})

    assert feed.read(found.validators) is None
    assert server.headers[1]["if-none-match"] == '"7"'
    assert server.headers[1]["if-modified-since"] == "Thu, 25 Jun 2026 00:00:00 GMT"


def test_a_304_that_nobody_asked_for_is_a_failure(feed, server):
    server.will_answer(Answer(b"", 304))

    with pytest.raises(SourceFailed, match="304"):
        feed.read({})


def test_a_web_page_sent_in_its_place_for_a_moment_is_asked_for_again(feed, server):
    page = Answer(b"<html>Back soon</html>")
    server.will_answer(page, Answer(a_feed(an_item("Tides"))))

    assert len(feed.read({}).entries) == 1


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Answer(b"", 500), "500 Internal Server Error"),
        (Answer(b"gone", 410), "410 Gone: gone"),
        (Answer(a_feed(), cut=10), "connection failed"),
        (Answer(held=True), "No answer came in time"),
        (Answer(gzip.compress(a_feed())[:-9], headers={"Content-Encoding": "gzip"}), "cut short"),
        (
            Answer(gzip.compress(b" " * 10_000_000), headers={"Content-Encoding": "gzip"}),
            "larger than 100,000 bytes",
        ),
        (Answer(b" " * 200_000), "larger than 100,000 bytes"),
        (Answer(status=302, headers={"Location": "/feed.xml"}), "more than 3 redirects"),
        (Answer(status=302, headers={"Location": "file:///etc/passwd"}), "not a web address"),
        (Answer(status=302, headers={"Location": "gopher://example.org/"}), "not a web address"),
        (Answer(b"<html>Log in</html>"), "a web page, not a feed"),
    ],
)
def test_every_way_to_fail_is_a_failure_in_words(feed, server, answer, said):
    server.will_answer(answer)

    with pytest.raises(SourceFailed, match=re.escape(said)):
        feed.read({})


def test_a_feed_that_wants_to_be_left_alone_until_a_date_is(feed, server, waits):
    then = format_datetime(datetime.now(UTC) + timedelta(hours=2), usegmt=True)
    server.will_answer(Answer(b"", 429, {"Retry-After": then}))  # the server adds its own date

    with pytest.raises(
        SourceFailed, match=r"429 Too Many Requests. The next try would be in 7[12]"
    ):
        feed.read({})
    assert waits == []
    assert len(server.paths) == 1


def test_an_address_keeps_what_it_asks_and_by_which_password(server, waits):
    server.will_answer(Answer(a_feed(an_item("Tides"))))
    address = server.url.replace("http://", "http://me:hush@") + "/feed?format=rss2&key=7"
    Feed(address, "digest", limits=QUICK, sleep=waits.append).read({})

    assert server.queries == [{"format": "rss2", "key": "7"}]
    assert server.headers[0]["authorization"] == "Basic bWU6aHVzaA=="


def test_a_password_does_not_go_along_to_another_host(server, other_server, waits):
    elsewhere = other_server.url.replace("127.0.0.1", "localhost")
    server.will_answer(Answer(status=302, headers={"Location": f"{elsewhere}/feed"}))
    other_server.will_answer(Answer(a_feed(an_item("Tides"))))
    address = server.url.replace("http://", "http://me:hush@")
    Feed(address, "digest", limits=QUICK, sleep=waits.append).read({})

    assert "authorization" not in other_server.headers[0]


def test_what_is_asked_names_who_asks_and_what_is_wanted(feed, server):
    server.will_answer(Answer(a_feed(an_item("Tides"))))
    feed.read({})

    assert "me@example.org" in server.headers[0]["user-agent"]
    assert "application/rss+xml" in server.headers[0]["accept"]
