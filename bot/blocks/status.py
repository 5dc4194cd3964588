"""How things stand, in words."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.blocks import words
from bot.blocks.kit import Block, Message, channel, fallback, header, prose, rows, text
from bot.domain.delivery import State
from bot.domain.digest import ChannelDigest
from bot.domain.paper import UNDATED, Fetch
from bot.domain.status import Status

LISTED = 10
_OWED = {State.PENDING: "waiting to be sent", State.HELD: "held", State.DEAD: "given up"}


def status(now: Status) -> Message:
    """Sources, next digests, what is waiting, and the last trouble."""
    beside = upcoming(now.digests, now.zone)
    blocks = [header("Status"), prose(*_sources(now)), beside, prose(*_messages(now))]
    return Message(fallback(*lines(now)).replace("`", ""), blocks)


def lines(now: Status) -> list[str]:
    """The same as sentences, for a terminal."""
    return [*_sources(now), *_digest_lines(now.digests, now.zone), *_messages(now)]


def upcoming(digests: Sequence[ChannelDigest], zone: ZoneInfo) -> Block:
    """The next digests, a channel a line; those beyond the first ten are counted."""
    if not digests:
        return prose("No channel has a digest yet. Type `/papers digest on` in one.")
    listed = [
        [text("Next digest in "), channel(each.channel_id), text(f": {_due(each, zone)}")]
        for each in digests[:LISTED]
    ]
    return rows([*listed, *([text(each)] for each in _beyond(digests))])


def _sources(now: Status) -> list[str]:
    read = [_read(each, now.zone) for each in now.reads] or ["No source has been read yet."]
    return [f"{words.count(now.papers, 'paper')} stored.", *read]


def _read(read: Fetch, zone: ZoneInfo) -> str:
    when = words.moment(read.read_at, zone)
    name = words.source(read.source)
    if read.error:
        return f"{name} did not answer on {when}: {words.sentence(read.error)}"
    if read.day == UNDATED:
        return f"{name} was last imported from a file on {when}."
    return f"{name} was last read on {when}, with {words.count(read.seen, 'paper')} listed."


def _digest_lines(digests: Sequence[ChannelDigest], zone: ZoneInfo) -> list[str]:
    named = [f"Next digest in {each.channel_id}: {_due(each, zone)}" for each in digests[:LISTED]]
    return [*named, *_beyond(digests)] or ["No channel has a digest yet."]


def _due(digest: ChannelDigest, zone: ZoneInfo) -> str:
    return (
        f"{words.moment(digest.next_due_at, zone)}." if digest.next_due_at else "none, it is off."
    )


def _beyond(digests: Sequence[ChannelDigest]) -> list[str]:
    left = len(digests) - LISTED
    return [f"And {words.count(left, 'channel')} more."] if left > 0 else []


def _messages(now: Status) -> list[str]:
    owed = ((now.owed.get(state, 0), label) for state, label in _OWED.items())
    waiting = ", ".join(f"{number:,} {label}" for number, label in owed if number)
    told = [f"Messages: {waiting or 'nothing is waiting'}."]
    return [*told, f"The last trouble in sending: `{now.last_error}`."] if now.last_error else told
