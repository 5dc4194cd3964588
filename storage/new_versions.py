"""Later versions of papers: what queries matched them, and who was told of which."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from sqlalchemy import exists, func, insert, select
from sqlalchemy.orm import Session

from bot.domain.paper import Paper
from bot.domain.subscription import Subscription
from storage import given
from storage.models import NewVersionRow, PaperRow, SubscriptionRow, ToldVersionRow
from storage.upserts import insert as insert_once

AT_ONCE = 10_000  # values in one statement: SQLite takes 32,766


def asked_for(session: Session, query_ids: Collection[int]) -> set[int]:
    """Those of these queries by which somebody wants to be told of later versions."""
    found: set[int] = set()
    every = sorted(query_ids)
    for start in range(0, len(every), AT_ONCE):
        query = select(SubscriptionRow.query_id).where(
            SubscriptionRow.query_id.in_(every[start : start + AT_ONCE]),
            SubscriptionRow.versions_since.is_not(None),
        )
        found.update(session.scalars(query.distinct()))
    return found


def add(session: Session, papers: Iterable[Paper], matched: Mapping[str, Iterable[int]]) -> None:
    """Note the versions of these papers as found by queries, by the papers' ids; each once."""
    numbers = {each.id: each.version for each in papers}
    query = select(PaperRow.id, PaperRow.revision).where(PaperRow.id.in_(list(matched)))
    rows = [
        {
            "query_id": query_id,
            "paper_id": paper_id,
            "version": numbers[paper_id],
            "revision": revision,
        }
        for paper_id, revision in session.execute(query)
        for query_id in matched[paper_id]
    ]
    if rows:
        once = insert_once(given.dialect(session), NewVersionRow).on_conflict_do_nothing()
        session.execute(once, rows)


def untold(session: Session, subscription: Subscription) -> dict[str, int]:
    """The latest version, by paper, that a subscription found since its owner asked to be told.

    None of a version that they, or a channel, were told already.
    """
    told = exists().where(
        ToldVersionRow.team_id == subscription.team_id,
        ToldVersionRow.audience == subscription.audience,
        ToldVersionRow.paper_id == NewVersionRow.paper_id,
        ToldVersionRow.version >= NewVersionRow.version,
    )
    query = (
        select(NewVersionRow.paper_id, func.max(NewVersionRow.version))
        .join(SubscriptionRow, SubscriptionRow.query_id == NewVersionRow.query_id)
        .where(
            SubscriptionRow.team_id == subscription.team_id,
            SubscriptionRow.id == subscription.id,
            NewVersionRow.revision > SubscriptionRow.versions_since,
            ~told,
        )
        .group_by(NewVersionRow.paper_id)
        .order_by(func.max(NewVersionRow.revision).desc(), NewVersionRow.paper_id)
    )
    return dict(session.execute(query).all())


def mark(
    session: Session,
    team_id: str,
    audience: str,
    versions: Mapping[str, int],
    delivery_id: str,
    now: datetime,
) -> None:
    """Note versions, by paper, as told by a delivery; without one, as passed over."""
    rows = [
        {
            "team_id": team_id,
            "audience": audience,
            "paper_id": paper_id,
            "version": version,
            "delivery_id": delivery_id,
            "told_at": now,
        }
        for paper_id, version in versions.items()
    ]
    if rows:
        session.execute(insert(ToldVersionRow), rows)
