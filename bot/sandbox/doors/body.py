"""What comes through a door: JSON, with people and channels by id or name."""

from dataclasses import dataclass
from typing import Any

from flask import request

from bot.sandbox.errors import DoorShut
from bot.sandbox.people import channel_name
from bot.sandbox.service import Service
from bot.sandbox.slack import Slack
from bot.sandbox.store import Json


@dataclass(frozen=True, slots=True)
class Body:
    """The fields of a request; what is missing or of the wrong kind shuts the door."""

    slack: Slack
    fields: Json

    def text(self, name: str) -> str:
        value = self.fields.get(name)
        if not isinstance(value, str) or not value:
            raise DoorShut(f"{name} is missing: a text is needed.")
        return value

    def count(self, name: str) -> int:
        value = self.fields.get(name, 0)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise DoorShut(f"{name} is a whole number, not {value!r}.")
        return value

    def flag(self, name: str, default: bool) -> bool:
        value = self.fields.get(name, default)
        if not isinstance(value, bool):
            raise DoorShut(f"{name} is true or false, not {value!r}.")
        return value

    def maybe(self, name: str) -> str | None:
        return self.text(name) if self.fields.get(name) not in (None, "") else None

    def user(self) -> Json:
        """A person; the bot does nothing through doors."""
        with self.slack.lock:
            user = self.slack.people.user(self.fields.get("user"))
        if user["is_bot"]:
            raise DoorShut("That is the app itself: say which person acts.")
        if user["deleted"]:
            raise DoorShut(f"{user['name']} is deactivated and does nothing any more.", 403)
        return user

    def channel(self) -> Json:
        with self.slack.lock:
            return self.slack.people.channel(self.fields.get("channel"))

    def channel_of(self, user: Json) -> Json:
        """A conversation that this person is in."""
        channel = self.slack.people.seen_by(self.channel(), user)
        if user["id"] not in channel["members"]:
            raise DoorShut(f"{user['name']} is not in #{channel['name']}.", 403)
        return channel

    def message(self, channel: Json) -> Json:
        """The message that `ts` names."""
        ts = self.text("ts")
        message = self.slack.messages.find(channel["id"], ts)
        if message is None:
            raise DoorShut(f"There is no message {ts} in {channel_name(channel)}.", 404)
        return message


def read_body(service: Service) -> Body:
    """The request's fields, for the workspace that `team` names or the first."""
    fields = dict(request.args) if request.method == "GET" else _posted()
    team = fields.get("team")
    with service.lock:
        return Body(service.team(team) if team else service.first, fields)


def _posted() -> Json:
    fields: Any = request.get_json(force=True, silent=True) if request.get_data() else {}
    if not isinstance(fields, dict):
        raise DoorShut("A door takes a JSON object.")
    return fields
