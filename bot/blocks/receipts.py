"""What a digest says of where its papers came from, and why a day has none."""

from collections.abc import Iterator, Sequence
from datetime import date

from bot.blocks import words
from bot.domain.announcements import ARXIV, WEEKEND, is_announced, latest, why_none
from bot.domain.calendar import SATURDAY, hf_day
from bot.domain.digest import Edition, SourceRead
from bot.domain.paper import HUGGING_FACE


def receipt(edition: Edition, shown: int) -> str:
    """The grey line under a digest: what each source listed, and what became of it.

    The counts add up: what was listed was shown, or is named as left out.
    """
    reads = edition.receipt.reads
    origin = _origin(edition)
    fate = ", ".join([f"{shown:,} shown", *_left_out(edition, shown)])
    found = f"{origin}; {fate}" if origin else fate
    late, silent = _late(reads), words.listed([_name(r) for r in reads if r.error])
    trouble = f"{silent} did not answer the last time." if silent else ""
    told = f"{found}; {late}." if late else f"{found}."
    return " ".join(filter(None, [made_up_for(edition), told, trouble]))


def why_empty(edition: Edition) -> str:
    """Why an edition has no papers: each source by itself, and what is still to come."""
    told = edition.receipt
    came = sum((told.seen, told.skipped, told.off_topic, told.muted, told.in_channels))
    lead = _all_left_out(edition) if came else ""
    silences = [] if came else [_silence(each, edition) for each in told.reads]
    late = _late(told.reads)
    parts = [made_up_for(edition), lead, *silences, f"{late}." if late else ""]
    return " ".join(filter(None, parts)) or "No source is set up."


def _all_left_out(edition: Edition) -> str:
    """`31 papers came in that this channel knows already.`, or each reason with its count."""
    told = edition.receipt
    known, beside = told.seen + told.skipped, told.off_topic + told.muted + told.in_channels
    if not beside:
        who = "you know" if edition.is_personal else "this channel knows"
        return f"{words.count(known, 'paper')} came in that {who} already."
    reasons = words.listed(list(_left_out(edition, 0)))
    return f"{words.count(known + beside, 'paper')} came in: {reasons}."


def made_up_for(edition: Edition) -> str:
    """Which days an edition covers that comes after days away; empty for the usual one."""
    if edition.covers_from is None:
        return ""
    # A person's may have been paused: then it was not I who was away.
    why = "since your last one" if edition.is_personal else "while I was away"
    return f"Covers {words.days(edition.covers_from, edition.local_date)}, {why}."


def _origin(edition: Edition) -> str:
    """`31 from Hugging Face, 612 + 204 cross-listed from arXiv (announced Mon 23 Nov)`."""
    reads = edition.receipt.reads
    if any(each.listed is None for each in reads) or not reads:  # an edition of an earlier version
        lists = [f"{_name(r)} (list of {words.short_day(r.day)})" for r in reads]
        origin = f" from {words.listed(lists)}" if lists else ""
        return f"{edition.receipt.candidates:,} new{origin}"
    brought = [each for each in reads if each.listed] or reads[:1]
    return ", ".join(_brought(each, edition) for each in brought)


def _brought(read: SourceRead, edition: Edition) -> str:
    listed = read.listed or 0
    count = f"{listed - read.crossed:,}"
    if read.crossed:
        count = f"{count} + {read.crossed:,} cross-listed"
    when = ""
    if edition.span is None and read.source == ARXIV:
        when = f" (announced {words.short_day(read.day)})"
    elif edition.span is None and read.day != edition.local_date:
        when = f" (list of {words.short_day(read.day)})"
    return f"{count} from {_name(read)}{when}"


def _left_out(edition: Edition, shown: int) -> Iterator[str]:
    told = edition.receipt
    for count, why in (
        (told.candidates - shown, "below the bar"),
        (told.off_topic, "on other topics"),
        (told.seen, "shown to you before" if edition.is_personal else "seen here before"),
        (told.in_channels, "that your channels show"),
        (told.skipped, "skipped by people here"),
        (told.muted, "muted"),
    ):
        if count > 0:
            yield f"{count:,} {why}"


def _late(reads: Sequence[SourceRead]) -> str:
    names = [name for each in reads for name in each.late]
    are = "are" if len(names) > 1 else "is"
    return f"{words.listed(names)} {are} late and will be topped up" if names else ""


def _name(read: SourceRead) -> str:
    return words.source(read.source, read.title)


def _silence(read: SourceRead, edition: Edition) -> str:
    name = _name(read)
    if read.error:
        return f"{name} did not answer: {words.sentence(read.error)} I keep trying."
    if read.read_at is None:
        return f"I have not reached {name} yet. I keep trying."
    if read.source == ARXIV:
        why = _why_no_announcement(read, edition)
    elif read.source == HUGGING_FACE:
        why = _why_no_list(read, edition)
    else:
        why = ""
    day = words.short_day(read.day)
    latest_list = f"its latest list is of {day}."
    return f"{name} {why or 'has listed nothing new since the last digest'}; {latest_list}"


def _why_no_announcement(read: SourceRead, edition: Edition) -> str:
    """Of arXiv: a weekend, a holiday, or an announcement that is still to come."""
    on = edition.local_date
    why = why_none(on)
    if why:
        when = "at weekends" if why == WEEKEND else f"after a holiday ({why})"
        return f"announces nothing {when}"
    if is_announced(on) and latest(edition.made_at) < on:
        return f"announces the papers of {words.short_day(on)} at midnight in New York"
    return ""


def _why_no_list(read: SourceRead, edition: Edition) -> str:
    """Of Hugging Face: a weekend, a list that is not open yet, or one that is empty so far."""
    on = edition.local_date
    if on.weekday() >= SATURDAY:
        return "lists nothing at weekends"
    if hf_day(edition.made_at) < on:
        return f"opens its list of {words.short_day(on)} at 21:30 in New York the evening before"
    if read.on_list == 0:
        return f"has an empty list for {words.short_day(on)} so far{_excuse(on)}"
    return ""


def _excuse(on: date) -> str:
    why = why_none(on)
    return f", the day after a holiday ({why})" if why else ", which is late: I keep reading it"
