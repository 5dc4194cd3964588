"""The gallery, looked at: everything is drawn, in both themes and on a phone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bot import gallery, manifest
from bot.sandbox import HERE, READER, Sandbox
from bot.sources import bundled

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    listings = bundled.read(bundled.days()[-1]).listings
    items = gallery.items(listings, reader=READER, channel=HERE)
    with Sandbox(manifest.manifest(), gallery=items) as sandbox:
        yield f"{sandbox.url}/_sandbox/gallery"


def whole(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.get_by_test_id("gallery-item").last).to_be_visible()
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_item_is_drawn(address: str, page: Page, theme: str, tmp_path: Path) -> None:
    whole(page, f"{address}?theme={theme}")

    expect(page.locator(".unknown")).to_have_count(0)
    expect(page.get_by_test_id("refused")).to_have_count(0)
    expect(page.locator("html")).to_have_attribute("data-theme", theme)
    picture = tmp_path / f"gallery-{theme}.png"
    assert len(page.screenshot(path=picture, full_page=True, scale="css")) > 200_000


def test_the_index_leads_to_each_item(address: str, page: Page) -> None:
    whole(page, address)
    links = page.get_by_test_id("gallery-index").get_by_role("link")
    targets = links.evaluate_all("all => all.map(each => each.hash.slice(1))")
    items = page.get_by_test_id("gallery-item").evaluate_all("all => all.map(each => each.id)")

    assert targets == items
    assert len(items) == len(set(items)) > 50

    links.filter(has_text="carousel").click()
    expect(page.get_by_role("region", name="carousel")).to_be_in_viewport()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_runs_out_of_a_phone(address: str, page: Page, theme: str) -> None:
    page.set_viewport_size({"width": 400, "height": 800})
    whole(page, f"{address}?theme={theme}")

    assert page.evaluate("document.documentElement.scrollWidth") == 400
    expect(page.get_by_test_id("gallery-index").get_by_role("link").first).to_be_hidden()


def test_a_press_says_what_the_app_would_hear_and_sends_nothing(address: str, page: Page) -> None:
    whole(page, address)
    sent = []
    page.on("request", lambda request: sent.append(request.url))

    page.get_by_role("region", name="Five papers").get_by_role("button").first.click()

    expect(page.get_by_test_id("toast")).to_contain_text("open_abstract")
    assert sent == []


def test_the_theme_turns_and_stays_in_the_address(address: str, page: Page) -> None:
    whole(page, f"{address}?theme=light")

    page.get_by_test_id("theme").click()

    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert "theme=dark" in page.url
