"""Who and what is in the workspace before anybody types."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who sits in front of Slack. `tz` is an IANA zone."""

    name: str
    real_name: str = ""
    tz: str = "UTC"
    is_admin: bool = False


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel; `members` are names of people, `has_bot` says whether the app was invited."""

    name: str
    members: tuple[str, ...]
    topic: str = ""
    is_private: bool = False
    has_bot: bool = False


@dataclass(frozen=True, slots=True)
class Workspace:
    """A team and all it begins with."""

    people: tuple[Person, ...]
    channels: tuple[Channel, ...]
    name: str = "Sandbox lab"
    domain: str = "sandbox-lab"
    team_id: str = "T00000001"


def default_workspace() -> Workspace:
    """Three people on three continents, two public channels and a private one."""
    people = (
        Person("ana", "Ana Duarte", "Europe/Lisbon", is_admin=True),
        Person("ben", "Ben Okafor", "America/New_York"),
        Person("mei", "Mei Tanaka", "Asia/Tokyo"),
    )
    everyone = tuple(person.name for person in people)
    channels = (
        Channel("papers", everyone, topic="What to read next", has_bot=True),
        Channel("general", everyone, topic="Everything else"),
        Channel("reviews", everyone[:2], topic="Under review, keep it here", is_private=True),
    )
    return Workspace(people, channels)
