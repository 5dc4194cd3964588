"""What an announcement brings: news once, later versions as such."""

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import select, text

from bot.domain.announcements import Announced, Feed, Kind
from bot.services import alerts, announcements, ingest
from storage import listings, versions
from storage import papers as stored_papers
from storage.models import MatchRow
from tests.announced import BOTH, DAY, FRIDAY, HOUR, MIDNIGHT, MINUTE, THURSDAY, of, some
from tests.factories import a_batch, a_paper
from tests.waiting import PATIENCE, until


def test_new_and_cross_listed_papers_are_on_the_days_list_and_replacements_are_not(tick, arxiv, on):
    arxiv.feed = Feed(
        FRIDAY,
        (*some(101, 2), *some(201, 1, kind=Kind.CROSS), *some(1, 1, kind=Kind.REPLACE)),
    )
    tick()

    assert on(FRIDAY) == ["2606.00101", "2606.00102", "2606.00201"]


def test_a_later_version_updates_its_paper_keeps_the_old_one_and_alerts_nobody(
    database, tick, arxiv, on, thursday, follow, outbox
):
    follow("improved nets")
    better = of(1, title="Improved nets", version=2)
    arxiv.feed = Feed(FRIDAY, (*some(101), Announced(better, Kind.REPLACE)))
    tick()

    with database.read() as session:
        [listing] = listings.of_papers(session, ["2606.00001"])
        [old] = versions.earlier(session, "2606.00001")
    assert (listing.paper.title, listing.paper.version) == ("Improved nets", 2)
    assert (listing.day, old.number, old.title) == (THURSDAY, 1, "Paper number 1")
    assert alerts.build_due(database, MIDNIGHT + HOUR) == 0
    assert outbox() == []


def test_a_paper_that_is_cross_listed_later_is_listed_once_with_all_its_categories(
    database, tick, arxiv, on, thursday, follow
):
    follow("paper number")
    crossed = of(1, categories=("cs.SD", "cs.RO", "cs.HC"))
    arxiv.feed = Feed(FRIDAY, (*some(101), Announced(crossed, Kind.CROSS)))
    tick()

    with database.read() as session:
        [listing] = listings.of_papers(session, ["2606.00001"])
    assert listing.day == THURSDAY
    assert listing.paper.categories == ("cs.SD", "cs.RO", "cs.HC")
    assert "2606.00001" not in on(FRIDAY)


def test_a_paper_that_hugging_face_had_first_is_one_paper_on_two_lists(database, tick, arxiv):
    bare = of(101, categories=(), version=0, tldr="Small.")
    ingest.store(database, a_batch(bare), MIDNIGHT - HOUR)
    arxiv.feed = Feed(FRIDAY, tuple(some(101)))
    tick()

    with database.read() as session:
        origin = listings.origins(session, ["2606.00101"])["2606.00101"]
        [listing] = listings.of_papers(session, ["2606.00101"])
    assert origin.sources == {"hf", "arxiv"}
    assert (listing.paper.categories, listing.paper.tldr) == (("cs.SD", "cs.RO"), "Small.")


def test_no_transaction_is_open_while_arxiv_answers(database, arxiv):
    def read_feed(categories, known):
        with database.begin() as session:  # SQLite has one writer: this would wait for itself
            stored_papers.save(session, [a_paper("2606.99999")], MIDNIGHT)
        return Feed(FRIDAY, tuple(some(101)))

    source = announcements.Source(read_feed, arxiv.read_gap)
    announcements.read_due(database, source, BOTH, MIDNIGHT + MINUTE)

    with database.read() as session:
        assert stored_papers.count(session) == 11


def test_who_follows_a_category_hears_of_a_paper_that_hugging_face_had_first_once(
    database, tick, arxiv, follow, outbox
):
    follow("cat:cs.SD", "U2")
    follow("paper number", "U1")
    ingest.store(database, a_batch(of(101, categories=(), version=0)), MIDNIGHT - HOUR)
    assert alerts.build_due(database, MIDNIGHT) == 1

    arxiv.feed = Feed(FRIDAY, tuple(some(101, 1)))
    tick(MIDNIGHT + MINUTE)
    tick(MIDNIGHT + 7 * HOUR)

    with database.read() as session:
        matches = session.scalars(select(MatchRow)).all()
    assert len(matches) == len({each.query_id for each in matches}) == 2
    assert alerts.build_due(database, MIDNIGHT + 8 * HOUR) == 1
    assert len(outbox()) == 2


def test_a_paper_that_is_known_for_longer_than_a_week_is_no_news_to_a_category(
    database, tick, arxiv, follow
):
    follow("cat:cs.SD")
    ingest.store(database, a_batch(of(101, categories=(), version=0)), MIDNIGHT - 8 * DAY)
    arxiv.feed = Feed(FRIDAY, tuple(some(101, 1)))
    tick(MIDNIGHT + MINUTE)

    with database.read() as session:
        assert session.scalars(select(MatchRow)).all() == []


def test_a_writer_that_waits_for_another_sees_what_it_brought(database):
    first, second = (a_batch(of(101, version=each, title=f"Version {each}")) for each in (1, 2))
    ingest.store(database, first, MIDNIGHT - HOUR)
    with ThreadPoolExecutor() as pool:
        with database.begin() as session:
            ingest.keep(session, second, MIDNIGHT)
            waiting = pool.submit(ingest.store, database, second, MIDNIGHT)
            until(lambda: database.is_sqlite or _somebody_waits(database))
        waiting.result(PATIENCE)

    with database.read() as session:
        assert [each.number for each in versions.earlier(session, "2606.00101")] == [1]


def _somebody_waits(database) -> bool:
    query = text(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    with database.read() as session:
        return bool(session.scalar(query))
