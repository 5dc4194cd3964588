"""The part of `papers` that finds and checks papers."""

import json
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Annotated

import typer

from bot import app, stores, terminal
from bot.blocks import digest as digest_blocks
from bot.blocks.receipts import receipt
from bot.config import read_settings
from bot.domain.cases import read_cases
from bot.domain.digest import Edition
from bot.domain.paper import Listing
from bot.domain.results import Hit
from bot.embedding import open_embedding
from bot.services import editions, search
from bot.terminal import err, out

cli = typer.Typer()
digest_cli = typer.Typer(help="Look at a digest before it is posted.", no_args_is_help=True)
cli.add_typer(digest_cli, name="digest")


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
        today = app.utc_now().date()
        found = search.search(
            database,
            index,
            " ".join(words),
            limit=limit,
            today=today,
            meaning=terminal.loaded(open_embedding(settings)),
        )
    if as_json:
        out.print_json(json.dumps([_hit(hit) for hit in found.hits], ensure_ascii=False))
    if found.corrected:
        said = err if as_json else out  # beside what a program reads
        said.print(f"Showing results for {found.corrected}, not for {found.query}:")
    if as_json:
        return
    for hit in found.hits:
        out.print(f"{hit.listing.paper.id}  {hit.listing.paper.title}")
    more = "+" if found.is_capped else ""
    out.print(f"{len(found.hits)} of {found.total:,}{more} found")


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
    wanted = terminal.day(day)
    now = datetime.combine(wanted, time(12), UTC) if wanted else app.utc_now()
    with closing(stores.open_database(read_settings())) as database:
        edition, shown = editions.preview(database, team, channel, now)
    if as_json:
        out.print_json(json.dumps(_edition(edition, shown), ensure_ascii=False))
        return
    for line in digest_blocks.lines(edition, shown):
        out.print(line)
    out.print(receipt(edition, len(shown)))


def _hit(hit: Hit) -> dict[str, object]:
    paper = hit.listing.paper
    return {
        "id": paper.id,
        "title": paper.title,
        "score": round(hit.score, 4),
        "url": paper.url,
        "published": paper.published.date().isoformat() if paper.published else None,
    }


def _edition(edition: Edition, shown: Sequence[Listing]) -> dict[str, object]:
    picks = {pick.paper_id: pick for pick in edition.picks}
    papers = [
        {
            "id": each.paper.id,
            "title": each.paper.title,
            "url": each.paper.url,
            "upvotes": each.upvotes,
            "reason": picks[each.paper.id].reason,
            "score": dict(picks[each.paper.id].score),
        }
        for each in shown
    ]
    told = receipt(edition, len(shown))
    return {"date": edition.local_date.isoformat(), "papers": papers, "receipt": told}
