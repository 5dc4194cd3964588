"""A long list of arXiv's, read page by page: stopped, refused, and gone on with."""

from datetime import date, datetime, timedelta

import pytest

from bot.domain.harvest import Page, Record
from bot.domain.paper import Paper
from bot.errors import SourceFailed, SourceRefuses
from bot.services import alerts, harvest
from bot.services.harvest import Asked
from storage import harvests, listings, versions
from storage import papers as stored_papers
from tests.factories import NOW, a_paper

SINCE = date(2026, 6, 20)
ASKED = Asked("cs.SD", SINCE)
DAY = timedelta(days=1)
DAY_OF_NOW = NOW.date()
BUSY = SourceFailed("arXiv: The answer was 503 Service Unavailable.")


def of(number: int, created: datetime = NOW - DAY, **fields) -> Paper:
    given = {"title": f"Paper {number}", "categories": ("cs.SD",), "published": created}
    return a_paper(f"2606.{number:05d}", **{**given, **fields})


def a_page(*papers: Paper, token: str = "", changed: date = DAY_OF_NOW, **fields) -> Page:
    return Page(tuple(Record(each, changed) for each in papers), token=token, **fields)


class List:
    """Gives these pages in order, by token; in between it may be silent."""

    def __init__(self, *pages: Page | BaseException | None) -> None:
        self.pages = list(pages)
        self.asked: list[tuple[str, date, str]] = []

    def __call__(self, category: str, since: date, token: str) -> Page | None:
        self.asked.append((category, since, token))
        page = self.pages.pop(0)
        if isinstance(page, BaseException):
            raise page
        return page


@pytest.fixture
def slept() -> list[float]:
    return []


@pytest.fixture
def run(database, slept):
    """Read a list to its end: what was told on the way."""

    def run(pages: List, asked: Asked = ASKED, now: datetime = NOW) -> list[harvest.Progress]:
        def later() -> datetime:
            return now + timedelta(seconds=sum(slept))

        return list(harvest.harvest(database, pages, asked, later, slept.append))

    return run


@pytest.fixture
def stored(database):
    def stored() -> dict[str, date]:
        with database.read() as session:
            ids = [each.id for _, each in stored_papers.after(session, 0, 100)]
            return listings.days_on(session, "arxiv", ids)

    return stored


def test_every_page_is_stored_and_told(run, stored):
    pages = List(a_page(of(1), of(2), token="2"), a_page(of(3)))

    told = run(pages)

    assert [(each.records, each.read, each.new) for each in told] == [(2, 2, 2), (3, 3, 3)]
    assert stored() == dict.fromkeys(("2606.00001", "2606.00002", "2606.00003"), date(2026, 6, 25))
    assert pages.asked == [("cs.SD", SINCE, ""), ("cs.SD", SINCE, "2")]


def test_what_came_in_earlier_and_only_changed_is_no_news(run, stored, follow, outbox, database):
    follow("paper")
    old = of(1, datetime(2009, 1, 1, tzinfo=NOW.tzinfo))
    waited = of(2, datetime(2026, 6, 14, tzinfo=NOW.tzinfo))  # for moderation

    [told] = run(List(a_page(old, waited)))

    assert (told.new, told.changed) == (1, 1)
    assert stored() == {"2606.00002": date(2026, 6, 14)}


def test_a_known_paper_is_updated_and_not_listed_again(run, stored, database):
    run(List(a_page(of(1, version=1))))
    later = of(1, version=2, title="Paper one", revised=NOW)

    [told] = run(List(a_page(later)), now=NOW + DAY)

    assert (told.new, told.changed) == (0, 1)
    with database.read() as session:
        assert [each.number for each in versions.earlier(session, "2606.00001")] == [1]


def test_a_paper_that_was_deleted_is_marked(run, database):
    run(List(a_page(of(1))))

    [told] = run(List(a_page(deleted=("2606.00001", "2606.00009"))), now=NOW + DAY)

    assert told.deleted == 2
    with database.read() as session:
        [listing] = listings.of_papers(session, ["2606.00001"])
    assert listing.paper.withdrawn


def test_what_changed_after_the_last_day_is_left_out(run, stored):
    pages = List(
        a_page(of(1), token="2", changed=date(2026, 6, 22)),
        a_page(of(2), changed=date(2026, 6, 23)),
    )
    run(pages, Asked("cs.SD", SINCE, until=date(2026, 6, 22)))

    assert list(stored()) == ["2606.00001"]


@pytest.mark.parametrize("tell", [True, False])
def test_subscribers_hear_of_it_unless_it_is_a_backfill(run, follow, database, tell):
    follow("paper")
    run(List(a_page(of(1))), Asked("cs.SD", SINCE, tell=tell))

    assert alerts.build_due(database, NOW + DAY) == int(tell)


# -- stopped and gone on with ---------------------------------------------------------------------


def test_a_list_that_was_stopped_goes_on_where_it_was(run, stored):
    with pytest.raises(KeyboardInterrupt):
        run(List(a_page(of(1), token="2"), KeyboardInterrupt()))

    later = List(a_page(of(2)))
    [told] = run(later, now=NOW + timedelta(hours=1))

    assert later.asked == [("cs.SD", SINCE, "2")]
    assert (told.records, told.read) == (2, 1)
    assert len(stored()) == 2


@pytest.mark.parametrize(
    ("asked", "now"),
    [
        (Asked("cs.SD", date(2026, 6, 1)), NOW),
        (Asked("cs.HC", SINCE), NOW),
        (ASKED, NOW + DAY),
    ],
    ids=["another day", "another category", "tokens end with their day"],
)
def test_another_list_begins_at_its_beginning(run, asked, now):
    with pytest.raises(IndexError):
        run(List(a_page(of(1), token="2")))

    pages = List(a_page(of(2)))
    run(pages, asked, now)

    assert pages.asked[0][2] == ""


def test_a_token_that_is_not_good_any_more_begins_the_list_anew(run, stored):
    told = run(List(a_page(of(1), token="2"), None, a_page(of(1), token="3"), a_page(of(2))))

    assert [each.records for each in told] == [1, 0, 1, 2]
    assert "It begins anew" in told[1].problems[0]
    assert len(stored()) == 2


def test_a_list_that_was_read_to_its_end_is_not_gone_on_with(run, database):
    run(List(a_page(of(1))))
    with database.read() as session:
        known = harvests.get(session, "cs.SD")

    assert (known.token, known.records) == ("", 1)


# -- refused --------------------------------------------------------------------------------------


def test_hours_of_refusals_are_waited_out_ever_longer_and_told(run, slept, stored):
    told = run(List(a_page(of(1), token="2"), *[BUSY] * 8, a_page(of(2), token="3"), a_page()))

    assert slept == [60, 120, 240, 480, 960, 1800, 1800, 1800]
    assert told[1].problems == (f"{BUSY} I ask again at 07:01 UTC.",)
    assert len(stored()) == 2


def test_after_a_day_of_refusals_it_is_given_up_with_the_reason(run, slept):
    with pytest.raises(SourceFailed, match="503 Service Unavailable"):
        run(List(*[BUSY] * 100))

    assert timedelta(hours=23) < timedelta(seconds=sum(slept)) <= DAY


def test_a_plain_no_is_not_waited_out(run, slept):
    with pytest.raises(SourceRefuses, match="set"):
        run(List(SourceRefuses("arXiv: This is a refusal (badArgument): set"), a_page(of(1))))

    assert slept == []


def test_a_list_that_goes_round_in_a_circle_is_given_up(run):
    with pytest.raises(SourceFailed, match="goes round in a circle"):
        run(List(a_page(of(1), token="2"), *[a_page(of(1), token="2")] * 100))


def test_a_page_and_how_far_the_list_is_read_are_stored_together_or_not_at_all(
    run, everything, monkeypatch
):
    before = everything()

    def fails(*_: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(harvests, "save", fails)
    with pytest.raises(RuntimeError, match="disk"):
        run(List(a_page(of(1))))

    assert everything() == before
