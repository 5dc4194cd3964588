"""`papers import` of everything that was recorded: how much of it there is, and what is refused."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from tests.bot.conftest import Papers, Ran

pytestmark = [pytest.mark.usefixtures("no_settings")]


@pytest.fixture
def shared() -> Path:
    folder = Path(__file__).parents[2].parent / "shared"
    if not folder.is_dir():
        pytest.skip("the recorded data (../shared) is not here")
    return folder


@pytest.fixture
def bring(papers: Papers, shared: Path) -> Callable[..., Ran]:
    """Import the files of these patterns, none of which is empty."""

    def bring(*patterns: str) -> Ran:
        paths = [str(path) for pattern in patterns for path in _matching(shared, pattern)]
        return papers("import", "--no-alerts", *paths, "--bad", "bad.tsv")

    return bring


def _matching(folder: Path, pattern: str) -> Iterable[Path]:
    found = sorted(folder.glob(pattern))
    assert found, pattern
    return found


def bad() -> list[str]:
    """What was written there, with the names of files alone."""
    lines = Path("bad.tsv").read_text().splitlines()[1:]
    return [f"{Path(path).name}\t{rest}" for path, _, rest in (x.partition("\t") for x in lines)]


@pytest.mark.real
def test_every_recorded_day_of_hugging_face_comes_in(bring):
    ran = bring(
        "data/hf_daily/*.json.gz",
        "data/settled_votes/early/*.json.gz",
        "data/hf_daily_exact/*.json",
    )

    assert (ran.code, bad()) == (0, [])
    # 4,234 and 1,126 papers, and nine that came after the day's list was read.
    assert "5,392 records from 279 files: 5,369 new" in ran.out
    assert "0 bad" in ran.out


@pytest.mark.real
def test_each_corrupt_entry_is_refused_by_name(bring):
    ran = bring("data/hf_daily_corrupt/*.json.gz")

    names = {line.split("\t")[0] for line in bad()}
    entries = [line for line in bad() if line.split("\t")[1].startswith("Entry ")]
    assert ran.code == 1
    assert len(names) == 22
    assert len(entries) == len(set(entries))
    assert "0 new, 0 changed, 0 known" in ran.out
    assert "22 files can't be read" in ran.out


@pytest.mark.real
def test_every_crawled_list_of_arxiv_comes_in(bring):
    ran = bring("data/arxiv_meta/dw-dengwei/*.jsonl.gz")

    assert (ran.code, bad()) == (0, [])
    assert "19,420 records from 47 files: 10,715 new" in ran.out


@pytest.mark.real
def test_every_page_answer_and_announcement_of_arxiv_comes_in(bring):
    ran = bring(
        "data/oai_pmh/listrecords_cs_2016/*.xml.gz",
        "data/oai_pmh/hepcrawl/*.xml",
        "data/oai_pmh/adsabs/*.xml",
        "data/arxiv_atom/*.xml",
        "data/arxiv_atom/*.json",
        "data/arxiv_rss/*.xml",
    )

    assert (ran.code, bad()) == (0, [])
    assert "from 55 files" in ran.out


@pytest.mark.real
def test_what_else_was_recorded_comes_in_or_says_what_it_is(bring):
    ran = bring(
        "data/settled_votes/settled/*.json.gz",
        "data/hf_search/*.json",
        "collections/*/corpus.jsonl",
        "collections/*/queries.jsonl",
        "data/seed/papers.jsonl",
        "data/arxiv_taxonomy/arXiv_groups.json",
    )

    assert ran.code == 1
    assert [line.split("\t")[:2] for line in bad()][:2] == [
        ["corpus.jsonl", "Line 471"],
        ["corpus.jsonl", "Line 995"],
    ]
    said = "\n".join(ran.err.splitlines())
    assert "queries.jsonl: These are the questions of a collection" in said
    assert "papers.jsonl: These lines have titles and no ids" in said
    assert "arXiv_groups.json: None of the" in said
    assert "4 files can't be read" in ran.out


@pytest.mark.bulk
def test_every_table_of_arxiv_comes_in_but_for_the_row_that_lost_its_beginning(bring):
    ran = bring("data/arxiv_meta/staeiou/*.tsv.xz")

    assert ran.code == 0
    assert bad() == ["cs.SE.tsv.xz\tLine 7681\thas 9 fields and the header 15"]
    assert "158,774 records from 28 files: 134,974 new" in ran.out
