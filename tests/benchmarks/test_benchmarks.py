"""The benchmarks run, on small sizes: what they say of real ones is for people to read."""

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from tests.benchmarks.asked import Pool
from tests.benchmarks.relevance import half, ndcg, reciprocal_rank
from tests.benchmarks.typos import mistyped
from tests.factories import a_paper

CHECKOUT = Path(__file__).parents[2]
LINES = CHECKOUT / "tests" / "replies" / "arxiv_lists.jsonl"
LONGEST = 300  # seconds, with other tests beside


def test_matching_in_bulk_prints_its_figures_and_finds_what_brute_force_finds():
    _is_matched(_printed("matching", "--files", str(LINES), "--subscriptions", "60"))


def test_matching_through_a_database_does_too_and_tells_what_adding_takes(database):
    options = ["--files", str(LINES), "--subscriptions", "60", "--database", database.url]

    figures = _printed("matching", *options)

    _is_matched(figures)
    assert figures["adding_ms"] > 0


def _is_matched(figures: dict) -> None:
    assert figures["exact"] is True
    assert figures["subscriptions"] == 60
    told = {"papers_per_s", "pairs", "naive_papers_per_s", "ratio", "build_s", "rss_mb"}
    assert told <= set(figures)


@pytest.fixture
def collection(tmp_path):
    """Two papers, a question that one of them answers, and one that only excludes."""
    folder = tmp_path / "tiny"
    (folder / "qrels").mkdir(parents=True)
    _write_lines(
        folder / "corpus.jsonl",
        {"_id": "a", "title": "Diffusion policies grasp objects", "text": "Robots learn."},
        {"_id": "b", "title": "Proteins fold without alignment", "text": "Cells are small."},
    )
    _write_lines(
        folder / "queries.jsonl",
        {"_id": "1", "text": "diffusion for robots"},
        {"_id": "2", "text": "-proteins"},
    )
    (folder / "qrels" / "test.tsv").write_text(
        "query-id\tcorpus-id\tscore\n1\ta\t1\n2\tb\t1\n", "utf-8"
    )
    return folder


def test_relevance_counts_a_question_that_is_refused_as_one_that_finds_nothing(collection):
    figures = _printed("relevance", "--beir", str(collection))

    assert figures["collection"] == "tiny"
    assert (figures["queries"], figures["refused"]) == (2, 1)
    assert figures["ndcg@10"] == figures["recall@100"] == 0.5
    assert figures["known0_mrr@10"] == 1
    assert {"typo1_ndcg@10", "typo2_ndcg@10", "known1_mrr@10", "known2_mrr@10"} <= set(figures)
    assert 0 < figures["p50_ms"] <= figures["p99_ms"]


def test_relevance_asks_for_an_empty_database(collection, tmp_path):
    url = f"sqlite:///{tmp_path}/papers.db"
    _printed("relevance", "--beir", str(collection), "--database", url)

    again = _run("relevance", "--beir", str(collection), "--database", url)

    assert again.returncode == 1
    assert again.stderr.strip() == "The database holds papers already. Name an empty one."


def test_latency_prints_the_figures_of_each_size_and_makes_papers_where_files_have_few():
    real = len(LINES.read_text("utf-8").splitlines())

    figures = _printed("latency", "--files", str(LINES), "--sizes", f"10,{real + 50}")

    assert [each["papers"] for each in figures.values()] == [10, real + 50]
    for each in figures.values():
        assert 0 < each["search_p50_ms"] <= each["search_p99_ms"]
        assert min(each.values()) > 0
        assert set(each) >= {
            "hybrid_p99_ms",
            "like_ratio",
            "fts5_ratio",
            "index_docs_per_s",
            "index_mb",
            "rss_mb",
        }


def test_delivery_counts_what_arrived_where_workers_died(database):
    asked = {"messages": 12, "kills": 2, "workers": 2}
    options = [part for name, value in asked.items() for part in (f"--{name}", str(value))]

    figures = _printed("delivery", *options, "--database", database.url)

    assert (figures["sent"], figures["lost"], figures["doubled"]) == (12, 0, 0)
    assert figures["kills"] >= 2
    assert figures["messages_per_s"] > 0


def test_load_tells_how_fast_messages_are_claimed_and_marked(database):
    sizes = ["--workspaces", "10", "--alerts", "5", "--workers", "1,2"]

    figures = _printed("load", "--database", database.url, *sizes)

    for workers in ("workers_1", "workers_2"):
        assert figures[workers]["sent"] == figures["rows"] == 50
        assert min(figures[workers].values()) > 0


@pytest.mark.parametrize(
    ("hits", "expected"),
    [
        (["a", "b"], 1),  # the best order
        (["x", "a", "b"], (1 / 1.584963 + 1 / 2) / (1 + 1 / 1.584963)),  # each a rank later
        (["x", *"0123456789", "a"], 0),  # beyond the tenth
        ([], 0),
    ],
)
def test_gain_is_discounted_by_rank_over_the_best_order(hits, expected):
    assert ndcg(hits, {"a": 1, "b": 1, "c": 0}) == pytest.approx(expected)


def test_higher_gains_belong_first():
    assert ndcg(["low", "high"], {"low": 1, "high": 3}) == pytest.approx(
        (1 + 3 / 1.584963) / (3 + 1 / 1.584963)
    )


@pytest.mark.parametrize(
    ("hits", "expected"), [(["a"], 1), (["x", "b"], 1 / 2), ([*"0123456789", "a"], 0), ([], 0)]
)
def test_a_known_item_counts_by_its_rank(hits, expected):
    assert reciprocal_rank(hits, {"a", "b"}) == expected


def test_half_a_title_is_its_first_words_rounded_up():
    assert half("Attention is all you need") == "Attention is all"


@given(seed=st.integers(), words=st.integers(0, 3), edits=st.integers(1, 2))
def test_typos_hit_as_many_long_words_as_asked_and_no_other(seed, words, edits):
    text = "Why small diffusion policies (robots) learn: state-space layers"

    slipped = mistyped(random.Random(seed), text, words=words, edits=edits)  # noqa: S311

    pairs = list(zip(text.split(), slipped.split(), strict=True))
    changed = [(before, after) for before, after in pairs if before != after]
    assert len(changed) == words
    for before, after in changed:
        assert before in {"diffusion", "policies", "(robots)", "layers"}
        assert OSA.distance(before, after) <= edits + 1  # swaps that overlap count as more


def test_the_same_chance_makes_the_same_typos():
    texts = ["diffusion policies", "protein folding", "language models"]

    first, second = (
        [mistyped(chance, text, words=1) for text in texts]
        for chance in (random.Random(7), random.Random(7))  # noqa: S311
    )

    assert first == second
    assert all(slipped != text for slipped, text in zip(first, texts, strict=True))


def test_made_papers_are_each_another_and_of_real_words():
    paper = a_paper(abstract="We train small nets. They learn little. It works.")
    pool = Pool()
    list(pool.through([paper]))

    made = [each for each, _ in zip(pool.more(), range(5), strict=False)]

    assert len({each.id for each in made}) == 5
    assert {each.title for each in made} == {paper.title}
    known = set(paper.abstract.split())
    assert all(set(each.abstract.split()) <= known for each in made)


def _printed(name, *options):
    done = _run(name, *options)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def _run(name, *options):
    return subprocess.run(
        [sys.executable, "-m", f"tests.benchmarks.{name}", *options],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
        timeout=LONGEST,
    )


def _write_lines(path, *rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
