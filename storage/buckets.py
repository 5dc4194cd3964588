"""How a bucket of tokens is reckoned with, as the database does it. Put together once.

A bucket is an instant, at which it is full, and the time of whoever looked last: its clock, which
goes on with the fastest of the workers' clocks and back only where one jumped back. All are
microseconds: `at` is now, `ahead` further than two clocks may differ, `every` the time that a token
takes, `span` the time that all of them take, `wait` how long a bucket is closed.
"""

from functools import cache

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    Integer,
    Text,
    bindparam,
    case,
    select,
    true,
)
from sqlalchemy.sql.dml import ReturningInsert

from storage import given, upserts
from storage.models import RateRow

_KEY = (RateRow.team_id, RateRow.bucket)


@cache
def taking(dialect: str) -> ReturningInsert[str, str, int, int, int]:
    """Take tokens `wanted` of buckets; one of which nothing is known is full."""
    wanted = given.rows(dialect, "wanted", team_id=Text(), bucket=Text(), tokens=Integer())
    unknown = select(
        wanted.c.team_id,
        wanted.c.bucket,
        _number("at") + wanted.c.tokens * _number("every"),
        wanted.c.tokens,
        _number("at"),
    ).where(true())  # else SQLite takes what follows for a join
    insert = upserts.insert(dialect, RateRow)
    granted = _at_most(insert.excluded.granted)
    full_at = _full() + granted * _number("every")
    return (
        insert.from_select(["team_id", "bucket", "full_at", "granted", "set_at"], unknown)
        .on_conflict_do_update(
            index_elements=_KEY,
            set_={"granted": granted, "full_at": full_at, "set_at": _clock()},
        )
        .returning(
            RateRow.team_id, RateRow.bucket, RateRow.granted, RateRow.full_at, RateRow.set_at
        )
    )


@cache
def closing(dialect: str) -> upserts.Insert:
    """Close a bucket for a while, unless it is closed for longer."""
    longer = _clock() + _number("wait")
    return (
        upserts.insert(dialect, RateRow)
        .values(
            team_id=bindparam("team_id"),
            bucket=bindparam("bucket"),
            full_at=_number("at") + _number("wait"),
            granted=0,
            set_at=_number("at"),
        )
        .on_conflict_do_update(
            index_elements=_KEY,
            set_={
                "full_at": case((_full() > longer, _full()), else_=longer),
                "set_at": _clock(),
            },
        )
    )


def _clock() -> ColumnElement[int]:
    """The time of a bucket: the latest that anybody told it, as far as that can be true."""
    at = _number("at")
    return case((_jumped(), at), (RateRow.set_at > at, RateRow.set_at), else_=at)


def _full() -> ColumnElement[int]:
    """When a bucket is full; now, if it has long been."""
    as_far_off = RateRow.full_at - RateRow.set_at + _number("at")
    known = case((_jumped(), as_far_off), else_=RateRow.full_at)
    return case((known < _clock(), _clock()), else_=known)


def _jumped() -> ColumnElement[bool]:
    """Whether the clock has jumped back since the bucket was last used."""
    return RateRow.set_at > _number("ahead")


def _at_most(wanted: ColumnElement[int]) -> ColumnElement[int]:
    """As many of the wanted tokens as a bucket has."""
    room = _clock() + _number("span") - _full()
    there = room // _number("every")
    return case((room <= 0, 0), (there < wanted, there), else_=wanted)


def _number(name: str) -> BindParameter[int]:
    return bindparam(name, type_=BigInteger())
