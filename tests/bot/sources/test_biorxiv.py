"""bioRxiv and medRxiv: pages of any length, versions, and answers that are none."""

import json
import re
from contextlib import suppress
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.feeds import Found
from bot.errors import SourceFailed
from bot.sources.biorxiv import Page, Preprints, Server, found, number, parse
from tests.feeds import FeedsHere, a_row
from tests.server import QUICK, Answer

FIRST, LAST = date(2026, 6, 24), date(2026, 6, 26)
DETAILS = "biorxiv_details.json"


@pytest.fixture
def here(monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    running = FeedsHere()
    yield running
    running.close()


@pytest.fixture
def preprints(here, waits):
    def make(*wanted: str, server: Server = Server.BIORXIV, base: str = "") -> Preprints:
        return Preprints(
            server,
            wanted,
            base=base or here.url,
            limits=QUICK,
            sleep=waits.append,
            jitter=lambda: 0.0,
        )

    return make


def rows(count: int, server: str = "biorxiv") -> list[dict]:
    day = "2026-06-25"
    return [
        a_row(f"10.1101/2026.06.25.{each:06d}", f"Paper {each}", day, server=server)
        for each in range(count)
    ]


def test_a_row_for_each_version_becomes_a_paper_with_its_latest_text(reply):
    page = parse(reply(DETAILS))
    cranes, cells = found(Server.BIORXIV, page.rows).entries

    assert (len(page.rows), page.total) == (3, 3)
    assert cranes.paper.id == "10.1101/2026.06.24.601001"
    assert cranes.paper.title == "Cranes that count containers well"
    assert cranes.paper.version == 2
    assert cranes.paper.published == datetime(2026, 6, 24, tzinfo=UTC)
    assert cranes.at == datetime(2026, 6, 24, tzinfo=UTC)
    assert not cranes.is_revision
    assert cranes.paper.doi == "10.5555/harbour.2026.9"
    assert cranes.paper.authors == ("C. Marsh", "D. R. Vega")
    assert cranes.paper.categories == ("neuroscience",)
    assert cranes.paper.organization == "Harbour Institute"
    assert cells.is_revision
    assert cells.paper.categories == ("cell-biology",)
    assert cells.paper.published is None


@pytest.mark.parametrize(("size", "count"), [(1, 3), (2, 5), (30, 61), (100, 100)])
def test_pages_of_whatever_length_are_read_to_the_end(preprints, here, size, count):
    here.rows, here.page = rows(count), size
    answer = preprints().read(FIRST, LAST)

    assert len(answer.entries) == count
    assert answer.problems == ()
    assert [int(path.rpartition("/")[2]) for path in here.paths] == list(range(0, count, size))


def test_one_server_and_the_categories_that_are_wanted_are_read(preprints, here):
    here.rows = [
        *rows(1, "medrxiv"),
        a_row("10.1101/1", "Cells", "2026-06-25", category="Cell_Biology"),
        a_row("10.1101/2", "Ferns", "2026-06-26", category="ecology"),
    ]
    answer = preprints("cell-biology").read(FIRST, LAST)

    assert [each.paper.title for each in answer.entries] == ["Cells"]
    assert answer.newest == datetime(2026, 6, 26, tzinfo=UTC)  # the server is not late
    assert answer.title == "bioRxiv"


def test_all_means_every_category(preprints, here):
    here.rows = rows(3)

    assert len(preprints("ecology", "all").read(FIRST, LAST).entries) == 3


def test_days_on_which_nothing_was_posted_are_empty_and_say_so(preprints):
    answer = preprints().read(FIRST, LAST)

    assert (answer.entries, answer.is_empty) == ((), True)


def test_days_without_a_paper_that_is_wanted_are_not_empty(preprints, here):
    here.rows = rows(1)

    assert not preprints("ecology").read(FIRST, LAST).is_empty


def answered(*collections: list[dict], total: object) -> list[Answer]:
    said = {"status": "ok", "total": total}
    return [
        Answer(json.dumps({"messages": [said], "collection": each}).encode())
        for each in collections
    ]


@pytest.mark.parametrize("total", ["4", 4])
def test_a_list_that_ends_too_soon_is_a_failure(preprints, server, total):
    server.will_answer(*answered(rows(2), [], total=total))

    with pytest.raises(SourceFailed, match="ends after 2 of 4 rows"):
        preprints(base=server.url).read(FIRST, LAST)


def test_a_list_that_gives_the_same_page_again_is_a_failure(preprints, server):
    server.will_answer(*answered(rows(2), rows(2), total="9"))

    with pytest.raises(SourceFailed, match="round in a circle"):
        preprints(base=server.url).read(FIRST, LAST)


def test_rows_that_moved_while_the_list_was_read_are_told_of(preprints, server):
    three = rows(3)
    server.will_answer(*answered(three[:2], three[1:], total="4"))
    answer = preprints(base=server.url).read(FIRST, LAST)

    assert len(answer.entries) == 3
    assert answer.problems == ("The list names 4 rows and gave 3 different ones.",)


def test_a_list_without_a_total_ends_with_an_empty_page(preprints, server):
    server.will_answer(*answered(rows(2), [], total="NA"))

    assert len(preprints(base=server.url).read(FIRST, LAST).entries) == 2


@pytest.mark.parametrize("field", sorted(a_row("", "", "")))
def test_without_any_of_its_fields_a_row_is_a_paper_or_named(field):
    row = a_row("10.1101/2026.06.25.000001", "Cranes", "2026-06-25")
    whole = a_row("10.1101/2026.06.25.000002", "Boats", "2026-06-25")
    for bad in (None, 7, [], {}, ""):
        answer = found(Server.BIORXIV, [{**row, field: bad}, whole])
        assert len(answer.entries) == (1 if field in ("doi", "title") else 2)
        assert answer.entries[-1].paper.title == "Boats"
    answer = found(Server.BIORXIV, [{k: v for k, v in row.items() if k != field}, whole])

    assert len(answer.entries) == (1 if field in ("doi", "title") else 2)
    assert any("Row 1" in each for each in answer.problems) == (field in ("doi", "title"))


def test_fields_that_should_be_there_and_are_not_are_counted():
    answer = found(Server.BIORXIV, [a_row("10.1101/1", "Cranes", "2026-06-25", abstract="")])

    assert answer.problems == ("abstract is missing in 1 of 1 papers.",)


def test_where_no_row_can_be_read_the_list_failed():
    with pytest.raises(SourceFailed, match=r"None of the 1 rows can be read\. Row 1 has no DOI"):
        found(Server.BIORXIV, [{"title": "Cranes"}])


def test_a_preprint_that_was_withdrawn_is_marked():
    row = a_row("10.1101/1", "WITHDRAWN: Cranes", "2026-06-25", type="withdrawn")
    [entry] = found(Server.BIORXIV, [row]).entries

    assert entry.paper.withdrawn


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "No body came"),
        (b"<html>Sorry</html>", "This is a web page, not JSON"),
        (b'{"messages":[', "not JSON, or only a part"),
        (b"[]", "JSON without a list of papers"),
        (b'{"collection":{}}', "JSON without a list of papers"),
        (b'{"messages":[{"status":"Error : (3) bad date"}],"collection":[]}', "(3) bad date"),
        (b'{"collection":[]}', "says: nothing"),
        (b"[" * 100_000, "not JSON"),
    ],
)
def test_what_is_no_list_is_a_failure_in_words(body, said):
    with pytest.raises(SourceFailed, match=re.escape(said)):
        parse(body)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Answer(b"", 500), "500 Internal Server Error"),
        (Answer(b"{}", cut=9), "connection failed"),
        (Answer(held=True), "No answer came in time"),
        (Answer(b"", 429, {"Retry-After": "3600"}), "The next try would be in 3600 s"),
    ],
)
def test_every_way_to_fail_is_a_failure_in_words(preprints, server, answer, said):
    server.will_answer(answer)

    with pytest.raises(SourceFailed, match=said):
        preprints(base=server.url).read(FIRST, LAST)


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        (30, 30),
        ("30", 30),
        (" 7 ", 7),
        (0, 0),
        ("NA", None),
        (-1, None),
        (True, None),
        ("٣", None),
        (10**30, None),
    ],
)
def test_a_number_may_be_text(said, wanted):
    assert number(said) == wanted


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=8,
)
ROW = st.fixed_dictionaries(
    {},
    optional={
        name: JSON | st.just(value) for name, value in a_row("10.1101/1", "T", "2026").items()
    },
)


@given(st.binary(max_size=200) | JSON.map(lambda each: json.dumps(each).encode()))
def test_whatever_comes_is_read_or_refused_in_words(body):
    page = Page((), None)
    with suppress(SourceFailed):
        page = parse(body)

    assert page.total is None or page.total >= 0


@given(st.lists(ROW | JSON, max_size=5))
def test_whatever_a_row_holds_it_is_a_paper_or_named(given_rows):
    answer = Found("", ())
    with suppress(SourceFailed):
        answer = found(Server.MEDRXIV, given_rows)

    assert all(each.paper.title and each.paper.id for each in answer.entries)
