"""Block Kit, within Slack's limits. Dicts, because slack_sdk's models accept what Slack refuses.

People's words and papers' titles go into plain_text and rich_text, which know no markup: in mrkdwn
`*`, `_`, `~` and backticks cannot be escaped. mrkdwn here holds only our own sentences, user and
channel mentions, and words that `escape` has seen.
Limits: https://docs.slack.dev/reference/block-kit
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

Block: TypeAlias = dict[str, Any]

HEADER_LIMIT = 150
TEXT_LIMIT = 3000
BUTTON_LIMIT = 75
VALUE_LIMIT = 2000
MESSAGE_BLOCKS = 50
FALLBACK_LIMIT = 3000
# Slack refuses about 13,200 characters over all blocks, however legal each is; an empty block
# costs about 125 of them. We stay below.
MESSAGE_BUDGET = 11_000
BLOCK_COST = 130


@dataclass(frozen=True, slots=True)
class Message:
    """What is posted: blocks for eyes, and a text for notifications and screen readers."""

    text: str
    blocks: Sequence[Block]


def clip(text: str, limit: int) -> str:
    """At most so many characters, an ellipsis where something was cut, no letter torn apart."""
    if len(text) <= limit:
        return text
    end = limit - 1
    while end > 0 and _joins(text[end]):
        end -= 1
    return text[:end].rstrip() + "…"


def escape(text: str) -> str:
    """Text that mrkdwn shows as it is: no mention, no link (docs: formatting message text)."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def plain(text: str, limit: int = TEXT_LIMIT) -> Block:
    """A plain_text object; a title with `:key:` shows no emoji."""
    return {"type": "plain_text", "text": clip(text, limit) or " ", "emoji": False}


def header(text: str) -> Block:
    """A large bold line."""
    return {"type": "header", "text": plain(text, HEADER_LIMIT)}


def section(text: str) -> Block:
    """A paragraph of our own words in mrkdwn. Other people's words must be escaped."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": clip(text, TEXT_LIMIT)}}


def context(*lines: str) -> Block:
    """Small grey lines."""
    return {"type": "context", "elements": [plain(line, TEXT_LIMIT) for line in lines[:10]]}


def divider() -> Block:
    """A thin line."""
    return {"type": "divider"}


def rich(*elements: Block) -> Block:
    """One paragraph of text and links, none of it read as markup."""
    return {
        "type": "rich_text",
        "elements": [{"type": "rich_text_section", "elements": list(elements)}],
    }


def prose(sentence: str) -> Block:
    """A paragraph in which words between backticks are shown as code; nothing else is markup."""
    parts = clip(sentence, TEXT_LIMIT).split("`")
    return rich(*(text(part, **({"code": True} if odd % 2 else {})) for odd, part in enumerate(parts) if part))


def text(words: str, **style: bool) -> Block:
    """A run of text in a rich paragraph: `bold=True`, `italic=True`, `code=True`."""
    return _styled({"type": "text", "text": words}, style)


def link(url: str, words: str, **style: bool) -> Block:
    """A link in a rich paragraph; plain text where there is nowhere to go."""
    if not url:
        return text(words, **style)
    return _styled({"type": "link", "url": url, "text": words}, style)


def user(user_id: str) -> Block:
    """A person's name in a rich paragraph; they are notified only where it is posted."""
    return {"type": "user", "user_id": user_id}


def button(label: str, action: str, value: str = "", *, primary: bool = False) -> Block:
    """A button. `value` comes back with the click."""
    made: Block = {
        "type": "button",
        "action_id": action,
        "text": plain(label, BUTTON_LIMIT),
    }
    if value:
        made["value"] = value[:VALUE_LIMIT]
    if primary:
        made["style"] = "primary"
    return made


def link_button(label: str, action: str, url: str) -> Block:
    """A button that opens a page; Slack tells us of the click all the same."""
    return {**button(label, action), "url": url}


def actions(*elements: Block) -> Block:
    """A row of buttons."""
    return {"type": "actions", "elements": list(elements)}


def overflow(action: str, options: Iterable[tuple[str, str]]) -> Block:
    """The three dots: up to five choices, each a label and what comes back."""
    return {
        "type": "overflow",
        "action_id": action,
        "options": [
            {"text": plain(label, BUTTON_LIMIT), "value": value}
            for label, value in list(options)[:5]
        ],
    }


def fit(groups: Sequence[Sequence[Block]], around: Sequence[Block]) -> int:
    """How many of these groups of blocks go into one message beside the blocks around them."""
    count, size = len(around), sum(map(cost, around))
    for number, group in enumerate(groups):
        count += len(group)
        size += sum(map(cost, group))
        if count > MESSAGE_BLOCKS or size > MESSAGE_BUDGET:
            return number
    return len(groups)


def cost(block: Block) -> int:
    """What a block takes of a message's character budget."""
    return BLOCK_COST + _characters(block)


def _characters(value: object) -> int:
    if isinstance(value, str):
        return len(value)
    if isinstance(value, dict):
        return sum(_characters(each) for each in value.values())
    if isinstance(value, list):
        return sum(_characters(each) for each in value)
    return 0


def _styled(element: Block, style: dict[str, bool]) -> Block:
    return {**element, "style": style} if style else element


def _joins(character: str) -> bool:
    """Whether a character belongs to the one before it."""
    return unicodedata.combining(character) > 0 or character in "\u200d\ufe0f"
