"""`/papers digest me …`: a person's own digest, set and shown for their eyes alone."""

from collections.abc import Callable
from datetime import timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo

from bot.blocks import digest_exits, digest_terms
from bot.blocks import own_digest as blocks
from bot.domain import preferences
from bot.domain.digest import Digest
from bot.domain.hours import parse_hour
from bot.domain.mistakes import shown
from bot.domain.preferences import DIGEST
from bot.errors import BotError
from bot.services import digests, own_digest, pauses, personal_editions, undoing
from handlers import pauses as pause_handlers
from handlers.answers import Answer, Asked

Change: TypeAlias = Callable[[Digest], Digest]

UTC = ZoneInfo("UTC")
WEEK = timedelta(weeks=1)
COMMAND = "/papers digest me"
KNOWN = (
    f"I know `{COMMAND} on`, `off`, `now`, `preview`, `at 08:30 Europe/Berlin`, `days mon-fri`, "
    "`top 5`, `look compact`, `cards` or `threads`, `topics robotics` and `topics only robotics`."
)
# What each word behind `me` changes, from the words behind that. Raises BotError.
CHANGES: dict[str, Callable[[str], Change]] = {
    "top": lambda words: digests.sized(preferences.parse_size(words)),
    "days": lambda words: digests.on_days(preferences.parse_days(words)),
    "look": lambda words: digests.looking(preferences.parse_look(words)),
    "topics": lambda words: digests.preferring(preferences.parse_topics(words)),
}


class UnknownWish(BotError):
    """A digest of one's own has no such setting."""

    def __init__(self, lead: str = "") -> None:
        super().__init__(lead + KNOWN)


def answer(asked: Asked) -> Answer:
    """Show how it is set, or change it. `asked.words` is what stands behind `me`."""
    first, _, rest = asked.words.strip().partition(" ")
    match first.lower():
        case "at":
            return move(asked, rest)
        case name if name in WAYS:
            return WAYS[name](asked)
        case name if name in CHANGES:
            return prefer(asked, name, rest)
        case other:
            said = f"I don't know {shown(f'digest me {other}')}. " if shown(other) else ""
            raise UnknownWish(said)


def show(asked: Asked) -> Answer:
    """Settings, the next time, and the last receipt."""
    mine = _mine(asked)
    return Answer(blocks.settings(mine.digest, mine.last, mine.hours))


def turn_on(asked: Asked) -> Answer:
    """Start it."""
    digest = own_digest.turn_on(
        asked.parts.database,
        asked.team_id,
        asked.user_id,
        zone=_zone(asked),
        now=asked.parts.now(),
    )
    return Answer(blocks.changed(digest))


def turn_off(asked: Asked) -> Answer:
    """Stop it."""
    digest = own_digest.turn_off(asked.parts.database, asked.team_id, asked.user_id)
    return Answer(blocks.turned_off(digest))


def send_now(asked: Asked) -> Answer:
    """An extra one, through the same outbox as any other."""
    personal_editions.post_now(
        asked.parts.database,
        asked.team_id,
        asked.user_id,
        asked.parts.now(),
        asked.parts.channels_of(asked.client, asked.user_id),
    )
    return Answer(blocks.sending())


def preview(asked: Asked) -> Answer:
    """The next one as it would be now."""
    edition, listings = personal_editions.preview(
        asked.parts.database,
        asked.team_id,
        asked.user_id,
        asked.parts.now(),
        asked.parts.channels_of(asked.client, asked.user_id),
    )
    return Answer(blocks.preview(_mine(asked).digest, edition, listings))


def move(asked: Asked, words: str) -> Answer:
    """Set its hour, and the zone if one is named."""
    at, zone = parse_hour(words, f"{COMMAND} at")
    digest = own_digest.move(
        asked.parts.database,
        asked.team_id,
        asked.user_id,
        at=at,
        zone=zone,
        fallback=_zone(asked),
        now=asked.parts.now(),
    )
    return Answer(blocks.changed(digest))


def prefer(asked: Asked, name: str, words: str) -> Answer:
    """Set the size, the days, the look or the topics."""
    digest = own_digest.prefer(
        asked.parts.database,
        asked.team_id,
        asked.user_id,
        change=_read(name, words),
        fallback=_zone(asked),
        now=asked.parts.now(),
    )
    echo = digest_terms.topics_echo(digest) if name == "topics" else ""
    return Answer(blocks.changed(digest, echo))


def undo(asked: Asked) -> Answer:
    """Take back the change that the button names, if none came after it."""
    done = undoing.put_back(
        asked.parts.database,
        asked.team_id,
        asked.user_id,
        int(asked.words),
        by=asked.user_id,
        now=asked.parts.now(),
    )
    return Answer(blocks.changed(done.digest) if done.is_undone else blocks.not_undone(done.digest))


def choose(asked: Asked) -> Answer:
    """What was chosen in the menu below one."""
    match asked.words:
        case digest_exits.PAUSE:
            now = asked.parts.now()
            return pause_handlers.told(
                pauses.pause_digest(
                    asked.parts.database, asked.team_id, asked.user_id, now + WEEK, now
                )
            )
        case digest_exits.OFF:
            return turn_off(asked)
    return show(asked)


WAYS: dict[str, Callable[[Asked], Answer]] = {
    "": show,
    "on": turn_on,
    "off": turn_off,
    "now": send_now,
    "preview": preview,
}


def _read(name: str, words: str) -> Change:
    """A change in words; a refusal's example is one for this digest."""
    try:
        return CHANGES[name](words)
    except BotError as problem:
        example = str(problem)
        if DIGEST not in example:
            raise
        raise BotError(example.replace(DIGEST, COMMAND)) from None


def _mine(asked: Asked) -> own_digest.Mine:
    zone = asked.parts.zone_of(asked.client, asked.user_id)
    now = asked.parts.now()
    return own_digest.mine(asked.parts.database, asked.team_id, asked.user_id, zone, now)


def _zone(asked: Asked) -> ZoneInfo:
    return asked.parts.zone_of(asked.client, asked.user_id) or UTC
