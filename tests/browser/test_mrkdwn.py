"""Slack's markup as Slack reads it: what is markup is drawn, what is escaped stays text."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.app import App
from tests.browser.blocks import mrkdwn, plain, section

pytestmark = pytest.mark.browser

# What is written, and the HTML that comes of it.
CASES = {
    "*bold* and _italic_": "<strong>bold</strong> and <em>italic</em>",
    "~struck~, not s~truc~k": "<s>struck</s>, not s~truc~k",
    "*_both_*": "<strong><em>both</em></strong>",
    "2*3*4 and snake_case_name": "2*3*4 and snake_case_name",
    "* not bold * and ** neither **": "* not bold * and ** neither **",
    "*over\ntwo lines*": "*over\ntwo lines*",
    "`*code*` here": "<code>*code*</code> here",
    "```\na  b\n*c*\n```": "<pre>a  b\n*c*</pre>",
    "&gt; quoted\nafter": "<blockquote>quoted</blockquote>after",
    ">>> all\nof it": "<blockquote>all\nof it</blockquote>",
    "&lt;script&gt;alert(1)&lt;/script&gt;": "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<script>alert(1)</script>": "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&lt;!channel&gt;": "&lt;!channel&gt;",
    "&amp;lt;b&amp;gt;": "&amp;lt;b&amp;gt;",
    "&amp;amp;": "&amp;amp;",
    "$x^2$ and $a_i$ with $b_j$": "$x^2$ and $a_i$ with $b_j$",
    r"$\mathcal{O}(n \log n)$": r"$\mathcal{O}(n \log n)$",
    "<javascript:alert(1)|press>": "&lt;javascript:alert(1)|press&gt;",
    ":no_such_emoji: stays": ":no_such_emoji: stays",
    "1:30:45": "1:30:45",
}

READ = """async ([text, links]) => {
  const { drawMrkdwn } = await import("/page/inline.js");
  const box = document.createElement("div");
  const store = { user: () => null, channels: [], me: {}, zone: "UTC", now: () => new Date(0) };
  box.append(...drawMrkdwn(text, { store }, { links }));
  return box.innerHTML;
}"""


def read(page: Page, written: str, *, links: bool = True) -> str:
    return str(page.evaluate(READ, [written, links]))


def test_each_text_is_read_as_slack_reads_it(papers: Page) -> None:
    assert {written: read(papers, written) for written in CASES} == CASES


def test_a_link_opens_elsewhere_and_an_address_links_itself(papers: Page) -> None:
    link = read(papers, "<https://a.org/?a=1&amp;b=2|a *name*>")

    assert 'href="https://a.org/?a=1&amp;b=2"' in link
    assert 'rel="noopener noreferrer"' in link
    assert ">a *name*</a>" in link
    assert 'href="https://a.org/b"' in read(papers, "see https://a.org/b.")
    assert "<a" not in read(papers, "see https://a.org/b.", links=False)


def test_mentions_name_people_and_channels_and_plain_text_has_none(app: App, papers: Page) -> None:
    ids = {each["name"]: each["id"] for each in app.look("state")["users"]}
    channels = {each["name"]: each["id"] for each in app.look("state")["channels"]}
    written = f"<@{ids['ana']}> <@{ids['ben']}> <#{channels['papers']}> <!here> :rocket:"

    app.show(section(written), {"type": "section", "text": plain(written)})
    words = papers.locator(".block-section")

    expect(words.nth(0)).to_have_text("@Ana Ruiz @Ben Okafor #papers @here 🚀")
    expect(words.nth(0).locator(".mention-me")).to_have_count(2)
    expect(words.nth(1)).to_have_text(written)


def test_a_channel_one_is_not_in_stays_unnamed(app: App, papers: Page) -> None:
    app.show({"type": "context", "elements": [mrkdwn("in <#C0DE|hidden> and <#C0DE>")]})

    expect(papers.locator(".block-context")).to_have_text("in #hidden and #private channel")
