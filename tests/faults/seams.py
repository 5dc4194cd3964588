"""The places at which a worker may die, each with what is then true.

The bot knows nothing of them: they are put around it from outside, by the database's commits, the
workspace's methods, and the moment at which Slack's answer begins.
"""

import re
from collections import Counter
from collections.abc import Callable
from http.client import HTTPConnection, HTTPResponse
from threading import Lock
from typing import Any

from sqlalchemy import event

from bot.services.deliver import Workspace
from storage.database import Database

SEAMS = {
    "ingest: before the commit": "papers and matches are written, and vanish together",
    "ingest: after the commit": "they are stored, and nobody has built an alert of them",
    "edition: before the commit": "the digest is chosen and its message owed, and both vanish",
    "edition: after the commit": "the digest is owed, and will not be chosen again",
    "alert: before the commit": "the alert is owed and its papers told, and both vanish",
    "alert: after the commit": "the alert is owed, and its papers will not be told again",
    "claim: before the commit": "nobody holds the messages: another worker may take them at once",
    "claim: after the commit": "the messages are lent to a worker that will never send them",
    "take back: before the commit": "messages of a worker that died are in doubt, and not any more",
    "take back: after the commit": "they are in doubt, and nobody has looked for them",
    "open: before": "no conversation was opened",
    "open: after": "Slack has opened it, and nobody has written down which it is",
    "post: before": "the message is lent and made, and nothing has left",
    "post: accepted": "Slack has the message; the answer has begun and is not read",
    "post: answered": "Slack has the message and said so; nobody has written it down",
    "mark: before the commit": "what became of the messages is written, and vanishes",
    "mark: after the commit": "all is done, and nobody has been told",
    "find: before": "somebody died or heard nothing, and nobody has looked in the history yet",
    "find: after": "the history was read, and what it says is lost",
}
At = Callable[[str], None]

# A transaction is known by what it writes. A message is owed by an alert, or by an edition.
_WRITES = {
    "ingest": re.compile(r"INSERT INTO fetches"),
    "edition": re.compile(r"INSERT INTO editions"),
    "owed": re.compile(r"INSERT INTO deliveries"),
    "claim": re.compile(r"UPDATE deliveries SET [^\n]*\bfence=\(deliveries\.fence"),
    "take back": re.compile(
        r"UPDATE deliveries SET (?![^\n]*(?:fence=\(|error=))[^\n]*lease_until="
    ),
    "mark": re.compile(r"UPDATE deliveries SET [^\n]*\berror="),
}
# The workspace's methods, and the seams before and after each.
_AROUND = {
    "open_dm": ("open: before", "open: after"),
    "post": ("post: before", "post: answered"),
    "find": ("find: before", "find: after"),
}


def watch_commits(database: Database, at: At) -> None:
    """Call `at` on both sides of each commit that is one of ours."""
    engine = database.engine

    def forget(connection: Any) -> None:
        connection.info["written"] = ""

    def note(connection: Any, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith(("INSERT", "UPDATE", "WITH")):
            connection.info["written"] += statement.replace("\n", " ") + "\n"

    event.listen(engine, "begin", forget)
    event.listen(engine, "before_cursor_execute", note)
    commit = engine.dialect.do_commit

    def watched(connection: Any) -> None:
        names = _kinds(connection.info.pop("written", ""))
        for name in names:
            at(f"{name}: before the commit")
        commit(connection)
        for name in names:
            at(f"{name}: after the commit")

    engine.dialect.do_commit = watched  # type: ignore[method-assign]


def _kinds(written: str) -> list[str]:
    """What a transaction was, by what it wrote."""
    found = [name for name, pattern in _WRITES.items() if pattern.search(written)]
    if "owed" not in found:
        return found
    found.remove("owed")
    return found if "edition" in found else [*found, "alert"]


def watch_answers(at: At) -> None:
    """Call `at` in this process when Slack begins to answer that it took a message."""
    ask, answer = HTTPConnection.putrequest, HTTPConnection.getresponse

    def putrequest(self: Any, method: str, url: str, *more: Any, **options: Any) -> None:
        self.asked_for = url
        ask(self, method, url, *more, **options)

    def getresponse(self: Any) -> HTTPResponse:
        response = answer(self)
        if self.asked_for.endswith("chat.postMessage") and response.status == 200:
            at("post: accepted")
        return response

    HTTPConnection.putrequest = putrequest  # type: ignore[method-assign]
    HTTPConnection.getresponse = getresponse  # type: ignore[method-assign]


class Watched:
    """A workspace that says when it is asked something, and when it has answered."""

    def __init__(self, workspace: Workspace, at: At) -> None:
        self._workspace, self._at = workspace, at

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._workspace, name)
        if name not in _AROUND:
            return method
        before, after = _AROUND[name]

        def watched(*given: Any, **named: Any) -> Any:
            self._at(before)
            result = method(*given, **named)
            self._at(after)
            return result

        return watched


class Passings:
    """Counts how often each seam was passed, by whatever thread, and acts at one of them.

    The seam "" is any of them.
    """

    def __init__(self, seam: str, number: int, act: At, note: At = lambda _: None) -> None:
        self._seam, self._number, self._act, self._note = seam, number, act, note
        self._passed: Counter[str] = Counter()
        self._lock = Lock()

    def __call__(self, name: str) -> None:
        with self._lock:
            self._note(name)
            self._passed.update((name, ""))
            here = self._seam in (name, "") and self._passed[self._seam] == self._number
        if here:
            self._act(name)
