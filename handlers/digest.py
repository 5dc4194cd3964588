"""`/papers digest …`: the channel's digest, set in public, shown in private."""

from collections.abc import Callable
from dataclasses import replace
from zoneinfo import ZoneInfo

from bot.blocks import digest as blocks
from bot.blocks.digest_terms import topics_echo
from bot.domain import preferences, round_up_options
from bot.domain.digest import Digest
from bot.domain.hours import parse_hour
from bot.domain.mistakes import shown
from bot.domain.round_ups import RoundUp
from bot.errors import BotError
from bot.services import digests, editions, round_up_wishes
from handlers import curators, own_digest, round_ups
from handlers.answers import Answer, Asked

UTC = ZoneInfo("UTC")
KNOWN = (
    "I know `/papers digest on`, `off`, `now`, `preview`, `at 09:00 Europe/Berlin`, "
    "`days mon-fri`, `top 5`, `look compact`, `cards` or `threads`, `topics robotics`, "
    "`topics only robotics`, `weekly fri at 16:00`, `monthly on` and `follow-ups on`. "
    "`/papers digest me` is your own."
)
# What each word behind `digest` changes, from the words behind that. Raises BotError.
CHANGES: dict[str, Callable[[str], Callable[[Digest], Digest]]] = {
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
    """A digest belongs to a channel: type this there. `/papers digest me on` is your own."""


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
        case "me":
            return own_digest.answer(replace(asked, words=rest))
        case "at":
            return move(asked, rest)
        case name if name in CHANGES:
            return prefer(asked, name, rest)
        case name if name in round_up_options.NAMES:
            return round_up(asked, name, rest)
        case other:
            said = f"I don't know {shown(f'digest {other}')}. " if shown(other) else ""
            raise UnknownSetting(said)


def show_settings(asked: Asked) -> Answer:
    """Settings, the next time, and the last receipt."""
    database = asked.parts.database
    digest = digests.settings(database, asked.team_id, asked.channel_id)
    last = editions.last_edition(database, asked.team_id, asked.channel_id)
    return Answer(blocks.settings(digest, last, _round_ups(asked)))


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
    return Answer(blocks.turned_on(digest, _round_ups(asked)), public=True)


def turn_off(asked: Asked) -> Answer:
    """Stop the digest: everybody in the channel reads who did it."""
    digest = digests.turn_off(
        asked.parts.database, asked.team_id, asked.channel_id, by=asked.user_id
    )
    return Answer(blocks.turned_off(digest, _round_ups(asked)), public=True)


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
    digest: Digest = digests.move(
        asked.parts.database,
        asked.team_id,
        asked.channel_id,
        at=at,
        zone=zone,
        fallback=asked.parts.zone_of(asked.client, asked.user_id) or UTC,
        by=asked.user_id,
        now=asked.parts.now(),
    )
    return Answer(blocks.turned_on(digest, _round_ups(asked)), public=True)


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
    echo = topics_echo(digest) if name == "topics" else ""
    return Answer(blocks.turned_on(digest, _round_ups(asked), echo), public=True)


def round_up(asked: Asked, name: str, words: str) -> Answer:
    """Have the week, the month or a second look as well: everybody reads who did it."""
    wish = round_up_options.read(name, words)
    if not _can_post(asked):
        return Answer(blocks.invite_me("set_digest", f"{name} {words}"))
    return round_ups.change(asked, wish)


def _round_ups(asked: Asked) -> tuple[RoundUp, ...]:
    return round_up_wishes.of_channel(asked.parts.database, asked.team_id, asked.channel_id)


def _can_post(asked: Asked) -> bool:
    """Direct messages have no digest; in a channel the bot must be a member."""
    if not asked.channel_id.startswith(("C", "G")):
        raise OnlyInChannels
    return asked.parts.is_member(asked.client, asked.channel_id)
