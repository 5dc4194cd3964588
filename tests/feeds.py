"""Feeds and a preprint server on this machine, and entries for them."""

import json
from collections.abc import Mapping
from typing import Any

from tests.server import Answer, Server

NO_SUCH = Answer(b"<html>Not found</html>", 404)


def an_item(title: str, *, day: str = "", entry_id: str = "", text: str = "Words.") -> str:
    """One item of an RSS feed; `day` as 26 Jun 2026, "" for none."""
    told = f"<pubDate>{day} 06:00:00 GMT</pubDate>" if day else ""
    name = entry_id or "https://lab.example.org/" + title.lower().replace(" ", "-")
    page = f"<link>{name}</link>" if name.startswith("http") else ""
    return (
        f"<item><title>{title}</title><guid>{name}</guid>{page}{told}"
        f"<description>{text}</description></item>"
    )


def a_feed(*items: str, title: str = "Harbour Lab") -> bytes:
    """An RSS feed."""
    inside = f"<title>{title}</title>{''.join(items)}"
    return f"<rss version='2.0'><channel>{inside}</channel></rss>".encode()


def a_row(doi: str, title: str, day: str, **fields: Any) -> dict[str, Any]:
    """One row of bioRxiv's list."""
    given = {
        "doi": doi,
        "title": title,
        "authors": "Marsh, C.; Vega, D. R.",
        "author_corresponding_institution": "Harbour Institute",
        "date": day,
        "version": "1",
        "type": "new results",
        "category": "neuroscience",
        "abstract": "Cranes count containers.",
        "published": "NA",
        "server": "biorxiv",
    }
    return {**given, **fields}


class FeedsHere(Server):
    """Gives each path the feed that was put there, and lists of preprints page by page."""

    def __init__(self) -> None:
        self.feeds: dict[str, Answer] = {}  # by path, such as /feed.xml
        self.rows: list[dict[str, Any]] = []
        self.page = 2  # rows
        super().__init__()

    def put(self, path: str, body: bytes, **headers: str) -> None:
        """This feed from now on."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.feeds[path] = Answer(body, headers=named)

    def asked(self, path: str) -> int:
        """How often."""
        return self.paths.count(path)

    def answer(self, query: Mapping[str, str]) -> Answer:
        path, headers = self.paths[-1], self.headers[-1]
        if path.startswith("/details/"):
            return self._preprints(path)
        found = self.feeds.get(path, NO_SUCH)
        known = headers.get("if-none-match")
        return Answer(b"", 304) if known and known == found.headers.get("ETag") else found

    def _preprints(self, path: str) -> Answer:
        _, _, server, first, last, cursor = path.split("/")
        on = [
            each
            for each in self.rows
            if each.get("server") == server and first <= str(each.get("date")) <= last
        ]
        rows = on[int(cursor) : int(cursor) + self.page]
        status = "ok" if on else "no posts found"
        said = {"status": status, "cursor": cursor, "count": len(rows), "total": str(len(on))}
        return Answer(json.dumps({"messages": [said], "collection": rows}).encode())
