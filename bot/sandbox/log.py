"""Every call in and out, for assertions and for the page's side panel."""

import json
from collections import deque
from typing import Any

from bot.sandbox.live import Live
from bot.sandbox.store import Json

LENGTH = 2000  # calls kept; older ones are forgotten
SECRETS = frozenset({"token", "client_secret"})


class Log:
    """A ring of calls. `direction` is seen from the bot: `in` reaches it, `out` is its own."""

    def __init__(self, live: Live) -> None:
        self._calls: deque[str] = deque(maxlen=LENGTH)
        self._live = live

    def add(
        self,
        at: str,
        direction: str,
        kind: str,
        name: str,
        request: Any,
        response: Any,
        status: int,
        ms: float,
        team: str = "",
    ) -> None:
        call = {
            "at": at,
            "direction": direction,
            "kind": kind,
            "name": name,
            "request": without_secrets(request),
            "response": response,
            "status": status,
            "ms": round(ms, 2),
            "team": team,
        }
        # As text, at once: the objects in it belong to the workspace, which goes on changing them.
        self._calls.append(json.dumps(call))
        self._live.tell("log")

    def calls(self) -> list[Json]:
        """Oldest first."""
        return [json.loads(call) for call in list(self._calls)]


def without_secrets(request: Any) -> Any:
    """A request without its tokens."""
    if not isinstance(request, dict):
        return request
    return {name: value for name, value in request.items() if name not in SECRETS}
