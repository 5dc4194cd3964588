"""Permissions that run out: trigger ids, and the URLs that answer an interaction."""

import secrets
from collections import OrderedDict
from dataclasses import asdict, dataclass
from time import monotonic

from bot.sandbox.clock import Clock
from bot.sandbox.errors import Refused
from bot.sandbox.store import Part

TRIGGER_SECONDS = 3.0  # of real time: the person is waiting
RESPONSE_SECONDS = 30 * 60  # of the sandbox's time
RESPONSE_USES = 5
MOST_TRIGGERS = 1000  # remembered, so that a spent one is told from an invented one


@dataclass(slots=True)
class Trigger:
    """Opens one modal for `user`. `view_id` is the view the person acted in, if any."""

    user: str
    view_id: str | None
    until: float
    used: bool = False


class Triggers:
    """Trigger ids: good for three seconds, and once. Callers hold the lock."""

    def __init__(self) -> None:
        self._triggers: OrderedDict[str, Trigger] = OrderedDict()

    def mint(self, user: str, view_id: str | None = None) -> str:
        name = f"{secrets.randbelow(10**12)}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        self._triggers[name] = Trigger(user, view_id, monotonic() + TRIGGER_SECONDS)
        if len(self._triggers) > MOST_TRIGGERS:
            self._triggers.popitem(last=False)
        return name

    def check(self, name: str) -> Trigger:
        """The trigger, if it may still be spent; the caller marks it used when it was."""
        trigger = self._triggers.get(name)
        if trigger is None:
            raise Refused("invalid_trigger_id")
        if trigger.used:
            raise Refused("exchanged_trigger_id")
        if monotonic() > trigger.until:
            raise Refused("expired_trigger_id")
        return trigger


@dataclass(slots=True)
class ResponseUrl:
    """Where an interaction may be answered later.

    `source` is the ts of the message it came from, or of the first answer to a command: what
    replace_original and delete_original mean.
    """

    user: str
    channel: str
    until: float
    uses: int = 0
    source: str | None = None
    thread_ts: str | None = None


class ResponseUrls:
    """Response URLs by their secret: five uses in thirty minutes. Callers hold the lock."""

    def __init__(self, store: Part, clock: Clock) -> None:
        self._store, self._clock = store, clock
        self._urls: dict[str, ResponseUrl] = {}

    def restore(self) -> None:
        self._urls = {key: ResponseUrl(**body) for key, body in self._store.all("response_url")}

    def mint(
        self, user: str, channel: str, source: str | None = None, thread_ts: str | None = None
    ) -> str:
        """A fresh secret; the server makes a URL of it."""
        self._forget_old()
        secret = secrets.token_urlsafe(24)
        until = self._clock.epoch() + RESPONSE_SECONDS
        self._urls[secret] = ResponseUrl(user, channel, until, 0, source, thread_ts)
        self.keep(secret)
        return secret

    def knows(self, secret: str) -> bool:
        return secret in self._urls

    def check(self, secret: str) -> ResponseUrl:
        """The ticket, if another answer may be sent with it."""
        url = self._urls.get(secret)
        if url is None or self._clock.epoch() > url.until:
            raise Refused("expired_url")
        if url.uses >= RESPONSE_USES:
            raise Refused("used_url")
        return url

    def keep(self, secret: str) -> None:
        """Write a ticket whose uses or source changed."""
        self._store.put("response_url", secret, asdict(self._urls[secret]))

    def _forget_old(self) -> None:
        now = self._clock.epoch()
        # They are minted in order, so the first that is still good ends the search.
        for secret in list(self._urls):
            if self._urls[secret].until >= now:
                return
            del self._urls[secret]
            self._store.delete("response_url", secret)
