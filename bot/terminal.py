"""What a terminal is written on, and how its words are read."""

from datetime import date

from rich.console import Console
from rich.progress import Progress

from bot.config import SettingsProblem
from bot.embedding import Embedding

# Titles and topics are printed as they are, whatever rich would read in them.
out = Console(highlight=False, soft_wrap=True, markup=False, emoji=False)
err = Console(stderr=True, highlight=False, soft_wrap=True, markup=False, emoji=False)


def progress() -> Progress:
    """A bar for whoever watches; nothing in a log or a pipe."""
    return Progress(console=err, transient=True, disable=not err.is_terminal)


def loaded(model: Embedding | None) -> Embedding | None:
    """The model, ready; None, and why on the terminal, where it cannot be had."""
    if model is None:
        return None
    try:
        model.load()
    except SettingsProblem as problem:
        err.print(str(problem))
        return None
    return model


def day(said: str) -> date | None:
    """A day as 2026-11-20; None where nothing was said."""
    if not said:
        return None
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise SettingsProblem(f"{said} is not a day. Write it as 2026-11-20.") from None
