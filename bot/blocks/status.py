"""How things stand, in words."""

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from bot.blocks import words
from bot.blocks.kit import Message, header, prose
from bot.blocks.papers import source_name
from bot.domain.delivery import State
from bot.domain.digest import ChannelDigest
from bot.domain.paper import Fetch

LISTED = 10
_OWED = {State.PENDING: "waiting to be sent", State.HELD: "held", State.DEAD: "given up"}


def status(
    *,
    papers: int,
    reads: Sequence[Fetch],
    digests: Sequence[ChannelDigest],
    owed: Mapping[State, int],
    last_error: str | None,
    zone: ZoneInfo,
) -> Message:
    """Sources, next digests, what is waiting, and the last trouble."""
    rows = lines(
        papers=papers, reads=reads, digests=digests, owed=owed, last_error=last_error, zone=zone
    )
    return Message("\n".join(rows), [header("Status"), *(prose(row) for row in rows)])


def lines(
    *,
    papers: int,
    reads: Sequence[Fetch],
    digests: Sequence[ChannelDigest],
    owed: Mapping[State, int],
    last_error: str | None,
    zone: ZoneInfo,
) -> list[str]:
    """The same as sentences, for a terminal too."""
    told = [f"{words.count(papers, 'paper')} stored."]
    told += [_read(read, zone) for read in reads] or ["No source has been read yet."]
    told += [_next(digest, zone) for digest in digests[:LISTED]] or ["No channel has a digest."]
    waiting = [f"{owed[state]} {label}" for state, label in _OWED.items() if owed.get(state)]
    told.append(f"Messages: {', '.join(waiting) or 'nothing waiting'}.")
    if last_error:
        told.append(f"Last trouble in sending: `{last_error}`.")
    return told


def _read(read: Fetch, zone: ZoneInfo) -> str:
    when = words.moment(read.read_at, zone)
    name = source_name(read.source)
    if read.error:
        return f"{name} did not answer at {when}: {read.error}"
    return f"{name} last read {when}: {words.count(read.seen, 'paper')} listed."


def _next(digest: ChannelDigest, zone: ZoneInfo) -> str:
    due = words.moment(digest.next_due_at, zone) if digest.next_due_at else "off"
    return f"Next digest in `{digest.channel_id}`: {due}."
