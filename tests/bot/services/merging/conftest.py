"""One paper in the words of several sources, and reads that bring it under one id or another."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.domain.identity import Merge
from bot.domain.paper import Batch, Listing, Paper
from bot.services import ingest, parting
from storage import aliases, listings, papers
from storage.database import Database
from tests.factories import DAY, NOW

TITLE = "Sparse neural codes predict behaviour in freely moving mice"
ABSTRACT = (
    "We record thousands of neurons in freely moving mice over many days and fit sparse codes to "
    "their activity. Few neurons suffice to predict what the animal does next, and which ones they "
    "are drifts slowly from day to day. A simple model of plasticity accounts for that drift."
)
PEOPLE = ("Jane Smith", "Li Wei", "Ana Ortiz")
ARXIV_ID, PREPRINT, ARTICLE = "2606.00077", "10.1101/2026.06.01.123456", "10.1038/s41586-026-1"

ARXIV = Paper(
    ARXIV_ID, TITLE, ABSTRACT, PEOPLE, datetime(2026, 6, 20, tzinfo=UTC), ("q-bio.NC", "cs.LG"),
    version=1, comment="12 pages",
)  # fmt: skip
HF = Paper(ARXIV_ID, TITLE, ABSTRACT, PEOPLE, tldr="Few neurons tell.", tldr_by="a model")
BIORXIV = Paper(
    PREPRINT, TITLE, ABSTRACT, ("Smith, J.", "Wei, L.", "Ortiz, A."),
    datetime(2026, 6, 1, tzinfo=UTC), ("neuroscience",), version=3, organization="A lab",
)  # fmt: skip
JOURNAL = replace(BIORXIV, id=ARTICLE, version=0, journal="Nature", organization="")


@pytest.fixture
def arrives(database: Database) -> Callable[..., Any]:
    """A source lists papers."""

    def arrives(source: str, *found: Paper, now: datetime = NOW, **fields: Any) -> Any:
        listed = tuple(Listing(source, DAY, each) for each in found)
        return ingest.store(database, Batch(source, DAY, listed, **fields), now)

    return arrives


@pytest.fixture
def stored(database: Database) -> Callable[[], list[Paper]]:
    """Every paper as it is stored, by id."""

    def stored() -> list[Paper]:
        with database.read() as session:
            return sorted((each for _, each in papers.after(session, 0, 100)), key=lambda p: p.id)

    return stored


@pytest.fixture
def sources(database: Database) -> Callable[[str], set[str]]:
    """Who lists a paper."""

    def sources(paper_id: str) -> set[str]:
        with database.read() as session:
            found = listings.origins(session, [paper_id])
        return set(found[paper_id].sources) if found else set()

    return sources


@pytest.fixture
def known_as(database: Database) -> Callable[[str], list[str]]:
    """A paper's other ids."""

    def known_as(paper_id: str) -> list[str]:
        with database.read() as session:
            return aliases.behind(session, [paper_id]).get(paper_id, [])

    return known_as


@pytest.fixture
def merges(database: Database) -> Callable[[], list[Merge]]:
    def merges() -> list[Merge]:
        return parting.every(database, 100)

    return merges
