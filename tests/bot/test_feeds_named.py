"""How the settings name feeds."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds_named import LONGEST_NAME, NotAFeed, check, entries, feeds, servers

LAB = "https://lab.example.org/feed.xml"


@pytest.mark.parametrize("between", [" ", ",", ", ", "\n", " , ", "\r\n\t"])
def test_spaces_commas_and_lines_part_entries(between):
    said = between.join([LAB, "biorxiv:neuroscience", "http://other.example/"])

    assert entries(said) == [LAB, "biorxiv:neuroscience", "http://other.example/"]


def test_a_comma_within_an_address_parts_nothing():
    said = "https://lab.example.org/feed?only=a,b,https://other.example/"

    assert entries(said) == ["https://lab.example.org/feed?only=a,b", "https://other.example/"]


def test_servers_have_categories_however_they_are_written():
    found = servers("biorxiv:cell_biology medrxiv:all BioRxiv:Neuroscience")

    assert [(each.name, each.categories) for each in found] == [
        ("biorxiv", ("cell-biology", "neuroscience")),
        ("medrxiv", ("all",)),
    ]


@pytest.mark.parametrize(
    ("address", "name"),
    [
        (LAB, "lab.example.org"),
        ("https://www.lab.example.org/rss/", "lab.example.org"),
        ("https://feeds.example.org/blog/index.xml", "example.org/blog"),
        ("http://127.0.0.1:8080/atom", "127.0.0.1:8080"),
        ("http://10.0.0.7/papers.xml", "10.0.0.7/papers.xml"),
    ],
)
def test_a_feed_goes_by_a_name_that_people_can_type(address, name):
    [feed] = feeds(address)

    assert feed.name == name


@pytest.mark.parametrize(
    "address",
    [
        "https://lab.example.org/feed?key=secret",
        "https://me:secret@lab.example.org/a/1",
        "https://lab.example.org/0secret/rss",
        "https://a-long-host-of-a-lab.example.org/with/a/path/feed",
        "https://läb.example.org/feed",
        "http://arxiv/feed",
        "http://biorxiv/",
    ],
)
def test_other_names_carry_a_mark_of_the_address_and_no_secret(address):
    [feed] = feeds(address)

    assert "~" in feed.name
    assert len(feed.name) <= LONGEST_NAME
    assert "secret" not in feed.name


def test_two_spellings_of_an_address_are_one_feed_and_two_feeds_of_a_host_are_two():
    found = feeds(f"{LAB} http://lab.example.org/feed.xml/ https://lab.example.org/atom.xml")

    assert len(found) == 2
    assert len({each.name for each in found}) == 2


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("ftp://lab.example.org/feed", "ftp://lab.example.org/feed (entry 1)"),
        ("https://lab.example.org/feed lab.example.org", "lab.example.org (entry 2)"),
        ("biorxiv:", "biorxiv: (entry 1)"),
        ("biorxiv:cell/biology", "biorxiv:cell/biology (entry 1)"),
        ("arxiv:cs.LG", "arxiv:cs.LG (entry 1)"),
        ("https://", "https:// (entry 1)"),
        ("http://[::1", "http://[::1 (entry 1)"),
        ("http://lab.example.org:0/", "http://lab.example.org:0/ (entry 1)"),
        ("http://lab.example.org:99999/", "http://lab.example.org:99999/ (entry 1)"),
        ("file:///etc/passwd", "file:///etc/passwd (entry 1)"),
    ],
)
def test_what_is_no_feed_is_named(said, named):
    with pytest.raises(NotAFeed) as refusal:
        check(said)

    assert str(refusal.value).startswith(f"PAPERS_FEEDS: {named} is no feed.")


@pytest.mark.parametrize(
    "said", ["xoxb-hush-1", "ftp://me:hush@lab.example.org/", "ftp://lab.example.org/?key=hush"]
)
def test_a_secret_that_got_there_is_not_repeated(said):
    with pytest.raises(NotAFeed) as refusal:
        check(said)

    assert "hush" not in str(refusal.value)


@given(st.text(max_size=80))
def test_whatever_is_said_is_a_feed_or_named(said):
    one = ""
    with suppress(NotAFeed):
        one = check(said)

    assert check(one) == one
    assert len(feeds(one)) <= len(entries(one))
    assert all(each.host and 0 < len(each.name) <= LONGEST_NAME for each in feeds(one))
