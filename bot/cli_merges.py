"""`papers merges`: what became one paper, and how to have two of it again."""

from contextlib import closing
from typing import Annotated

import typer

from bot import app, stores
from bot.config import read_settings
from bot.domain.identity import Merge, Rule
from bot.services import parting, search
from bot.terminal import out

cli = typer.Typer()

_RULES = {Rule.DOI: "by DOI", Rule.TITLE: "by title and people"}


@cli.command("merges")
def merges_(
    undo: Annotated[
        int | None, typer.Option(metavar="ID", min=1, help="Make two of it again.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many, latest first.")] = 20,
) -> None:
    """What sources call differently and is one paper to me; with --undo, two of it again."""
    settings = read_settings()
    with closing(stores.open_database(settings)) as database:
        if undo is not None:
            merge = parting.part(database, undo, app.utc_now())
            search.follow(database, stores.open_index(settings))
            out.print(f"{merge.gone_id} and {merge.kept_id} are two papers again.")
            out.print(f"I do not make them one {_RULES[merge.rule]} any more.")
            return
        for each in parting.every(database, limit):
            out.print(_line(each))


def _line(merge: Merge) -> str:
    on = f"{merge.merged_at:%Y-%m-%d %H:%M}"
    how = f"{_RULES[merge.rule]} ({merge.score:.0f} of 100)"
    parted = f", undone {merge.parted_at:%Y-%m-%d}" if merge.parted_at else ""
    return (
        f"{merge.id}  {on}  {merge.gone_id} is {merge.kept_id}, {how}{parted}: {merge.gone_title}"
    )
