"""The messages owed for an edition: one, or a list and a reply for each paper."""

from datetime import datetime, timedelta

from bot.domain.digest import Digest, Edition, Look
from storage import deliveries, seen
from storage.database import Session

# Between a list and its first reply, and between replies: they come in their order, and Slack takes
# about a message a second in one channel.
STEP = timedelta(seconds=1)


def owe(session: Session, digest: Digest, edition: Edition, edition_id: int, now: datetime) -> None:
    """Queue what an edition takes, and note each paper as shown by its message."""
    # Editions are unique by date and slot; a date may change with the channel's zone. In the order
    # of their keys messages stand below each other, so numbers have as many digits.
    key = f"digest:{edition.team_id}:{edition_id:010}"
    look = digest.shown_look if edition.picks else Look.COMPACT
    list_id = deliveries.queue(
        session,
        team_id=edition.team_id,
        kind="digest",
        audience=edition.audience,
        dedup_key=key,
        content={"edition": edition_id, "look": look.value},
        due_at=now,
    )
    for place, pick in enumerate(edition.picks, start=1):
        shown_by = list_id
        if look is Look.THREADS:
            content = {"edition": edition_id, "paper": pick.paper_id, "thread": list_id}
            shown_by = deliveries.queue(
                session,
                team_id=edition.team_id,
                kind="reply",
                audience=edition.audience,
                dedup_key=f"{key}:{place:02}",
                content=content,
                due_at=now + place * STEP,
            )
        seen.add(
            session,
            edition.team_id,
            edition.audience,
            [pick.paper_id],
            shown_by,
            now,
            mention=digest.is_personal,
        )
