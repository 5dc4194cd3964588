"""What somebody reads whose digest or topics in a channel have stopped, because Slack refuses."""

from collections.abc import Sequence

from bot.blocks.graphemes import clip
from bot.blocks.kit import Block, Message, channel, fallback, prose, rich, rows, text
from bot.domain.refusals import remedy, why

LONGEST_REASON = 200  # characters of a word of Slack's that I don't know
LISTED = 10  # topics, each with the command that brings it back
_DIGEST = "Its digest has stopped; `/papers digest on` there starts it again."
_TOPICS = "It no longer follows what you had it follow. To start that again:"


def stopped(channel_id: str, reason: str, *, digest: bool, topics: Sequence[str]) -> Message:
    """What stopped in a channel, why, and the way back. Topics are as they are typed."""
    because = f" any more: {clip(why(reason), LONGEST_REASON)}."
    told = [remedy(reason)] if remedy(reason) else []
    told += [_DIGEST] if digest else []
    told += [_TOPICS] if topics else []
    blocks = [rich(text("I can't post in "), channel(channel_id), text(because)), prose(*told)]
    if topics:
        blocks.append(rows([_again(channel_id, each) for each in topics[:LISTED]]))
    if len(topics) > LISTED:
        blocks.append(prose(f"And {len(topics) - LISTED:,} more."))
    lines = [f"I can't post in a channel of yours{because}", *told, *topics[:LISTED]]
    return Message(fallback(*lines).replace("`", ""), blocks)


def _again(channel_id: str, topic: str) -> list[Block]:
    return [
        text("/papers subscribe ", code=True),
        channel(channel_id),
        text(f" {topic}", code=True),
    ]
