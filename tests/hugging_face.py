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
