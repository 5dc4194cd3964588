"""Blocks: what each must and may have, and on which surfaces it may stand."""

from bot.sandbox.rules import newer
from bot.sandbox.rules.check import (
    Check,
    also,
    each,
    exactly_one,
    flag,
    shape,
    some_of,
    string,
    tagged,
)
from bot.sandbox.rules.elements import accessory, in_actions, in_context, in_input
from bot.sandbox.rules.parts import IDENTIFIER, plain, slack_file, text, url
from bot.sandbox.rules.rich_text import rich_text

NAMED: dict[str, Check] = {"block_id": IDENTIFIER}

section = also(
    shape(
        {},
        {
            **NAMED,
            "text": text(3000),
            "fields": each(text(2000), 10),
            "accessory": accessory,
            "expand": flag,
        },
    ),
    some_of("text", "fields"),
)
image = also(
    shape(
        {"alt_text": string(2000)},
        {**NAMED, "image_url": url, "slack_file": slack_file, "title": plain(2000)},
    ),
    exactly_one("image_url", "slack_file"),
)
video = shape(
    {
        "alt_text": string(2000),
        "title": plain(200),
        "thumbnail_url": url,
        "video_url": url,
    },
    {
        **NAMED,
        "title_url": url,
        "author_name": string(50),
        "provider_name": string(50),
        "provider_icon_url": url,
        "description": plain(200),
    },
)

CLASSIC: dict[str, Check] = {
    "section": section,
    "header": shape({"text": plain(150)}, NAMED),
    "context": shape({"elements": each(in_context, 10)}, NAMED),
    "actions": shape({"elements": each(in_actions, 25)}, NAMED),
    "divider": shape({}, NAMED),
    "image": image,
    "input": shape(
        {"label": plain(2000), "element": in_input},
        {**NAMED, "hint": plain(2000), "optional": flag, "dispatch_action": flag},
    ),
    "rich_text": rich_text,
    "video": video,
}

# What a container may hold; input and rich_text are documented too, but reported as refused.
CHILDREN = ("actions", "context", "divider", "header", "image", "section", "video")
child = tagged({**{name: CLASSIC[name] for name in CHILDREN}, "table": newer.table})

ON_MESSAGE_AND_HOME = {
    "card": newer.card,
    "carousel": newer.carousel,
    "container": newer.container(child),
    "table": newer.table,
    "data_table": newer.data_table,
    "data_visualization": newer.data_visualization,
}

SURFACES: dict[str, Check] = {
    "message": tagged(
        {
            **CLASSIC,
            **ON_MESSAGE_AND_HOME,
            "markdown": newer.markdown,
            "context_actions": newer.context_actions,
        }
    ),
    "modal": tagged({**CLASSIC, "card": newer.card, "alert": newer.alert}),
    "home": tagged({**CLASSIC, **ON_MESSAGE_AND_HOME}),
}
