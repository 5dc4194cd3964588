"""`/papers save`, `unsave` and `saved`: what a person keeps."""

import json
from contextlib import suppress
from datetime import datetime

from bot.blocks import saved as blocks
from bot.services import saved
from handlers.answers import Answer, Asked


def show(asked: Asked) -> Answer:
    """`/papers saved`: a page of my saved papers."""
    start = int(asked.words[:9]) if asked.words.isdecimal() else 0
    return _shelf(asked, start)


def save_said(asked: Asked) -> Answer:
    """`/papers save`: by id or link. Without one, what is saved already."""
    if not asked.words:
        return _shelf(asked, 0)
    return _kept(
        saved.save_said(
            asked.parts.database, asked.team_id, asked.user_id, asked.words, asked.parts.now()
        )
    )


def unsave_said(asked: Asked) -> Answer:
    """`/papers unsave`: by number, id or link. Without one, the numbers."""
    if not asked.words:
        return _shelf(asked, 0)
    return _gone(saved.unsave_said(asked.parts.database, asked.team_id, asked.user_id, asked.words))


def save(asked: Asked) -> Answer:
    """Twice is the same as once."""
    kept = saved.save(
        asked.parts.database, asked.team_id, asked.user_id, asked.words, asked.parts.now()
    )
    return _kept(kept)


def unsave(asked: Asked) -> Answer:
    """Take a paper from those that are saved; pressed again, it shows what is left."""
    try:
        gone = saved.unsave(asked.parts.database, asked.team_id, asked.user_id, asked.words)
    except saved.NotSaved:
        return _shelf(asked, 0)
    return _gone(gone)


def restore(asked: Asked) -> Answer:
    """Undo: the paper stands where it stood."""
    value = json.loads(asked.words)
    since = datetime.fromisoformat(value["at"])
    return _kept(
        saved.restore(asked.parts.database, asked.team_id, asked.user_id, value["id"], since)
    )


def remove_from_list(asked: Asked) -> Answer:
    """Take a paper from the list in which the button stands, and show what is left of it."""
    value = json.loads(asked.words)
    gone = None
    with suppress(saved.NotSaved):  # pressed twice
        gone = saved.unsave(asked.parts.database, asked.team_id, asked.user_id, value["id"])
    return _shelf(asked, value["start"], gone)


def _kept(kept: saved.Kept) -> Answer:
    return Answer(blocks.saved(kept.listing, kept.count, new=kept.changed))


def _gone(gone: saved.Kept) -> Answer:
    return Answer(blocks.unsaved(gone.listing, gone.since, gone.count))


def _shelf(asked: Asked, start: int, gone: saved.Kept | None = None) -> Answer:
    found = saved.page(asked.parts.database, asked.team_id, asked.user_id, start)
    taken = (gone.listing, gone.since) if gone else None
    return Answer(blocks.shelf(found.listings, found.start, found.count, taken))
