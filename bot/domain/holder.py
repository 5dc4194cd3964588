"""Who holds a lease: one process, told apart from every other, also from its own successor."""

import re
from collections.abc import Callable
from dataclasses import dataclass

_HOST_SHOWN = 64  # characters; the rest of a lease's room is for the other parts
_WRITTEN = re.compile(r"process (?P<pid>\d+) on (?P<host>.*) \[(?P<place>\w+)/(?P<key>\w+)\]")


@dataclass(frozen=True, slots=True)
class Holder:
    """One process. `place` is where its number counts: a machine since its last start."""

    host: str
    pid: int
    place: str
    key: str  # its own; numbers are given again, in a container always the same one

    def __str__(self) -> str:
        """As a lease keeps it."""
        return f"{self.words} [{self.place}/{self.key}]"

    @property
    def words(self) -> str:
        """As people read it."""
        return f"process {self.pid} on {self.host[:_HOST_SHOWN]}"

    @classmethod
    def read(cls, written: str) -> "Holder | None":
        """Whoever a lease names; None where it names nobody."""
        found = _WRITTEN.fullmatch(written)
        return (
            cls(found["host"], int(found["pid"]), found["place"], found["key"]) if found else None
        )

    def knows_dead(self, other: "Holder", is_alive: Callable[[int], bool]) -> bool:
        """Whether another process has ended, as far as that can be seen from this one."""
        if other.place != self.place or other.key == self.key:
            return False
        return other.pid == self.pid or not is_alive(other.pid)
