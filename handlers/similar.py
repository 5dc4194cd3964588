"""`/papers similar`: papers like one."""

from bot.blocks import similar as blocks
from bot.services.similar import similar
from handlers.answers import Answer, Asked


def answer(asked: Asked) -> Answer:
    """The papers most like the one that was named."""
    parts = asked.parts
    found = similar(parts.database, parts.index, asked.words, meaning=parts.meaning)
    return Answer(blocks.similar(found.listing, found.others))
