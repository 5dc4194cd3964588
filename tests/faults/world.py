"""Workspaces with people who follow topics, workers that die, and a count of what arrived.

What is expected is worked out from what was published and who had subscribed before, and counted
in the sandbox's own messages: the bot's tables are never asked.
"""

import json
import pickle
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime, timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

import httpx

from bot import manifest
from bot.domain.paper import Batch, Paper
from bot.domain.subscription import read_wish
from bot.sandbox import Channel, Person, Sandbox, Workspace
from bot.services import digests, subscriptions
from storage.database import Database
from tests.factories import DAY, NOW, a_batch, a_paper
from tests.faults.crew import Crew
from tests.waiting import PATIENCE, until

Json: TypeAlias = dict[str, Any]
Told: TypeAlias = tuple[str, str, str]  # workspace, conversation, paper

HOUR = timedelta(hours=1)
PAST_A_LEASE = timedelta(minutes=3)
ROUNDS = 40  # without a kill, until everything must have arrived
BERLIN = ZoneInfo("Europe/Berlin")
_PAPER = re.compile(r"arxiv\.org/abs/(\d{4}\.\d{5})")


class World(Crew):
    """Some workspaces, the bot's database, and what ought to arrive. It is eight in Berlin."""

    def __init__(self, folder: Path, database: Database, sandbox: Sandbox) -> None:
        super().__init__(folder, database, sandbox)
        self.expected: set[Told] = set()
        self.allowed: set[Told] = set()  # may come or not: it depends on who was how late
        self._http = httpx.Client(base_url=sandbox.url, timeout=PATIENCE, trust_env=False)
        self._lists: dict[date, Batch] = {}
        self._followers: dict[str, set[tuple[str, str]]] = {}  # by topic: workspace, DM
        self._digests: set[tuple[str, str]] = set()
        self._titles: dict[str, str] = {}
        self.ids = {team: self._known(team) for team in sandbox.bot_tokens}
        self._write_clock()
        self._write_lists()

    # -- people ---------------------------------------------------------------------------------

    def follow(self, team: str, person: str, topic: str) -> None:
        """Somebody subscribes; what is published from now on is for them."""
        user_id = self.ids[team][person]
        subscriptions.subscribe(
            self.database, team, user_id, read_wish(f"{topic} max:10"), BERLIN, self.now
        )
        self._followers.setdefault(topic, set()).add((team, self.ids[team][f"dm {person}"]))

    def want_digest(self, team: str, channel: str) -> None:
        """A channel's digest, at nine in Berlin."""
        channel_id = self.ids[team][channel]
        digests.turn_on(
            self.database, team, channel_id, by=self.ids[team]["p0"], zone=BERLIN, now=self.now
        )
        self._digests.add((team, channel_id))

    # -- what happens ---------------------------------------------------------------------------

    def publish(self, *papers: Paper, day: date = DAY, late: bool = False) -> None:
        """These come onto the list of a day, for whoever follows a topic in their titles.

        What comes `late` may be in the day's digest or not.
        """
        before = self._lists.get(day)
        known = [each.paper for each in before.listings] if before else []
        self._lists[day] = a_batch(*known, *papers, day=day, votes=100)
        self._write_lists()
        for paper in papers:
            self._titles[paper.title] = paper.id
            words = paper.title.lower().split()
            for topic, followers in self._followers.items():
                if topic in words:
                    self.expected |= {(*each, paper.id) for each in followers}
            shown = {(*each, paper.id) for each in self._digests}
            self.allowed |= shown
            self.expected |= set() if late else shown

    def fail(self, method: str, times: int = 1, **how: Any) -> None:
        """The next calls of a method of Slack's go wrong."""
        self._door("faults", {"method": method, "times": times, **how})

    def jump(self, by: timedelta) -> None:
        """Time passes, for Slack and for the workers."""
        self._door("clock", {"to": (self.now + by).isoformat()})
        self._write_clock()

    @property
    def now(self) -> datetime:
        return self.sandbox.now()

    # -- workers --------------------------------------------------------------------------------

    def finish(self) -> None:
        """Work without accidents until everything arrived, and long enough to see what doubles."""
        for _ in range(ROUNDS):
            self.jump(PAST_A_LEASE)
            self.run()
            if set(self.arrived()) >= self.expected:
                break
            self.jump(HOUR)
        self.jump(4 * HOUR)
        self.run()

    def see_through(self, process: BaseProcess) -> None:
        """Time passes until a worker that stays has brought everything, and goes home."""
        for _ in range(ROUNDS):
            self.jump(PAST_A_LEASE)
            with suppress(AssertionError):
                until(lambda: set(self.arrived()) >= self.expected, seconds=1)
                break
        (self.folder / "go home").touch()
        self.end(process)
        self.jump(4 * HOUR)
        self.run()

    # -- what arrived ---------------------------------------------------------------------------

    def messages(self) -> Iterator[tuple[str, str, Json]]:
        """Every message of the bot's that stands anywhere: workspace, conversation, message."""
        for team, ids in self.ids.items():
            for name, place in ids.items():
                if name.startswith(("dm ", "c")):
                    asked = {"team": team, "channel": place}
                    answer = self._http.get("/_sandbox/messages", params=asked).json()
                    yield from ((team, place, message) for message in answer["messages"])

    def arrived(self) -> Counter[Told]:
        """In how many messages each paper stands in each conversation."""
        return Counter(
            (team, place, paper)
            for team, place, message in self.messages()
            for paper in self._told(message)
        )

    def carried(self) -> Counter[str]:
        """How many messages carry each delivery's id."""
        return Counter(
            message["metadata"]["event_payload"]["delivery_id"] for _, _, message in self.messages()
        )

    def check(self) -> None:
        """Everything arrived, nothing else did, and nothing twice."""
        arrived = self.arrived()
        lost = self.expected - set(arrived)
        strange = set(arrived) - self.expected - self.allowed
        assert not lost, f"lost: {sorted(lost)}"
        assert not strange, f"nobody asked for: {sorted(strange)}"
        doubled = {what: times for what, times in arrived.items() if times > 1}
        assert not doubled, f"doubled: {doubled}"
        doubled_ids = {id_: times for id_, times in self.carried().items() if times > 1}
        assert not doubled_ids, f"sent twice: {doubled_ids}"

    def close(self) -> None:
        self._http.close()

    # -- the house ------------------------------------------------------------------------------

    def _told(self, message: Json) -> set[str]:
        """The papers that a message shows, or names where a channel has shown them."""
        named = {id_ for title, id_ in self._titles.items() if title in message["text"]}
        return named | set(_PAPER.findall(json.dumps(message["blocks"])))

    def _known(self, team: str) -> dict[str, str]:
        """Ids of people and channels by name, and of people's conversations with the bot."""
        state = self._http.get("/_sandbox/state", params={"team": team}).json()
        names = {each["id"]: each["name"] for each in state["users"]}
        ids = {name: id_ for id_, name in names.items()}
        for each in state["channels"]:
            ids[f"dm {names[each['user']]}" if each["is_im"] else each["name"]] = each["id"]
        return ids

    def _door(self, name: str, body: Json) -> None:
        answer = self._http.post(f"/_sandbox/{name}", json=body).json()
        assert answer["ok"], answer

    def _write_clock(self) -> None:
        offset = (self.now - datetime.now(self.now.tzinfo)).total_seconds()
        _replace(self.folder / "clock", str(offset).encode())

    def _write_lists(self) -> None:
        _replace(self.folder / "lists", pickle.dumps(self._lists))


@contextmanager
def a_world(
    folder: Path, database: Database, *, teams: int = 1, people: int = 2, channels: int = 1
) -> Iterator[World]:
    """A world as long as it is entered: people p0, p1… and channels c0, c1… in every workspace."""
    workspaces = [_workspace(f"T{number}", people, channels) for number in range(1, teams + 1)]
    started = Sandbox(manifest.manifest(), start_at=NOW - HOUR, workspaces=workspaces, rates=False)
    with started as sandbox:
        world = World(folder, database, sandbox)
        try:
            yield world
        finally:
            world.close()


@contextmanager
def a_small_world(folder: Path, database: Database) -> Iterator[World]:
    """Two people follow one topic, one of them another; the channel wants its digest at nine."""
    with a_world(folder, database) as world:
        world.follow("T1", "p0", "agents")
        world.follow("T1", "p1", "agents")
        world.follow("T1", "p1", "robots")
        world.want_digest("T1", "c0")
        world.publish(
            a_paper("2606.00001", "Planning with agents"),
            a_paper("2606.00002", "Careful robots"),
            a_paper("2606.00003", "Proteins fold"),
        )
        yield world


def _workspace(team_id: str, people: int, channels: int) -> Workspace:
    names = tuple(f"p{number}" for number in range(people))
    return Workspace(
        tuple(Person(name, tz="Europe/Berlin") for name in names),
        tuple(Channel(f"c{number}", names, has_bot=True) for number in range(channels)),
        domain=team_id.lower(),
        team_id=team_id,
    )


def _replace(path: Path, content: bytes) -> None:
    """A reader sees the old content or the new one."""
    fresh = path.with_suffix(".new")
    fresh.write_bytes(content)
    fresh.replace(path)
