"""Modals keep the focus, show errors where they belong, and lie over each other."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.app import App
from tests.browser.blocks import DAYS, actions, button, confirm, field, modal, option, section

pytestmark = pytest.mark.browser

TEXT = {"type": "plain_text_input"}
INSIDE = "document.querySelector('dialog[open]').contains(document.activeElement)"


def dialog(page: Page, name: str) -> Locator:
    return page.get_by_role("dialog", name=name)


def test_it_is_a_named_dialog_and_the_focus_goes_in_and_back(app: App, papers: Page) -> None:
    papers.get_by_test_id("composer").focus()

    app.open(modal("Follow a topic", field("topic", TEXT)))

    expect(dialog(papers, "Follow a topic")).to_be_visible()
    expect(papers.get_by_role("textbox", name="Topic")).to_be_focused()
    papers.keyboard.press("Escape")
    expect(dialog(papers, "Follow a topic")).to_be_hidden()
    expect(papers.get_by_test_id("composer")).to_be_focused()
    assert app.modals() == []


def test_tab_stays_inside(app: App, papers: Page) -> None:
    app.open(modal("Follow a topic", field("topic", TEXT), actions(button("More"))))
    expect(dialog(papers, "Follow a topic")).to_be_visible()

    # The window's own controls have a turn: there the page's focus is on nothing.
    outside = f"document.activeElement !== document.body && !{INSIDE}"
    for _ in range(15):
        papers.keyboard.press("Tab")
        assert not papers.evaluate(outside)
    for _ in range(15):
        papers.keyboard.press("Shift+Tab")
        assert not papers.evaluate(outside)


def test_escape_closes_one_after_the_other(app: App, papers: Page) -> None:
    app.open(modal("Lower", section("The first"), actions(button("Press"))))
    papers.get_by_role("button", name="Press").click()
    expect(papers.locator("[aria-busy=true]")).to_have_count(0)
    app.api("views.push", trigger_id=app.last["trigger_id"], view=modal("Upper", section("2nd")))
    expect(dialog(papers, "Upper")).to_contain_text("over “Lower”")

    papers.keyboard.press("Escape")
    expect(dialog(papers, "Lower")).to_be_visible()
    assert [view["title"]["text"] for view in app.modals()] == ["Lower"]
    papers.keyboard.press("Escape")
    expect(papers.get_by_test_id("modal")).to_be_hidden()

    assert app.modals() == []


def test_escape_in_a_menu_or_a_question_leaves_the_modal_open(app: App, papers: Page) -> None:
    menu = {"type": "static_select", "options": DAYS}
    app.open(modal("Form", field("day", menu), actions(button("Off", confirm=confirm()))))
    form = dialog(papers, "Form")

    form.get_by_role("combobox", name="Day").click()
    expect(papers.get_by_role("listbox")).to_be_visible()
    papers.keyboard.press("Escape")
    expect(papers.get_by_role("listbox")).to_have_count(0)
    form.get_by_role("button", name="Off").click()
    expect(dialog(papers, "Turn it off?")).to_be_visible()
    papers.keyboard.press("Escape")
    expect(dialog(papers, "Turn it off?")).to_be_hidden()

    expect(form).to_be_visible()
    assert len(app.modals()) == 1


def test_what_was_filled_in_is_submitted_as_slack_writes_it(app: App, papers: Page) -> None:
    app.open(
        modal(
            "Form",
            field("topic", TEXT),
            field("notes", {"type": "plain_text_input", "multiline": True}, optional=True),
            field("most", {"type": "number_input", "is_decimal_allowed": False}),
            field("mail", {"type": "email_text_input"}),
            field("link", {"type": "url_text_input"}),
            field("day", {"type": "static_select", "options": DAYS, "initial_option": DAYS[0]}),
            field("ticks", {"type": "checkboxes", "options": DAYS}),
            field("date", {"type": "datepicker", "initial_date": "2026-06-26"}),
        )
    )
    form = dialog(papers, "Form")
    form.get_by_label("Topic").fill("agents")
    form.get_by_label("Notes").fill("one\ntwo")
    form.get_by_label("Most").fill("5")
    form.get_by_label("Mail").fill("ana@example.org")
    form.get_by_label("Link").fill("https://example.org")
    form.get_by_role("checkbox", name="Tuesday").check()

    form.get_by_label("Topic").press("Enter")
    expect(form).to_be_hidden()

    values = app.last["view"]["state"]["values"]
    assert app.last["type"] == "view_submission"
    assert values["topic"]["topic"] == {"type": "plain_text_input", "value": "agents"}
    assert values["notes"]["notes"]["value"] == "one\ntwo"
    assert values["most"]["most"]["value"] == "5"
    assert values["mail"]["mail"]["value"] == "ana@example.org"
    assert values["link"]["link"]["value"] == "https://example.org"
    assert values["day"]["day"]["selected_option"] == DAYS[0]
    assert values["ticks"]["ticks"]["selected_options"] == [DAYS[1]]
    assert values["date"]["date"]["selected_date"] == "2026-06-26"


def test_an_error_stands_under_its_input_and_is_read_with_it(app: App, papers: Page) -> None:
    app.answers["view_submission"] = {
        "response_action": "errors",
        "errors": {"topic": "Add what to look for."},
    }
    app.open(modal("Form", field("name", TEXT), field("topic", TEXT)))
    form = dialog(papers, "Form")
    form.get_by_label("Name").fill("Mine")
    form.get_by_label("Topic").fill("-survey")

    papers.get_by_test_id("modal-submit").click()

    topic = form.get_by_role("textbox", name="Topic")
    expect(topic).to_be_focused()
    expect(topic).to_have_value("-survey")
    expect(topic).to_have_attribute("aria-invalid", "true")
    expect(topic).to_have_accessible_description("Add what to look for.")
    expect(form.get_by_role("alert")).to_have_count(1)
    expect(form.get_by_label("Name")).to_have_value("Mine")


def test_what_is_required_is_asked_for_before_the_app_hears(app: App, papers: Page) -> None:
    app.open(
        modal(
            "Form",
            field("topic", TEXT),
            field("day", {"type": "static_select", "options": [option("a")]}),
        )
    )
    expect(dialog(papers, "Form")).to_be_visible()

    papers.get_by_test_id("modal-submit").click()

    expect(papers.get_by_test_id("input-error")).to_have_count(2)
    assert not any(each.get("type") == "view_submission" for each in app.heard)


def test_a_modal_that_the_app_changes_keeps_what_is_being_typed(app: App, papers: Page) -> None:
    app.open(modal("Form", field("topic", TEXT)))
    papers.get_by_role("textbox", name="Topic").fill("agents")
    (view,) = app.modals()

    app.api("views.update", view_id=view["id"], view=modal("Changed", field("topic", TEXT)))

    expect(dialog(papers, "Changed").get_by_label("Topic")).to_have_value("agents")
    expect(dialog(papers, "Changed").get_by_label("Topic")).to_be_focused()
