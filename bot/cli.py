"""`papers`: a few lines around each service. This part runs the bot and looks after it."""

import json
import sys
import webbrowser
from contextlib import closing
from typing import Annotated

import typer

from bot import (
    access,
    app,
    cli_embed,
    cli_import,
    cli_ingest,
    cli_merges,
    cli_papers,
    demo,
    doctor,
    logs,
    manifest,
    stores,
    web,
)
from bot.alone import running_alone
from bot.blocks import status as status_blocks
from bot.config import SettingsProblem, read_settings
from bot.errors import BotError
from bot.sandbox import PortTaken
from bot.serve import listening, stoppable, ticking, wait_for_stop
from bot.services import status
from bot.terminal import err, out

cli = typer.Typer(
    help="Daily Papers for Slack.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)
cli.add_typer(cli_ingest.cli)
cli.add_typer(cli_import.cli)
cli.add_typer(cli_papers.cli)
cli.add_typer(cli_embed.cli)
cli.add_typer(cli_merges.cli)

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
def run(
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Listen even where another process does.")
    ] = False,
) -> None:
    """The bot, in your workspace: Socket Mode with an app token, else HTTP."""
    logs.set_up()
    settings = read_settings()
    if settings.slack_app_token is not None:
        token = settings.slack_app_token.get_secret_value()
        with (
            stoppable(),
            running_alone(app.build(settings), token, anyway=anyway) as bot,
            listening(bot, token, settings.slack_api_url),
        ):
            out.print("Connected to Slack over Socket Mode (Ctrl-C stops it)")
            wait_for_stop()
    elif settings.slack_signing_secret is not None:
        web.serve(settings)
    else:
        access.required(settings.slack_bot_token, "SLACK_BOT_TOKEN")
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


@cli.command()
def migrate() -> None:
    """Bring the database to this version's schema."""
    stores.migrate(read_settings())
    out.print("The schema is current.")


@cli.command("status")
def status_() -> None:
    """How things stand, in words."""
    with closing(stores.open_database(read_settings())) as database:
        now = app.utc_now()
        teams = status.teams(database)
        found = [(team, status.status(database, team, now=now)) for team in teams]
    for team, each in found:
        if len(found) > 1:
            out.print(f"\nWorkspace {team}")
        for line in status_blocks.lines(each):
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
