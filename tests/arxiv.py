"""An arXiv on this machine: its feeds, its API and its OAI-PMH under one address."""

import json
from collections import deque
from collections.abc import Sequence

from tests.server import Answer, Server

NO_SUCH = Answer(b"<html>Not found</html>", 404)


def an_item(id: str, kind: str = "new", *categories: str, day: str = "", version: int = 1) -> str:
    """One item of a feed; `day` as 26 Jun 2026."""
    named = "".join(f"<category>{each}</category>" for each in categories or ("cs.SD",))
    told = f"<pubDate>{day} 00:00:00 -0400</pubDate>" if day else ""
    return (
        f"<item><title>Paper {id}</title><guid>oai:arXiv.org:{id}v{version}</guid>{named}{told}"
        f"<description>arXiv:{id}v{version} Announce Type: {kind} \nAbstract: Words.</description>"
        "</item>"
    )


def a_feed(*items: str, day: str = "26 Jun 2026") -> bytes:
    """An announcement of a day."""
    told = f"<pubDate>{day} 00:00:00 -0400</pubDate>"
    return f"<rss><channel>{told}{''.join(items)}</channel></rss>".encode()


def an_entry(id: str, *categories: str, version: int = 1, day: str = "2026-06-25") -> str:
    """One entry of an answer of the API."""
    named = "".join(f'<category term="{each}"/>' for each in categories or ("cs.SD",))
    at = f"{day}T12:00:00Z"
    return (
        f"<entry><id>http://arxiv.org/abs/{id}v{version}</id><title>Paper {id}</title>"
        f"<summary>Words.</summary><published>{at}</published><updated>{at}</updated>{named}"
        "<author><name>Ada Lindqvist</name></author></entry>"
    )


def an_answer(*entries: str, total: int | None = None, start: int = 0) -> bytes:
    """A page of the API."""
    all_ = len(entries) if total is None else total
    counts = f"<totalResults>{all_}</totalResults><startIndex>{start}</startIndex>"
    return f"<feed>{counts}{''.join(entries)}</feed>".encode()


def a_record(
    id: str, *categories: str, created: str = "2026-06-25", changed: str = "2026-06-26"
) -> str:
    """One record of OAI-PMH."""
    named = " ".join(categories or ("cs.SD",))
    return (
        f"<record><header><identifier>oai:arXiv.org:{id}</identifier>"
        f"<datestamp>{changed}</datestamp></header><metadata><arXiv><id>{id}</id>"
        f"<created>{created}</created><authors><author><keyname>Li</keyname></author></authors>"
        f"<title>Paper {id}</title><categories>{named}</categories><abstract>Words.</abstract>"
        "</arXiv></metadata></record>"
    )


def a_deletion(id: str) -> str:
    """A record of what arXiv does not have any more."""
    header = f"<identifier>oai:arXiv.org:{id}</identifier><datestamp>2026-06-26</datestamp>"
    return f'<record><header status="deleted">{header}</header></record>'


def a_page(*records: str, token: str = "") -> bytes:
    """A page of records; with a token there is another."""
    inner = f"{''.join(records)}<resumptionToken>{token}</resumptionToken>"
    day = "<responseDate>2026-06-26T02:30:00Z</responseDate>"
    return f"<OAI-PMH>{day}<ListRecords>{inner}</ListRecords></OAI-PMH>".encode()


def a_line(number: int, title: str = "Quiet bells") -> dict[str, object]:
    """A line of a daily list of arXiv's."""
    row: dict[str, object] = {"id": f"2606.{number:05d}", "title": title, "summary": "We listen."}
    return {**row, "authors": ["Ada Li"], "categories": ["cs.SD"]}


def lines(*rows: object) -> bytes:
    """A file of JSON lines."""
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


class ArxivHere(Server):
    """Gives each of its parts the answers that were put there, the last one for ever."""

    def __init__(self) -> None:
        self.feeds: dict[str, Answer] = {}  # by path, such as /rss/cs.SD+cs.HC
        self.api: deque[Answer] = deque([Answer(an_answer())])
        self.oai: deque[Answer] = deque([Answer(a_page())])
        super().__init__()

    def announce(self, path: str, body: bytes, **headers: str) -> None:
        """This feed from now on."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.feeds[path] = Answer(body, headers=named)

    def answer_api(self, bodies: Sequence[bytes | Answer]) -> None:
        self.api = _answers(bodies)

    def answer_oai(self, bodies: Sequence[bytes | Answer]) -> None:
        self.oai = _answers(bodies)

    def asked(self, part: str) -> list[dict[str, str]]:
        """What was asked of a path."""
        both = zip(self.paths, self.queries, strict=True)
        return [query for path, query in both if path == part]

    def answer(self, query: dict[str, str]) -> Answer:
        path, headers = self.paths[-1], self.headers[-1]
        if path in ("/api/query", "/oai"):
            left = self.api if path == "/api/query" else self.oai
            return left.popleft() if len(left) > 1 else left[0]
        found = self.feeds.get(path, NO_SUCH)
        known = headers.get("if-none-match")
        return Answer(b"", 304) if known and known == found.headers.get("ETag") else found


def _answers(bodies: Sequence[bytes | Answer]) -> deque[Answer]:
    return deque(each if isinstance(each, Answer) else Answer(each) for each in bodies)
