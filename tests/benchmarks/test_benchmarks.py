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

from bot.domain.curation import Candidate
from tests.benchmarks.asked import Pool
from tests.benchmarks.curation import Day, is_full, measured, precision, read, share
from tests.benchmarks.merging import Proposed, Sighting
from tests.benchmarks.merging import measured as merging_measured
from tests.benchmarks.relevance import half, ndcg, reciprocal_rank
from tests.benchmarks.typos import mistyped
from tests.factories import DAY, a_listing, a_paper

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


def test_merging_prints_its_figures_and_pairs_no_two_papers():
    figures = _printed("merging", "--files", str(LINES), str(LINES.with_name("arxiv_table.tsv")))

    assert figures["wrong"] == figures["merged_in_production"] == 0
    assert figures["precision"] == 1.0
    told = {"papers", "pairs", "recall", "strict_precision", "compared_per_paper", "slips", "cut"}
    assert told <= set(figures)
    assert {"precision", "recall"} <= figures["tuned"].keys() & figures["held_out"].keys()


def test_precision_and_recall_are_those_of_the_pairs():
    one, other = a_paper("2606.00001"), a_paper("2606.00002")
    sightings = [Sighting(kind, each) for kind in ("a", "b") for each in (one, other)]
    right, wrong = Proposed(one, one, 100.0), Proposed(one, other, 100.0)

    strict = merging_measured(sightings, [right, wrong], set())
    known = merging_measured(sightings, [right, wrong], {wrong.ids})

    assert (strict["precision"], strict["wrong"], strict["recall"]) == (0.5, 1, 0.5)
    assert (known["precision"], known["strict_precision"], known["put_twice"]) == (1.0, 0.5, 1)


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
            "short_p99_ms",
            "sentence_p99_ms",
            "like_ratio",
            "substring_ratio",
            "fts5_ratio",
            "index_docs_per_s",
            "index_cpu_us",
            "index_mb",
            "rss_mb",
        }


def test_importing_tells_what_each_part_takes_and_how_much_memory():
    options = ["--files", str(LINES), "--papers", "60", "--subscriptions", "5"]

    figures = _printed("importing", *options)

    parts = {f"cpu_us_{part}" for part in ("reading", "matching", "storing", "indexing")}
    told = {"papers_per_s", "papers_per_cpu_s", "rss_mb_at_10", "rss_mb_at_end", *parts}
    assert (figures["papers"], figures["index_docs"]) == (60, 60)
    assert all(figures[name] > 0 for name in told)


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


def test_curation_compares_the_choice_of_a_morning_with_what_was_settled_on(tmp_path):
    early, settled = tmp_path / "early", tmp_path / "settled"
    votes = {f"2407.0000{number}": number for number in range(9)}
    _write_day(early / "2024-07-02.json", [_early(*each) for each in votes.items()])
    rows = [{"url": f"https://a.org/papers/{id_}", "upvotes": 2 * n} for id_, n in votes.items()]
    _write_day(settled / "2024-07-02.json", {"papers": rows})
    _write_day(early / "2024-07-03.json", [_early("2407.00001", 3)])  # too few to judge by
    _write_day(settled / "2024-07-03.json", {"papers": rows})

    figures = _printed("curation", "--early", str(early), "--settled", str(settled))

    assert (figures["days"], figures["tuned"]["days"], figures["held_out"]) == (1, 1, {"days": 0})
    assert figures["precision@5"] == figures["share"] == 1
    assert figures["votes_precision@5"] == figures["votes_share"] == 1


@pytest.mark.parametrize(
    ("chosen", "precise", "shared"),
    [("abcde", 1, 1), ("abcdf", 4 / 5, 27 / 28), ("fghij", 0, (3 + 2 + 1) / 28)],
)
def test_a_choice_counts_by_the_fifths_votes_and_by_the_best_fives(chosen, precise, shared):
    votes = dict(zip("abcdefghij", (8, 7, 5, 4, 4, 3, 2, 1, 0, 0), strict=True))
    settled = {**votes, "late": 1}
    day = Day(DAY, [Candidate(a_listing()) for _ in votes], votes, sorted(settled.values())[::-1])

    assert precision(day, list(chosen)) == pytest.approx(precise)
    assert share(day, list(chosen)) == pytest.approx(shared)


@pytest.mark.real
def test_the_papers_chosen_are_those_that_people_settle_on_more_often_than_by_votes_alone():
    folder = CHECKOUT.parent / "shared" / "data" / "settled_votes"
    if not folder.is_dir():
        pytest.skip("the recorded data (../shared/data) is not here")

    days = [each for each in read(folder / "early", folder / "settled") if is_full(each)]

    figures = measured(days)
    assert figures["days"] == 76
    assert figures["votes_precision@5"] == pytest.approx(0.8395)
    assert figures["precision@5"] > 0.86
    assert figures["share"] > 0.962


def _early(id_, votes):
    paper = {"id": id_, "title": f"{'x' * (votes + 1)} {id_}", "upvotes": votes, "authors": []}
    at = "2024-07-02T03:00:00.000Z"
    return {"paper": paper | {"publishedAt": at, "summary": "Short."}, "publishedAt": at}


def _write_day(path, body):
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(body), "utf-8")
