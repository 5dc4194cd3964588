"""Papers and votes by topic: those that a channel wants, or what the papers have in common."""

from collections.abc import Iterable, Sequence

from bot.domain.digest import Digest
from bot.domain.expression import Query
from bot.domain.matching import document, matches
from bot.domain.paper import Listing
from bot.domain.query import read_canonical
from bot.domain.spans import Basis, Share, shares_by_themselves, shares_of_topics
from bot.services.curating import named_topics
from storage import subscriptions
from storage.database import Session

MOST_PAPERS = 1_000  # compared with the topics: those with the most votes


def of_channel(
    session: Session, digest: Digest, listed: Sequence[Listing]
) -> tuple[Basis, tuple[Share, ...], int]:
    """What the topics are, each one's share, and of how many papers; `listed`: most votes first."""
    looked_at = listed[:MOST_PAPERS]
    topics = _topics(session, digest)
    if not topics:
        basis, shares = shares_by_themselves(looked_at)
        return basis, shares, len(looked_at)

    def about(listing: Listing) -> Iterable[str]:
        text = document(listing.paper, {listing.source})
        return [name for name, query in topics.items() if matches(query, text)]

    return Basis.TOPICS, shares_of_topics(looked_at, about), len(looked_at)


def _topics(session: Session, digest: Digest) -> dict[str, Query]:
    """The parts of its digest's topics and what the channel follows, by how they are called."""
    followed = subscriptions.of_audience(session, digest.team_id, digest.audience)
    wanted = named_topics(digest.topics)
    for each in followed:
        wish = each.wish
        named = {wish.name: read_canonical(wish.text)} if wish.name else named_topics(wish.text)
        wanted |= named
    return wanted
