"""One call of the Web API: its arguments, read the way Slack reads them."""

import json
from dataclasses import dataclass
from typing import Any

from bot.sandbox.errors import Refused
from bot.sandbox.slack import Slack
from bot.sandbox.store import Json


def invalid_arguments(words: str) -> Refused:
    return Refused("invalid_arguments", response_metadata={"messages": [f"[ERROR] {words}"]})


@dataclass(frozen=True, slots=True)
class Call:
    """Arguments come as form fields or JSON; both are read alike. Histories are `lag` s behind."""

    slack: Slack
    args: Json
    lag: float = 0.0

    def text(self, name: str, default: str = "") -> str:
        value = self.args.get(name)
        if value is None:
            return default
        if isinstance(value, dict | list):
            raise invalid_arguments(f"must provide a string [json-pointer:/{name}]")
        return str(value)

    def required(self, name: str) -> str:
        value = self.text(name)
        if not value:
            raise invalid_arguments(f"missing required field: {name}")
        return value

    def flag(self, name: str, default: bool = False) -> bool:
        value = self.args.get(name)
        return default if value is None else str(value).lower() in {"true", "1"}

    def number(self, name: str, default: int) -> int:
        value = self.args.get(name)
        if value in (None, ""):
            return default
        try:
            return int(str(value))
        except ValueError:
            raise invalid_arguments(f"must be a number [json-pointer:/{name}]") from None

    def limit(self, default: int = 100, most: int = 1000) -> int:
        """How many objects a page may have."""
        limit = self.number("limit", default)
        if limit < 0:
            raise Refused("invalid_limit")
        return min(limit or default, most)

    def json(self, name: str, error: str) -> Any:
        """An object or list, which a form carries as text; `error` if that is not JSON."""
        value = self.args.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise Refused(error) from None

    @property
    def bot_id(self) -> str:
        return str(self.slack.people.bot["user_id"])
