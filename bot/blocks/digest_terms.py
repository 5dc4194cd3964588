"""What a digest is set to, in sentences, for a channel's and a person's."""

from bot.blocks import words
from bot.domain.digest import Digest, Look
from bot.domain.mistakes import shown
from bot.domain.query import MAX_LENGTH

_LOOKS = {Look.CARDS: "as cards", Look.THREADS: "each in a thread"}


def state(digest: Digest) -> str:
    """`5 papers at 09:00 (Europe/Berlin), Monday to Friday. The next one comes on Mon 29 Jun.`"""
    return " ".join(filter(None, [f"{terms(digest)}.", refused(digest), _next(digest)]))


def terms(digest: Digest) -> str:
    """`3 papers at 09:00 (Europe/Berlin), Monday to Friday, as cards, those on robotics first`."""
    size, when = words.count(digest.size, "paper"), words.schedule(digest.schedule)
    look = f", {_LOOKS[digest.look]}" if digest.look in _LOOKS else ""
    return f"{size} at {when}{look}{_topics(digest)}"


def refused(digest: Digest) -> str:
    """Why it does not look as it is set; empty where it does."""
    if digest.refused_look is None or digest.look is not digest.refused_look:
        return ""
    again = f"`{command_of(digest)} look {digest.look.value}`"
    return f"Slack refused {digest.look.value} here, so it comes compact; {again} tries again."


def topics_echo(digest: Digest) -> str:
    """How topics were read, which of the two they are, and how to have the other."""
    if not digest.topics:
        return "It is on no topic in particular now: votes decide."
    read, command = f"I read this as {_named(digest)}", f"{command_of(digest)} topics"
    if digest.only_topics:
        return f"{read}, and show nothing else. `{command} …` without `only` lets others follow."
    return f"{read}: papers on it come first, others follow. `{command} only …` leaves those out."


def command_of(digest: Digest) -> str:
    """What it is set with."""
    return "/papers digest me" if digest.is_personal else "/papers digest"


def _topics(digest: Digest) -> str:
    if not digest.topics:
        return ""
    if digest.only_topics:
        return f", only those on {_named(digest)}"
    return f", those on {_named(digest)} first"


def _named(digest: Digest) -> str:
    return shown(digest.topics, MAX_LENGTH)


def _next(digest: Digest) -> str:
    zone = digest.schedule.zone
    if digest.next_due_at is None:
        return f"It is off; `{command_of(digest)} on` turns it on."
    if digest.paused_until is not None:
        return f"It is {words.paused(digest.paused_until, zone)}."
    return f"The next one comes on {words.short_day(digest.next_due_at.astimezone(zone).date())}."
