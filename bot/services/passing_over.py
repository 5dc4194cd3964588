"""Papers that a person muted pass them by."""

from collections.abc import Collection, Iterator
from datetime import datetime

from bot.domain.muting import muted
from storage import listings, mutes
from storage.database import Session

AT_ONCE = 1_000  # papers read together: an import may bring a topic tens of thousands


def pass_over(
    session: Session, team_id: str, user_id: str, paper_ids: Collection[str], now: datetime
) -> set[str]:
    """Those of these papers that a person muted, noted so that none is weighed again."""
    theirs = mutes.of_person(session, team_id, user_id) if paper_ids else []
    if not theirs:
        return set()
    held: dict[str, int] = {}
    for some in _parts(sorted(paper_ids)):
        found = muted(theirs, listings.of_papers(session, some))
        held |= {paper_id: mute.id for paper_id, mute in found.items()}
    mutes.hold_back(session, team_id, user_id, held, now)
    return set(held)


def _parts(paper_ids: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(paper_ids), AT_ONCE):
        yield paper_ids[start : start + AT_ONCE]
