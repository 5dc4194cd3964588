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
    return told(done)


def told(done: pauses.Paused) -> Answer:
    """What is held back now."""
    mine = done.mine
    return Answer(
        blocks.paused(done.changed, mine.subscriptions, mine.hours, done.digest, done.until)
    )


def resume(asked: Asked) -> Answer:
    """Let everything come again, or what was named."""
    done = pauses.resume(
        asked.parts.database, asked.team_id, asked.user_id, asked.words, asked.parts.now()
    )
    mine = done.mine
    return Answer(
        blocks.resumed(done.changed, mine.subscriptions, mine.hours, mine.next_at, done.digest)
    )


def put_back(asked: Asked) -> Answer:
    """Undo: each topic, and the digest, as the button says it was."""
    value = json.loads(asked.words)
    carried, digest = value["was"], None
    if "digest" in value:
        digest = (datetime.fromisoformat(value["digest"]) if value["digest"] else None,)
    was = {
        each: datetime.fromisoformat(until) if until else None
        for until, ids in carried.items()
        for each in ids
    }
    mine = pauses.put_back(
        asked.parts.database, asked.team_id, asked.user_id, was, asked.parts.now(), digest=digest
    )
    return Answer(blocks.put_back(mine.subscriptions, mine.hours, mine.next_at))
