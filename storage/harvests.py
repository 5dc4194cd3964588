"""How far long lists were read, so that a reading that was stopped goes on where it was."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from storage.models import HarvestRow


@dataclass(frozen=True, slots=True)
class Harvest:
    """A list of everything in a set since a day; with a token it is not at its end."""

    name: str
    since: date
    token: str
    records: int
    begun_at: datetime  # by the source's clock
    read_at: datetime


def get(session: Session, name: str) -> Harvest | None:
    """How far a set was read last."""
    row = session.get(HarvestRow, name)
    if row is None:
        return None
    return Harvest(row.name, row.since, row.token, row.records, row.begun_at, row.read_at)


def save(session: Session, harvest: Harvest) -> None:
    """Keep how far it is read."""
    row = session.get(HarvestRow, harvest.name)
    if row is None:
        row = HarvestRow(name=harvest.name)
        session.add(row)
    row.since, row.token, row.records = harvest.since, harvest.token, harvest.records
    row.begun_at, row.read_at = harvest.begun_at, harvest.read_at
