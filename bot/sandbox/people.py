"""Who is in the workspace and which conversations they have."""

import secrets
from collections.abc import Callable
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.sandbox.clock import Clock
from bot.sandbox.errors import DoorShut
from bot.sandbox.manifest import App
from bot.sandbox.store import Json, Part
from bot.sandbox.workspace import Workspace


class People:
    """Team, users, channels and tokens, as plain objects. Callers hold the lock."""

    def __init__(self, store: Part, clock: Clock, numbers_taken: Callable[[], int]) -> None:
        self._store, self._clock = store, clock
        self._numbers_taken = numbers_taken
        self.team: Json = {}
        self.bot: Json = {}
        self.secrets: Json = {}
        self.users: dict[str, Json] = {}
        self.channels: dict[str, Json] = {}

    # -- beginnings -----------------------------------------------------------------------------

    def restore(self, app: App) -> None:
        """Read what the folder holds."""
        kept = dict(self._store.all("workspace"))
        self.team, self.bot, self.secrets = kept["team"], kept["bot"], kept["secrets"]
        self.users = dict(self._store.all("user"))
        self.channels = dict(self._store.all("channel"))
        self.bot["name"] = self.users[self.bot["user_id"]]["real_name"] = app.name

    def settle(self, workspace: Workspace, app: App, app_id: str) -> None:
        """Fill an empty workspace and install the app in it."""
        self.team = {"id": workspace.team_id, "name": workspace.name, "domain": workspace.domain}
        ids = {"bot_id": self._id("B"), "app_id": app_id, "user_id": self._id("U")}
        self.bot = {**ids, "name": app.name}
        handle = "".join(app.name.lower().split()) or "app"
        self._add_user(self.bot["user_id"], handle, app.name, "UTC", is_bot=True, is_admin=False)
        for person in workspace.people:
            self._add_user(
                self._id("U"),
                person.name,
                person.real_name or person.name,
                person.tz,
                is_bot=False,
                is_admin=person.is_admin,
            )
        for channel in workspace.channels:
            members = [self.user(name)["id"] for name in channel.members]
            members += [self.bot["user_id"]] if channel.has_bot else []
            self.add_channel(channel.name, members, channel.topic, is_private=channel.is_private)
        for user in list(self.users.values()):
            if not user["is_bot"]:
                self.open_im(user["id"])
        self._store.put("workspace", "team", self.team)
        self.secrets = {"ended": {}}
        self.install()

    # -- the app --------------------------------------------------------------------------------

    def install(self) -> None:
        """Give the app a token of this workspace; ids and DMs stay what they were."""
        self.bot["state"] = "installed"
        self.secrets["bot_token"] = f"xoxb-{secrets.token_hex(12)}"
        self._keep_installation()

    def end_installation(self, state: str, error: str) -> None:
        """From now on the token is refused with this error, also after another installation."""
        self.bot["state"] = state
        self.secrets["ended"][self.secrets["bot_token"]] = error
        self._keep_installation()

    def _keep_installation(self) -> None:
        self._store.put("workspace", "secrets", self.secrets)
        self._store.put("workspace", "bot", self.bot)

    # -- people and conversations ---------------------------------------------------------------

    def _add_user(
        self, id_: str, name: str, real_name: str, tz: str, *, is_bot: bool, is_admin: bool
    ) -> None:
        self.users[id_] = {
            "id": id_,
            "name": name,
            "real_name": real_name,
            "tz": tz,
            "is_bot": is_bot,
            "is_admin": is_admin,
            "deleted": False,
        }
        self._store.put("user", id_, self.users[id_])

    def deactivate(self, user: Json) -> None:
        """The account ends: its person leaves every channel, their DM stays to be read."""
        user["deleted"] = True
        self._store.put("user", user["id"], user)
        self.leave_channels(user["id"])

    def leave_channels(self, user_id: str) -> None:
        for channel in self.channels.values():
            if user_id in channel["members"] and not channel["is_im"]:
                channel["members"].remove(user_id)
                self.keep_channel(channel)

    def add_channel(self, name: str, members: list[str], topic: str, *, is_private: bool) -> Json:
        return self._add_conversation(
            {"name": name, "topic": topic, "is_private": is_private, "members": members}
        )

    def open_im(self, user_id: str) -> Json:
        """The conversation of this person with the bot."""
        for channel in self.channels.values():
            if channel.get("user") == user_id:
                return channel
        members = [user_id, self.bot["user_id"]]
        return self._add_conversation(
            {"name": "", "topic": "", "is_private": True, "members": members, "user": user_id}
        )

    def _add_conversation(self, conversation: Json) -> Json:
        is_im = "user" in conversation
        id_ = self._id("D" if is_im else "C")
        channel = {"id": id_, "is_im": is_im, "is_archived": False, **conversation}
        channel["created"] = int(self._clock.epoch())
        self.channels[id_] = channel
        self.keep_channel(channel)
        return channel

    def keep_channel(self, channel: Json) -> None:
        self._store.put("channel", channel["id"], channel)

    def _id(self, letter: str) -> str:
        """The next id; numbers are shared by all kinds, so an id of one kind fits no other."""
        return f"{letter}{self._numbers_taken() + 1:08d}"

    # -- looking up -----------------------------------------------------------------------------

    def user(self, said: object) -> Json:
        """A user by id or name, for the doors."""
        wanted = str(said or "").removeprefix("@")
        for user in self.users.values():
            if wanted in (user["id"], user["name"]):
                return user
        raise DoorShut(f"There is nobody called {wanted or '(nobody named)'} here.", 404)

    def channel(self, said: object) -> Json:
        """A conversation by id or name, for the doors; a person's name means their DM."""
        wanted = str(said or "").removeprefix("#")
        for channel in self.channels.values():
            if wanted and wanted in (channel["id"], channel["name"]):
                return channel
        for channel in self.channels.values():
            if channel["is_im"] and wanted == self.users[channel["user"]]["name"]:
                return channel
        raise DoorShut(f"There is no channel {wanted or '(none named)'} here.", 404)

    def seen_by(self, channel: Json, user: Json) -> Json:
        """The channel, if this person may look into it."""
        hidden = channel["is_private"] or channel["is_im"]
        if hidden and user["id"] not in channel["members"]:
            raise DoorShut(f"{user['name']} is not in that conversation.", 403)
        return channel

    def bot_is_in(self, channel: Json) -> bool:
        return self.bot["user_id"] in channel["members"]


def kind_of(channel: Json) -> str:
    """`channel`, `group` or `im`: the word in Slack's event names."""
    if channel["is_im"]:
        return "im"
    return "group" if channel["is_private"] else "channel"


def channel_name(channel: Json) -> str:
    """The name in payloads, where Slack tells only of public channels what they are called."""
    names = {"im": "directmessage", "group": "privategroup"}
    return names.get(kind_of(channel)) or str(channel["name"])


def profile(user: Json, clock: Clock) -> Json:
    """A user as `users.info` shows them: with the zone's present name, and its seconds from UTC."""
    there = clock.now().astimezone(ZoneInfo(user["tz"]))
    offset = there.utcoffset() or timedelta()
    return {
        **user,
        "tz_label": there.tzname(),
        "tz_offset": int(offset.total_seconds()),
        "profile": {"real_name": user["real_name"], "display_name": user["name"]},
    }
