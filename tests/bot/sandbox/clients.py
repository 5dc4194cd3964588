"""How tests reach a sandbox: as people do, and as a bot does."""

from typing import Any

import httpx

from bot.sandbox import Sandbox


class Doors:
    """The sandbox's doors: `doors("command", user=…)` posts, `doors.get(…)` reads."""

    def __init__(self, url: str) -> None:
        self.http = httpx.Client(base_url=f"{url}/_sandbox/", timeout=20)

    def __call__(self, door: str, **body: Any) -> Any:
        return self.http.post(door, json=body).json()

    def get(self, door: str, **params: str) -> Any:
        return self.http.get(door, params=params).json()

    def messages(self, channel: str = "papers", user: str = "ana") -> list[Any]:
        """Newest first."""
        return self.get("messages", channel=channel, user=user)["messages"]

    def fail(self, method: str, times: int = 1, **how: Any) -> None:
        """The next calls of a method of the Web API fail, and how."""
        answer = self("faults", method=method, times=times, **how)
        assert answer["ok"], answer

    def calls(self, method: str) -> list[Any]:
        """How the bot called a method of the Web API."""
        return [each["request"] for each in self.get("log")["calls"] if each["name"] == method]

    @property
    def team(self) -> str:
        found: str = self.get("state")["team"]["id"]
        return found

    @property
    def ids(self) -> dict[str, str]:
        """Of people and channels, by their names."""
        state = self.get("state")
        return {each["name"]: each["id"] for each in (*state["users"], *state["channels"])}

    def id_of(self, name: str) -> str:
        state = self.get("state")
        people = [each for each in state["users"] if each["name"] == name]
        return next(each["id"] for each in people + state["channels"] if each["name"] == name)

    def dm(self, name: str) -> str:
        """The id of this person's conversation with the app."""
        user = self.id_of(name)
        channels = self.get("state")["channels"]
        return next(each["id"] for each in channels if each.get("user") == user)


class Api:
    """The Web API with the bot's token: `api("chat.postMessage", channel=…)`."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.http = httpx.Client(base_url=sandbox.api_url, timeout=20)
        self.token = sandbox.bot_token

    def __call__(self, method: str, **args: Any) -> Any:
        return self.raw(method, **args).json()

    def raw(self, method: str, **args: Any) -> httpx.Response:
        bearer = {"Authorization": f"Bearer {self.token}"}
        return self.http.post(method, json=args, headers=bearer)
