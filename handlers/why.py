"""`/papers why`: which rule sent me a paper."""

from bot.blocks import why as blocks
from bot.services.why import why
from handlers.answers import Answer, Asked


def answer(asked: Asked) -> Answer:
    """The topic that brought it, and the words that matched; in a channel, why it is there."""
    found, zone = why(
        asked.parts.database, asked.team_id, asked.user_id, asked.words, asked.channel_id
    )
    return Answer(blocks.why(found, zone))
