"""Links of the app's domains that people typed, and the ids by which the app answers them."""

import secrets
from dataclasses import asdict, dataclass

from bot.sandbox.store import Part

POSTED, COMPOSING = "conversations_history", "composer"
MOST_KEPT = 1000


@dataclass(frozen=True, slots=True)
class Shared:
    """Links of one message. While it is composed, `channel` is no conversation and `ts` no time."""

    channel: str
    ts: str
    source: str
    urls: tuple[str, ...]


class Unfurls:
    """What was shared, by unfurl id. Callers hold the lock."""

    def __init__(self, store: Part) -> None:
        self._store = store
        self._shared: dict[str, Shared] = {}

    def restore(self) -> None:
        for key, body in self._store.all("unfurl"):
            self._shared[key] = Shared(**body | {"urls": tuple(body["urls"])})

    def mint(self, shared: Shared) -> str:
        """An id for these links; the oldest are forgotten."""
        unfurl_id = f"{shared.channel}.{shared.ts}.{secrets.token_hex(16)}"
        self._shared[unfurl_id] = shared
        self._store.put("unfurl", unfurl_id, asdict(shared))
        if len(self._shared) > MOST_KEPT:
            oldest = next(iter(self._shared))
            del self._shared[oldest]
            self._store.delete("unfurl", oldest)
        return unfurl_id

    def find(self, unfurl_id: str) -> Shared | None:
        return self._shared.get(unfurl_id)
