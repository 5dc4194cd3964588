"""`/papers pause` and `/papers resume`: topics held back for a while."""

import json
from datetime import datetime

from bot.blocks import subscriptions as blocks
from bot.services import pauses
from handlers.answers import Answer, Asked


def pause(asked: Asked) -> Answer:
    """Hold back everything, or what was named, until a day or until they resume."""
    done = pauses.pause(
        asked.parts.database, asked.team_id, asked.user_id, asked.words, asked.parts.now()
    )
    return Answer(blocks.paused(done.changed, done.mine.subscriptions, done.mine.hours))


def resume(asked: Asked) -> Answer:
    """Let everything come again, or what was named."""
    done = pauses.resume(
        asked.parts.database, asked.team_id, asked.user_id, asked.words, asked.parts.now()
    )
    mine = done.mine
    return Answer(blocks.resumed(done.changed, mine.subscriptions, mine.hours, mine.next_at))


def put_back(asked: Asked) -> Answer:
    """Undo: each topic as the button says it was."""
    carried = json.loads(asked.words)["was"]
    was = {
        each: datetime.fromisoformat(until) if until else None
        for until, ids in carried.items()
        for each in ids
    }
    mine = pauses.put_back(
        asked.parts.database, asked.team_id, asked.user_id, was, asked.parts.now()
    )
    return Answer(blocks.put_back(mine.subscriptions, mine.hours, mine.next_at))
