"""Papers: stored once, filled in, never emptied, and numbered in the order they commit."""

import threading
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.paper import Paper
from storage import papers as stored_papers
from storage import versions
from tests.factories import a_paper, papers

FULL = Paper(
    id="2606.00001",
    title="Small nets learn",
    abstract="We say why.",
    authors=("Li Wei", "Sato Ken"),
    published=datetime(2026, 6, 25, tzinfo=UTC),
    categories=("cs.LG", "cs.CL"),
    tldr="Small is enough.",
    tldr_by="a model",
    keywords=("small nets",),
    organization="A lab",
    code_url="https://code.test/nets",
    project_url="https://nets.test/",
    thumbnail_url="https://img.test/nets.png",
    media_urls=("https://img.test/1.png", "https://img.test/2.mp4"),
    version=2,
    revised=datetime(2026, 6, 25, 12, tzinfo=UTC),
    doi="10.1000/nets.1",
    comment="9 pages",
    journal="Nets 1 (2026)",
    licence_url="https://creativecommons.org/licenses/by/4.0/",
)
BARE = Paper(id=FULL.id, title=FULL.title)
CHANGES = {
    "title": "Small nets learn more",
    "abstract": "We say why, and when.",
    "authors": ("Li Wei",),
    "categories": ("cs.CL",),
    "tldr": "Small is plenty.",
    "keywords": ("nets",),
    "organization": "Two labs",
    "published": datetime(2026, 6, 24, tzinfo=UTC),
    "tldr_by": "another model",
    "code_url": "https://code.test/more",
    "project_url": "https://more.test/",
    "thumbnail_url": "https://img.test/more.png",
    "media_urls": (),
    "version": 3,
    "revised": datetime(2026, 6, 26, tzinfo=UTC),
    "doi": "10.1000/nets.2",
    "comment": "10 pages",
    "journal": "Nets 2 (2026)",
    "licence_url": "https://creativecommons.org/licenses/by/3.0/",
    "withdrawn": True,
}


@pytest.fixture
def save(database, now):
    def save(*found: Paper) -> list[Paper]:
        with database.begin() as session:
            return stored_papers.save(session, found, now).new

    return save


@pytest.fixture
def read(database):
    """Every stored paper with its revision, in order."""

    def read() -> list[tuple[int, Paper]]:
        with database.read() as session:
            return stored_papers.after(session, 0, 1_000)

    return read


@pytest.fixture
def revise(database, now):
    def revise(*found: Paper) -> list[Paper]:
        with database.begin() as session:
            return stored_papers.revise(session, found, now)

    return revise


@pytest.fixture
def earlier_versions(database):
    """The versions of a paper that later ones took the place of."""

    def earlier_versions() -> list[versions.Version]:
        with database.read() as session:
            return versions.earlier(session, FULL.id)

    return earlier_versions


def test_only_unseen_papers_are_new_and_a_repeat_is_one(save):
    save(a_paper())
    unseen = a_paper("2606.99999")

    assert save(a_paper(), unseen, unseen) == [unseen]


def test_nothing_found_is_nothing_new(save, read):
    assert save() == []
    assert read() == []


def test_a_paper_comes_back_as_it_went_in(save, read):
    save(FULL)

    assert read() == [(1, FULL)]


def test_a_later_read_fills_what_was_empty(save, read):
    save(BARE)
    save(FULL)

    assert [paper for _, paper in read()] == [FULL]


def test_a_later_read_never_empties_what_was_full(save, read):
    save(FULL)
    save(BARE)

    assert read() == [(1, FULL)]


def test_papers_that_are_stored_as_they_are_are_looked_up_together_and_not_written(save, written):
    save(*papers(30))
    written.clear()
    save(*papers(30))

    assert written == []


def test_many_new_and_changed_papers_are_written_in_a_few_statements(save, written):
    save(*papers(30))
    written.clear()
    save(*papers(60, title="Another number"))

    # The counter twice, for the changed and for the new; each kind of row once.
    assert [each.split()[:3] for each in written] == [
        ["UPDATE", "counters", "SET"],
        ["UPDATE", "papers", "SET"],
        ["UPDATE", "counters", "SET"],
        ["INSERT", "INTO", "papers"],
    ]


def test_a_newer_text_takes_the_place_of_an_older_one(save, read):
    save(FULL)
    save(replace(FULL, title="Small nets learn more"))

    assert [paper.title for _, paper in read()] == ["Small nets learn more"]


@pytest.mark.parametrize("field", CHANGES)
def test_the_revision_grows_when_indexed_text_changes_or_a_later_version_comes(save, read, field):
    save(FULL)
    save(replace(FULL, **{field: CHANGES[field]}))

    grown = read()[0][0] > 1

    assert grown == (field in stored_papers.INDEXED | {"version"})


def test_a_later_version_is_taken_over_and_the_one_before_it_kept(
    save, revise, read, earlier_versions
):
    save(FULL)
    later = replace(FULL, version=3, title="Small nets learn more", comment="")

    assert [each.version for each in revise(later)] == [3]
    assert read() == [(2, replace(later, comment="9 pages"))]
    assert [(each.number, each.title, each.comment) for each in earlier_versions()] == [
        (2, "Small nets learn", "9 pages")
    ]


def test_the_same_or_an_earlier_version_is_no_revision(save, revise, earlier_versions):
    save(FULL)

    assert revise(FULL) == revise(replace(FULL, version=1, title="As it was")) == []
    assert earlier_versions() == []


def test_a_later_version_of_a_paper_that_is_unknown_is_left_for_the_list_that_brings_it(
    save, revise, read
):
    assert revise(replace(FULL, version=7)) == []
    assert read() == []
    assert save(FULL) == [FULL]


def test_a_paper_that_its_source_has_no_more_is_marked(database, save, read):
    save(*papers(2))

    with database.begin() as session:
        stored_papers.withdraw(session, ["2606.00001", "2606.99999"])

    assert [paper.withdrawn for _, paper in read()] == [True, False]


def test_each_paper_has_a_number_of_its_own_and_a_changed_one_the_latest(save, read):
    save(*papers(3))
    save(a_paper("2606.00002", "A better title"))

    assert [(number, paper.id) for number, paper in read()] == [
        (1, "2606.00001"),
        (3, "2606.00003"),
        (4, "2606.00002"),
    ]


def test_a_follower_reads_on_from_its_last_number_in_portions(save, database):
    save(*papers(5))

    with database.read() as session:
        portion = stored_papers.after(session, 2, 2)

        assert [number for number, _ in portion] == [3, 4]
        assert stored_papers.after(session, 5, 2) == []
        assert stored_papers.revision(session) == 5


def test_stored_papers_are_counted(save, database):
    save(*papers(2))

    with database.read() as session:
        assert stored_papers.count(session) == 2


def test_a_second_writer_waits_and_its_number_comes_after_the_first_ones(
    database, now, save, read, in_threads, until_blocked
):
    with database.begin() as session:
        stored_papers.save(session, [a_paper("2606.00001")], now)
        second = in_threads(save, a_paper("2606.00002"))
        until_blocked()
        assert not second.done()

    second.result()

    assert [(number, paper.id) for number, paper in read()] == [
        (1, "2606.00001"),
        (2, "2606.00002"),
    ]


def test_a_paper_that_two_writers_bring_at_once_is_new_to_the_first_of_them(
    database, now, save, read, in_threads, until_blocked
):
    with database.begin() as session:
        assert stored_papers.save(session, [a_paper()], now).new == [a_paper()]
        second = in_threads(save, a_paper())
        until_blocked()

    assert second.result() == []
    assert [number for number, _ in read()] == [1]


def test_a_follower_beside_concurrent_writers_misses_no_paper(save, database, at_once, in_threads):
    starts = iter(range(0, 4_000, 1_000))
    finished = threading.Event()

    def write() -> None:
        start = next(starts)
        for first in range(start, start + 30, 3):
            save(*papers(3, start=first))

    def follow() -> list[tuple[int, str]]:
        read: list[tuple[int, str]] = []
        done = False
        while not done:
            done = finished.is_set()  # asked before the last look
            last = read[-1][0] if read else 0
            with database.read() as session:
                read += [(n, paper.id) for n, paper in stored_papers.after(session, last, 50)]
        return read

    follower = in_threads(follow)
    at_once(4, write)
    finished.set()
    followed = follower.result()

    assert [number for number, _ in followed] == list(range(1, 121))
    assert len({paper_id for _, paper_id in followed}) == 120
