"""What people type becomes what Slack stores."""

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.text import domain_of, escape, links, typed_message

IDS = {("@", "ana"): "<@U1>", ("#", "papers"): "<#C1|papers>", ("@", "here"): "<!here>"}


def typed(text):
    return typed_message(text, lambda sign, name: IDS.get((sign, name)))


@pytest.mark.parametrize(
    ("said", "stored"),
    [
        ("a < b & c", "a &lt; b &amp; c"),
        ("<!channel>", "&lt;!channel&gt;"),
        ("see https://arxiv.org/abs/1.", "see <https://arxiv.org/abs/1>."),
        ("(https://a.org/?a=1&b=2)", "(<https://a.org/?a=1&amp;b=2>)"),
        ("@ana, look into #papers", "<@U1>, look into <#C1|papers>"),
        ("@here", "<!here>"),
        ("me@ana.org and @eve", "me@ana.org and @eve"),
    ],
)
def test_a_message_is_stored_as_slack_would(said, stored):
    assert typed(said) == stored


@given(st.text())
def test_escaped_text_holds_no_brackets_and_can_be_undone(text):
    assert not set("<>") & set(escape(text))
    assert html.unescape(escape(text)) == html.unescape(escape(text))
    assert escape(text).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == text


def test_links_are_found_once_each():
    text = "https://arxiv.org/abs/1, http://x.arxiv.org and https://arxiv.org/abs/1"

    assert links(text) == ["https://arxiv.org/abs/1", "http://x.arxiv.org"]


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://arxiv.org/abs/1", "arxiv.org"),
        ("https://export.arxiv.org/abs/1", "arxiv.org"),
        ("https://notarxiv.org/abs/1", None),
        ("https://example.org/?q=arxiv.org", None),
    ],
)
def test_subdomains_belong_to_a_registered_domain(url, domain):
    assert domain_of(url, ("arxiv.org",)) == domain
