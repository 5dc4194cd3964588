"""Help, the first message in a channel, and what people read when something went wrong."""

from dataclasses import dataclass

from bot.blocks.graphemes import clip
from bot.blocks.kit import (
    VALUE_LIMIT,
    Message,
    actions,
    button,
    context,
    fallback,
    header,
    prose,
    rich,
    text,
)


@dataclass(frozen=True, slots=True)
class Command:
    """What a command does, to be read after its name, and a line that works as it stands."""

    does: str
    example: str


COMMANDS = {
    "search": Command(
        "finds papers, best match first, or `sort:new` and `sort:top`",
        "/papers search diffusion policy since:3m",
    ),
    "today": Command(
        "lists the papers of the day, or of a `date:`", "/papers today date:2026-06-26"
    ),
    "week": Command("lists the best of the last seven days", "/papers week top:5"),
    "month": Command("lists the best of the last thirty days", "/papers month"),
    "trending": Command("lists what gained most votes in the last days", "/papers trending top:5"),
    "show": Command("opens one paper: abstract, links, votes", "/papers show 2606.27377"),
    "trends": Command(
        "draws how many papers a week come on topics", "/papers trends diffusion, flow matching"
    ),
    "similar": Command("finds papers like one", "/papers similar 2606.27377"),
    "subscribe": Command(
        "tells you, or a `#channel`, of new papers on a topic; `revisions:on` of new versions too",
        '/papers subscribe "test-time compute" weekly',
    ),
    "list": Command("shows your subscriptions, or a `#channel`'s", "/papers list"),
    "unsubscribe": Command("stops one of them, several or all", "/papers unsubscribe 2"),
    "share": Command("shows one of them to this channel, to copy", "/papers share 2"),
    "export": Command("writes your topics out as text", "/papers export"),
    "import": Command("brings topics in, a line each", "/papers import"),
    "save": Command("keeps a paper for later", "/papers save 2606.27377"),
    "saved": Command("lists the papers that you keep", "/papers saved"),
    "unsave": Command("takes one of them away", "/papers unsave 2"),
    "mute": Command(
        "hides papers with a word, by an author, or one paper from what comes to you",
        '/papers mute survey, author:"Ann Other"',
    ),
    "unmute": Command("lets one of those come again", "/papers unmute 1"),
    "why": Command("says which of your topics brought you a paper", "/papers why 2606.27377"),
    "pause": Command("holds one of them back, or all, for a while", "/papers pause 2 2w"),
    "resume": Command("lets what was paused come again", "/papers resume 2"),
    "settings": Command(
        "sets your hour, time zone and quiet hours", "/papers settings quiet 22:00-07:00"
    ),
    "digest": Command(
        "sets this channel's daily digest: `on`, `off`, `now`, `preview`, `at` an hour, `days`, "
        "`top` so many papers, `look compact`, `cards` or `threads`, `topics` that come first, "
        "`topics only` for nothing else; `me on` for one of your own, set with the same words; "
        "`weekly fri` and `monthly on` for the best of a week or month, `follow-ups on` for what "
        "rose later",
        "/papers digest at 09:00 Europe/Berlin",
    ),
    "pick": Command("puts a paper into this channel's next digest", "/papers pick 2606.27377"),
    "skip": Command("takes a paper out of it", "/papers skip 2606.27377"),
    "status": Command("says how things stand: sources, digests, messages", "/papers status"),
    "help": Command("explains a command", "/papers help subscribe"),
}
EXAMPLES = ("/papers search state space models", '/papers subscribe "diffusion policy" weekly')
SENTENCE_LIMIT = 2500
WORD_LIMIT = 100
LINE_LIMIT = 300
RAW_LIMIT = 1900  # with a command before it, it fits a button


def overview() -> Message:
    """Every command, privately."""
    lines = [f"`/papers {name}` {command.does}" for name, command in COMMANDS.items()]
    blocks = [
        header("What I can do"),
        prose(*lines),
        prose("Try one of these:", *(f"`{line}`" for line in EXAMPLES)),
        context("Answers are for you alone; a digest is for the whole channel."),
    ]
    return Message("\n".join(lines).replace("`", ""), blocks)


def one(name: str) -> Message:
    """One command and an example of it."""
    command = COMMANDS[name]
    lines = [f"`/papers {name}` {command.does}.", f"For example: `{command.example}`"]
    return Message("\n".join(lines).replace("`", ""), [prose(*lines)])


def did_you_mean(typed: str, command: str, rest: str, raw: str = "") -> Message:
    """A mistyped command: the right one and a search, each one tap away.

    `raw` is the rest as Slack passed it on: the right command needs its channels and line breaks.
    """
    wanted = f"{command} {rest}".strip()
    carried = f"{command} {raw}".strip() if 0 < len(raw) < RAW_LIMIT else wanted
    searched = f"search {typed} {rest}".strip()
    word, line = clip(typed, WORD_LIMIT), clip(f"/papers {wanted}", LINE_LIMIT)
    question = rich(
        text("I don't know "),
        text(word, code=True),
        text(". Did you mean "),
        text(line, code=True),
        text("?"),
    )
    # No query is as long as a button's value: cutting one takes nothing that would have worked.
    ways = actions(
        button(f"Run {command}", "run_command", carried[:VALUE_LIMIT], primary=True),
        button("Search instead", "run_search", searched[:VALUE_LIMIT]),
    )
    return Message(fallback(f"I don't know {word}. Did you mean {line}?"), [question, ways])


def welcome() -> Message:
    """What a channel reads when it adds the bot: what will come, when, and how to change it."""
    what = "I'm Daily Papers: a short digest of new papers for this channel, and `/papers search`."
    when = (
        "Nothing comes until somebody wants it: `/papers digest on` brings five papers at 09:00, "
        "Monday to Friday. `/papers digest at 08:30` changes the hour."
    )
    ways = actions(
        button("Turn the digest on", "turn_digest_on", primary=True),
        button("What else can you do?", "show_help"),
    )
    return Message(f"{what} {when}".replace("`", ""), [prose(what), prose(when), ways])


def error(sentence: str) -> Message:
    """A refusal or a failure, in a sentence or two."""
    shown = clip(sentence, SENTENCE_LIMIT)
    return Message(fallback(shown.replace("`", "")), [prose(shown)])


def unexpected(code: str) -> Message:
    """Something broke: a short apology, and a code that stands in the log."""
    return error(
        f"Something went wrong on my side (code `{code}`). Try again in a minute; "
        "`/papers status` says how I am."
    )
