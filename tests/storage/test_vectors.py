"""Vectors follow the papers: each paper once, changed ones again, another model's anew."""

import sqlite3
from contextlib import closing

from sqlalchemy import select

from storage import papers, vectors
from storage.models import VectorRow
from tests.factories import NOW, a_paper
from tests.factories import papers as some_papers


def store(database, *found) -> None:
    with database.begin() as session:
        papers.save(session, found, NOW)


def unread(database, model="mini", limit=10) -> list[str]:
    with database.read() as session:
        return [paper.id for _, paper in vectors.unread(session, model, limit)]


def read(database, model="mini", limit=10, vector=b"\x00\x3c") -> list[tuple[int, str]]:
    """Give the next papers a vector, as `papers embed` does."""
    with database.begin() as session:
        found = [(number, p.id) for number, p in vectors.unread(session, model, limit)]
        vectors.save(session, model, {each: (number, vector) for number, each in found})
    return found


def of(database, *ids, model="mini") -> dict[str, bytes]:
    with database.read() as session:
        return vectors.of_papers(session, model, ids)


def test_papers_are_read_in_parts_until_none_is_left(database):
    store(database, *some_papers(5))

    assert [len(read(database, limit=2)) for _ in range(4)] == [2, 2, 1, 0]
    assert len(of(database, *(each.id for each in some_papers(5)))) == 5


def test_what_is_left_is_counted(database):
    store(database, *some_papers(5))
    read(database, limit=2)

    with database.read() as session:
        assert vectors.left(session, "mini") == 3
        assert vectors.left(session, "other") == 5


def test_a_vector_comes_back_byte_for_byte(database):
    store(database, a_paper())
    read(database, vector=bytes(range(256)))

    assert of(database, a_paper().id) == {a_paper().id: bytes(range(256))}


def test_only_papers_with_a_vector_are_answered(database):
    store(database, *some_papers(2))
    read(database, limit=1)

    assert of(database, "2606.00001", "2606.00002", "2606.99999").keys() == {"2606.00001"}


def test_a_paper_whose_text_changed_is_read_again(database):
    store(database, *some_papers(3))
    read(database)
    store(database, a_paper("2606.00002", "Another title"))

    assert unread(database) == ["2606.00002"]
    read(database, vector=b"new!")
    assert unread(database) == []
    assert of(database, "2606.00002") == {"2606.00002": b"new!"}


def test_a_paper_that_changed_while_it_was_read_is_not_taken_for_read(database):
    store(database, *some_papers(2))
    with database.read() as session:
        before = vectors.unread(session, "mini", 10)
    store(database, a_paper("2606.00002", "Another title"))
    with database.begin() as session:
        vectors.save(session, "mini", {p.id: (number, b"old!") for number, p in before})

    assert of(database, "2606.00001", "2606.00002").keys() == {"2606.00001"}
    assert unread(database) == ["2606.00002"]


def test_a_late_writer_does_not_overwrite_what_is_newer(database):
    store(database, *some_papers(1))
    with database.read() as session:
        [(number, paper)] = vectors.unread(session, "mini", 10)
    store(database, a_paper(paper.id, "Another title"))
    read(database, vector=b"new!")
    with database.begin() as session:
        vectors.save(session, "mini", {paper.id: (number, b"old!")})

    assert of(database, paper.id) == {paper.id: b"new!"}


def test_each_model_has_vectors_of_its_own(database):
    store(database, *some_papers(3))
    read(database, vector=b"mini")

    assert of(database, "2606.00001", model="large") == {}
    assert len(read(database, model="large", limit=2, vector=b"wide")) == 2
    assert of(database, "2606.00001") == {"2606.00001": b"mini"}
    assert of(database, "2606.00001", model="large") == {"2606.00001": b"wide"}
    assert (unread(database), unread(database, "large")) == ([], ["2606.00003"])


def test_what_other_models_made_is_deleted_when_that_is_asked_for(database):
    store(database, *some_papers(3))
    read(database, vector=b"mini")
    read(database, model="large", limit=2, vector=b"wide")
    with database.begin() as session:
        found = vectors.others(session, "mini")
        vectors.forget_others(session, "mini")

    assert found == 2
    assert len(of(database, *(each.id for each in some_papers(3)))) == 3
    assert of(database, "2606.00001", model="large") == {}


def test_vectors_are_looked_up_by_paper_and_not_among_all_of_a_model(tmp_path, migrated_sqlite):
    path = tmp_path / "papers.db"
    path.write_bytes(migrated_sqlite)
    ids = ", ".join("?" * 200)
    asked = f"SELECT paper_id, vector FROM vectors WHERE paper_id IN ({ids}) AND model = ?"  # noqa: S608  # no text
    with closing(sqlite3.connect(path)) as connection:
        [plan] = connection.execute(f"EXPLAIN QUERY PLAN {asked}", ["x"] * 201).fetchall()

    assert "paper_id=? AND model=?" in plan[-1]


def test_two_that_read_the_same_papers_at_once_leave_each_vector_once(database, at_once):
    store(database, *some_papers(20))
    with database.read() as session:
        found = vectors.unread(session, "mini", 20)

    def save() -> None:
        with database.begin() as session:
            vectors.save(session, "mini", {p.id: (number, b"same") for number, p in found})

    at_once(4, save)

    assert unread(database) == []
    with database.read() as session:
        assert len(session.scalars(select(VectorRow)).all()) == 20


def test_saving_nothing_changes_nothing(database):
    with database.begin() as session:
        vectors.save(session, "mini", {})

    assert unread(database) == []
