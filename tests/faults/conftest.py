"""A small world for each test, on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.database import Database
from tests.faults.world import World, a_small_world


@pytest.fixture
def world(tmp_path: Path, database: Database) -> Iterator[World]:
    folder = tmp_path / "world"
    folder.mkdir()
    with a_small_world(folder, database) as world:
        yield world
