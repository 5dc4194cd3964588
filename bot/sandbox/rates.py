"""How often the app may call, in real time: Slack's tiers, its pace of posting, its event volume.

Slack promises at least so many calls a minute and lets short bursts pass; how short is not
published. Here a burst may be a whole minute's calls, so a person alone never meets a limit.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from time import monotonic

from bot.sandbox.errors import Refused


class RateLimited(Refused):
    """Too many calls; `retry_after` is in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__("ratelimited")
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class Tier:
    """So many calls a minute on average, and so many at once after a pause."""

    per_minute: float
    burst: int


TIER_1 = Tier(1, 10)  # more than the one that is promised: bots reconnect
TIER_2 = Tier(20, 20)
TIER_3 = Tier(50, 50)
TIER_4 = Tier(100, 100)
SPECIAL = Tier(600, 600)  # "hundreds a minute": auth.test, chat.getPermalink

PER_CHANNEL = Tier(60, 10)  # about a message a second
PER_WORKSPACE = Tier(600, 100)  # the limit exists, its height is unpublished

# Apps that are sold outside the Marketplace, since 29 May 2025.
COMMERCIAL_HISTORY = Tier(1, 1)
COMMERCIAL_PAGE = 15
PAGE = 1000
ROUNDING = 1e-6  # seconds: sums of floats must not refuse who waited as long as was said
HISTORIES = frozenset({"conversations.history", "conversations.replies"})


@dataclass(slots=True)
class Bucket:
    """Calls that may be made at once, as of `at`."""

    tier: Tier
    left: float
    at: float

    def fill(self, now: float) -> None:
        gained = (now - self.at) * self.tier.per_minute / 60
        self.left, self.at = min(self.tier.burst, self.left + gained), now

    @property
    def wait(self) -> float:
        """Seconds until a call may be made; 0 or less when it may be made now."""
        return (1 - self.left) * 60 / self.tier.per_minute


class Rates:
    """Token buckets per workspace and method, and per channel. Callers hold the lock.

    `on` is what a door switches; `commercial` gives histories the pace of an app that is sold
    outside the Marketplace.
    """

    def __init__(self, *, on: bool = True, now: Callable[[], float] = monotonic) -> None:
        self.on = on
        self.commercial = False
        self._now = now
        self._buckets: dict[tuple[str, ...], Bucket] = {}

    @property
    def page(self) -> int:
        """The most objects in one answer of a history."""
        return COMMERCIAL_PAGE if self.commercial else PAGE

    def call(self, team: str, method: str, tier: Tier) -> None:
        """Count a call, or refuse it."""
        if self.commercial and method in HISTORIES:
            tier = COMMERCIAL_HISTORY
        self._take({(team, method): tier})

    def post(self, team: str, channel: str) -> None:
        """Count a message, or refuse it."""
        self._take({(team, "messages", channel): PER_CHANNEL, (team, "messages"): PER_WORKSPACE})

    def forget(self) -> None:
        """Begin anew, with full buckets."""
        self._buckets.clear()

    def _take(self, wanted: dict[tuple[str, ...], Tier]) -> None:
        """One call from every bucket, or none from any."""
        if not self.on:
            return
        now = self._now()
        buckets = [self._bucket(key, tier, now) for key, tier in wanted.items()]
        wait = max(bucket.wait for bucket in buckets)
        if wait > ROUNDING:
            raise RateLimited(ceil(wait))
        for bucket in buckets:
            bucket.left -= 1

    def _bucket(self, key: tuple[str, ...], tier: Tier, now: float) -> Bucket:
        bucket = self._buckets.get(key)
        if bucket is None or bucket.tier != tier:
            bucket = self._buckets[key] = Bucket(tier, tier.burst, now)
        bucket.fill(now)
        return bucket


MOST_EVENTS = 30_000  # an hour, per workspace and app
HOUR, MINUTE = 3600.0, 60.0


class EventVolume:
    """Counts each workspace's events of an hour; beyond the limit they are not sent."""

    def __init__(self, now: Callable[[], float] = monotonic) -> None:
        self._now = now
        self._hours: dict[str, tuple[float, int]] = {}
        self._told: dict[str, float] = {}

    def take(self, team: str) -> bool:
        """Count an event; False if it is one too many."""
        now = self._now()
        began, count = self._hours.get(team, (now, 0))
        if now - began >= HOUR:
            began, count = now, 0
        self._hours[team] = began, count + 1
        return count < MOST_EVENTS

    def tells(self, team: str) -> bool:
        """Is it time to say so? Once a minute is enough."""
        now = self._now()
        if now - self._told.get(team, -MINUTE) < MINUTE:
            return False
        self._told[team] = now
        return True
