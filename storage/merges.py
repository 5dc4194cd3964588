"""Two stored papers become one, and are parted again: every row that speaks of one of them follows.

What each row was is kept, so that nothing is lost either way. Rows of a workspace stay in it.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from bot.domain.identity import Merge, Rule, preferred
from bot.domain.merging import lent, merged
from bot.domain.paper import Paper
from storage import aliases, merged_rows, papers, subscriptions
from storage.models import MatchRow, MergeRow, PaperRow

AT_ONCE = 10_000  # values in one statement: SQLite takes 32,766
_TIMES = frozenset({"published", "revised"})


class CannotPart(Exception):
    """The papers of a merge are parted already, or became one with others in between."""


@dataclass(frozen=True, slots=True)
class Same:
    """Two ids of one paper, by a rule, and how sure. `gone` goes by `kept` from now on."""

    gone: str
    kept: str
    rule: Rule
    score: float = 100.0


def join(session: Session, same: Same, now: datetime, arriving: Paper | None = None) -> None:
    """Make a stored paper one with another, stored or `arriving`; the caller holds the revision.

    Time grows with the rows that speak of the one that goes.
    """
    rows = _held(session, (same.gone, same.kept))
    gone, kept = rows[same.gone], rows.get(same.kept)
    here = papers.to_paper(kept) if kept else arriving
    if here is None:
        raise KeyError(same.kept)
    there = papers.to_paper(gone)
    if kept is None:
        kept = papers.new_row(here, gone.first_seen_at)
        kept.revision = 0  # its own comes below
        session.add(kept)
    kept.first_seen_at = min(kept.first_seen_at, gone.first_seen_at)
    papers.rewrite(kept, merged(here, lent(there, here)))
    papers.number(session, [kept])
    others = aliases.behind(session, [same.gone]).get(same.gone, [])
    before = {"gone": _written(there), "kept": _written(here), "aliases": others, "stored": True}
    before["first_seen_at"] = gone.first_seen_at.isoformat()
    merge_id = _note(session, same, before, now)
    merged_rows.move(session, merge_id, same.gone, same.kept)
    aliases.hand_over(session, same.gone, same.kept)
    for column in (MergeRow.gone_id, MergeRow.kept_id):  # who is not it is not what it became
        wrong = update(MergeRow).where(column == same.gone, MergeRow.parted_at.is_not(None))
        session.execute(wrong.values({column.key: same.kept}))
    session.execute(delete(PaperRow).where(PaperRow.id == same.gone))
    session.expire_all()  # rows that moved are others now
    aliases.add(session, same.gone, same.kept)


def met(
    session: Session, same: Same, found: Paper, here: Paper, listed: Collection[Any], now: datetime
) -> None:
    """Note that a paper came under another id, as what it was `found`, on these lists."""
    before = {"gone": _written(found), "kept": _written(here), "aliases": [], "stored": False}
    before["first_seen_at"] = now.isoformat()
    merge_id = _note(session, same, before, now)
    merged_rows.note_listings(session, merge_id, listed)
    aliases.add(session, same.gone, same.kept)


def part(session: Session, merge_id: int, now: datetime) -> tuple[Merge, bool]:
    """Make two papers of one again; the caller holds the revision. Raises CannotPart.

    What came under either id since then stays with the one that was kept. Also gives whether the
    other had been stored before.
    """
    row = session.get(MergeRow, merge_id, populate_existing=True)
    if row is None or row.parted_at is not None:
        raise CannotPart
    home = aliases.of(session, [row.gone_id]).get(row.gone_id)
    kept = _held(session, [home or ""]).get(home or "")
    if home is None or kept is None:
        raise CannotPart
    gone = _read(row.before["gone"])
    papers.rewrite(kept, _without(papers.to_paper(kept), gone, _read(row.before["kept"])))
    parted = papers.new_row(gone, datetime.fromisoformat(row.before["first_seen_at"]))
    parted.revision = 0
    session.add(parted)
    papers.number(session, [parted, kept])
    aliases.forget(session, row.gone_id)
    aliases.hand_over(session, home, row.gone_id, only=row.before["aliases"])
    row.parted_at, row.kept_id = now, home
    session.flush()
    merged_rows.move_back(session, merge_id, row.gone_id, home)
    session.expire_all()
    return _to_merge(row), row.before["stored"]


def every(session: Session, limit: int) -> list[Merge]:
    """What became one, the latest first."""
    query = select(MergeRow).order_by(MergeRow.id.desc()).limit(limit)
    return [_to_merge(row) for row in session.scalars(query)]


def parted(session: Session, ids: Collection[str]) -> set[tuple[frozenset[str], Rule]]:
    """The pairs with one of these ids that somebody parted, each with the rule that had erred."""
    found: set[tuple[frozenset[str], Rule]] = set()
    every = list(ids)
    for start in range(0, len(every), AT_ONCE):
        some = every[start : start + AT_ONCE]
        query = select(MergeRow.gone_id, MergeRow.kept_id, MergeRow.rule).where(
            or_(MergeRow.gone_id.in_(some), MergeRow.kept_id.in_(some)),
            MergeRow.parted_at.is_not(None),
        )
        found |= {
            (frozenset({one, other}), Rule(rule)) for one, other, rule in session.execute(query)
        }
    return found


def pair(one: str, other: str, rule: Rule, score: float = 100.0) -> Same:
    """Which of two ids stays."""
    kept = preferred(one, other)
    return Same(other if kept == one else one, kept, rule, score)


def _held(session: Session, ids: Collection[str]) -> dict[str, PaperRow]:
    """Rows that nobody refers to anew until the transaction ends, locked in one order.

    Alerts that may tell of these papers end first: they hold their subscriptions and refer to the
    papers then, and we take subscriptions as well before we are done.
    """
    matched = select(MatchRow.query_id).where(MatchRow.paper_id.in_(list(ids)))
    subscriptions.waiting(session, set(session.scalars(matched)))
    query = select(PaperRow).where(PaperRow.id.in_(list(ids))).order_by(PaperRow.id)
    locked = query.with_for_update().execution_options(populate_existing=True)
    return {row.id: row for row in session.scalars(locked)}


def _note(session: Session, same: Same, before: dict[str, Any], now: datetime) -> int:
    row = MergeRow(
        gone_id=same.gone,
        kept_id=same.kept,
        rule=same.rule.value,
        score=same.score,
        before=before,
        merged_at=now,
    )
    session.add(row)
    session.flush()
    return row.id


def _to_merge(row: MergeRow) -> Merge:
    return Merge(
        row.id,
        row.gone_id,
        row.before["gone"]["title"],
        row.kept_id,
        Rule(row.rule),
        row.score,
        row.merged_at,
        row.parted_at,
    )


def _without(now: Paper, gone: Paper, before: Paper) -> Paper:
    """What is left of a paper without what another lent it; what was learnt since then stays."""
    values = {each.name: getattr(now, each.name) for each in fields(Paper)}
    for name in values.keys() - {"id", "title", "categories"}:
        if values[name] == getattr(gone, name) != getattr(before, name):
            values[name] = getattr(before, name)
    values["categories"] = tuple(
        each for each in now.categories if each in before.categories or each not in gone.categories
    )
    return Paper(**values)


def _written(paper: Paper) -> dict[str, Any]:
    return dict(_plain(paper))


def _plain(paper: Paper) -> Iterator[tuple[str, Any]]:
    for each in fields(Paper):
        value = getattr(paper, each.name)
        if isinstance(value, datetime):
            value = value.isoformat()
        yield each.name, list(value) if isinstance(value, tuple) else value


def _read(written: Mapping[str, Any]) -> Paper:
    """A paper as it was kept; a field that it could not have then is empty."""
    values = {each.name: written[each.name] for each in fields(Paper) if each.name in written}
    for name, value in values.items():
        if isinstance(value, list):
            values[name] = tuple(value)
        elif name in _TIMES and value is not None:
            values[name] = datetime.fromisoformat(value)
    return Paper(**values)
