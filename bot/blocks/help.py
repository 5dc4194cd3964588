"""Help, the first message in a channel, and what people read when something went wrong."""

from collections.abc import Sequence

from bot.blocks.kit import (
    Message,
    actions,
    button,
    clip,
    context,
    divider,
    header,
    prose,
    rich,
    section,
    text,
)

# Each command with one line of what it does and a line that works as it stands.
COMMANDS: dict[str, tuple[str, str]] = {
    "search": ("finds papers, best match first", "/papers search diffusion policy"),
    "today": ("the latest list of Daily Papers", "/papers today"),
    "week": ("the best of the last seven days; `month` for thirty", "/papers week"),
    "show": ("one paper: abstract, links, votes", "/papers show 2606.27377"),
    "subscribe": (
        "tells you of each new paper on a topic, by direct message",
        '/papers subscribe "test-time compute"',
    ),
    "list": ("your subscriptions, numbered", "/papers list"),
    "unsubscribe": ("stops one, several or all", "/papers unsubscribe 2"),
    "digest": (
        "this channel's daily digest: on, off, now, or at an hour",
        "/papers digest at 09:00 Europe/Berlin",
    ),
    "status": ("sources, next digests, what is waiting", "/papers status"),
}
ERROR_LIMIT = 2500


def overview() -> Message:
    """Every command, privately."""
    lines = [f"`/papers {name}` {what}" for name, (what, _) in COMMANDS.items()]
    examples = "\n".join(
        f"`{line}`"
        for line in (
            "/papers search state space models",
            '/papers subscribe "diffusion policy" weekly',
        )
    )
    return Message(
        "Commands: " + ", ".join(COMMANDS),
        [
            header("Daily Papers"),
            section("\n".join(lines)),
            section(f"Try one of these:\n{examples}"),
            context("Answers are for you alone. Digests are for the channel."),
        ],
    )


def one(name: str) -> Message:
    """One command and an example of it."""
    what, example = COMMANDS[name]
    line = f"`/papers {name}` {what}."
    return Message(line, [section(f"{line}\nFor example: `{example}`")])


def did_you_mean(typed: str, command: str, rest: str) -> Message:
    """A mistyped command: the right one and a search, each one tap away."""
    wanted = clip(f"/papers {command} {rest}".strip(), 300)
    searched = clip(f"{typed} {rest}".strip(), 300)
    return Message(
        f"I don't know {typed}. Did you mean {wanted}?",
        [
            rich(
                text("I don't know "),
                text(clip(typed, 100), code=True),
                text(". Did you mean "),
                text(wanted, code=True),
                text("?"),
            ),
            actions(
                button(
                    f"Run {command}",
                    "run_command",
                    f"{command} {rest}".strip(),
                    primary=True,
                ),
                button("Search instead", "search_instead", f"search {searched}"),
            ),
        ],
    )


def welcome() -> Message:
    """What a channel reads when it adds the bot: what will come, when, and how to change it."""
    line = "I bring a short daily digest of papers, and answer `/papers search`."
    return Message(
        "Hello, I'm Daily Papers. Turn the daily digest on with /papers digest on",
        [
            section(line),
            section(
                "Nothing is posted here until somebody wants it: `/papers digest on` brings five "
                "papers at 09:00, Monday to Friday."
            ),
            actions(
                button("Turn the digest on", "turn_digest_on", primary=True),
                button("What else can you do?", "show_help"),
            ),
        ],
    )


def error(sentence: str) -> Message:
    """A refusal or a failure, in one sentence."""
    shown = clip(sentence, ERROR_LIMIT)
    return Message(shown.replace("`", ""), [prose(shown)])


def unexpected(code: str) -> Message:
    """Something broke: a short apology, and a code that stands in the log."""
    return error(
        f"Something went wrong on my side (code {code}). Try again in a minute; "
        "`/papers status` says how I am."
    )


def done(sentence: str) -> Message:
    """A short confirmation."""
    return Message(sentence, [context(sentence)])


def lines(title: str, rows: Sequence[str]) -> Message:
    """A title and plain lines."""
    return Message(
        "\n".join([title, *rows]), [header(title), divider(), *(context(row) for row in rows)]
    )
