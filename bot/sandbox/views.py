"""Modals and Home tabs: who has which open, and what is filled in."""

import secrets
from collections import defaultdict

from bot.sandbox.blocks import with_ids
from bot.sandbox.errors import Refused
from bot.sandbox.fields import carry_over, initial_state
from bot.sandbox.live import Live
from bot.sandbox.people import People
from bot.sandbox.store import Json, Part

MOST_STACKED = 3


class Views:
    """Each person's stack of modals, bottom first, and their Home tab. Callers hold the lock."""

    def __init__(self, store: Part, people: People, live: Live) -> None:
        self._store, self._people, self._live = store, people, live
        self._stacks: defaultdict[str, list[Json]] = defaultdict(list)
        self._homes: dict[str, Json] = {}

    def restore(self) -> None:
        self._stacks.update(dict(self._store.all("modals")))
        self._homes = dict(self._store.all("home"))

    def stack(self, user: str) -> list[Json]:
        return self._stacks[user]

    def home(self, user: str) -> Json | None:
        return self._homes.get(user)

    def find(self, view_id: object) -> tuple[str, Json] | None:
        """A view and whose it is."""
        return next((each for each in self._all() if each[1]["id"] == view_id), None)

    def find_external(self, external_id: object) -> tuple[str, Json] | None:
        return next((each for each in self._all() if each[1]["external_id"] == external_id), None)

    def open(self, user: str, view: Json) -> Json:
        """A new modal in place of whatever was open."""
        self._stacks[user] = []
        return self.push(user, view)

    def push(self, user: str, view: Json) -> Json:
        """A modal on top of those that are open."""
        stack = self._stacks[user]
        if len(stack) >= MOST_STACKED:
            raise Refused("push_limit_reached")
        self._external_id_is_free(view)
        below = stack[-1] if stack else None
        made = self._make(f"V{secrets.token_hex(5).upper()}", view)
        made["root_view_id"] = stack[0]["id"] if stack else made["id"]
        made["previous_view_id"] = below["id"] if below else None
        stack.append(made)
        self._keep_stack(user)
        return made

    def update(self, user: str, old: Json, view: Json) -> Json:
        """Other content in an open modal; what was filled in stays where its input stays."""
        if view.get("external_id") != (old["external_id"] or None):
            self._external_id_is_free(view)
        made = self._make(old["id"], view)
        made |= {name: old[name] for name in ("root_view_id", "previous_view_id")}
        carry_over(old["state"]["values"], made["state"]["values"])
        stack = self._stacks[user]
        stack[stack.index(old)] = made
        self._keep_stack(user)
        return made

    def publish(self, user: str, view: Json) -> Json:
        old = self._homes.get(user)
        made = self._make(old["id"] if old else f"V{secrets.token_hex(5).upper()}", view)
        made |= {"root_view_id": made["id"], "previous_view_id": None}
        self._homes[user] = made
        self.keep(user, made)
        return made

    def close(self, user: str, view: Json) -> list[Json]:
        """Close a modal and those above it; returns them, top first."""
        stack = self._stacks[user]
        at = stack.index(view)
        closed, self._stacks[user] = stack[at:], stack[:at]
        self._keep_stack(user)
        return closed[::-1]

    def clear(self, user: str) -> None:
        self._stacks[user] = []
        self._keep_stack(user)

    def keep(self, user: str, view: Json) -> None:
        """Write a view whose state changed."""
        if view["type"] == "home":
            self._store.put("home", user, view)
            self._live.tell("views", user=user)
        else:
            self._keep_stack(user)

    def _keep_stack(self, user: str) -> None:
        self._store.put("modals", user, self._stacks[user])
        self._live.tell("views", user=user)

    def _all(self) -> list[tuple[str, Json]]:
        modals = [(user, view) for user, stack in self._stacks.items() for view in stack]
        return modals + list(self._homes.items())

    def _external_id_is_free(self, view: Json) -> None:
        if view.get("external_id") and self.find_external(view["external_id"]):
            raise Refused("duplicate_external_id")

    def _make(self, id_: str, view: Json) -> Json:
        """The view as Slack returns it."""
        blocks = with_ids(view["blocks"])
        team, bot = self._people.team, self._people.bot
        return {
            "title": None,
            "submit": None,
            "close": None,
            "private_metadata": "",
            "callback_id": "",
            "external_id": "",
            "clear_on_close": False,
            "notify_on_close": False,
            **view,
            "id": id_,
            "blocks": blocks,
            "state": {"values": initial_state(blocks)},
            "hash": f"{secrets.randbelow(10**10)}.{secrets.token_hex(4)}",
            "team_id": team["id"],
            "app_id": bot["app_id"],
            "app_installed_team_id": team["id"],
            "bot_id": bot["bot_id"],
        }
