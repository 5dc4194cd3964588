"""The command line beyond import, match and settings: what each command prints and how it ends."""

import time
from contextlib import closing
from datetime import UTC, datetime

import pytest

from bot import stores
from bot.config import read_settings
from bot.services import ingest
from storage import digests
from storage.database import BUSY_SECONDS
from tests.factories import DAY, NOW, a_batch, a_channel, a_paper
from tests.hugging_face import an_entry
from tests.process import started

ROBOT = a_paper("2606.00001", "Robots [red] fold :fire: laundry")
POLICY = a_paper("2606.00002", "Diffusion policy for robots")
PLAIN = a_paper("2606.00003", "Nothing of the kind", published=None)

pytestmark = pytest.mark.usefixtures("no_settings")


@pytest.fixture
def stored(no_settings: None) -> None:
    """Three papers on Friday's list."""
    with closing(stores.open_database(read_settings())) as database:
        ingest.store(database, a_batch(ROBOT, POLICY, PLAIN), NOW)


# -- search -------------------------------------------------------------------------------------


def test_search_prints_ids_and_titles_as_they_are_best_first(papers, stored):
    ran = papers("search", "folding robots")

    first, second, count = ran.out.splitlines()
    assert ran.code == 0
    assert first == "2606.00001  Robots [red] fold :fire: laundry"
    assert second == "2606.00002  Diffusion policy for robots"
    assert count == "2 of 2 found"


def test_search_takes_words_without_quotes_around_them(papers, stored):
    assert "2606.00002" in papers("search", "diffusion", "policy").out


def test_search_as_json_is_a_list_with_the_agreed_names(papers, stored):
    ran = papers("search", "robots", "--json")

    assert [list(each) for each in ran.json] == [["id", "title", "score", "url", "published"]] * 2
    found = next(each for each in ran.json if each["id"] == ROBOT.id)
    assert found["title"] == ROBOT.title
    assert found["url"] == "https://arxiv.org/abs/2606.00001"
    assert found["published"] == "2026-06-25"
    assert isinstance(found["score"], float)


def test_search_as_json_says_null_where_no_date_is_known(papers, stored):
    [found] = papers("search", '"nothing of the kind"', "--json").json

    assert found["published"] is None


def test_search_gives_as_many_as_asked_for(papers, stored):
    assert len(papers("search", "robots", "--json", "--limit", "1").json) == 1


def test_search_says_what_it_corrected_and_programs_are_told_the_same_papers(papers, stored):
    ran = papers("search", "laundy robots")

    assert ran.out.startswith("Showing results for laundry robots, not for laundy robots:\n")
    listed = papers("search", "laundy robots", "--json")
    assert [each["id"] for each in listed.json] == [
        line.split()[0] for line in ran.out.splitlines()[1:-1]
    ]
    assert listed.err.startswith("Showing results for laundry robots, not for laundy robots:")


def test_search_without_a_hit_is_an_answer_and_no_error(papers, stored):
    assert papers("search", "zymurgy").out == "0 of 0 found\n"
    assert papers("search", "zymurgy", "--json").json == []


def test_search_before_anything_is_stored_finds_nothing(papers):
    assert papers("search", "robots").code == 0


@pytest.mark.parametrize(
    "query",
    [
        *("", " ", '"', "*", "🤖", "!!!", "\t"),
        *("-agents", "(((", "AND", '"diffusion policy', "NOT"),
        *("x" * 8_000, "y " * 4_000, "(" * 500),
    ],
)
@pytest.mark.parametrize("form", [(), ("--json",)])
def test_a_query_that_cannot_be_read_gets_one_sentence(papers, query, form):
    ran = papers("search", *form, "--", query)

    assert (ran.code, ran.out) == (1, "")
    assert len(ran.err.splitlines()) == 1
    assert ran.err.strip().endswith((".", "`"))


@pytest.mark.parametrize(
    "query", ["NEAR(", "<!channel>", "author:", "a:b:c", "[red]x[/]", "בינה", "\udce9x robots"]
)
def test_a_query_that_only_looks_dangerous_is_searched(papers, stored, query):
    ran = papers("search", "--", query)

    assert (ran.code, ran.err) == (0, "")


# -- the digest ---------------------------------------------------------------------------------


def test_preview_shows_the_digest_of_a_day_and_its_receipt(papers, stored):
    ran = papers("digest", "preview", "--date", str(DAY))

    title, *listed, receipt = ran.out.splitlines()
    assert title == "3 papers for Friday 26 June"
    assert listed[0] == "1. Robots [red] fold :fire: laundry (10 votes)"
    assert len(listed) == 3
    assert receipt.startswith("3 from Hugging Face")


def test_preview_as_json_has_the_papers_with_their_reasons_and_the_receipt(papers, stored):
    whole = papers("digest", "preview", "--date", str(DAY), "--json").json

    assert list(whole) == ["date", "papers", "receipt"]
    assert whole["date"] == "2026-06-26"
    first = whole["papers"][0]
    assert first.pop("score")["votes"] == 2.4
    assert first == {
        "id": "2606.00001",
        "title": ROBOT.title,
        "url": "https://arxiv.org/abs/2606.00001",
        "upvotes": 10,
        "reason": "10 votes",
    }


def test_preview_keeps_nothing_so_it_is_the_same_again(papers, stored):
    first = papers("digest", "preview", "--date", str(DAY)).out

    assert papers("digest", "preview", "--date", str(DAY)).out == first


def test_preview_without_papers_says_so(papers):
    assert papers("digest", "preview").out.startswith("No new papers for ")


@pytest.mark.parametrize("said", ["tomorrow", "2026-13-01", "26.6.2026"])
def test_a_day_that_is_none_is_said_in_words(papers, said):
    ran = papers("digest", "preview", "--date", said)

    assert ran.code == 2
    assert ran.err == f"{said} is not a day. Write it as 2026-11-20.\n"


# -- ingest and status --------------------------------------------------------------------------


def test_ingest_reads_each_weekday_and_says_what_came(papers, hugging_face, monkeypatch):
    monkeypatch.setenv("HF_ENDPOINT", hugging_face.url)
    hugging_face.lists["2026-06-26"] = [an_entry("2606.00009", "Kettles", "2026-06-26")]
    ran = papers("ingest", "--since", "2026-06-26", "--until", "2026-06-29")

    assert ran.code == 0
    assert ran.out.splitlines() == ["2026-06-26: 1 paper, 1 new", "2026-06-29: 0 papers, 0 new"]
    assert "2606.00009  Kettles" in papers("search", "kettles").out


def test_ingest_alone_reads_the_list_that_is_being_filled(papers, hugging_face, monkeypatch):
    monkeypatch.setenv("HF_ENDPOINT", hugging_face.url)
    monkeypatch.setattr("bot.app.utc_now", lambda: NOW)

    ran = papers("ingest", "--source", "hf")

    assert ran.code == 0
    assert hugging_face.asked == [NOW.date().isoformat()]


def test_ingest_of_a_source_that_refuses_says_why_and_ends_in_1(papers, hugging_face, monkeypatch):
    monkeypatch.setenv("HF_ENDPOINT", hugging_face.url)
    hugging_face.status = 404
    ran = papers("ingest", "--since", "2026-06-26", "--until", "2026-06-26")

    assert ran.code == 1
    assert ran.out.startswith("2026-06-26: Hugging Face: The answer was 404")


def test_status_says_what_is_stored_and_what_is_waiting(papers, stored):
    ran = papers("status")

    assert ran.code == 0
    assert "3 papers stored." in ran.out
    assert "Fri 26 Jun" in ran.out
    assert "`" not in ran.out


# -- the command itself -------------------------------------------------------------------------


def test_without_a_command_it_lists_them(papers):
    ran = papers()

    for command in ("demo", "run", "worker", "import", "search", "match", "migrate", "doctor"):
        assert command in ran.out + ran.err


@pytest.mark.parametrize("arguments", [("frobnicate",), ("search",), ("demo", "--port", "99999")])
def test_a_wrong_command_line_is_a_sentence_and_ends_in_2(papers, arguments):
    ran = papers(*arguments)

    assert ran.code == 2
    assert "Traceback" not in ran.err


def test_it_is_installed_as_a_command_and_finds_its_schema_wherever_it_is_started(tmp_path):
    with started(tmp_path, "search", "robots") as process:
        assert process.wait() == 0
    assert (process.out, process.err) == ("0 of 0 found\n", "")


def test_the_day_without_a_date_is_today(papers):
    assert datetime.now(UTC).strftime("%B") in papers("digest", "preview").out


def test_status_of_a_bot_that_never_ran_says_so_line_by_line(papers):
    ran = papers("status")

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "0 papers stored.",
        "No source has been read yet.",
        "No channel has a digest yet.",
        "Messages: nothing is waiting.",
    ]


def test_status_of_several_workspaces_names_each(papers, stored):
    with closing(stores.open_database(read_settings())) as database, database.begin() as session:
        for team in ("T1", "T2"):
            digests.save(session, a_channel(team, f"C{team}"))
    said = papers("status").out

    assert "Workspace T1\n" in said
    assert "Next digest in CT2: Fri 26 Jun, 07:00 (UTC)." in said.partition("Workspace T2\n")[2]


def test_status_waits_for_nobody_while_the_bot_writes(papers, stored):
    with closing(stores.open_database(read_settings())) as database:
        begun = time.monotonic()
        with database.begin():
            ran = papers("status")
        took = time.monotonic() - begun

    assert (ran.code, ran.err) == (0, "")
    assert took < BUSY_SECONDS / 2
