"""The stories again, by typing and clicking."""

import os

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PICTURE

pytestmark = pytest.mark.browser


def say(page: Page, line: str) -> None:
    composer = page.get_by_test_id("composer")
    composer.fill(line)
    composer.press("Enter")


def messages(page: Page) -> Locator:
    return page.get_by_test_id("message")


def test_a_newcomer_reads_the_digest_searches_follows_a_topic_and_gets_a_message(
    demo: str, page: Page
) -> None:
    page.goto(f"{demo}/#/channel/papers?user=ana&theme=light")
    expect(messages(page).filter(has_text="Friday 26 June").first).to_be_visible()

    say(page, "/papers search diffusion policy")
    answer = messages(page).filter(has_text="Results for").last
    expect(answer).to_be_visible()
    expect(answer).to_have_attribute("data-ephemeral", "true")

    answer.get_by_role("button", name="Abstract").first.click()
    expect(page.get_by_test_id("modal")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("modal")).to_be_hidden()

    say(page, "/papers subscribe agents")
    page.get_by_role("button", name="Subscribe", exact=True).last.click()
    expect(messages(page).filter(has_text="You follow").last).to_be_visible()

    page.get_by_test_id("clock-next-weekday").click()
    expect(messages(page).filter(has_text="Monday 29 June").last).to_be_visible(timeout=15_000)
    page.locator("[data-testid^=dm-]").first.click()
    expect(messages(page).filter(has_text="agents")).to_have_count(1)


def test_others_see_neither_my_answers_nor_my_messages(demo: str, page: Page) -> None:
    page.goto(f"{demo}/#/channel/papers?user=ana")
    expect(messages(page).first).to_be_visible()
    say(page, "/papers search diffusion policy")
    expect(messages(page).filter(has_text="Results for").last).to_be_visible()

    page.goto(f"{demo}/#/channel/papers?user=ben")
    expect(messages(page).filter(has_text="Friday 26 June").first).to_be_visible()
    expect(messages(page).filter(has_text="Results for")).to_have_count(0)


def test_the_page_works_at_phone_width_in_the_dark(demo: str, page: Page) -> None:
    page.set_viewport_size({"width": 400, "height": 800})
    page.goto(f"{demo}/#/channel/papers?user=mei&theme=dark")

    expect(messages(page).filter(has_text="Friday 26 June").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 400


def test_the_home_tab_follows_a_topic_and_says_what_is_wrong_with_one(
    demo: str, page: Page
) -> None:
    page.goto(f"{demo}/#/home?user=ana")
    page.get_by_role("button", name="Follow a topic").click()
    modal = page.get_by_test_id("modal")
    topic = modal.get_by_role("textbox").first

    topic.fill("-survey")
    page.get_by_test_id("modal-submit").click()
    expect(modal).to_contain_text("only")

    topic.fill("world models")
    page.get_by_test_id("modal-submit").click()
    expect(modal).to_contain_text("You follow world models now.")
    page.keyboard.press("Escape")
    expect(modal).to_be_hidden()
    expect(page.get_by_text("world models").first).to_be_visible()


def test_the_readme_shows_the_digest_and_a_private_answer(demo: str, page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size({"width": 1240, "height": 1150})
    page.goto(f"{demo}/#/channel/papers?user=ana&theme=light")
    expect(messages(page).filter(has_text="Friday 26 June").first).to_be_visible()
    say(page, "/papers search origami")
    expect(messages(page).filter(has_text="Results for").last).to_be_in_viewport()

    picture = page.screenshot(path=PICTURE if os.environ.get("KEEP_PICTURE") else None)
    assert len(picture) > 50_000
