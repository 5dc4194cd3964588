"""`/papers trends`: how often papers on a topic come."""

from bot.blocks import trends as blocks
from bot.services.trends import trends
from handlers.answers import Answer, Asked


def show(asked: Asked) -> Answer:
    """Papers per week over the last year, for one topic or several."""
    parts = asked.parts
    return Answer(blocks.trends(trends(parts.database, parts.index, asked.words, parts.now())))
