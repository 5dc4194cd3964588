"""Block Kit, within Slack's limits. Dicts, because slack_sdk's models accept what Slack refuses.

People's words and papers' titles go into plain_text and rich_text, which know no markup: in mrkdwn
`*`, `_`, `~` and backticks cannot be escaped. mrkdwn here holds nothing but our own sentences.
Limits: https://docs.slack.dev/reference/block-kit
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from bot.blocks.graphemes import clip

Block: TypeAlias = dict[str, Any]

HEADER_LIMIT = 150
TEXT_LIMIT = 3000
BUTTON_LIMIT = 75
VALUE_LIMIT = 2000
CONTEXT_LINES = 10
OVERFLOW_OPTIONS = 5
MESSAGE_BLOCKS = 49  # Slack takes 50; one is left for the mark of a possible repeat
FALLBACK_LIMIT = 3000  # Slack advises 4,000; escaping makes it a little longer
URL_LIMIT = 500  # Slack takes 3,000, but each place a link stands counts in a message's budget
# Slack refuses about 13,200 characters over all blocks, however legal each is; an empty block
# costs about 125 of them. We stay below.
MESSAGE_BUDGET = 11_000
BLOCK_COST = 130
NEWER = frozenset({"data_visualization", "card", "carousel"})  # not every workspace takes them
_ADDRESS = re.compile(r"https?://\S+")


@dataclass(frozen=True, slots=True)
class Message:
    """What is posted: blocks for eyes, and a text for notifications and screen readers."""

    text: str
    blocks: Sequence[Block]
    # The same for a workspace that refuses the newer of these, where leaving them out says less.
    plainer: Sequence[Block] = ()
    thread_ts: str = ""  # of the message that this one answers


def classic(message: Message) -> Message | None:
    """A message without the blocks that a workspace may refuse; None where it has none of them.

    Whoever draws with one of those says the same beside it in words, or as `plainer`.
    """
    if message.plainer:
        return replace(message, blocks=message.plainer, plainer=())
    plain_blocks = [block for block in message.blocks if block["type"] not in NEWER]
    if len(plain_blocks) == len(message.blocks):
        return None
    return replace(message, blocks=plain_blocks)


def escape(text: str) -> str:
    """Text that mrkdwn shows as it is: no mention, no link (docs: formatting message text)."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def fallback(*lines: str) -> str:
    """A message's text from lines that may hold anything; Slack reads mentions in it too."""
    return escape(clip("\n".join(lines), FALLBACK_LIMIT))


def plain(text: str, limit: int = TEXT_LIMIT) -> Block:
    """A plain_text object; a title with `:key:` shows no emoji."""
    return {"type": "plain_text", "text": clip(text, limit) or " ", "emoji": False}


def header(text: str) -> Block:
    """A large bold line."""
    return {"type": "header", "text": plain(text, HEADER_LIMIT)}


def paragraph(text: str, accessory: Block) -> Block:
    """Anybody's words, with a button or a menu beside them."""
    return {"type": "section", "text": plain(text), "accessory": accessory}


def context(*lines: str) -> Block:
    """Small grey lines of anybody's words."""
    return {"type": "context", "elements": [plain(line) for line in lines[:CONTEXT_LINES]]}


def hint(sentence: str) -> Block:
    """A small grey line of our own words; what stands between backticks is code."""
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": sentence}]}


def divider() -> Block:
    """A thin line."""
    return {"type": "divider"}


def ruled(group: Sequence[Block]) -> list[Block]:
    """Blocks that belong together, and a line below them."""
    return [*group, divider()]


def rich(*elements: Block) -> Block:
    """One paragraph of text and links, none of it read as markup."""
    return {
        "type": "rich_text",
        "elements": [{"type": "rich_text_section", "elements": list(elements)}],
    }


def rows(lines: Iterable[Sequence[Block]]) -> Block:
    """One paragraph of several lines, each of text and links."""
    elements = [element for line in lines for element in (text("\n"), *line)]
    return rich(*elements[1:])


def prose(*sentences: str) -> Block:
    """Lines in which words between backticks are shown as code; nothing else is markup."""
    return rows(runs(clip(each, TEXT_LIMIT)) for each in sentences)


def text(words: str, **style: bool) -> Block:
    """A run of text in a rich paragraph: `bold=True`, `italic=True`, `code=True`."""
    return _styled({"type": "text", "text": words or " "}, style)


def link(url: str, words: str, **style: bool) -> Block:
    """A link in a rich paragraph; plain text where there is nowhere to go."""
    if not is_address(url):
        return text(words, **style)
    return _styled({"type": "link", "url": url, "text": words or url}, style)


def user(user_id: str) -> Block:
    """A person's name in a rich paragraph."""
    return {"type": "user", "user_id": user_id}


def channel(channel_id: str) -> Block:
    """A channel's name in a rich paragraph; hidden from whoever may not see it."""
    return {"type": "channel", "channel_id": channel_id}


def button(label: str, action: str, value: str = "", *, primary: bool = False) -> Block:
    """A button. `value` comes back with the click; too long a one is refused, not cut."""
    if len(value) > VALUE_LIMIT:
        raise ValueError("a button's value is too long")
    made: Block = {
        "type": "button",
        "action_id": action,
        "text": plain(label, BUTTON_LIMIT),
    }
    if value:
        made["value"] = value
    if primary:
        made["style"] = "primary"
    return made


def packed(**fields: object) -> str:
    """Several fields as the value of one button."""
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


def link_button(label: str, action: str, url: str) -> Block:
    """A button that opens a page; Slack tells us of the click all the same."""
    return {**button(label, action), "url": url}


def is_address(url: str) -> bool:
    """Whether a link may lead there."""
    return len(url) <= URL_LIMIT and _ADDRESS.fullmatch(url) is not None


def actions(*elements: Block) -> Block:
    """A row of buttons."""
    return {"type": "actions", "elements": list(elements)}


def overflow(action: str, options: Sequence[tuple[str, str]]) -> Block:
    """The three dots: up to five choices, each a label and what comes back."""
    return {
        "type": "overflow",
        "action_id": action,
        "options": [
            {"text": plain(label, BUTTON_LIMIT), "value": value}
            for label, value in options[:OVERFLOW_OPTIONS]
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
    """What a block takes of a message's character budget; a card beside others counts as one."""
    blocks = 1 + len(block["elements"] if block["type"] == "carousel" else ())
    return BLOCK_COST * blocks + sum(map(len, _shown(block)))


def flat(groups: Iterable[Sequence[Block]]) -> list[Block]:
    """The blocks of several groups, one after the other."""
    return [block for group in groups for block in group]


def _shown(value: object) -> Iterator[str]:
    """The texts and addresses somewhere in a block."""
    if isinstance(value, list):
        for each in value:
            yield from _shown(each)
    elif isinstance(value, dict):
        for name, each in value.items():
            if isinstance(each, str) and name in _SHOWN:
                yield each
            else:
                yield from _shown(each)


_SHOWN = frozenset({"text", "url", "image_url", "alt_text"})


def runs(sentence: str) -> list[Block]:
    """A sentence of a rich paragraph; what stands between backticks is code."""
    parts = enumerate(sentence.split("`"))
    return [text(part, code=True) if odd % 2 else text(part) for odd, part in parts if part]


def _styled(element: Block, style: dict[str, bool]) -> Block:
    return {**element, "style": style} if style else element
