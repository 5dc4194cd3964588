"""The sandbox's time: real time plus an offset that a door can change."""

from datetime import UTC, datetime, timedelta


class Clock:
    """Runs as fast as real time does, from wherever it was set."""

    def __init__(self, offset: timedelta = timedelta()) -> None:
        self.offset = offset

    def now(self) -> datetime:
        return datetime.now(UTC) + self.offset

    def jump(self, to: datetime) -> None:
        """Make it `to` (aware) now; time runs on from there."""
        self.offset = to - datetime.now(UTC)

    def epoch(self) -> float:
        """Seconds since 1970."""
        return self.now().timestamp()

    def text(self) -> str:
        """As the doors write it, e.g. `2026-06-26T07:00:00Z`."""
        return self.now().strftime("%Y-%m-%dT%H:%M:%SZ")


def read_time(written: object) -> datetime:
    """An aware time from ISO 8601 with a zone, or from epoch seconds; else ValueError."""
    if isinstance(written, int | float) and not isinstance(written, bool):
        return datetime.fromtimestamp(written, UTC)
    if not isinstance(written, str):
        raise ValueError("a time is ISO 8601 with a zone, or seconds since 1970")
    moment = datetime.fromisoformat(written)
    if moment.tzinfo is None:
        raise ValueError(f"{written!r} has no zone: write …Z or …+02:00")
    return moment.astimezone(UTC)
