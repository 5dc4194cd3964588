"""What became of attempts is written down: those of a moment together, in one transaction."""

import logging
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from random import Random

from bot.domain.delivery import MAX_ATTEMPTS, SETTLING, Paces, State, retry_delay
from bot.errors import Blame, CannotPost
from bot.services import refused_looks, stopping
from bot.services.sending import Outcome, Refused
from storage import deliveries, rates, readers
from storage.database import Database, Session
from storage.deliveries import Sent

log = logging.getLogger(__name__)

SHORTEST_WAIT = 1.0  # seconds, where Slack asks us to wait for less


def settle(
    database: Database, outcomes: Sequence[Outcome], now: datetime, spread: Random, paces: Paces
) -> int:
    """Write down what became of these. Returns how many messages Slack took."""
    sent = [each.result for each in outcomes if isinstance(each.result, Sent)]
    refused = [each.result for each in outcomes if isinstance(each.result, Refused)]
    graver = [each for each in refused if _blame(each) in {Blame.PLACE, Blame.WORKSPACE}]
    with database.begin() as session:
        deliveries.mark_sent(session, sent)
        refused_looks.remember(session, [each.delivery for each in sent if each.simpler])
        readers.set_dms(session, _opened(outcomes))
        for each in refused:
            if each not in graver:
                _note(session, each, now, spread.random())
        _close(session, refused, now, paces)  # buckets last, as claims take them
    for each in graver:
        _stop(database, each, now)
    resume(database, {each.delivery.team_id for each in sent}, now)
    return len(sent)


def resume(database: Database, teams: Collection[str], now: datetime) -> None:
    """Slack takes the bot's token there: what waited because it did not may go out at once."""
    if not teams:
        return
    with database.read() as session:
        stopped = rates.stopped_among(session, teams)
    for team_id in sorted(stopped):
        with database.begin() as session:
            deliveries.hurry(session, team_id, now)
            rates.resume(session, team_id)


def _blame(refused: Refused) -> Blame:
    """What a refusal is about. Not to be let into a history says nothing of posting."""
    return Blame.NOTHING if refused.looking else refused.refusal.blame


def _opened(outcomes: Sequence[Outcome]) -> dict[tuple[str, str], str]:
    """The DMs that were opened, by workspace and person."""
    whose = ((each.result.delivery, each.opened) for each in outcomes)
    return {(owed.team_id, owed.audience): opened for owed, opened in whose if opened}


def _note(session: Session, refused: Refused, now: datetime, jitter: float) -> None:
    """Wait, or stop for good. Being told to wait is no reason to give up."""
    delivery, refusal = refused.delivery, refused.refusal
    told_to_wait = refusal.retry_after is not None
    exhausted = delivery.attempts + 1 >= MAX_ATTEMPTS and not told_to_wait
    if refusal.permanent or exhausted:
        deliveries.park(session, delivery, _parked(refused), refusal.reason)
        return
    wait = _asked_wait(refusal) or retry_delay(delivery.attempts, jitter)
    deliveries.retry(
        session,
        delivery,
        due_at=now + (max(wait, SETTLING) if refused.doubt else wait),
        error=refusal.reason,
        ambiguous=delivery.ambiguous or refused.doubt,
        counts=not told_to_wait,
    )


def _parked(refused: Refused) -> State:
    return State.HELD if refused.doubt else State.DEAD


def _asked_wait(refusal: CannotPost) -> timedelta | None:
    if refusal.retry_after is None:
        return None
    return timedelta(seconds=max(refusal.retry_after, SHORTEST_WAIT))


def _close(session: Session, refused: Sequence[Refused], now: datetime, paces: Paces) -> None:
    """Slack does not say which of its limits was met: the whole workspace waits.

    Limits of histories are their own: messages that are in no doubt go on.
    """
    until: dict[rates.Bucket, datetime] = {}
    for each in refused:
        wait = _asked_wait(each.refusal)
        if wait is not None:
            name = rates.HISTORY if each.looking else rates.WORKSPACE
            bucket = each.delivery.team_id, name
            until[bucket] = max(now + wait, until.get(bucket, now))
    for bucket in sorted(until, key=rates.order):
        pace = paces.workspace if bucket[1] == rates.WORKSPACE else paces.looking
        rates.close(session, bucket, until[bucket], pace, now)


def _stop(database: Database, refused: Refused, now: datetime) -> None:
    delivery, reason = refused.delivery, refused.refusal.reason
    if _blame(refused) is Blame.PLACE:
        log.warning("delivery %s: %s; what runs there stops", delivery.id, reason)
        stopping.stop_place(database, delivery, _parked(refused), reason, now)
        return
    doubt = delivery.ambiguous or refused.doubt
    stopping.stop_workspace(database, delivery, reason, now, doubt=doubt)
