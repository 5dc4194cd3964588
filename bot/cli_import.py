"""`papers import`: files come in as if they had been read from their source."""

from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from bot import app, import_report, indexing, stores
from bot.blocks.words import count
from bot.config import read_settings
from bot.importing import Counts, Import
from bot.services import alerts
from bot.terminal import err, out

cli = typer.Typer()
STOPPED = 130  # the exit code after Ctrl-C, as shells have it


@cli.command("import")
def import_(
    paths: Annotated[list[Path], typer.Argument(metavar="FILE...")],
    tell: Annotated[bool, typer.Option("--alerts/--no-alerts", help="Tell subscribers.")] = True,
    bad: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write each record that can't be read into this file."),
    ] = None,
) -> None:
    """Read papers from files or, as -, from a pipe, also .gz and .xz.

    Days of the Hugging Face API, arXiv metadata as XML, JSON lines or TSV, and BEIR collections.
    A file of daily lists is of the day in its name. Stopped or killed, the same command goes on:
    what is stored is read again and passed over.
    """
    settings, now = read_settings(), app.utc_now()
    with closing(stores.open_database(settings)) as database:
        with (
            indexing.beside(settings.database_url, settings.index_folder) as worker,
            import_report.reporting(paths, bad, worker.stored) as report,
        ):
            try:
                counts = Import(database, now, report, tell).run(paths)
                report.indexing()
                worker.finish(database, stores.open_index(settings))
            except KeyboardInterrupt:
                err.print("Stopped. What is stored stays; the same command goes on.")
                raise typer.Exit(STOPPED) from None
        queued = alerts.build_due(database, now) if tell else 0
    if report.unsaid:
        where = f"all are in {bad}" if bad else "with --bad FILE all are written into a file"
        err.print(f"{report.unsaid:,} more were not shown; {where}.")
    out.print(_summed_up(counts))
    out.print(f"alerts queued: {queued}")
    if counts.failed:
        raise typer.Exit(1)


def _summed_up(counts: Counts) -> str:
    failed = f", {count(counts.failed, 'file')} can't be read" if counts.failed else ""
    return (
        f"{count(counts.account.records, 'record')} from {count(counts.files, 'file')}: "
        f"{counts.new:,} new, {counts.changed:,} changed, {counts.known:,} known, "
        f"{counts.account.bad:,} bad{failed}"
    )
