"""One workspace, with the app installed in it."""

from typing import TYPE_CHECKING

from bot.sandbox.choices import Choices
from bot.sandbox.messages import Messages
from bot.sandbox.people import People
from bot.sandbox.tickets import ResponseUrls, Triggers
from bot.sandbox.unfurls import Unfurls
from bot.sandbox.views import Views

if TYPE_CHECKING:
    from bot.sandbox.service import Service


class Slack:
    """What belongs to this workspace, beside what it shares with the others of the service."""

    def __init__(self, service: "Service", team_id: str) -> None:
        self.service = service
        self.lock = service.lock
        self.app, self.hints = service.app, service.hints
        self.live, self.log = service.live, service.log
        self.clock, self.delivery = service.clock, service.delivery
        store = service.store.part(team_id)
        self.people = People(store, self.clock, service.numbers_taken)
        self.messages = Messages(store, self.clock, self.live)
        self.views = Views(store, self.people, self.live)
        self.choices = Choices()
        self.triggers = Triggers()
        self.response_urls = ResponseUrls(store, self.clock)
        self.unfurls = Unfurls(store)

    def restore(self) -> None:
        """Read what the folder holds."""
        self.people.restore(self.app)
        self.messages.restore()
        self.views.restore()
        self.response_urls.restore()
        self.unfurls.restore()

    @property
    def url(self) -> str:
        return self.service.url

    @property
    def installed(self) -> bool:
        return bool(self.people.bot["state"] == "installed")

    def has_scope(self, scope: str) -> bool:
        return scope in self.app.scopes

    def response_url(self, secret: str) -> str:
        return f"{self.url}/response/{secret}"
