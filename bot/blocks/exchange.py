"""Topics on their way: written out, brought in by a form, shown to a channel for copying."""

from collections.abc import Sequence
from dataclasses import replace

from bot.blocks import words
from bot.blocks.graphemes import clip
from bot.blocks.kit import (
    TEXT_LIMIT,
    Block,
    Message,
    actions,
    button,
    fallback,
    hint,
    plain,
    prose,
    rich,
    text,
    user,
)
from bot.domain.exchange import Imported, Unread, written
from bot.domain.subscription import Wish

IMPORT = "import_topics"  # the form, and its one input
TITLE_LIMIT = 24
INPUT_LIMIT = 3000  # characters, Slack's own limit; no block of an export is longer
PAGE_BLOCKS = 3  # of preformatted text: they and what stands around them fit one message
PROBLEMS = 3  # told with their reasons; others by number
NUMBERS = 20
REASON_LIMIT = 200
NOTHING = "You have no subscriptions. Start one with `/papers subscribe diffusion policy`."
HOW = "To bring them in again, here or elsewhere: `/papers import`, and paste. A line is a topic."


def export(lines: Sequence[str], start: int = 0) -> Message:
    """Topics as text to copy, from a line on; the rest with *More*."""
    if not lines:
        return Message(NOTHING.replace("`", ""), [prose(NOTHING)])
    start = start if start < len(lines) else 0  # some may be gone since the button was made
    parts = _parts(lines[start:])
    end = start + sum(map(len, parts))
    left = len(lines) - end
    title = f"{words.count(len(lines), 'topic')}, as text to copy"
    shown = f"{title}: {start + 1:,} to {end:,}." if left or start else f"{title}."
    more = [actions(button(f"More ({left:,} left)", "export_more", str(end)))] if left else []
    blocks = [rich(text(shown)), *(_copied("\n".join(part)) for part in parts), hint(HOW), *more]
    return Message(fallback(shown, *lines[start:end]), blocks)


def import_form() -> Block:
    """Asks for topics, a line each."""
    return {
        "type": "modal",
        "callback_id": IMPORT,
        "title": plain("Import topics", TITLE_LIMIT),
        "submit": plain("Follow them", TITLE_LIMIT),
        "close": plain("Cancel", TITLE_LIMIT),
        "blocks": [
            {
                "type": "input",
                "block_id": IMPORT,
                "label": plain("Topics, one on each line"),
                "hint": plain(
                    "As /papers export writes them, or as you would type them behind "
                    "/papers subscribe. If a line can't be read, none is stored."
                ),
                "element": {
                    "type": "plain_text_input",
                    "action_id": IMPORT,
                    "multiline": True,
                    "max_length": INPUT_LIMIT,
                    "placeholder": plain("diffusion policy daily\nagents weekly max:3"),
                },
            }
        ],
    }


def imported_view(came: Imported) -> Block:
    """The form's place, once everything is stored."""
    return {
        "type": "modal",
        "title": plain("Import topics", TITLE_LIMIT),
        "close": plain("Close", TITLE_LIMIT),
        "blocks": [prose(_outcome(came)), hint("`/papers list` shows them with their numbers.")],
    }


def imported(came: Imported) -> Message:
    """The same as a message."""
    said = _outcome(came)
    return Message(said, [prose(said), hint("`/papers list` shows them with their numbers.")])


def unread(problems: Sequence[Unread]) -> str:
    """What is wrong with which line, in markup-free sentences."""
    told = [
        f"Line {each.number}: {words.sentence(clip(each.reason.replace('`', ''), REASON_LIMIT))}"
        for each in problems[:PROBLEMS]
    ]
    numbers = [str(each.number) for each in problems[PROBLEMS:]]
    if len(numbers) > NUMBERS:
        numbers = [*numbers[:NUMBERS], f"{len(numbers) - NUMBERS:,} more"]
    others = [f"I can't read {_lines(numbers)} either."] if numbers else []
    return " ".join([*told, *others, "I stored nothing."])


def shared(wish: Wish, user_id: str) -> Message:
    """A topic that its owner shows to a channel; its name stays theirs."""
    copied = written(replace(wish, name=""))
    lead = rich(user(user_id), text(" shares a topic: "), text(wish.text, code=True))
    copy = actions(button("Copy this subscription", "copy_topic", copied))
    why = hint("Copying shows you a preview first. Nobody here sees who follows what.")
    return Message(f"<@{user_id}> shares a topic: {fallback(wish.text)}", [lead, copy, why])


def _parts(lines: Sequence[str]) -> list[list[str]]:
    """As many lines as go into one message, in parts that each fit the form's input."""
    parts: list[list[str]] = [[]]
    size = 0
    for line in lines:
        size += len(line) + 1
        if size > INPUT_LIMIT and parts[-1]:
            if len(parts) == PAGE_BLOCKS:
                break
            parts.append([])
            size = len(line) + 1
        parts[-1].append(line)
    return parts


def _copied(said: str) -> Block:
    element = {"type": "rich_text_preformatted", "elements": [text(clip(said, TEXT_LIMIT))]}
    return {"type": "rich_text", "elements": [element]}


def _outcome(came: Imported) -> str:
    """`You follow 7 topics now: 5 added, 2 you had already.`"""
    counts = [
        (came.added, f"{came.added:,} added"),
        (came.changed, f"{came.changed:,} changed"),
        (came.known, f"{came.known:,} you had already"),
        (came.repeats, f"{words.count(came.repeats, 'line')} repeated"),
    ]
    said = ", ".join(each for number, each in counts if number)
    return f"You follow {words.count(came.total, 'topic')} now: {said}."


def _lines(numbers: Sequence[str]) -> str:
    return f"line{'s' if len(numbers) > 1 else ''} {words.listed(numbers)}"
