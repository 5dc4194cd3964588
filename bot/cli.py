"""`papers`: a few lines around each service."""

import json
import sys
import webbrowser
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from bot import app, demo, doctor, logs, manifest, stores, web
from bot.blocks import digest as digest_blocks
from bot.blocks import status as status_blocks
from bot.config import SettingsProblem, read_settings
from bot.domain.calendar import hf_day, weekdays_between
from bot.domain.cases import read_cases
from bot.domain.paper import Batch
from bot.errors import BotError, SourceFailed
from bot.sandbox import PortTaken
from bot.serve import listening, stoppable, ticking, wait_for_stop
from bot.services import alerts, editions, ingest, search, status
from bot.sources import files

cli = typer.Typer(
    help="Daily Papers for Slack.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)
digest_cli = typer.Typer(help="Look at a digest before it is posted.", no_args_is_help=True)
cli.add_typer(digest_cli, name="digest")
# Titles and topics are printed as they are, whatever rich would read in them.
out = Console(highlight=False, soft_wrap=True, markup=False, emoji=False)
err = Console(stderr=True, highlight=False, soft_wrap=True, markup=False, emoji=False)

WRONG_SETTINGS = 2  # the exit code for a missing or wrong setting


def main() -> None:
    """Turn what went wrong into one sentence and an exit code."""
    try:
        cli()
    except SettingsProblem as problem:
        err.print(str(problem))
        sys.exit(WRONG_SETTINGS)
    except (BotError, PortTaken) as problem:
        err.print(str(problem))
        sys.exit(1)


@cli.command("demo")
def demo_(
    port: Annotated[int, typer.Option(help="Where the page is served.", min=0, max=65535)] = 3000,
    browser: Annotated[bool, typer.Option(help="Open the page in your browser.")] = True,
    live: Annotated[bool, typer.Option("--live", help="Read Hugging Face now.")] = False,
    fresh: Annotated[bool, typer.Option("--fresh", help="Forget the last demo.")] = False,
) -> None:
    """The bot in a local Slack, in your browser: no account, no network."""
    logs.set_up()
    folder = read_settings().data_dir
    with stoppable(), demo.running(folder, port=port, live=live, fresh=fresh) as url:
        out.print(f"Daily Papers is at {url} (Ctrl-C stops it)")
        if browser:
            webbrowser.open(url)
        wait_for_stop()


@cli.command()
def run() -> None:
    """The bot, in your workspace: Socket Mode with an app token, else HTTP."""
    logs.set_up()
    settings = read_settings()
    if settings.slack_app_token is not None:
        token = settings.slack_app_token.get_secret_value()
        with (
            stoppable(),
            ticking(app.build(settings)) as bot,
            listening(bot, token, settings.slack_api_url),
        ):
            out.print("Connected to Slack over Socket Mode (Ctrl-C stops it)")
            wait_for_stop()
    elif settings.slack_signing_secret is not None:
        web.serve(settings)
    else:
        app.required(settings.slack_bot_token, "SLACK_BOT_TOKEN")
        raise SettingsProblem(
            "SLACK_APP_TOKEN is not set. With it I use Socket Mode; for HTTP set "
            "SLACK_SIGNING_SECRET instead."
        )


@cli.command()
def worker() -> None:
    """Read sources and send what is due; listen to nobody."""
    logs.set_up()
    with stoppable(), ticking(app.build(read_settings())):
        wait_for_stop()


@cli.command("ingest")
def ingest_(
    since: Annotated[str, typer.Option(help="The first day, as 2026-11-20.")] = "",
    until: Annotated[str, typer.Option(help="The last day; without it, today.")] = "",
) -> None:
    """Read Hugging Face now, day by day."""
    settings = read_settings()
    now = app.utc_now()
    last = _day(until) or hf_day(now)
    days = weekdays_between(_day(since) or last, last)
    read = app.hugging_face(settings).read
    failed = False
    with (
        closing(stores.open_database(settings)) as database,
        _progress() as progress,
    ):
        for day in progress.track(days, description="Reading"):
            fetch = ingest.ingest(database, read, ingest.HUGGING_FACE, day, now)
            out.print(f"{day}: {fetch.error or f'{fetch.seen} papers, {fetch.new} new'}")
            failed = failed or fetch.error is not None
        search.follow(database, stores.open_index(settings))
    if failed:
        raise typer.Exit(1)


@cli.command("import")
def import_(
    paths: Annotated[list[Path], typer.Argument(metavar="FILE...")],
    tell: Annotated[bool, typer.Option("--alerts/--no-alerts", help="Tell subscribers.")] = True,
) -> None:
    """Read papers from files: days of the Hugging Face API, BEIR collections; also .gz and .xz."""
    settings = read_settings()
    now = app.utc_now()
    seen = new = bad = 0
    with (
        closing(stores.open_database(settings)) as database,
        _progress() as progress,
    ):
        for path in progress.track(paths, description="Importing"):
            for batch, problems in _batches(path):
                bad += len(problems)
                for problem in problems:
                    err.print(problem)
                if batch is not None:
                    fetch = ingest.store(database, batch, now, tell=tell)
                    seen, new = seen + len(batch.listings), new + fetch.new
        search.follow(database, stores.open_index(settings))
        queued = alerts.build_due(database, now) if tell else 0
    out.print(f"{seen} entries from {len(paths)} files, {new} listings new, {bad} problems")
    out.print(f"alerts queued: {queued}")
    if bad:
        raise typer.Exit(1)


@cli.command("search")
def search_(
    words: Annotated[list[str], typer.Argument(metavar="QUERY")],
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 5,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Search stored papers, as /papers search does."""
    settings = read_settings()
    index = stores.open_index(settings)
    with closing(stores.open_database(settings)) as database:
        search.follow(database, index)
        found = search.search(database, index, " ".join(words), limit=limit)
    if as_json:
        out.print_json(json.dumps([_hit(hit) for hit in found.hits], ensure_ascii=False))
        return
    for hit in found.hits:
        out.print(f"{hit.listing.paper.id}  {hit.listing.paper.title}")
    out.print(f"{len(found.hits)} of {found.total} found")


@cli.command()
def match(
    path: Annotated[Path, typer.Argument(metavar="FILE.tsv", exists=True, dir_okay=False)],
) -> None:
    """Check the matcher against cases: keyword, text, hit or miss, why."""
    # Split at line feeds alone: other line ends are characters of a case.
    cases = read_cases(path.read_text("utf-8", errors="replace").split("\n"))
    failed = [case for case in cases if not case.passes]
    for case in failed:
        wanted = "hit" if case.hits else "miss"
        out.print(f"FAILED {case.keyword} | {case.text} | {wanted} | {case.why}")
    out.print(f"{len(cases) - len(failed)} passed, {len(failed)} failed")
    if failed:
        raise typer.Exit(1)


@digest_cli.command("preview")
def preview(
    channel: Annotated[str, typer.Option(help="A channel's id.")] = "",
    team: Annotated[str, typer.Option(help="A workspace's id.")] = "",
    day: Annotated[str, typer.Option("--date", help="As 2026-11-20; without it, now.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """The digest as it would be posted, and its receipt."""
    wanted = _day(day)
    now = datetime.combine(wanted, time(12), UTC) if wanted else app.utc_now()
    with closing(stores.open_database(read_settings())) as database:
        edition, shown = editions.preview(database, team, channel, now)
    receipt = digest_blocks.receipt(edition, len(shown))
    if as_json:
        reasons = {pick.paper_id: pick.reason for pick in edition.picks}
        papers = [
            {
                "id": each.paper.id,
                "title": each.paper.title,
                "url": each.paper.url,
                "upvotes": each.upvotes,
                "reason": reasons[each.paper.id],
            }
            for each in shown
        ]
        whole = {"date": edition.local_date.isoformat(), "papers": papers, "receipt": receipt}
        out.print_json(json.dumps(whole, ensure_ascii=False))
        return
    for line in digest_blocks.lines(edition, shown):
        out.print(line)
    out.print(receipt)


@cli.command()
def migrate() -> None:
    """Bring the database to this version's schema."""
    stores.migrate(read_settings())
    out.print("The schema is current.")


@cli.command("status")
def status_(team: Annotated[str, typer.Option(help="A workspace's id.")] = "") -> None:
    """How things stand, in words."""
    with closing(stores.open_database(read_settings())) as database:
        now = status.status(database, team)
    for line in status_blocks.lines(
        papers=now.papers,
        reads=now.reads,
        digests=now.digests,
        owed=now.owed,
        last_error=now.last_error,
        zone=now.zone,
    ):
        out.print(line.replace("`", ""))


@cli.command("doctor")
def doctor_() -> None:
    """Say what is missing before the bot can run."""
    findings = list(doctor.examine(read_settings()))
    for finding in findings:
        out.print(f"{'ok     ' if finding.good else 'missing'}  {finding.sentence}")
    if any(each.is_setting and not each.good for each in findings):
        raise typer.Exit(WRONG_SETTINGS)
    if not all(each.good for each in findings):
        raise typer.Exit(1)


@cli.command("manifest")
def manifest_(
    socket: Annotated[bool, typer.Option("--socket", help="For Socket Mode, as usual.")] = False,
    http: Annotated[str, typer.Option(metavar="URL", help="For HTTP: where Slack finds us.")] = "",
) -> None:
    """The app manifest, to paste where Slack asks for one."""
    if http and (socket or not http.startswith("https://")):
        raise SettingsProblem("--http needs an address that begins with https://, and no --socket.")
    print(json.dumps(manifest.manifest(http or None), indent=2))  # noqa: T201  # as it is, for a pipe


def _progress() -> Progress:
    """A bar for whoever watches; nothing in a log or a pipe."""
    return Progress(console=err, transient=True, disable=not err.is_terminal)


def _batches(path: Path) -> Iterator[tuple[Batch | None, tuple[str, ...]]]:
    """The batches of a file with their problems; a file that fails is one problem."""
    try:
        for batch in files.read(path):
            yield batch, batch.problems
    except SourceFailed as failure:
        yield None, (str(failure),)


def _hit(hit: search.Hit) -> dict[str, object]:
    paper = hit.listing.paper
    return {
        "id": paper.id,
        "title": paper.title,
        "score": round(hit.score, 4),
        "url": paper.url,
        "published": paper.published.date().isoformat() if paper.published else None,
    }


def _day(said: str) -> date | None:
    if not said:
        return None
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise SettingsProblem(f"{said} is not a day. Write it as 2026-11-20.") from None
