"""`papers merges`: what became one paper, and how to have two of it again."""

from contextlib import closing

import pytest

from bot import stores
from bot.config import read_settings
from bot.domain.paper import Batch, Listing
from bot.services import ingest
from storage import papers as stored_papers
from tests.bot.services.merging.conftest import ARXIV, ARXIV_ID, BIORXIV, PREPRINT
from tests.factories import DAY, NOW

pytestmark = pytest.mark.usefixtures("no_settings")


@pytest.fixture
def merged(no_settings) -> None:
    with closing(stores.open_database(read_settings())) as database:
        for source, paper in (("arxiv", ARXIV), ("biorxiv", BIORXIV)):
            listings = (Listing(source, DAY, paper),)
            ingest.store(database, Batch(source, DAY, listings), NOW)


def count() -> int:
    with closing(stores.open_database(read_settings())) as database, database.read() as session:
        return stored_papers.count(session)


def test_without_a_merge_nothing_is_listed(papers):
    assert (papers("merges").code, papers("merges").out) == (0, "")


def test_each_merge_stands_in_a_line_with_its_rule_and_how_sure_it_is(papers, merged):
    ran = papers("merges")

    assert ran.out == (
        f"1  2026-06-26 07:00  {PREPRINT} is {ARXIV_ID}, by title and people (100 of 100): "
        f"{BIORXIV.title}\n"
    )


def test_undone_there_are_two_papers_and_the_list_says_so(papers, merged):
    ran = papers("merges", "--undo", "1")

    assert (ran.code, count()) == (0, 2)
    assert ran.out == (
        f"{PREPRINT} and {ARXIV_ID} are two papers again.\n"
        "I do not make them one by title and people any more.\n"
    )
    assert ", undone 20" in papers("merges").out


@pytest.mark.parametrize("number", ["1", "7"])
def test_what_cannot_be_undone_is_said_in_a_sentence(papers, merged, number):
    papers("merges", "--undo", "1")

    ran = papers("merges", "--undo", number)

    assert (ran.code, ran.out, count()) == (1, "", 2)
    assert "`papers merges` lists them" in ran.err
