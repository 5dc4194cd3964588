"""The page around the blocks: composer, people, the log, and its words for screen readers."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.app import App
from tests.browser.blocks import DAYS, actions, button, plain, section
from tests.waiting import until

pytestmark = pytest.mark.browser


def composer(page: Page) -> Locator:
    return page.get_by_test_id("composer")


def become(page: Page, name: str) -> None:
    page.get_by_test_id("person").click()
    page.get_by_test_id(f"person-{name}").click()
    expect(page.get_by_test_id("person")).to_contain_text(name.capitalize())


def test_a_slash_offers_commands_and_tab_takes_one(papers: Page) -> None:
    composer(papers).press_sequentially("/l")
    offered = papers.get_by_test_id("completion").get_by_role("option")
    expect(offered).to_have_count(2)
    expect(offered.nth(0)).to_contain_text("/look")
    expect(offered.nth(0)).to_have_attribute("aria-selected", "true")

    papers.keyboard.press("ArrowDown")
    expect(offered.nth(1)).to_have_attribute("aria-selected", "true")
    papers.keyboard.press("Tab")

    expect(composer(papers)).to_have_value("/listen ")
    expect(composer(papers)).to_be_focused()


def test_escape_closes_the_offer_and_enter_sends_a_whole_command(app: App, papers: Page) -> None:
    composer(papers).press_sequentially("/")
    expect(papers.get_by_test_id("completion")).to_be_visible()
    papers.keyboard.press("Escape")
    expect(papers.get_by_test_id("completion")).to_be_hidden()
    expect(composer(papers)).to_have_value("/")

    heard = len(app.heard)
    composer(papers).fill("/look *here* & <there>")
    papers.keyboard.press("Enter")
    expect(composer(papers)).to_have_value("")

    until(lambda: app.heard[heard:])
    assert app.last["text"] == "*here* &amp; &lt;there&gt;"


def test_arrow_up_brings_earlier_lines_back(papers: Page) -> None:
    for line in ("/look one", "/look two"):
        composer(papers).fill(line)
        composer(papers).press("Enter")
        expect(composer(papers)).to_have_value("")

    composer(papers).press("ArrowUp")
    expect(composer(papers)).to_have_value("/look two")
    composer(papers).press("ArrowUp")
    expect(composer(papers)).to_have_value("/look one")
    composer(papers).press("ArrowDown")
    composer(papers).press("ArrowDown")
    expect(composer(papers)).to_have_value("")


def said(papers: Page, text: str) -> Locator:
    """A text among the messages; what a screen reader hears of an arrival stands elsewhere."""
    return papers.get_by_test_id("message").get_by_text(text)


def test_each_person_sees_their_own_answers_and_messages_alone(app: App, papers: Page) -> None:
    users = {each["name"]: each["id"] for each in app.look("state")["users"]}
    app.show(section("For Ana alone"))
    app.show(section("For everybody"), everybody=True)
    app.api("chat.postMessage", channel=users["ana"], text="A message to Ana")
    expect(said(papers, "For Ana alone")).to_be_visible()
    papers.get_by_test_id(f"dm-{users['looker']}").click()
    expect(said(papers, "A message to Ana")).to_be_visible()

    become(papers, "ben")
    expect(said(papers, "A message to Ana")).to_have_count(0)
    papers.get_by_test_id("channel-papers").click()
    expect(said(papers, "For everybody")).to_be_visible()
    expect(said(papers, "For Ana alone")).to_have_count(0)
    app.show(section("For Ben alone"), user="ben")
    expect(said(papers, "For Ben alone")).to_be_visible()

    become(papers, "ana")
    expect(said(papers, "For Ana alone")).to_be_visible()
    expect(said(papers, "For Ben alone")).to_have_count(0)


def test_a_modal_belongs_to_whoever_opened_it(app: App, papers: Page) -> None:
    view = {"type": "modal", "title": plain("Mine"), "blocks": [section("Ana's")]}
    app.open(view)
    expect(papers.get_by_role("dialog", name="Mine")).to_be_visible()

    papers.goto(f"{app.url}/#/channel/papers?user=ben")
    expect(papers.get_by_test_id("person")).to_contain_text("Ben")

    expect(papers.get_by_role("dialog", name="Mine")).to_be_hidden()


def test_what_happened_lists_calls_with_their_json(app: App, papers: Page) -> None:
    app.show(actions(button("Save", value="2606.1")))
    papers.get_by_role("button", name="Save").click()
    papers.get_by_test_id("log").click()
    panel = papers.get_by_role("complementary", name="What happened")
    calls = panel.get_by_test_id("log-call")
    expect(calls.first).to_contain_text("press")

    calls.first.locator("summary").focus()
    papers.keyboard.press("Enter")
    expect(calls.first.locator(".json").first).to_contain_text('"value": "2606.1"')
    panel.get_by_role("searchbox").fill("/look")
    expect(calls).to_have_count(1)
    assert "xoxb-" not in panel.inner_text()
    papers.keyboard.press("Escape")

    expect(panel).to_be_hidden()


# -- for those who listen -------------------------------------------------------------------------

NAMELESS = """() => [...document.querySelectorAll(
  "button, a[href], input, textarea, [role=combobox], [role=listbox], [role=img], [role=group]"
)].filter(each => each.checkVisibility()).filter(each => !(
  each.getAttribute("aria-label")?.trim() ||
  (each.getAttribute("aria-labelledby") ?? "").split(" ").some(
    id => document.getElementById(id)?.textContent.trim()) ||
  each.labels?.[0]?.textContent.trim() ||
  (!["combobox", "img", "group"].includes(each.getAttribute("role")) && each.textContent.trim())
)).map(each => each.outerHTML.slice(0, 160))"""

BROKEN = """() => [...document.querySelectorAll(
  "[aria-labelledby], [aria-describedby], [aria-controls], [aria-activedescendant], label[for]"
)].flatMap(each => ["aria-labelledby", "aria-describedby", "aria-controls", "for"].flatMap(
  name => (each.getAttribute(name) ?? "").split(" ").filter(Boolean)
)).filter(id => !document.getElementById(id))"""

TWICE = """() => [...document.querySelectorAll("[id]")].map(each => each.id)
  .filter((id, at, all) => all.indexOf(id) !== at)"""


def test_the_page_has_its_landmarks(papers: Page) -> None:
    expect(papers.get_by_role("main")).to_have_count(1)
    expect(papers.get_by_role("navigation", name="Workspace")).to_have_count(1)
    expect(papers.get_by_role("region", name="Messages", exact=True)).to_have_count(1)
    expect(papers.get_by_role("heading", level=1)).to_have_text("papers")
    assert papers.evaluate("document.documentElement.lang") == "en"
    assert "papers" in papers.title()


def test_the_first_control_leads_past_the_sidebar(papers: Page) -> None:
    first = papers.locator("button, a[href], input, textarea").first
    expect(first).to_have_text("Skip to the conversation")
    first.focus()
    expect(first).to_be_in_viewport()

    papers.keyboard.press("Enter")

    expect(papers.get_by_role("main")).to_be_focused()


def test_every_control_has_a_name_and_every_reference_leads_somewhere(
    app: App, papers: Page
) -> None:
    app.show(
        actions(
            {"type": "static_select", "action_id": "a", "options": DAYS},
            {"type": "datepicker", "action_id": "b"},
            {"type": "checkboxes", "action_id": "c", "options": DAYS},
            {"type": "users_select", "action_id": "d"},
        )
    )
    expect(papers.get_by_role("checkbox")).to_have_count(3)

    assert papers.evaluate(NAMELESS) == []
    assert papers.evaluate(BROKEN) == []
    assert papers.evaluate(TWICE) == []


def test_what_arrives_is_announced(app: App, papers: Page) -> None:
    app.show(section("Something"), everybody=True)

    expect(papers.locator("[aria-live=polite].unseen")).to_have_text("Looker: shown")


def test_the_gallery_too_has_names_for_everything(app: App, page: Page) -> None:
    page.goto(f"{app.url}/_sandbox/gallery")
    expect(page.get_by_test_id("gallery-item").last).to_be_visible()

    assert page.evaluate(NAMELESS) == []
    assert page.evaluate(BROKEN) == []
    assert page.evaluate(TWICE) == []
    expect(page.get_by_role("main")).to_have_count(1)
    expect(page.get_by_role("navigation", name="Index")).to_have_count(1)
