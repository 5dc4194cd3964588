"""`/papers digest weekly fri`, `monthly on`, `follow-ups off`, and *Undo* of a digest's change."""

from zoneinfo import ZoneInfo

from bot.blocks import digest as blocks
from bot.domain.round_up_options import Asked as Wish
from bot.services import round_up_wishes, undoing
from handlers.answers import Answer, Asked

UTC = ZoneInfo("UTC")


def change(asked: Asked, wish: Wish) -> Answer:
    """Have a round-up or have it no longer: everybody in the channel reads who did it."""
    zone = asked.parts.zone_of(asked.client, asked.user_id) or UTC
    where = asked.parts.database, asked.team_id, asked.channel_id
    if not wish.is_on:
        now = round_up_wishes.drop(*where, wish.slot, fallback=zone, by=asked.user_id)
    else:
        now = round_up_wishes.want(
            *where,
            wish.slot,
            weekday=wish.weekday,
            at=wish.at,
            fallback=zone,
            by=asked.user_id,
            now=asked.parts.now(),
        )
    return Answer(blocks.round_ups_set(now.digest, now.round_ups, wish.slot), public=True)


def undo(asked: Asked) -> Answer:
    """The digest as it was before the change that the button names, if it was the last."""
    done = undoing.put_back(
        asked.parts.database,
        asked.team_id,
        asked.channel_id,
        int(asked.words),
        by=asked.user_id,
        now=asked.parts.now(),
    )
    if not done.is_undone:
        return Answer(blocks.not_undone(done.digest, done.round_ups))
    return Answer(blocks.undone(done.digest, done.round_ups), public=True)
