"""`/papers today`, `week`, `month` and `trending`, with the pages beside them in place."""

import json
from collections.abc import Callable
from datetime import date
from functools import partial

from bot.blocks import lists as blocks
from bot.domain.calendar import hf_day
from bot.domain.list_options import MOST, Kind, Wanted, read
from bot.services import browsing
from handlers.answers import Answer, Asked


def show(kind: Kind, asked: Asked) -> Answer:
    """The latest, or that of a day they name."""
    return _page(asked, read(kind, asked.words, hf_day(asked.parts.now())))


def show_today(asked: Asked) -> Answer:
    """The latest list, from a button."""
    return _page(asked, Wanted(Kind.TODAY))


def leaf(asked: Asked) -> Answer:
    """The page before or after, as the button says."""
    if not asked.words.startswith("{"):  # a button of an earlier version names a day
        return _page(asked, Wanted(Kind.TODAY, date.fromisoformat(asked.words), MOST))
    value = json.loads(asked.words)
    day = date.fromisoformat(value["date"])
    return _page(asked, Wanted(Kind(value["kind"]), day, value["top"]))


def _page(asked: Asked, wanted: Wanted) -> Answer:
    page = browsing.page(asked.parts.database, wanted, asked.parts.now())
    beside = {"previous": page.previous, "later": page.next}
    if wanted.kind is not Kind.TRENDING:
        return Answer(blocks.day_list(wanted, page.first, page.last, page.listings, **beside))
    if page.is_read_once:
        theirs = page.is_the_sites
        found = blocks.read_once(wanted, page.last, page.listings, is_the_sites=theirs, **beside)
        return Answer(found)
    return Answer(blocks.trending(wanted, page.last, page.first, page.gains, **beside))


COMMANDS: dict[str, Callable[[Asked], Answer]] = {each.value: partial(show, each) for each in Kind}
