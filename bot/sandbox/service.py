"""The local Slack as a whole: its workspaces, the one app they share, and the way to the bot."""

import logging
import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import RLock
from typing import Any

from bot.sandbox.clock import Clock
from bot.sandbox.delivery import Delivery
from bot.sandbox.errors import DoorShut
from bot.sandbox.event_queue import EventQueue
from bot.sandbox.faults import Faults
from bot.sandbox.live import Live
from bot.sandbox.log import Log
from bot.sandbox.manifest import read_manifest
from bot.sandbox.rates import EventVolume, Rates
from bot.sandbox.slack import Slack
from bot.sandbox.store import Json, Store
from bot.sandbox.workspace import Workspace

logger = logging.getLogger(__name__)


class Service:
    """All state, behind one lock: hold it to read or change, never while the bot is called."""

    def __init__(
        self,
        manifest: Mapping[str, Any],
        folder: Path | None,
        start_at: datetime | None,
        workspaces: Sequence[Workspace],
        hints: Sequence[str],
        *,
        rates: bool,
    ) -> None:
        self.lock = RLock()
        self.app = read_manifest(manifest)
        self.hints = tuple(hints)
        self.url = ""  # known once the server listens
        self.store = Store(folder)
        self.live = Live()
        self.log = Log(self.live)
        self.faults = Faults()
        self.rates = Rates(on=rates)
        self.volume = EventVolume()
        self.clock = Clock()
        self.teams: dict[str, Slack] = {}
        self.keys: Json = dict(self.store.all("app"))
        self.restored = bool(self.keys)
        if not self.restored:
            self._settle_app(start_at)
        self.delivery = Delivery(self.keys["signing_secret"], self.log, self.clock, self.live)
        self.events = EventQueue(self.delivery, self.clock, self.store, self.lock)
        if self.restored:
            self._restore()
        else:
            self._settle(workspaces)

    # -- beginnings -----------------------------------------------------------------------------

    def _settle_app(self, start_at: datetime | None) -> None:
        app_id = "A00000001"
        self.keys = {
            "app_id": app_id,
            "app_token": f"xapp-1-{app_id}-{secrets.token_hex(12)}",
            "signing_secret": secrets.token_hex(16),
        }
        if start_at is not None:
            self.clock.jump(start_at.astimezone(UTC))

    def _settle(self, workspaces: Sequence[Workspace]) -> None:
        if len({each.team_id for each in workspaces}) != len(workspaces):
            raise ValueError("Two workspaces need two team ids.")
        with self.store.together():
            for name, value in self.keys.items():
                self.store.put("app", name, value)
            self._keep_clock()
            for number, workspace in enumerate(workspaces):
                self.store.put("team", f"{number:04d}", workspace.team_id)
                self._add_team(workspace.team_id).people.settle(
                    workspace, self.app, self.keys["app_id"]
                )

    def _restore(self) -> None:
        self.clock.offset = timedelta(seconds=dict(self.store.all("clock"))["offset"])
        for _, team_id in self.store.all("team"):
            self._add_team(team_id).restore()
        self.events.restore()
        logger.info("restored %d workspaces", len(self.teams))

    def _add_team(self, team_id: str) -> Slack:
        self.teams[team_id] = Slack(self, team_id)
        return self.teams[team_id]

    # -- finding a workspace --------------------------------------------------------------------

    @property
    def first(self) -> Slack:
        """The workspace that is meant where none is named."""
        return next(iter(self.teams.values()))

    def team(self, said: object) -> Slack:
        """A workspace by id or domain, for the doors."""
        for slack in self.teams.values():
            if said in (slack.people.team["id"], slack.people.team["domain"]):
                return slack
        there = ", ".join(self.teams)
        raise DoorShut(f"There is no workspace {said!r} here; there is {there}.", 404)

    def with_response_url(self, secret: str) -> Slack:
        """The workspace whose response URL this is; any, if it is nobody's."""
        found = (each for each in self.teams.values() if each.response_urls.knows(secret))
        return next(found, self.first)

    def numbers_taken(self) -> int:
        """How many ids were given: the next is another's in no workspace."""
        people = [each.people for each in self.teams.values()]
        return sum(len(each.users) + len(each.channels) for each in people)

    # -- time and ends --------------------------------------------------------------------------

    def set_clock(self, to: datetime) -> None:
        """Jump, and remember it; retries that are due by then go out."""
        self.clock.jump(to)
        self._keep_clock()
        self.live.tell("clock")

    def _keep_clock(self) -> None:
        self.store.put("clock", "offset", self.clock.offset.total_seconds())

    def say_goodbye(self) -> None:
        """End what waits: event senders, Socket Mode, listening pages."""
        self.events.close()
        self.delivery.close()
        self.live.close()

    def close(self) -> None:
        """Close the folder; what was said is already written."""
        with self.lock:
            self.store.close()
