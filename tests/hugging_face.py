"""A Hugging Face on this machine, for processes that must find one."""

import json
from typing import Any

from tests.server import Answer, Server


def an_entry(id: str, title: str, day: str, votes: int = 3) -> dict[str, Any]:
    """One entry of a daily list, with what an entry always has."""
    return {
        "paper": {
            "id": id,
            "authors": [{"_id": "6a4300000000000000000001", "name": "Li Wei", "hidden": False}],
            "publishedAt": f"{day}T00:00:00.000Z",
            "submittedOnDailyAt": f"{day}T00:00:00.000Z",
            "title": title,
            "summary": "We try it and say what came of it.",
            "upvotes": votes,
            "discussionId": "6a4300000000000000000002",
        },
        "publishedAt": f"{day}T00:00:00.000Z",
        "title": title,
        "summary": "We try it and say what came of it.",
        "numComments": 1,
    }


class HuggingFaceHere(Server):
    """Answers the daily lists it was given, and empty ones for other days."""

    def __init__(self) -> None:
        self.lists: dict[str, list[Any]] = {}
        self.status = 200
        super().__init__()

    @property
    def asked(self) -> list[str]:
        """The days it was asked for."""
        return [each.get("date", "") for each in self.queries]

    def answer(self, query: dict[str, str]) -> Answer:
        found = self.lists.get(query.get("date", ""), [])
        return Answer(json.dumps(found).encode(), self.status)


class HuggingFaceWhole(HuggingFaceHere):
    """The rest as well: what trends, weeks and months, papers by id, and the search."""

    def __init__(self) -> None:
        self.trending: list[Any] = []
        self.papers: dict[str, dict[str, Any]] = {}
        self.found: list[Any] = []
        self.silent: set[str] = set()  # parts that are gone: lists, papers, search
        self.held: set[str] = set()  # parts that answer nothing at all
        super().__init__()

    def searched(self) -> list[str]:
        """What it was asked to search for."""
        return [each["q"] for each in self.queries if "q" in each]

    def answer(self, query: dict[str, str]) -> Answer:
        path = self.paths[-1]
        part = "search" if "q" in query else "lists" if path.endswith("daily_papers") else "papers"
        if part in self.held:
            return Answer(held=True)
        if part in self.silent:
            return Answer(b"gone", 410)
        if part == "papers":
            found = self.papers.get(path.rpartition("/")[2])
            return Answer(json.dumps(found).encode()) if found else Answer(b"{}", 404)
        return Answer(json.dumps(self._list(query)).encode())

    def _list(self, query: dict[str, str]) -> list[Any]:
        if "q" in query:
            return self.found
        if query.get("sort") == "trending":
            return self.trending
        if "date" in query:
            return self.lists.get(query["date"], [])
        month = query.get("month", "")  # of a week, all it has
        return [each for day, some in self.lists.items() if day.startswith(month) for each in some]
