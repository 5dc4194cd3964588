"""What a digest does not bring: other topics than its own, and what its one reader saw or muted."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from bot.domain.digest import Digest
from bot.domain.muting import muted
from bot.domain.paper import Listing
from bot.services.curating import subjects
from storage import mutes, seen
from storage.database import Session

NOWHERE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Sifted:
    """News that a digest may bring, and how much was left out as its reader muted or saw it."""

    news: tuple[Listing, ...]
    muted: int = 0
    in_channels: int = 0


def sift(
    session: Session,
    digest: Digest,
    news: Iterable[Listing],
    member_of: Collection[str] = NOWHERE,
) -> Sifted:
    """News without what this digest is not about, and without what its reader saw or muted.

    `member_of` are the channels that a person is in. What the audience was shown before is not
    counted.
    """
    every = {each.paper.id: each for each in news}
    if not (digest.is_personal or digest.only_topics):
        return Sifted(tuple(every.values()))
    shown = seen.among(session, digest.team_id, digest.audience, every)
    unseen = [each for each in every.values() if each.paper.id not in shown]
    met = seen.by_any(session, digest.team_id, member_of, [each.paper.id for each in unseen])
    unmet = [each for each in unseen if each.paper.id not in met]
    hidden = _muted(session, digest, unmet)
    wanted = [each for each in unmet if each.paper.id not in hidden]
    about = subjects(digest.topics)
    on_topic = [each for each in wanted if not digest.only_topics or about(each)]
    return Sifted(tuple(on_topic), len(hidden), len(met))


def _muted(session: Session, digest: Digest, found: list[Listing]) -> Collection[str]:
    """A mute is its owner's alone: it touches no channel's digest."""
    if not digest.is_personal:
        return ()
    return muted(mutes.of_person(session, digest.team_id, digest.audience), found).keys()
