"""The gallery shows one of everything the bot can post, and Slack would take all of it."""

import inspect
import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from bot import gallery, manifest
from bot.blocks import (
    abstract,
    alerts,
    channel_topics,
    curators,
    digest,
    elsewhere,
    exchange,
    help,
    home,
    lists,
    looks,
    modals,
    mutes,
    own_digest,
    papers,
    round_ups,
    saved,
    search,
    sharing,
    similar,
    status,
    trends,
    votes,
    why,
)
from bot.blocks import subscriptions as topics
from bot.blocks.kit import Block, Message
from bot.sandbox import HERE, READER, Sandbox
from bot.sandbox.doors.gallery import refusals
from bot.sources import bundled

BUILDERS = (
    *(alerts, channel_topics, curators, digest, elsewhere, exchange, help, home),
    *(lists, looks, modals, mutes, papers, round_ups, saved, search, similar),
    *(own_digest, status, topics, trends, votes, why),
)
VIEWS = (
    *((modals, name) for name in ("follow_topic", "edit_topic", "saved", "told")),
    (abstract, "abstract"),
    *((sharing, name) for name in ("where", "refused", "ready", "done")),
    *((mutes, name) for name in ("author_form", "word_form")),
    (home, "home"),
    *((exchange, "import_form"), (exchange, "imported_view")),
)


def the_items() -> list[gallery.Item]:
    listings = bundled.read(bundled.days()[-1]).listings
    return gallery.items(listings, reader=READER, channel=HERE)


@pytest.mark.parametrize("item", the_items(), ids=lambda item: f"{item['group']}: {item['name']}")
def test_an_item_is_taken_by_slack(item: gallery.Item) -> None:
    assert refusals(item) == []


def test_items_have_names_of_their_own() -> None:
    names = [(item["group"], item["name"]) for item in the_items()]

    assert len(names) == len(set(names))


def test_every_message_modal_and_home_tab_that_the_bot_can_make_is_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: set[str] = set()
    possible = {*VIEWS, *((module, name) for module in BUILDERS for name in messages_of(module))}
    for module, name in possible:
        monkeypatch.setattr(module, name, noted(getattr(module, name), f"{module}.{name}", made))

    the_items()

    assert made == {f"{module}.{name}" for module, name in possible}


def test_it_is_about_the_papers_it_was_given() -> None:
    listings = bundled.read(bundled.days()[-1]).listings

    shown = json.dumps(the_items())

    assert all(each.paper.id in shown for each in listings[:5])


def test_the_sandbox_serves_it_with_people_and_channels_that_are_there() -> None:
    with Sandbox(manifest.manifest(), gallery=the_items) as sandbox:
        doors = httpx.Client(base_url=f"{sandbox.url}/_sandbox/", trust_env=False)
        with doors:
            items = doors.get("gallery/items").json()["items"]
            users = doors.get("state").json()["users"]

    ana = next(each["id"] for each in users if not each["is_bot"])
    text = json.dumps(items)
    assert READER not in text
    assert HERE not in text
    assert f'"user_id": "{ana}"' in text
    assert not any(item["problems"] for item in items)


def messages_of(module: Any) -> list[str]:
    """The public functions of a module that make messages."""
    return [
        name
        for name, made in vars(module).items()
        if inspect.isfunction(made)
        and made.__module__ == module.__name__
        and made.__annotations__.get("return") is Message
        and not name.startswith("_")
    ]


def noted(
    make: Callable[..., Message | Block], name: str, made: set[str]
) -> Callable[..., Message | Block]:
    def wrapper(*args: Any, **kwargs: Any) -> Message | Block:
        made.add(name)
        return make(*args, **kwargs)

    return wrapper
