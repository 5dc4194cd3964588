"""Dates, counts and names as people read them."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.domain.digest import WORKDAYS, Schedule
from bot.domain.feeds import Late
from bot.domain.paper import BESIDE, HUGGING_FACE, TRENDING, UNDATED, Listing, Paper
from bot.domain.reader import FOREVER, Quiet
from bot.domain.subscription import DEFAULT_SIZE, Cadence, Wish
from bot.domain.summaries import A_MODEL, FROM_ABSTRACT

OUR_NAME = "Daily Papers"  # the author of summaries that are ours
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_SOURCES = {
    "hf": "Hugging Face",
    "hf-trending": "Hugging Face (trending)",
    "hf-week": "Hugging Face (week)",
    "hf-month": "Hugging Face (month)",
    "arxiv": "arXiv",
    "biorxiv": "bioRxiv",
    "medrxiv": "medRxiv",
}
_LATE = {
    Late.EMPTY: "it lists nothing at all",
    Late.OLDER: "it listed later ones before",
    Late.SILENT: "it never paused for so long",
}
_VOTES = re.compile(r"no votes yet|[\d,]+ votes?")
_CADENCES = {
    Cadence.NOW: "as soon as they appear",
    Cadence.DAILY: "once a day",
    Cadence.WEEKLY: "on Mondays",
}


def count(number: int, noun: str) -> str:
    """`1 vote`, `1,212 votes`."""
    return f"{number:,} {noun if number == 1 else noun + 's'}"


def day(value: date) -> str:
    """`Friday 26 June`."""
    return f"{value:%A} {value.day} {value:%B}"


def days(first: date, last: date) -> str:
    """`Thursday 19 to Monday 23 November`, `Friday 27 February to Monday 2 March`."""
    same = (first.year, first.month) == (last.year, last.month)
    return f"{first:%A} {first.day} to {day(last)}" if same else f"{day(first)} to {day(last)}"


def short_day(value: date) -> str:
    """`Fri 26 Jun`."""
    return f"{value:%a} {value.day} {value:%b}"


def full_date(value: date) -> str:
    """`26 Jun 2026`."""
    return f"{value.day} {value:%b} {value.year}"


def moment(value: datetime, zone: ZoneInfo) -> str:
    """`Mon 29 Jun, 09:00 (Europe/Berlin)`: an instant where its reader is."""
    local = value.astimezone(zone)
    return f"{short_day(local.date())}, {local:%H:%M} ({zone.key})"


def schedule(value: Schedule) -> str:
    """`09:00 (Europe/Berlin), Monday to Friday`."""
    return f"{value.at:%H:%M} ({value.zone.key}), {weekdays(value.weekdays)}"


def weekdays(days: frozenset[int]) -> str:
    """Which days, the usual ones by name."""
    if days == WORKDAYS:
        return "Monday to Friday"
    return "every day" if len(days) == 7 else listed([_DAYS[each] for each in sorted(days)])


def cadence(value: Cadence, at: time | None = None) -> str:
    """When an alert comes: `once a day at 08:30`, or `once a day` where the hour is not known."""
    gathered = at is not None and value is not Cadence.NOW
    return _CADENCES[value] + (f" at {at:%H:%M}" if gathered else "")


def terms(wish: Wish, at: time | None = None) -> str:
    """When an alert comes, and what of it is not as usual: how many papers, later versions."""
    size = "" if wish.size == DEFAULT_SIZE else f", {count(wish.size, 'paper')} at most"
    versions = ", with later versions" if wish.revisions else ""
    return cadence(wish.cadence, at) + size + versions


def paused(until: datetime, zone: ZoneInfo) -> str:
    """`paused until Tue 1 Dec`."""
    if until == FOREVER:
        return "paused until you resume it"
    return f"paused until {short_day(until.astimezone(zone).date())}"


def quiet(hours: Quiet) -> str:
    """`22:00 to 07:00`."""
    return f"{hours.begins:%H:%M} to {hours.ends:%H:%M}"


def pace(found: int, days: int) -> str:
    """How often that is, in the unit people feel; empty where it is rare."""
    a_week = found * 7 / days
    if a_week >= 7:
        return f"about {a_week / 7:,.0f} a day"
    return f"about {a_week:.0f} a week" if a_week >= 1 else ""


def listed(names: Sequence[str]) -> str:
    """`A`, `A and B`, `A, B and C`."""
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def authors(names: Sequence[str], shown: int) -> str:
    """`Wei Zhou, Zelin Xu and 9 others`; one more than so many are still all named."""
    if len(names) <= shown + 1:
        return listed(names)
    return listed([*names[:shown], f"{len(names) - shown:,} others"])


def sentence(said: str) -> str:
    """Somebody's remark, with a full stop behind it."""
    return said if said.endswith((".", "!", "?")) else f"{said}."


def source(name: str, title: str = "") -> str:
    """A source as people call it; a feed as it calls itself."""
    return _SOURCES.get(name) or title or name


def why_late(late: str) -> str:
    """Why a feed's answer cannot be all, one of Late, as a sentence."""
    return f"It is late: {_LATE[Late(late)]}."


def facts(listing: Listing, reason: str = "", summary_by: str = "") -> str:
    """What a paper's grey line says: votes, why it is here, comments, who, where, whose summary.

    That it was withdrawn comes before all else.
    """
    paper = listing.paper
    return _joined(
        withdrawn(paper),
        votes(listing),
        told_reason(listing, reason),
        _comments(listing),
        authors(paper.authors, shown=1),
        paper.organization,
        f"posted by {listing.submitter}" if listing.submitter else "",
        mark(summary_by),
    )


def told_reason(listing: Listing, reason: str) -> str:
    """Why a paper is here, unless that is its votes: they speak, and may have grown since."""
    return "" if listing.upvotes and _VOTES.fullmatch(reason) else reason


def brief_facts(listing: Listing, reason: str = "", summary_by: str = "") -> str:
    """The same where there is hardly room."""
    return _joined(
        withdrawn(listing.paper),
        votes(listing),
        told_reason(listing, reason),
        _comments(listing),
        listing.paper.organization or authors(listing.paper.authors, shown=1),
        mark(summary_by),
    )


def pages(listing: Listing) -> list[tuple[str, str]]:
    """A paper's code and project: where they are, and what to call them."""
    code, project = listing.paper.code_url, listing.paper.project_url
    stars = f"code ★ {listing.stars:,}" if listing.stars else "code"
    own_project = [(project, "project")] if project and project != code else []
    return [*([(code, stars)] if code else []), *own_project]


def card_facts(listing: Listing) -> str:
    """The same with dates, where authors have a line of their own."""
    published = listing.paper.published
    return _joined(
        withdrawn(listing.paper),
        votes(listing),
        _comments(listing),
        listing.paper.organization,
        _code(listing),
        f"published {full_date(published)}" if published else "",
        _listed(listing),
        mark(summary_of(listing.paper)),
    )


def in_brief(listing: Listing) -> str:
    """A paper in one line without links: its title, votes, and whether it was withdrawn."""
    return " ".join(filter(None, [listing.paper.title, beside_title(listing)]))


def beside_title(listing: Listing) -> str:
    """`(57 votes)`, `(withdrawn, 57 votes)`; empty where there is nothing to say."""
    return in_brackets(", ".join(filter(None, [withdrawn(listing.paper), votes(listing)])))


def withdrawn(paper: Paper) -> str:
    """A word where a paper's authors took it back; empty otherwise."""
    return "withdrawn" if paper.withdrawn else ""


def in_brackets(said: str) -> str:
    """`(57 votes)`; nothing around nothing."""
    return f"({said})" if said else ""


def votes(listing: Listing) -> str:
    """`57 votes`; empty where there are none."""
    return count(listing.upvotes, "vote") if listing.upvotes else ""


def summary_of(paper: Paper) -> str:
    """Who wrote the summary that a source gave; empty where none did."""
    return (paper.tldr_by or A_MODEL) if paper.tldr else ""


def mark(summary_by: str) -> str:
    """Who wrote a summary, where somebody did."""
    if not summary_by:
        return ""
    ours = {OUR_NAME: "our summary", FROM_ABSTRACT: "from the abstract"}
    return ours.get(summary_by, "AI summary")


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _listed(listing: Listing) -> str:
    """`on Hugging Face 26 Jun 2026`; some lists are of no day, what trends there is on none."""
    if listing.source == TRENDING:
        return f"{'trending ' * bool(listing.rank)}on {source(HUGGING_FACE)}"
    name = HUGGING_FACE if listing.source in BESIDE else listing.source
    day = full_date(listing.day) if listing.day > UNDATED else ""
    return " ".join(filter(None, ["on", source(name, listing.source_title), day]))


def _comments(listing: Listing) -> str:
    return count(listing.comments, "comment") if listing.comments else ""


def _code(listing: Listing) -> str:
    if not listing.paper.code_url:
        return ""
    return f"code ★ {listing.stars:,}" if listing.stars else "code"
