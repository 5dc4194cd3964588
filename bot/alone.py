"""`papers run` listens alone: a second one on the same app token says so and ends."""

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from socket import gethostname
from uuid import uuid4

from bot.app import Bot
from bot.domain.holder import Holder
from bot.errors import BotError, trail
from bot.serve import ticking
from bot.services import connection

log = logging.getLogger(__name__)

SHOWN = 16  # characters of a digest: enough to tell tokens apart
ANYWAY = "papers run --anyway"


class AnotherListens(BotError):
    """Another process listens to Slack with this app token."""

    def __init__(self, held: connection.Held) -> None:
        super().__init__(
            f"Another process holds the connection to Slack until {_clock(held)}: {held.by}. "
            "If it runs, stop it first; if it was killed, start again after that time. "
            f"`{ANYWAY}` listens beside it."
        )


class Line:
    """The right to listen with an app token, kept while the bot runs."""

    def __init__(self, bot: Bot, app_token: str) -> None:
        self._bot = bot
        self._name = name_of(app_token)
        self._me = this_process()
        self._is_ours = False
        self._stopping = False

    def take(self, *, anyway: bool = False) -> None:
        """Take it. Raises AnotherListens; with `anyway` only the log says so."""
        held = self._ask()
        if held is not None and not anyway:
            raise AnotherListens(held)
        if held is not None:
            log.warning("%s listens to Slack as well; each of us gets a part.", held.by)

    def renew(self) -> None:
        """Keep it, or take it as soon as it is free; the log tells when it is lost."""
        if self._stopping:
            return
        had_it = self._is_ours
        held = self._ask()
        if had_it and held is not None:
            log.warning(
                "%s has taken the connection to Slack while this process was away: stop one of "
                "the two, or each gets a part of what people type.",
                held.by,
            )
        if not had_it and held is None:
            log.info("This process holds the connection to Slack now.")

    def give_back(self) -> None:
        """Let the next process have it at once; one that cannot be given back ends by itself."""
        self._stopping = True
        try:
            connection.give_back(self._bot.database, self._name, self._me)
        except Exception as problem:  # we are stopping all the same
            log.warning("The connection to Slack was not given back: %s", trail(problem))

    def _ask(self) -> connection.Held | None:
        bot = self._bot
        held = connection.take(bot.database, self._name, self._me, bot.now(), is_alive)
        self._is_ours = held is None
        return held


@contextmanager
def running_alone(bot: Bot, app_token: str, *, anyway: bool = False) -> Iterator[Bot]:
    """What is due gets done while nobody else listens with this token.

    Raises AnotherListens, unless told to run `anyway`.
    """
    line = Line(bot, app_token)
    try:
        line.take(anyway=anyway)
    except BaseException:
        bot.close()
        raise
    with ticking(bot, also={"connection": (connection.RENEW_EVERY, line.renew)}):
        try:
            yield bot
        finally:
            line.give_back()


def name_of(app_token: str) -> str:
    """The name of a token's lease, which does not show the token."""
    return f"socket:{sha256(app_token.encode()).hexdigest()[:SHOWN]}"


def this_process() -> Holder:
    """This process, as a lease names it."""
    return Holder(gethostname() or "this machine", os.getpid(), _place(), uuid4().hex[:SHOWN])


def is_alive(pid: int) -> bool:
    """Whether a process of this machine runs; on Windows, which cannot be asked so, always."""
    if sys.platform == "win32":
        return True
    try:
        os.kill(pid, 0)  # sends nothing: asks whether it could
    except ProcessLookupError:
        return False
    except OSError:
        return True  # somebody else's
    return True


def _place() -> str:
    """Where a process's number counts: this host since its start, and within this container."""
    known = [gethostname()]
    for path in ("/proc/sys/kernel/random/boot_id", "/proc/self/ns/pid"):
        try:
            file = Path(path)
            known.append(str(file.readlink()) if file.is_symlink() else file.read_text("ascii"))
        except OSError:
            continue  # only Linux has them
    return sha256("\n".join(known).encode()).hexdigest()[:SHOWN]


def _clock(held: connection.Held) -> str:
    """`12:31:05`, by this machine's own clock."""
    return f"{held.until.astimezone():%H:%M:%S}"
