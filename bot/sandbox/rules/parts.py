"""The small objects that blocks and elements are made of: texts, options, confirmations."""

from typing import Any

from bot.sandbox.rules.check import (
    Check,
    Problem,
    Problems,
    also,
    each,
    exactly_one,
    flag,
    shape,
    string,
    tagged,
)

IDENTIFIER = string(255)
URL_LENGTH = 3000
# Slack's own types disagree about an option's value, 75 or 150: what obeys both is safe.
OPTION_VALUE = 75


def plain(longest: int) -> Check:
    """A plain_text object; mrkdwn is refused."""
    return tagged({"plain_text": shape({"text": string(longest)}, {"emoji": flag})})


def text(longest: int) -> Check:
    """A plain_text or mrkdwn object."""
    return tagged(
        {
            "plain_text": shape({"text": string(longest)}, {"emoji": flag}),
            "mrkdwn": shape({"text": string(longest)}, {"verbatim": flag}),
        }
    )


def url(value: Any, at: str) -> Problems:
    """An address that a browser could open."""
    if not isinstance(value, str):
        yield Problem("must provide a string", at)
    elif len(value) > URL_LENGTH:
        yield Problem(f"must be less than {URL_LENGTH + 1} characters", at)
    elif not value.startswith(("http://", "https://", "mailto:", "slack://")):
        yield Problem("must be a valid url", at)


confirm = shape(
    {"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)},
    {"style": string(10)},
)

slack_file = also(shape({}, {"id": string(255), "url": url}), exactly_one("id", "url"))


def option(label: Check, **more: Check) -> Check:
    return shape({"text": label, "value": string(OPTION_VALUE)}, {"description": label, **more})


menu_option = option(plain(75))
choice_option = option(text(75))
overflow_option = option(plain(75), url=url)
option_group = shape({"label": plain(75), "options": each(menu_option, 100)})
