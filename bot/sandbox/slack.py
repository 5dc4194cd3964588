"""The local Slack as a whole: one workspace, the app installed in it, and what connects them."""

import logging
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import RLock
from typing import Any

from bot.sandbox.clock import Clock
from bot.sandbox.delivery import Delivery
from bot.sandbox.event_queue import EventQueue
from bot.sandbox.faults import Faults
from bot.sandbox.live import Live
from bot.sandbox.log import Log
from bot.sandbox.manifest import read_manifest
from bot.sandbox.messages import Messages
from bot.sandbox.people import People
from bot.sandbox.store import Store
from bot.sandbox.tickets import ResponseUrls, Triggers
from bot.sandbox.views import Views
from bot.sandbox.workspace import Workspace, default_workspace

logger = logging.getLogger(__name__)


class Slack:
    """All state, behind one lock: hold it to read or change, never while the bot is called."""

    def __init__(
        self,
        manifest: Mapping[str, Any],
        folder: Path | None,
        start_at: datetime | None,
        workspace: Workspace | None,
        hints: Sequence[str],
    ) -> None:
        self.lock = RLock()
        self.app = read_manifest(manifest)
        self.hints = tuple(hints)
        self.url = ""  # known once the server listens
        self.store = Store(folder)
        self.live = Live()
        self.log = Log(self.live)
        self.faults = Faults()
        self.clock = Clock()
        self.people = People(self.store, self.clock)
        self.messages = Messages(self.store, self.clock, self.live)
        self.views = Views(self.store, self.people, self.live)
        self.triggers = Triggers()
        self.response_urls = ResponseUrls(self.store, self.clock)
        self.restored = self.people.restore(self.app)
        if self.restored:
            self._restore()
        else:
            self._settle(start_at, workspace or default_workspace())
        secret = self.people.secrets["signing_secret"]
        self.delivery = Delivery(secret, self.log, self.clock, self.live)
        self.events = EventQueue(self.delivery, self.clock)

    def _restore(self) -> None:
        kept = dict(self.store.all("clock"))
        self.clock.offset = timedelta(seconds=kept.get("offset", 0.0))
        self.messages.restore()
        self.views.restore()
        self.response_urls.restore()
        logger.info("restored a workspace of %d people", len(self.people.users))

    def _settle(self, start_at: datetime | None, workspace: Workspace) -> None:
        with self.store.together():
            if start_at is not None:
                self.set_clock(start_at.astimezone(UTC))
            self.people.settle(workspace, self.app)

    def set_clock(self, to: datetime) -> None:
        """Jump, and remember it; retries that are due by then go out."""
        self.clock.jump(to)
        self.store.put("clock", "offset", self.clock.offset.total_seconds())
        self.live.tell("clock")

    @property
    def installed(self) -> bool:
        return bool(self.people.bot["state"] == "installed")

    def has_scope(self, scope: str) -> bool:
        return scope in self.app.scopes

    def response_url(self, secret: str) -> str:
        return f"{self.url}/response/{secret}"

    def say_goodbye(self) -> None:
        """End what waits: event senders, Socket Mode, listening pages."""
        self.events.close()
        self.delivery.close()
        self.live.close()

    def close(self) -> None:
        """Close the folder; what was said is already written."""
        with self.lock:
            self.store.close()
