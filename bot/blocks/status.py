"""How things stand, in words."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.blocks import words
from bot.blocks.graphemes import clip
from bot.blocks.kit import Block, Message, channel, fallback, header, prose, rows, runs, text
from bot.domain import refusals
from bot.domain.delivery import State
from bot.domain.digest import Digest
from bot.domain.feeds import Standing
from bot.domain.paper import UNDATED, Fetch
from bot.domain.round_ups import RoundUp, Slot
from bot.domain.status import Status, Stuck

LISTED = 10
REASON_LIMIT = 200  # characters
_OWED = {
    State.PENDING: "waiting to be sent",
    State.SENDING: "being sent",
    State.RETRY: "to be tried again",
    State.HELD: "held",
    State.DEAD: "given up",
}
_KINDS = {
    "digest": "the digest",
    "alert": "papers on a topic",
    "announcement": "a change of settings",
    "welcome": "the welcome",
    "notice": "a notice",
}
_ROUND_UPS = {
    Slot.WEEKLY: "weekly",
    Slot.MONTHLY: "monthly",
    Slot.SECOND_LOOK: "second look",
}
_MAY_BE_THERE = "It may have arrived, and I could not look: see whether it is there."
_NOT_AGAIN = "I don't send it again by myself."


def status(now: Status) -> Message:
    """Sources, next digests, what is waiting or stuck, and the last trouble."""
    beside = upcoming(now.digests, now.zone, now.mine, now.round_ups)
    stuck = [rows(_stuck_row(each, now.zone) for each in now.stuck)] if now.stuck else []
    blocks = [header("Status"), prose(*_sources(now)), beside, prose(*_messages(now)), *stuck]
    return Message(fallback(*lines(now)).replace("`", ""), blocks)


def lines(now: Status) -> list[str]:
    """The same as sentences, for a terminal."""
    stuck = [f"{_what(each)} {_where(each)}{_why(each, now.zone)}" for each in now.stuck]
    digests = _digest_lines(now.digests, now.round_ups, now.zone)
    return [*_sources(now), *_mine(now.mine, now.zone), *digests, *_messages(now), *stuck]


def upcoming(
    digests: Sequence[Digest],
    zone: ZoneInfo,
    mine: Digest | None = None,
    round_ups: Sequence[RoundUp] = (),
) -> Block:
    """The next digests, a channel a line; those beyond the first ten are counted. `mine` is first.

    Whose own digest comes next is told nobody else.
    """
    own = _mine(mine, zone)
    if not digests and not round_ups:
        return prose(*own, "No channel has a digest yet. Type `/papers digest on` in one.")
    listed = [
        [text(f"Next {what} in "), channel(where), text(f": {due}")]
        for what, where, due in _next(digests, round_ups, zone)
    ]
    return rows([*map(runs, own), *listed, *([text(each)] for each in _beyond(digests))])


def _mine(digest: Digest | None, zone: ZoneInfo) -> list[str]:
    if digest is None or digest.next_due_at is None:
        return []
    if digest.paused_until is not None:
        return [f"Your own digest is {words.paused(digest.paused_until, zone)}."]
    return [f"Your own next digest: {words.moment(digest.next_due_at, zone)}."]


def _sources(now: Status) -> list[str]:
    read = [_read(each, now) for each in now.reads] or ["No source has been read yet."]
    return [f"{words.count(now.papers, 'paper')} stored.", *read, *_late(now.late)]


def _late(names: Sequence[str]) -> list[str]:
    are = "are" if len(names) > 1 else "is"
    said = f"{words.listed(names)} {are} late: I keep asking arXiv for what is missing."
    return [said] if names else []


def _read(read: Fetch, now: Status) -> str:
    when = words.moment(read.read_at, now.zone)
    feed = now.feeds.get(read.source)
    name = words.source(read.source, feed.title if feed else "")
    if feed and not read.error:
        last = f"{name} was last read on {when}{_latest(feed)}"
    elif read.error:
        last = f"{name} did not answer on {when}: {words.sentence(read.error)}"
    elif read.day == UNDATED:
        last = f"{name} was last read in bulk on {when}."
    else:
        listed = words.count(read.seen, "paper")
        last = f"{name} was last read on {when}, with {listed} listed."
    return " ".join(filter(None, [last, _next_read(read, now)]))


def _latest(feed: Standing) -> str:
    """What a feed listed, and whether that can be all."""
    day = f", the latest of {words.short_day(feed.newest.date())}" if feed.newest else ""
    listed = f", with {words.count(feed.entries, 'paper')} listed{day}."
    return f"{listed} {words.why_late(feed.late)}" if feed.late else listed


def _next_read(read: Fetch, now: Status) -> str:
    upcoming = now.next_reads.get(read.source)
    if upcoming is None:
        return ""
    when = words.moment(upcoming.at, now.zone)
    if upcoming.is_overdue:
        return f"It was to be read again on {when}: `papers run` or `papers worker` must run."
    return f"It is read again on {when}."


def _digest_lines(
    digests: Sequence[Digest], round_ups: Sequence[RoundUp], zone: ZoneInfo
) -> list[str]:
    upcoming = _next(digests, round_ups, zone)
    named = [f"Next {what} in {where}: {due}" for what, where, due in upcoming]
    return [*named, *_beyond(digests)] or ["No channel has a digest yet."]


def _next(
    digests: Sequence[Digest], round_ups: Sequence[RoundUp], zone: ZoneInfo
) -> Iterator[tuple[str, str, str]]:
    """What comes next in which channel, and when: the first ten of either kind."""
    for digest in digests[:LISTED]:
        yield "digest", digest.audience, _due(digest.next_due_at, zone)
    for each in round_ups[:LISTED]:
        yield _ROUND_UPS[each.slot], each.channel_id, _due(each.next_due_at, zone)


def _due(at: datetime | None, zone: ZoneInfo) -> str:
    return f"{words.moment(at, zone)}." if at else "none, it is off."


def _beyond(digests: Sequence[Digest]) -> list[str]:
    left = len(digests) - LISTED
    return [f"And {words.count(left, 'channel')} more."] if left > 0 else []


def _messages(now: Status) -> list[str]:
    owed = ((now.owed.get(state, 0), label) for state, label in _OWED.items())
    waiting = ", ".join(f"{number:,} {label}" for number, label in owed if number)
    told = [f"Messages: {waiting or 'nothing is waiting'}."]
    if now.stopped:
        since = words.moment(now.stopped.since, now.zone)
        told.append(f"Nothing is sent since {since}: {_trouble(now.stopped.reason)}")
    elif now.last_error:
        told.append(f"The last trouble in sending: {_trouble(now.last_error)}")
    stuck = now.owed.get(State.HELD, 0) + now.owed.get(State.DEAD, 0)
    if stuck > len(now.stuck) > 0:
        told.append(f"The latest {len(now.stuck)} of {stuck:,} that were not sent:")
    return told


def _trouble(reason: str) -> str:
    """A refusal in words, what to do about it, and the word that a search for help needs."""
    why = f"{refusals.why(reason)} (`{reason}`)." if _is_word(reason) else _plainly(reason)
    return " ".join(filter(None, [why, refusals.remedy(reason)]))


def _is_word(reason: str) -> bool:
    """Whether this is one of Slack's words, as `is_archived`, and not a sentence or a fault."""
    return len(reason) < REASON_LIMIT and reason.isidentifier() and reason.islower()


def _plainly(reason: str) -> str:
    if reason.isidentifier() and len(reason) < REASON_LIMIT:
        return f"something failed on the way to Slack (`{reason}`)."
    return words.sentence(clip(reason, REASON_LIMIT))


def _stuck_row(each: Stuck, zone: ZoneInfo) -> list[Block]:
    why = text(_why(each, zone).replace("`", ""))
    if each.channel_id:
        return [text(f"{_what(each)} for "), channel(each.channel_id), why]
    return [text(f"{_what(each)} {_where(each)}"), why]


def _what(each: Stuck) -> str:
    label = "Held" if each.state is State.HELD else "Not sent"
    return f"{label}: {_KINDS.get(each.kind, 'a message')}"


def _where(each: Stuck) -> str:
    if each.channel_id:
        return f"for {each.channel_id}"
    return "to you" if each.is_mine else "to somebody"


def _why(each: Stuck, zone: ZoneInfo) -> str:
    """Since when, why, and what to do."""
    since = words.moment(each.since, zone)
    held = each.state is State.HELD
    to_do = _MAY_BE_THERE if held else "" if refusals.remedy(each.reason) else _NOT_AGAIN
    return " ".join(filter(None, [f", since {since}: {_trouble(each.reason)}", to_do]))
