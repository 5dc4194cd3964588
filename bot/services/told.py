"""What an alert says, from what it was made with and what is stored when it is read."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol, TypeAlias, TypeVar

from bot.blocks.alerts import Told
from bot.blocks.matches import Match, Posting
from bot.domain.delivery import Delivery
from bot.domain.matched import matched
from bot.domain.query import parse_subscription
from bot.errors import CannotPost
from storage import deliveries, feedback, listings, seen
from storage.database import Database, Session

Answer = TypeVar("Answer")
Content: TypeAlias = dict[str, Any]
PAGE = 10  # papers; a message holds no more cards
OWN = ""  # stands for somebody's own digest where else a channel does


class Channels(Protocol):
    """What a workspace knows of people's channels. Refusals raise CannotPost."""

    def channels_of(self, user_id: str) -> frozenset[str]:
        """The channels that a person is in."""

    def permalink(self, channel_id: str, ts: str) -> str:
        """The address of a message."""


@dataclass(frozen=True, slots=True)
class Page:
    """Papers of an alert from its number `start` on, and how many it has in all."""

    papers: tuple[Match, ...]
    start: int
    total: int


def topics(session: Session, team_id: str, content: Content) -> list[Told]:
    """The topics of an alert, each with the papers it shows at once."""
    return [
        Told(
            subscription_id=group["subscription"],
            topic=group["topic"],
            papers=list(
                _matches(session, team_id, content, [(each, group) for each in group["papers"]])
            ),
            rest=len(group["rest"]),
            name=group.get("name", ""),
            of_versions="versions" in group,
        )
        for group in content["groups"]
    ]


def page(
    database: Database, team_id: str, readers: Iterable[str], delivery_id: str, start: int
) -> Page:
    """The papers of an alert from a number on; none where it was for none of these readers."""
    with database.read() as session:
        theirs = (deliveries.content(session, team_id, each, delivery_id) for each in readers)
        content = next(filter(None, theirs), None) or {"groups": []}
        every = list(_in_order(content))
        found = _matches(session, team_id, content, every[start : start + PAGE], name_topics=True)
        return Page(tuple(found), start, len(every))


def remembered(database: Database, channels: Channels, delivery: Delivery) -> Content:
    """An alert's content with what digest and channels of its reader show already, for its rest.

    Slack is asked only where one of the papers was sent to either. If it refuses, nothing is
    known and papers are shown in full; if it asks us to wait, CannotPost goes on.
    """
    content = delivery.content
    if delivery.kind != "alert" or not delivery.is_personal or "posted" in content:
        return content
    with database.read() as session:
        ids = [paper_id for paper_id, _ in _in_order(content)]
        sent = seen.in_channels(session, delivery.team_id, ids)
        own = seen.in_own_digest(session, delivery.team_id, delivery.audience, ids)
    posted = dict(_posted(channels, delivery.audience, sent, own)) if sent or own else {}
    if not posted:
        return content
    content = {**content, "posted": posted}
    with database.begin() as session:
        deliveries.amend(session, delivery, content)
    return content


def _posted(
    channels: Channels, user_id: str, sent: Sequence[seen.Posted], own: Iterable[seen.Posted]
) -> Iterator[tuple[str, Content]]:
    """For each paper, the message of their own digest, or the first in a channel of theirs."""
    link = lru_cache(lambda *place: _answer(lambda: channels.permalink(*place), ""))
    found: set[str] = set()
    for each in own:
        if url := link(each.channel_id, each.ts):
            found.add(each.paper_id)
            yield each.paper_id, {"channel": OWN, "url": url}
    if not sent:
        return
    mine = _answer(lambda: channels.channels_of(user_id), frozenset[str]())
    for each in sent:
        if each.channel_id in mine and each.paper_id not in found:
            url = link(each.channel_id, each.ts)
            if url:
                found.add(each.paper_id)
                yield each.paper_id, {"channel": each.channel_id, "url": url}


def _answer(ask: Callable[[], Answer], otherwise: Answer) -> Answer:
    """What Slack says, or something else where it refuses to say."""
    try:
        return ask()
    except CannotPost as refusal:
        if refusal.retry_after is not None:
            raise
        return otherwise


def _in_order(content: Content) -> Iterator[tuple[str, Content]]:
    """Every paper of an alert with its group: those shown at once, then the rest."""
    for part in ("papers", "rest"):
        for group in content["groups"]:
            yield from ((paper_id, group) for paper_id in group[part])


def _matches(
    session: Session,
    team_id: str,
    content: Content,
    wanted: Sequence[tuple[str, Content]],
    *,
    name_topics: bool = False,
) -> Iterator[Match]:
    listed = listings.named(session, [paper_id for paper_id, _ in wanted])
    tallies = feedback.tallies(session, team_id, [each.paper.id for each in listed.values()])
    posted = content.get("posted", {})
    for paper_id, group in wanted:
        if paper_id in listed:
            version = group.get("versions", {}).get(paper_id, 0)
            yield Match(
                listed[paper_id],
                matched(parse_subscription(group["topic"]), listed[paper_id].paper),
                topic=group["topic"] if name_topics else "",
                also=group.get("also", {}).get(paper_id, []),
                posted=None if version else _posting(posted.get(paper_id)),
                version=version,
                tally=tallies.get(listed[paper_id].paper.id),
            )


def _posting(kept: Mapping[str, str] | None) -> Posting | None:
    return Posting(kept["channel"], kept["url"]) if kept else None
