"""How things stand, in words."""

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from bot.blocks import words
from bot.blocks.kit import Block, Message, channel, fallback, header, prose, rows, text
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
    sources, messages = _sources(papers, reads, zone), _messages(owed, last_error)
    told = [*sources, *_digest_lines(digests, zone), *messages]
    blocks = [header("Status"), prose(*sources), upcoming(digests, zone), prose(*messages)]
    return Message(fallback(*told).replace("`", ""), blocks)


def lines(
    *,
    papers: int,
    reads: Sequence[Fetch],
    digests: Sequence[ChannelDigest],
    owed: Mapping[State, int],
    last_error: str | None,
    zone: ZoneInfo,
) -> list[str]:
    """The same as sentences, for a terminal."""
    return [
        *_sources(papers, reads, zone),
        *_digest_lines(digests, zone),
        *_messages(owed, last_error),
    ]


def upcoming(digests: Sequence[ChannelDigest], zone: ZoneInfo) -> Block:
    """The next digests, a channel a line; those beyond the first ten are counted."""
    if not digests:
        return prose("No channel has a digest yet. Type `/papers digest on` in one.")
    listed = [
        [text("Next digest in "), channel(each.channel_id), text(f": {_due(each, zone)}")]
        for each in digests[:LISTED]
    ]
    return rows([*listed, *([text(each)] for each in _beyond(digests))])


def _sources(papers: int, reads: Sequence[Fetch], zone: ZoneInfo) -> list[str]:
    read = [_read(each, zone) for each in reads] or ["No source has been read yet."]
    return [f"{words.count(papers, 'paper')} stored.", *read]


def _read(read: Fetch, zone: ZoneInfo) -> str:
    when = words.moment(read.read_at, zone)
    name = words.source(read.source)
    if read.error:
        return f"{name} did not answer on {when}: {words.sentence(read.error)}"
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


def _messages(owed: Mapping[State, int], last_error: str | None) -> list[str]:
    waiting = [f"{owed[state]:,} {label}" for state, label in _OWED.items() if owed.get(state)]
    told = [f"Messages: {', '.join(waiting) or 'nothing is waiting'}."]
    return [*told, f"The last trouble in sending: `{last_error}`."] if last_error else told
