"""What a person chooses, ticks and presses is posted as Slack would post it."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.app import App
from tests.browser.blocks import DAYS, actions, button, confirm, mrkdwn, option, plain, section

pytestmark = pytest.mark.browser


def element(page: Page, name: str) -> Locator:
    return page.locator(f"[data-action-id={name}]")


def heard(app: App, page: Page, count: int = 1) -> None:
    """Wait until the app heard of so many interactions."""
    for _ in range(100):
        if len([each for each in app.heard if each.get("type") == "block_actions"]) >= count:
            return
        page.wait_for_timeout(20)
    raise AssertionError(f"the app heard {app.heard}")


def choose(page: Page, name: str, *options: str) -> None:
    element(page, name).click()
    for label in options:
        page.get_by_role("option", name=label).click()


def test_a_button_posts_its_value_and_its_place(app: App, papers: Page) -> None:
    app.show(actions(button("Save", value="2606.1", style="primary")))

    papers.get_by_role("button", name="Save").click()
    heard(app, papers)

    assert app.action["type"] == "button"
    assert (app.action["action_id"], app.action["block_id"]) == ("press", "row")
    assert app.action["value"] == "2606.1"
    assert app.last["container"]["type"] == "message"
    assert app.last["container"]["is_ephemeral"] is True
    assert app.last["channel"]["name"] == "papers"


def test_a_button_can_be_pressed_by_keyboard(app: App, papers: Page) -> None:
    app.show(actions(button("Save")))
    papers.get_by_role("button", name="Save").focus()

    papers.keyboard.press("Enter")

    heard(app, papers)
    expect(papers.get_by_role("button", name="Save")).to_be_focused()


def test_a_question_is_asked_first_and_no_means_no(app: App, papers: Page) -> None:
    app.show(actions(button("Off", confirm=confirm("danger"))))
    question = papers.get_by_role("dialog", name="Turn it off?")

    papers.get_by_role("button", name="Off").click()
    expect(question).to_contain_text("You can turn it on again.")
    expect(question.get_by_role("button", name="Turn off")).to_be_focused()
    papers.keyboard.press("Escape")
    expect(question).to_be_hidden()
    expect(papers.get_by_role("button", name="Off")).to_be_focused()

    papers.get_by_role("button", name="Off").click()
    question.get_by_role("button", name="Keep").click()
    papers.get_by_role("button", name="Off").click()
    question.get_by_role("button", name="Turn off").click()
    heard(app, papers)

    assert len(app.heard) == 2  # the command, one click


def test_an_overflow_menu_answers_to_the_keyboard(app: App, papers: Page) -> None:
    options = [option("edit"), option("pause"), option("leave")]
    app.show(section("A topic", {"type": "overflow", "action_id": "more", "options": options}))
    control = papers.get_by_role("button", name="More actions")

    control.focus()
    papers.keyboard.press("Enter")
    items = papers.get_by_role("menuitem")
    expect(items.nth(0)).to_be_focused()
    papers.keyboard.press("ArrowDown")
    expect(items.nth(1)).to_be_focused()
    papers.keyboard.press("ArrowUp")
    papers.keyboard.press("ArrowUp")
    expect(items.nth(2)).to_be_focused()
    papers.keyboard.press("Escape")
    expect(items).to_have_count(0)
    expect(control).to_be_focused()
    expect(control).to_have_attribute("aria-expanded", "false")

    papers.keyboard.press("Enter")
    papers.keyboard.press("End")
    papers.keyboard.press("Enter")
    heard(app, papers)

    assert app.action["selected_option"]["value"] == "leave"


def test_a_select_posts_the_whole_option_and_is_searched_by_typing(app: App, papers: Page) -> None:
    menu = {"type": "static_select", "action_id": "day", "options": DAYS}
    app.show(actions(menu))

    element(papers, "day").click()
    papers.keyboard.type("wed")
    expect(papers.get_by_role("option")).to_have_count(1)
    papers.keyboard.press("Enter")
    heard(app, papers)

    assert app.action["selected_option"] == DAYS[2]
    assert app.last["state"]["values"]["row"]["day"]["selected_option"] == DAYS[2]
    expect(element(papers, "day")).to_have_text("Wednesday")


def test_a_choice_that_was_taken_back_is_not_shown_as_made(app: App, papers: Page) -> None:
    menu = {"type": "static_select", "action_id": "day", "options": DAYS, "confirm": confirm()}
    radio = {"type": "radio_buttons", "action_id": "radio", "options": DAYS, "confirm": confirm()}
    radio["initial_option"] = DAYS[0]
    app.show(actions(menu, radio))

    choose(papers, "day", "Tuesday")
    papers.get_by_test_id("confirm-deny").click()
    papers.get_by_role("radio", name="Tuesday").click()
    papers.get_by_test_id("confirm-deny").click()

    expect(element(papers, "day")).to_have_text("Choose an option")
    expect(papers.get_by_role("radio", name="Monday")).to_be_checked()
    assert [each for each in app.heard if each.get("type") == "block_actions"] == []


def test_selects_of_several_post_all_when_they_are_left(app: App, papers: Page) -> None:
    menu = {"type": "multi_static_select", "action_id": "days", "options": DAYS}
    app.show(actions(menu | {"max_selected_items": 2}))

    choose(papers, "days", "Monday", "Wednesday", "Tuesday")
    papers.keyboard.press("Escape")
    heard(app, papers)

    assert app.action["selected_options"] == [DAYS[0], DAYS[2]]


@pytest.mark.parametrize(
    ("kind", "label", "key", "where"),
    [
        ("users_select", "Ben Okafor", "selected_user", "users"),
        ("channels_select", "#papers", "selected_channel", "channels"),
        ("conversations_select", "#draft", "selected_conversation", "channels"),
    ],
)
def test_menus_of_people_and_places_post_ids(
    app: App, papers: Page, kind: str, label: str, key: str, where: str
) -> None:
    app.show(actions({"type": kind, "action_id": "who"}))

    choose(papers, "who", label)
    heard(app, papers)

    names = {
        each["id"]: each.get("real_name") or f"#{each['name']}" for each in app.look("state")[where]
    }
    assert names[app.action[key]] == label


def test_dates_and_times_are_posted_as_slack_writes_them(app: App, papers: Page) -> None:
    app.show(
        actions(
            {"type": "datepicker", "action_id": "date", "initial_date": "2026-06-26"},
            {"type": "timepicker", "action_id": "time"},
            {"type": "datetimepicker", "action_id": "both"},
        )
    )
    expect(element(papers, "date")).to_have_value("2026-06-26")

    element(papers, "date").fill("2026-07-01")
    heard(app, papers, 1)
    assert app.action["selected_date"] == "2026-07-01"
    element(papers, "time").fill("08:30")
    heard(app, papers, 2)
    assert app.action["selected_time"] == "08:30"
    element(papers, "both").fill("2026-07-01T08:30")
    heard(app, papers, 3)
    zone = papers.evaluate("new Date('2026-07-01T08:30').getTime() / 1000")
    assert app.action["selected_date_time"] == zone


def test_ticks_and_radios_post_what_is_chosen_now(app: App, papers: Page) -> None:
    app.show(
        actions({"type": "checkboxes", "action_id": "ticks", "options": DAYS}),
        {
            "type": "actions",
            "elements": [{"type": "radio_buttons", "action_id": "radio", "options": DAYS}],
        },
    )

    papers.get_by_role("checkbox", name="Wednesday").check()
    heard(app, papers, 1)
    papers.get_by_role("checkbox", name="Monday").check()
    heard(app, papers, 2)
    assert app.action["selected_options"] == [DAYS[0], DAYS[2]]
    papers.get_by_role("checkbox", name="Wednesday").uncheck()
    heard(app, papers, 3)
    assert app.action["selected_options"] == [DAYS[0]]

    papers.get_by_role("radio", name="Monday").focus()
    papers.keyboard.press("ArrowDown")
    heard(app, papers, 4)
    assert app.action["selected_option"] == DAYS[1]


def test_thumbs_and_bins_post_their_values(app: App, papers: Page) -> None:
    thumbs = {
        "type": "feedback_buttons",
        "action_id": "rate",
        "positive_button": {"text": plain("More"), "value": "+"},
        "negative_button": {"text": plain("Less"), "value": "-"},
    }
    trash = {"type": "icon_button", "action_id": "bin", "icon": "trash", "text": plain("Delete")}
    app.show({"type": "context_actions", "elements": [thumbs, trash | {"value": "7"}]})

    papers.get_by_role("button", name="Less").click()
    heard(app, papers, 1)
    assert (app.action["type"], app.action["value"]) == ("feedback_buttons", "-")
    expect(papers.get_by_role("button", name="Less")).to_have_attribute("aria-pressed", "true")
    papers.get_by_role("button", name="Delete").click()
    heard(app, papers, 2)
    assert app.action["value"] == "7"


def test_an_option_may_be_bold_and_say_more(app: App, papers: Page) -> None:
    rich = {"text": mrkdwn("*Bold*"), "description": mrkdwn("_more_"), "value": "b"}
    app.show(actions({"type": "radio_buttons", "action_id": "radio", "options": [rich]}))

    choice = element(papers, "radio")

    expect(choice.locator("strong")).to_have_text("Bold")
    expect(choice.locator("em")).to_have_text("more")
