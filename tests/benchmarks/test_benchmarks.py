"""The benchmarks run, on small sizes: what they say of real ones is for people to read."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
LINES = CHECKOUT / "tests" / "replies" / "arxiv_lists.jsonl"


@pytest.mark.parametrize("through", ["bulk_match", "sqlite"])
def test_matching_prints_its_figures_and_finds_what_brute_force_finds(tmp_path, through):
    url = [] if through == "bulk_match" else ["--database", f"sqlite:///{tmp_path}/papers.db"]

    options = ["--files", str(LINES), "--subscriptions", "60", *url]

    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.matching", *options],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout.splitlines()[-1])
    assert figures["exact"] is True
    assert figures["subscriptions"] == 60
    assert {"papers_per_s", "pairs", "naive_papers_per_s", "ratio", "build_s", "rss_mb"} <= set(
        figures
    )
