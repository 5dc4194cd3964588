"""Values for tests: each says only what the test is about."""

from collections.abc import Collection
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from bot.domain.delivery import Delivery
from bot.domain.digest import DAILY, Digest, Edition, Pick, Receipt, Schedule
from bot.domain.paper import Batch, Listing, Paper
from storage import claims, deliveries
from storage.database import Session

DAY = date(2026, 6, 26)
NOW = datetime(2026, 6, 26, 7, tzinfo=UTC)  # that Friday at nine in Berlin


def a_paper(id: str = "2606.00001", title: str = "Small nets learn", **fields: object) -> Paper:
    given: dict[str, object] = {
        "abstract": "We train small nets on little data and say why it works.",
        "authors": ("Li Wei", "Sato Ken"),
        "published": datetime(2026, 6, 25, tzinfo=UTC),
    }
    return Paper(id=id, title=title, **{**given, **fields})  # type: ignore[arg-type]


def a_listing(paper: Paper | None = None, **fields: object) -> Listing:
    given: dict[str, object] = {"source": "hf", "day": DAY, "rank": 1, "upvotes": 10}
    return Listing(paper=paper or a_paper(), **{**given, **fields})  # type: ignore[arg-type]


def a_batch(*papers: Paper, day: date = DAY, votes: int = 10) -> Batch:
    """These papers as Hugging Face lists them: the first has the most votes."""
    listings = tuple(
        a_listing(paper, day=day, rank=rank, upvotes=max(votes - rank + 1, 0))
        for rank, paper in enumerate(papers, start=1)
    )
    return Batch("hf", day, listings)


def papers(count: int, start: int = 1, title: str = "Paper number") -> list[Paper]:
    return [a_paper(f"2606.{n:05d}", f"{title} {n}") for n in range(start, start + count)]


def a_channel(team_id: str = "T1", channel_id: str = "C1", **fields: object) -> Digest:
    """Nine in Berlin on workdays, switched on."""
    given: dict[str, object] = {
        "schedule": Schedule(time(9), ZoneInfo("Europe/Berlin")),
        "size": 5,
        "set_by": "U1",
        "next_due_at": NOW,
    }
    return Digest(team_id, channel_id, **{**given, **fields})  # type: ignore[arg-type]


def an_edition(team_id: str = "T1", **fields: object) -> Edition:
    given: dict[str, object] = {
        "audience": "C1",
        "local_date": DAY,
        "slot": DAILY,
        "made_at": NOW,
        "picks": (Pick("2606.00001", "10 votes"),),
        "receipt": Receipt(1, ()),
    }
    return Edition(team_id=team_id, **{**given, **fields})  # type: ignore[arg-type]


def owe(session: Session, team_id: str = "T1", **fields: object) -> str:
    """Queue a digest for a channel; its delivery's id."""
    given: dict[str, object] = {
        "kind": "digest",
        "audience": "C1",
        "dedup_key": f"digest:{team_id}",
        "content": {"edition": 1},
        "due_at": NOW,
    }
    return deliveries.queue(session, team_id=team_id, **{**given, **fields})  # type: ignore[arg-type]


def claim(
    session: Session, now: datetime = NOW, *, teams: Collection[str] = ("T1",), limit: int = 10
) -> list[Delivery]:
    """What a worker is lent that looks at the outbox now."""
    claims.take_back(session, now)
    return claims.claim(session, now, teams=teams, limit=limit)


def mark_sent(
    session: Session, delivery: Delivery, channel_id: str = "C1", ts: str = "1.1", error: str = ""
) -> bool:
    """Slack took this one; False when it does not count any more."""
    sent = deliveries.Sent(delivery, channel_id, ts, error)
    return deliveries.mark_sent(session, [sent]) == 1
