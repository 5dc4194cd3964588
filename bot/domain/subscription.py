"""One person's use of a query: how often to tell them, and how much at once."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.domain.expression import idle
from bot.domain.lexer import straighten
from bot.domain.mistakes import shown
from bot.domain.query import Query, canonical, parse_subscription
from bot.errors import QueryProblem

DEFAULT_SIZE = 5  # papers in one alert; the rest is counted
LARGEST = 10  # more would not fit one message
LONGEST_OPTION = 400  # characters; a thousand options are not looked for in all that was typed
LONGEST_SHOWN = 24  # characters of a size that I cannot take
NAME_LIMIT = 40  # characters: a name is read in a line with its terms


class Cadence(StrEnum):
    """When a match is told: with the next read of a source, or gathered for a day or a week."""

    NOW = "now"
    DAILY = "daily"
    WEEKLY = "weekly"


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks to be told, before it is stored."""

    text: str  # the canonical query
    cadence: Cadence = Cadence.NOW
    size: int = DEFAULT_SIZE
    name: str = ""  # what its owner calls it
    revisions: bool = False  # whether later versions of papers are told as well


@dataclass(frozen=True, slots=True)
class Subscription:
    """A stored wish of one person or one channel in one workspace."""

    id: int
    team_id: str
    audience: str
    wish: Wish
    created_at: datetime
    paused_until: datetime | None = None
    told_on: date | None = None  # the audience's last local date of an alert of this cadence
    created_by: str = ""

    @property
    def in_channel(self) -> bool:
        """Whether a channel is told, rather than a person."""
        return self.audience.startswith(("C", "G"))


class UnusableName(QueryProblem):
    """A name needs a letter, so that it is no number of your list: `as:"my topic"`."""


class UnknownSize(QueryProblem):
    """One message shows 1 to 10 papers, for example `max:10`."""


class UnknownSwitch(QueryProblem):
    """Later versions are told with `revisions:on`, and not without it."""


class TwoOptions(QueryProblem):
    """I can take one of those. Leave the other out, or put a word of your topic in quotes."""


class NoTopic(QueryProblem):
    """Which topic? It comes first, as in `agents weekly`. A word to follow stands in quotes."""


class TooCommon(QueryProblem):
    """Add a word that tells papers apart, as in `the halting problem`."""


_OPTION = re.compile(
    r"(?:^| )(?P<option>(?P<cadence>now|daily|weekly)|max:(?P<size>[^\s\"]*)"
    r'|revisions:(?P<revisions>[^\s"]*)'
    r'|as:(?:"(?P<quoted>[^"]*)"|(?P<word>[^\s"]+)))$',
    re.IGNORECASE,
)
_COMMON = frozenset({"all"})  # what `unsubscribe` reads as something else


def read_wish(text: str, cadence: Cadence = Cadence.NOW) -> Wish:
    """What `/papers subscribe` was told: a query, then options at the end of the line.

    A last word inside quotes belongs to the query. Raises QueryProblem.
    """
    size, name, revisions = DEFAULT_SIZE, "", False
    topic, options = _parted(straighten(text))
    for option in options:
        if option["cadence"]:
            cadence = Cadence(option["cadence"].lower())
        elif option["size"] is not None:
            size = _size(option["size"])
        elif option["revisions"] is not None:
            revisions = _switch(option["revisions"])
        else:
            name = read_name(option["quoted"] or option["word"] or "")
    if options and not topic:
        raise NoTopic
    return Wish(canonical(_telling(parse_subscription(topic))), cadence, size, name, revisions)


def _telling(query: Query) -> Query:
    """The query, if it does not match nearly everything. Raises TooCommon."""
    part = idle(query)
    if part is not None:
        raise TooCommon(
            f"{shown(canonical(part))} stands in nearly every paper. {TooCommon.__doc__}"
        )
    return query


def _parted(text: str) -> tuple[str, list[re.Match[str]]]:
    """The query, and the options behind it, each kind once. Raises TwoOptions."""
    found: dict[str, re.Match[str]] = {}
    while option := _OPTION.search(text, max(len(text) - LONGEST_OPTION, 0)):
        kind = "cadence" if option["cadence"] else option["option"].lower().partition(":")[0]
        later = found.setdefault(kind, option)
        if later["option"].lower() != option["option"].lower():
            both = f"{shown(option['option'])} and {shown(later['option'])}"
            raise TwoOptions(f"You wrote {both}. {TwoOptions.__doc__}")
        text = text[: option.start()]
    return text, list(found.values())


def _size(said: str) -> int:
    for size in range(1, LARGEST + 1):
        if said.lstrip("0") == str(size):
            return size
    raise UnknownSize(f"I can't take {shown(f'max:{said}', LONGEST_SHOWN)}. {UnknownSize.__doc__}")


def _switch(said: str) -> bool:
    if said.lower() not in ("on", "off"):
        wrong = shown(f"revisions:{said}", LONGEST_SHOWN)
        raise UnknownSwitch(f"I can't take {wrong}. {UnknownSwitch.__doc__}")
    return said.lower() == "on"


def read_name(text: str) -> str:
    """What somebody calls a topic, in one line; empty where they do not. Raises UnusableName."""
    name = straighten(text).replace('"', "").strip()
    if not name:
        return ""
    if len(name) > NAME_LIMIT:
        raise UnusableName(f"A name has at most {NAME_LIMIT} characters. Choose a shorter one.")
    if name.lower() in _COMMON or not any(each.isalpha() for each in name):
        raise UnusableName
    return name
