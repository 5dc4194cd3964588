"""`papers embed`: vectors for papers that lack one."""

from contextlib import closing
from typing import Annotated

import typer

from bot import stores, terminal
from bot.blocks.words import count
from bot.config import SettingsProblem, read_settings
from bot.embedding import SETTING, open_embedding
from bot.services import meaning
from bot.terminal import out

cli = typer.Typer()


@cli.command()
def embed(
    forget_others: Annotated[
        bool, typer.Option("--forget-others", help="Delete what other models made.")
    ] = False,
) -> None:
    """Let search rank papers by meaning too. Stop it at any time: it goes on where it was."""
    settings = read_settings()
    model = open_embedding(settings, threads=None)  # all cores: somebody waits
    if model is None:
        raise SettingsProblem(f"{SETTING} is not set. The README says what it takes.")
    model.load()
    done = 0
    with (
        closing(stores.open_database(settings)) as database,
        terminal.progress() as progress,
    ):
        task = progress.add_task("Embedding", total=meaning.left(database, model))
        while made := meaning.embed(database, model):
            progress.advance(task, made)
            done += made
        forgotten = meaning.forget_others(database, model) if forget_others else 0
    out.print(f"{count(done, 'paper')} embedded.")
    if forget_others:
        out.print(f"{count(forgotten, 'vector')} of other models deleted.")
