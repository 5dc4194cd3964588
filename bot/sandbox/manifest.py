"""What a Slack app manifest grants: the sandbox installs the app with exactly this."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

MOST_DOMAINS = 5


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command; `should_escape` turns #channel and @person into ids."""

    command: str
    description: str
    usage_hint: str
    should_escape: bool


@dataclass(frozen=True, slots=True)
class Shortcut:
    """`type` is `global` or `message`."""

    name: str
    type: str
    callback_id: str
    description: str


@dataclass(frozen=True, slots=True)
class App:
    """The app as its manifest describes it."""

    name: str
    commands: tuple[Command, ...]
    shortcuts: tuple[Shortcut, ...]
    scopes: tuple[str, ...]
    events: frozenset[str]
    unfurl_domains: tuple[str, ...]

    def command(self, name: str) -> Command | None:
        return next((each for each in self.commands if each.command == name), None)

    def shortcut(self, callback_id: str) -> Shortcut | None:
        return next((each for each in self.shortcuts if each.callback_id == callback_id), None)


def read_manifest(manifest: Mapping[str, Any]) -> App:
    """Read the parts that the sandbox acts on; ValueError where Slack would not install them."""
    features = manifest.get("features", {})
    domains = tuple(features.get("unfurl_domains", []))
    if len(domains) > MOST_DOMAINS:
        raise ValueError(f"A manifest has at most {MOST_DOMAINS} unfurl_domains.")
    display = manifest.get("display_information", {})
    settings = manifest.get("settings", {})
    return App(
        name=features.get("bot_user", {}).get("display_name") or display.get("name", "App"),
        commands=tuple(_command(each) for each in features.get("slash_commands", [])),
        shortcuts=tuple(_shortcut(each) for each in features.get("shortcuts", [])),
        scopes=tuple(manifest.get("oauth_config", {}).get("scopes", {}).get("bot", [])),
        events=frozenset(settings.get("event_subscriptions", {}).get("bot_events", [])),
        unfurl_domains=domains,
    )


def _command(written: Mapping[str, Any]) -> Command:
    return Command(
        written["command"],
        written.get("description", ""),
        written.get("usage_hint", ""),
        bool(written.get("should_escape", False)),
    )


def _shortcut(written: Mapping[str, Any]) -> Shortcut:
    return Shortcut(
        written["name"], written["type"], written["callback_id"], written.get("description", "")
    )
