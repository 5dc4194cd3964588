"""What the roof hands down to every handler."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from slack_sdk import WebClient

from bot.services.elsewhere import SearchElsewhere
from bot.services.library import FetchPaper
from bot.services.meaning import Meaning
from bot.services.paper_pages import FetchPage
from storage.database import Database
from storage.search_index import SearchIndex


@dataclass(frozen=True, slots=True)
class Parts:
    """The bot's parts, and what only Slack knows of people and channels."""

    database: Database
    index: SearchIndex
    now: Callable[[], datetime]
    zone_of: Callable[[WebClient, str], ZoneInfo | None]  # a person's; None if Slack won't say
    is_member: Callable[[WebClient, str], bool]  # whether the bot is in a channel
    in_channel: Callable[[WebClient, str, str], bool]  # channel, person: whether they are in it
    channels_of: Callable[[WebClient, str], frozenset[str]]  # those a person is in, if Slack says
    meaning: Meaning | None = None  # ranks by meaning too, where there is a model
    fetch_paper: FetchPaper | None = None  # brings a pasted paper that is not stored
    fetch_page: FetchPage | None = None  # says what cites a paper
    search_elsewhere: SearchElsewhere | None = None  # finds papers that are not stored
