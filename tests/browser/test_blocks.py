"""Blocks that do more than stand there: they scroll, fold, turn pages, or stand for a picture."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.app import App
from tests.browser.blocks import actions, button, plain, section

pytestmark = pytest.mark.browser


def test_a_carousel_scrolls_by_its_arrows_and_by_keyboard(app: App, papers: Page) -> None:
    cards = [
        {
            "type": "card",
            "title": plain(f"Card {n}"),
            "actions": [button("Save", action_id=f"save{n}")],
        }
        for n in range(1, 9)
    ]
    papers.emulate_media(reduced_motion="reduce")
    app.show({"type": "carousel", "block_id": "cards", "elements": cards})
    track = papers.get_by_role("group", name="8 cards, scroll sideways")
    last = papers.get_by_role("article", name="Card 8")
    expect(last).not_to_be_in_viewport()
    expect(papers.get_by_role("button", name="Earlier cards")).to_be_hidden()

    papers.get_by_role("button", name="Further cards").click()
    expect(papers.get_by_role("button", name="Earlier cards")).to_be_visible()
    track.evaluate("track => track.scrollTo({ left: 0 })")
    expect(papers.get_by_role("button", name="Earlier cards")).to_be_hidden()
    track.press("ArrowRight")
    expect(papers.get_by_role("button", name="Earlier cards")).to_be_visible()
    track.evaluate("track => track.scrollTo({ left: track.scrollWidth })")
    expect(last).to_be_in_viewport()
    expect(papers.get_by_role("button", name="Further cards")).to_be_hidden()

    last.get_by_role("button", name="Save").click()
    expect(papers.locator("[aria-busy=true]")).to_have_count(0)
    assert (app.action["action_id"], app.action["block_id"]) == ("save8", "cards")


def test_a_container_folds_and_stays_as_it_was_left(app: App, papers: Page) -> None:
    box = {
        "type": "container",
        "title": plain("Abstract"),
        "is_collapsible": True,
        "default_collapsed": True,
        "child_blocks": [section("We study nets."), actions(button("Save"))],
    }
    app.show(box)
    head = papers.get_by_role("button", name="Abstract")
    words = papers.get_by_text("We study nets.")
    expect(head).to_have_attribute("aria-expanded", "false")
    expect(words).to_be_hidden()

    head.focus()
    papers.keyboard.press("Enter")
    expect(words).to_be_visible()
    expect(head).to_have_attribute("aria-expanded", "true")
    papers.get_by_test_id("app-home").click()
    papers.get_by_test_id("channel-papers").click()

    expect(words).to_be_visible()


def test_a_data_table_turns_its_pages(app: App, papers: Page) -> None:
    rows = [[{"type": "raw_text", "text": word}] for word in ("Paper", "a", "b", "c")]
    app.show({"type": "data_table", "caption": "Papers", "page_size": 2, "rows": rows})

    table = papers.get_by_role("table", name="Papers")
    expect(table.get_by_role("cell")).to_have_text(["a", "b"])
    expect(papers.get_by_role("button", name="Previous page")).to_be_disabled()
    papers.get_by_role("button", name="Next page").click()

    expect(table.get_by_role("cell")).to_have_text(["c"])
    expect(papers.get_by_text("3–3 of 3")).to_be_visible()


def test_a_chart_says_its_numbers(app: App, papers: Page) -> None:
    data = [{"label": "Mon", "value": 3}, {"label": "Tue", "value": 5}]
    series = [{"name": "agents", "data": data}]
    axes = {"categories": ["Mon", "Tue"]}
    chart = {"type": "bar", "series": series, "axis_config": axes}
    app.show({"type": "data_visualization", "title": "Matches", "chart": chart})

    drawing = papers.get_by_role("img", name="Matches. agents: Mon 3, Tue 5")

    expect(drawing.locator("path.chart-fill")).to_have_count(2)


def test_a_picture_shows_its_words_until_it_is_there(app: App, papers: Page) -> None:
    papers.route("https://pictures.example/**", lambda route: route.fulfill(status=200, body=""))
    here = f"{app.url}/page/gallery/picture.svg"
    app.show(
        {"type": "image", "image_url": here, "alt_text": "Mountains"},
        {"type": "image", "image_url": "https://pictures.example/a.png", "alt_text": "A plot"},
    )

    expect(papers.get_by_role("img", name="Mountains").locator("img")).to_be_visible()
    expect(papers.get_by_role("img", name="A plot")).to_have_text("A plot")


def test_a_block_the_page_does_not_know_is_a_frame_with_its_json(papers: Page) -> None:
    drawn = papers.evaluate(
        """async () => {
          const { drawBlocks } = await import("/page/blocks/index.js");
          const blocks = [{ type: "hologram" }, { type: "actions", elements: 7 }];
          return drawBlocks(blocks, {}).innerText;
        }"""
    )

    assert "“hologram”" in drawn
    assert "“actions”" in drawn
