"""Whether the five papers chosen in the morning are those that the community settles on.

    python -m tests.benchmarks.curation --early DIR --settled DIR

`--early` has days of Hugging Face's list as read in the morning, `--settled` the same days read
weeks later. precision@5: how many of the five have at least as many settled votes as the day's
fifth has. share: their settled votes, over those of the best five of the early list. Days with
fewer than eight papers are left out: most of their papers are chosen anyway. Weights were tuned
on days before August 2024 and nothing else; later days are `held_out`.
"""

import argparse
import gzip
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from statistics import mean
from typing import Any, TypeAlias

from bot.domain.curation import Candidate, choose
from bot.sources import files

SIZE = 5
FEWEST = 8  # papers on a day
TUNED_BEFORE = date(2024, 8, 1)
_ID = re.compile(r"\d{4}\.\d{4,5}")


@dataclass(frozen=True, slots=True)
class Day:
    """The morning's candidates, and everything's votes weeks later."""

    day: date
    candidates: Sequence[Candidate]
    settled: Mapping[str, int]  # of the morning's papers
    ranked: Sequence[int]  # of all papers that the day had in the end, most first


Choice: TypeAlias = Callable[[Sequence[Candidate]], list[str]]


def main() -> None:
    """Measure, and print one JSON object."""
    arguments = _arguments()
    days = [each for each in read(arguments.early, arguments.settled) if is_full(each)]
    before = [each for each in days if each.day < TUNED_BEFORE]
    after = [each for each in days if each.day >= TUNED_BEFORE]
    told = measured(days) | {"tuned": measured(before), "held_out": measured(after)}
    print(json.dumps(told))  # noqa: T201  # what it is for


def measured(days: Sequence[Day]) -> dict[str, Any]:
    """The figures of these days, and the same for plain votes of the morning."""
    if not days:
        return {"days": 0}
    return {"days": len(days), **_figures(days, curated), **_figures(days, by_votes, "votes_")}


def curated(candidates: Sequence[Candidate]) -> list[str]:
    """The five as a digest chooses them."""
    return [pick.paper_id for pick in choose(candidates, SIZE)]


def by_votes(candidates: Sequence[Candidate]) -> list[str]:
    """The five with the most votes in the morning, ties by id."""
    listings = (each.listing for each in candidates)
    ordered = sorted(listings, key=lambda each: (-each.upvotes, each.paper.id))
    return [each.paper.id for each in ordered[:SIZE]]


def precision(day: Day, chosen: Sequence[str]) -> float:
    """How many of the chosen have as many settled votes as the day's fifth."""
    fifth = day.ranked[min(SIZE, len(day.candidates), len(day.ranked)) - 1]
    return mean(day.settled[each] >= fifth for each in chosen)


def share(day: Day, chosen: Sequence[str]) -> float:
    """Settled votes of the chosen over those of the best five of the morning's list."""
    best = sorted(day.settled.values(), reverse=True)[:SIZE]
    return sum(day.settled[each] for each in chosen) / max(sum(best), 1)


def read(early: Path, settled: Path) -> Iterator[Day]:
    """The days that both folders have; papers that are not in both cannot be judged."""
    later = {_date(path): path for path in sorted(settled.glob("*.json*"))}
    for path in sorted(early.glob("*.json*")):
        if (day := _date(path)) in later:
            votes = _settled(later[day])
            found = [each for each in _candidates(path) if each.listing.paper.id in votes]
            ids = [each.listing.paper.id for each in found]
            ranked = sorted(votes.values(), reverse=True)
            yield Day(day, found, {each: votes[each] for each in ids}, ranked)


def _candidates(path: Path) -> list[Candidate]:
    """As they stood when the list was read, which was when its last paper had just come up.

    `publishedAt` was the instant of the submission then.
    """
    came = {
        entry["paper"]["id"]: datetime.fromisoformat(entry["publishedAt"].replace("Z", "+00:00"))
        for entry in _json(path)
    }
    read_at = max(came.values())
    hours = {each: (read_at - at).total_seconds() / 3600 for each, at in came.items()}
    listings = (listing for batch in files.read(path) for listing in batch.listings)
    return [Candidate(each, hours=hours[each.paper.id]) for each in listings]


def _settled(path: Path) -> dict[str, int]:
    rows = _json(path)["papers"]
    return {found[0]: row["upvotes"] for row in rows if (found := _ID.search(row["url"]))}


def _figures(days: Sequence[Day], choice: Choice, name: str = "") -> dict[str, float]:
    chosen = [(each, choice(each.candidates)) for each in days]
    return {
        f"{name}precision@{SIZE}": _mean(precision(*each) for each in chosen),
        f"{name}share": _mean(share(*each) for each in chosen),
    }


def is_full(day: Day) -> bool:
    """Whether there was something to choose from."""
    return len(day.candidates) >= FEWEST


def _mean(figures: Iterable[float]) -> float:
    return round(mean(figures), 4)


def _date(path: Path) -> date:
    return date.fromisoformat(path.name[:10])


def _json(path: Path) -> Any:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rb") as file:
        return json.loads(file.read())


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--early", type=Path, required=True)
    parser.add_argument("--settled", type=Path, required=True)
    return parser.parse_args()


if __name__ == "__main__":
    main()
