"""What stands at the edge of the services: a workspace that takes messages, and a source.

Both are told beforehand what goes wrong; what they were asked is kept for assertions.
"""

from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from bot.blocks.kit import Message
from bot.domain.paper import Batch


class Crash(BaseException):
    """The process dies: no `except Exception` sees it."""


@dataclass(frozen=True, slots=True)
class Posted:
    """A message that the workspace has."""

    channel_id: str
    message: Message
    delivery_id: str
    ts: str


class FakeWorkspace:
    """Slack as the outbox sees it: every call is recorded, refusals are scripted."""

    def __init__(self) -> None:
        self.posted: list[Posted] = []
        self.updated: list[Posted] = []  # put in the place of what was posted
        self.opened: list[str] = []  # whose DM was opened
        self.threads_looked_into: list[str] = []
        self.looked_up: list[tuple[str, str, datetime]] = []  # channel, delivery, since
        self.channels: dict[str, frozenset[str]] = {}  # by person
        self.asked_of: list[str] = []  # whose channels were asked for
        self._before: defaultdict[str, deque[BaseException]] = defaultdict(deque)
        self._after: deque[BaseException] = deque()
        self._shut: dict[str, BaseException] = {}

    def refuse(self, method: str, *problems: BaseException) -> None:
        """The next calls of this method raise these, and nothing happens."""
        self._before[method].extend(problems)

    def shut(self, channel_id: str, problem: BaseException) -> None:
        """Every post to this channel raises this, and does not arrive."""
        self._shut[channel_id] = problem

    def lose(self, *problems: BaseException) -> None:
        """The next posts arrive, and raise these all the same: an answer lost, a crash."""
        self._after.extend(problems)

    def heal(self) -> None:
        """Nothing goes wrong any more."""
        self._before.clear()
        self._after.clear()

    def open_dm(self, user_id: str) -> str:
        self._maybe_refuse("open_dm")
        self.opened.append(user_id)
        return f"D{user_id}"

    def post(self, channel_id: str, message: Message, delivery_id: str) -> str:
        self._maybe_refuse("post")
        if channel_id in self._shut:
            raise self._shut[channel_id]
        ts = f"{len(self.posted) + 1}.000001"
        self.posted.append(Posted(channel_id, message, delivery_id, ts))
        if self._after:
            raise self._after.popleft()
        return ts

    def update(self, channel_id: str, ts: str, message: Message) -> None:
        self._maybe_refuse("update")
        self.updated.append(Posted(channel_id, message, "", ts))

    def find(
        self, channel_id: str, delivery_id: str, since: datetime, thread_ts: str = ""
    ) -> str | None:
        self._maybe_refuse("find")
        self.looked_up.append((channel_id, delivery_id, since))
        self.threads_looked_into += [thread_ts] if thread_ts else []
        wanted = (channel_id, delivery_id)
        return next((p.ts for p in self.posted if (p.channel_id, p.delivery_id) == wanted), None)

    def channels_of(self, user_id: str) -> frozenset[str]:
        self._maybe_refuse("channels_of")
        self.asked_of.append(user_id)
        return self.channels.get(user_id, frozenset())

    def permalink(self, channel_id: str, ts: str) -> str:
        self._maybe_refuse("permalink")
        return f"https://lab.slack.com/archives/{channel_id}/p{ts.replace('.', '')}"

    def _maybe_refuse(self, method: str) -> None:
        if self._before[method]:
            raise self._before[method].popleft()


class FakeSource:
    """Has these lists, is silent on these days, and knows which days it was asked for."""

    def __init__(self, *lists: Batch) -> None:
        self.lists = {each.day: each for each in lists}
        self.silent: dict[date, Exception] = {}
        self.asked: list[date] = []

    def __call__(self, day: date) -> Batch:
        self.asked.append(day)
        if day in self.silent:
            raise self.silent[day]
        return self.lists.get(day) or Batch("hf", day, ())

    def fail_on(self, days: Iterable[date], problem: Exception) -> None:
        self.silent = dict.fromkeys(days, problem)
