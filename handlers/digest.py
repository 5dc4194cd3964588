"""`/papers digest …`: the channel's digest, set in public, shown in private."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from bot.blocks import digest as blocks
from bot.domain import preferences
from bot.domain.digest import ChannelDigest
from bot.domain.hours import parse_hour
from bot.domain.mistakes import shown
from bot.errors import BotError
from bot.services import digests, editions
from handlers import curators
from handlers.answers import Answer, Asked

UTC = ZoneInfo("UTC")
KNOWN = (
    "I know `/papers digest on`, `off`, `now`, `preview`, `at 09:00 Europe/Berlin`, "
    "`days mon-fri`, `top 5`, `look compact`, `cards` or `threads`, and `topics robotics`."
)
# What each word behind `digest` changes, from the words behind that. Raises BotError.
CHANGES: dict[str, Callable[[str], Callable[[ChannelDigest], ChannelDigest]]] = {
    "top": lambda words: digests.sized(preferences.parse_size(words)),
    "days": lambda words: digests.on_days(preferences.parse_days(words)),
    "look": lambda words: digests.looking(preferences.parse_look(words)),
    "topics": lambda words: digests.preferring(preferences.parse_topics(words)),
}


class UnknownSetting(BotError):
    """A digest has no such setting."""

    def __init__(self, lead: str = "") -> None:
        super().__init__(lead + KNOWN)


class OnlyInChannels(BotError):
    """A digest belongs to a channel. Type this in the channel that should get it."""


def answer(asked: Asked) -> Answer:
    """Show the settings, or change one."""
    first, _, rest = asked.words.partition(" ")
    match first.lower():
        case "":
            return show_settings(asked)
        case "on":
            return turn_on(asked)
        case "off":
            return turn_off(asked)
        case "now":
            return post_now(asked)
        case "preview":
            return curators.preview(asked)
        case "at":
            return move(asked, rest)
        case name if name in CHANGES:
            return prefer(asked, name, rest)
        case other:
            said = f"I don't know {shown(f'digest {other}')}. " if shown(other) else ""
            raise UnknownSetting(said)


def show_settings(asked: Asked) -> Answer:
    """Settings, the next time, and the last receipt."""
    database = asked.parts.database
    digest = digests.settings(database, asked.team_id, asked.channel_id)
    last = editions.last_edition(database, asked.team_id, asked.channel_id)
    return Answer(blocks.settings(digest, last))


def turn_on(asked: Asked) -> Answer:
    """Start the digest: everybody in the channel reads who did it."""
    if not _can_post(asked):
        return Answer(blocks.invite_me("turn_digest_on"))
    digest = digests.turn_on(
        asked.parts.database,
        asked.team_id,
        asked.channel_id,
        by=asked.user_id,
        zone=asked.parts.zone_of(asked.client, asked.user_id) or UTC,
        now=asked.parts.now(),
    )
    return Answer(blocks.turned_on(digest), public=True)


def turn_off(asked: Asked) -> Answer:
    """Stop the digest: everybody in the channel reads who did it."""
    digest = digests.turn_off(
        asked.parts.database, asked.team_id, asked.channel_id, by=asked.user_id
    )
    return Answer(blocks.turned_off(digest), public=True)


def post_now(asked: Asked) -> Answer:
    """An extra edition, through the same outbox as any other."""
    if not _can_post(asked):
        return Answer(blocks.invite_me("post_digest_now"))
    editions.post_now(asked.parts.database, asked.team_id, asked.channel_id, asked.parts.now())
    return Answer(blocks.posting())


def move(asked: Asked, words: str) -> Answer:
    """Set the hour, and the zone if one is named."""
    at, zone = parse_hour(words)
    if not _can_post(asked):
        return Answer(blocks.invite_me("move_digest", words))
    digest: ChannelDigest = digests.move(
        asked.parts.database,
        asked.team_id,
        asked.channel_id,
        at=at,
        zone=zone,
        fallback=asked.parts.zone_of(asked.client, asked.user_id) or UTC,
        by=asked.user_id,
        now=asked.parts.now(),
    )
    return Answer(blocks.turned_on(digest), public=True)


def prefer(asked: Asked, name: str, words: str) -> Answer:
    """Set the size, the days, the look or the topics: everybody in the channel reads who did it."""
    change = CHANGES[name](words)
    if not _can_post(asked):
        return Answer(blocks.invite_me("set_digest", f"{name} {words}"))
    digest = digests.prefer(
        asked.parts.database,
        asked.team_id,
        asked.channel_id,
        change=change,
        fallback=asked.parts.zone_of(asked.client, asked.user_id) or UTC,
        by=asked.user_id,
        now=asked.parts.now(),
    )
    return Answer(blocks.turned_on(digest), public=True)


def _can_post(asked: Asked) -> bool:
    """Direct messages have no digest; in a channel the bot must be a member."""
    if not asked.channel_id.startswith(("C", "G")):
        raise OnlyInChannels
    return asked.parts.is_member(asked.client, asked.channel_id)
