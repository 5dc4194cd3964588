"""`papers ingest`: read a source now."""

import time
from contextlib import closing
from datetime import date
from enum import StrEnum
from typing import Annotated

import typer
from rich.progress import Progress

from bot import app, live, stores, terminal
from bot.blocks.words import count, why_late
from bot.config import Settings, SettingsProblem, read_settings
from bot.domain.announcements import ARXIV, latest
from bot.domain.calendar import hf_day, weekdays_between
from bot.domain.paper import HUGGING_FACE
from bot.errors import SourceFailed
from bot.services import announcements, feeds, harvest, ingest, search
from bot.terminal import err, out
from storage.database import Database

cli = typer.Typer()


class Source(StrEnum):
    """Where papers can be read from."""

    HF = HUGGING_FACE
    ARXIV = ARXIV
    FEEDS = "feeds"


@cli.command("ingest")
def ingest_(
    source: Annotated[Source, typer.Option(help="What to read.")] = Source.HF,
    since: Annotated[str, typer.Option(help="The first day, as 2026-11-20.")] = "",
    until: Annotated[str, typer.Option(help="The last day; without it, today.")] = "",
    tell: Annotated[bool, typer.Option("--alerts/--no-alerts", help="Tell subscribers.")] = True,
) -> None:
    """Read a source now.

    Hugging Face day by day; of arXiv the latest announcement or, with --since, everything that
    changed since then. Stopped, it goes on where it was. Every feed of PAPERS_FEEDS as it is now;
    of bioRxiv and medRxiv with --since every day since then.
    """
    settings = read_settings()
    first, last = terminal.day(since), terminal.day(until)
    with (
        closing(stores.open_database(settings)) as database,
        terminal.progress() as progress,
    ):
        if source is Source.HF:
            is_good = _hugging_face(settings, database, progress, first, last, tell=tell)
        elif source is Source.FEEDS:
            wanted = feeds.Wanted(first or date.min, last or date.max, tell)
            is_good = _feeds(settings, database, progress, wanted)
        elif first is None:
            is_good = _announcement(settings, database)
        else:
            is_good = _changes(settings, database, progress, first, last, tell=tell)
        search.follow(database, stores.open_index(settings))
    if not is_good:
        raise typer.Exit(1)


def _hugging_face(
    settings: Settings,
    database: Database,
    progress: Progress,
    first: date | None,
    last: date | None,
    *,
    tell: bool,
) -> bool:
    now = app.utc_now()
    last = last or hf_day(now)
    read = live.hugging_face(settings, database, app.utc_now).read
    is_good = True
    days = weekdays_between(first or last, last)
    for day in progress.track(days, description="Reading"):
        fetch = ingest.ingest(database, read, Source.HF.value, day, now, tell=tell)
        out.print(f"{day}: {fetch.error or _came(fetch.seen, fetch.new)}")
        is_good = is_good and fetch.error is None
    return is_good


def _announcement(settings: Settings, database: Database) -> bool:
    wanted, now = _categories(settings), app.utc_now()
    source = live.announced(settings, database, app.utc_now)
    fetch = announcements.read(database, source, wanted, now)
    if fetch is None:
        out.print(f"{latest(now)}: as it was read before")
    made = [*([fetch] if fetch else []), *announcements.fill(database, source, now)]
    for each in made:
        out.print(f"{each.day}: {each.error or _came(each.seen, each.new)}")
    with database.read() as session:
        late = announcements.late(session)
    for name in late:
        out.print(f"{name} is late and will be topped up.")
    return not any(each.error for each in made)


def _changes(
    settings: Settings,
    database: Database,
    progress: Progress,
    first: date,
    last: date | None,
    *,
    tell: bool,
) -> bool:
    read, is_good = live.arxiv(settings, database, app.utc_now).changed, True
    for category in _categories(settings):
        asked = harvest.Asked(category, first, last, tell)
        task = progress.add_task(category, total=None)
        begun, done = time.monotonic(), harvest.Progress()
        try:
            for done in harvest.harvest(database, read, asked, app.utc_now, time.sleep):
                rate = done.read / max(time.monotonic() - begun, 1)
                said = f"{category}, {rate:,.1f} records a second"
                progress.update(task, completed=done.records, description=said)
                for problem in done.problems:
                    err.print(f"{category}: {problem}")
        except SourceFailed as failure:
            err.print(f"{category}: {failure} Say the same again to go on.")
            is_good = False
        out.print(f"{category}: {_summed_up(done, time.monotonic() - begun)}")
    return is_good


def _feeds(
    settings: Settings, database: Database, progress: Progress, wanted: feeds.Wanted
) -> bool:
    named = live.feeds(settings, database, app.utc_now)
    if not named:
        raise SettingsProblem(
            "PAPERS_FEEDS is not set. Name feeds by their addresses, or biorxiv:neuroscience."
        )
    is_good = True
    for each in progress.track(named, description="Reading"):
        if each.days is None or wanted.first == date.min:
            outcome = feeds.read(database, each, app.utc_now(), wanted)
            is_good = _told(outcome, outcome.name) and is_good
            continue
        last = min(wanted.last, app.utc_now().date())
        days = (last - wanted.first).days + 1
        read = feeds.read_days(database, each, wanted, app.utc_now())
        for day, outcome in progress.track(read, total=days, description=each.source):
            is_good = _told(outcome, f"{outcome.name}, {day}") and is_good
    return is_good


def _told(outcome: feeds.Outcome, name: str) -> bool:
    """Say what came of a read; False where nothing did."""
    for problem in outcome.problems:
        err.print(f"{name}: {problem}")
    if outcome.error:
        out.print(f"{name}: {outcome.error}")
    elif outcome.is_unchanged:
        out.print(f"{name}: as it was read before")
    else:
        out.print(f"{name}: {_came(outcome.entries, outcome.new)}")
    if outcome.late:
        out.print(f"{name}: {why_late(outcome.late)}")
    return not outcome.error


def _summed_up(done: harvest.Progress, seconds: float) -> str:
    earlier = done.records - done.read
    before = f", after {earlier:,} before" if earlier else ""
    return (
        f"{count(done.read, 'record')}{before}: {done.new:,} new, {done.changed:,} known or older, "
        f"{done.deleted:,} deleted; {done.read / max(seconds, 0.001):,.1f} records a second"
    )


def _categories(settings: Settings) -> tuple[str, ...]:
    found = live.categories(settings)
    if not found:
        raise SettingsProblem(
            "PAPERS_ARXIV_CATEGORIES is not set. Name what to follow, such as cs.CL cs.LG."
        )
    return found


def _came(seen: int, new: int) -> str:
    return f"{count(seen, 'paper')}, {new} new"
