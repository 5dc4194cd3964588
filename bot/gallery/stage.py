"""What the samples are about: a few papers of one day, somebody, and a channel."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from bot.domain.backtest import Preview, Volume
from bot.domain.calendar import instant, next_due
from bot.domain.curation import Candidate, choose
from bot.domain.digest import (
    DAILY,
    DEFAULT_SIZE,
    DEFAULT_TIME,
    Digest,
    Edition,
    Receipt,
    Schedule,
    SourceRead,
)
from bot.domain.paper import Listing, Paper
from bot.domain.reader import Hours, Quiet
from bot.domain.subscription import Cadence, Subscription, Wish

ZONE = ZoneInfo("Europe/Berlin")
HOURS = Hours(ZONE, time(8, 30), Quiet(time(22), time(7)))
TEAM = "T0000001"
SOURCE = "hf"
QUERY = '"diffusion policy"'
WISHES = (
    Wish(QUERY),
    Wish("agents, tool use", Cadence.DAILY),
    Wish('author:"Mei Tanaka"', Cadence.WEEKLY, 3),
)
# Markup and mathematics that must come out as they were written; 10.5555 is for examples.
HARD = Paper(
    id="10.5555/gallery",
    title=r"*Bold* claims & <wild> ones: $\mathcal{O}(n \log n)$ attention :fire:",
    abstract=r"We bound $\sum_i x_i^2$ by `n_heads`. See <https://example.org|here> & there. " * 3,
    authors=tuple(f"Author {number} of Many" for number in range(1, 31)),
    published=datetime(2026, 6, 24, tzinfo=UTC),
    tldr="Everything in this title is text.",
    tldr_by="a model",
    code_url="https://example.org/code",
    project_url="https://example.org/project",
)


def tried(wish: Wish, examples: Sequence[Listing]) -> Preview:
    """A topic of which fourteen papers would have come."""
    return Preview(wish, Volume(14, (4, 3, 5, 2)), tuple(examples))


@dataclass(frozen=True, slots=True)
class Stage:
    """The papers, at least five of them; who looks, and where."""

    listings: Sequence[Listing]
    reader: str
    channel: str

    @property
    def now(self) -> datetime:
        """The morning after the list came out."""
        return instant(self.listings[0].day, DEFAULT_TIME, ZONE)

    @property
    def mine(self) -> list[Subscription]:
        return [
            Subscription(number, TEAM, self.reader, wish, self.now)
            for number, wish in enumerate(WISHES, start=1)
        ]

    @property
    def switched_on(self) -> Digest:
        schedule = Schedule(DEFAULT_TIME, ZONE)
        due = next_due(schedule, self.now)
        return Digest(TEAM, self.channel, schedule, DEFAULT_SIZE, self.reader, due)

    @property
    def switched_off(self) -> Digest:
        return replace(self.switched_on, next_due_at=None)

    def edition(self, listings: Sequence[Listing], error: str | None = None) -> Edition:
        """A digest of these papers, chosen as every digest is."""
        day = self.listings[0].day
        picks = choose(map(Candidate, listings), DEFAULT_SIZE)
        receipt = Receipt(len(listings), (SourceRead(SOURCE, day, self.now, error),))
        return Edition(TEAM, self.channel, day, DAILY, self.now, tuple(picks), receipt)

    @property
    def hard(self) -> Listing:
        """A paper in which everything is awkward."""
        return replace(self.listings[0], source="arxiv", paper=HARD, upvotes=12_345, stars=678)
