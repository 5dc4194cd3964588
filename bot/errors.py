"""What can go wrong, in the words people read. A docstring is the message.

BotError            shown to whoever asked, as it stands
├── EmptyQuery
├── QueryProblem    names the token and a repair
├── ...             beside the service that raises it
SourceFailed        a source did not answer: kept in `fetches`, never shown as "no papers"
├── SourceRefuses   it said no, and would again
CannotPost          Slack refused, or may have refused, a message
Stopping            the process ends: nothing failed, but what is under way goes no further
"""

from enum import StrEnum
from traceback import extract_tb


class BotError(Exception):
    """Something went wrong on my side. Try again in a minute."""

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or self.__doc__)


class QueryProblem(BotError):
    """I can't read that query. Try plain words, or a phrase in quotes."""


class EmptyQuery(QueryProblem):
    """Tell me what to look for, for example `/papers search state space models`."""


class SourceFailed(Exception):
    """A source did not answer in a way that can be used. The message says how."""


class Blame(StrEnum):
    """What a refusal is about, and so what else would be refused."""

    NOTHING = "nothing"  # this one call
    FORM = "form"  # how the message is drawn: a plainer one may pass
    PLACE = "place"  # the channel or the person: nothing arrives there
    WORKSPACE = "workspace"  # the bot's token: nothing arrives anywhere


class SourceRefuses(SourceFailed):
    """A source understood the question and said no: asking again changes nothing."""


class CannotPost(Exception):
    """Slack did not take a message.

    `permanent`: sending it again will not help. `ambiguous`: it may have arrived all the same.
    `retry_after`: seconds Slack asked us to wait. `blame`: what it is about.
    """

    def __init__(
        self,
        reason: str,
        *,
        permanent: bool = False,
        ambiguous: bool = False,
        retry_after: float | None = None,
        blame: Blame = Blame.NOTHING,
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.permanent = permanent
        self.ambiguous = ambiguous
        self.retry_after = retry_after
        self.blame = blame


class Stopping(Exception):
    """The process is asked to stop. What is left undone is found undone at the next start."""


def trail(problem: BaseException) -> str:
    """Where an exception came from, for the log: its type and lines, never its message.

    A message may quote what somebody typed.
    """
    frames = extract_tb(problem.__traceback__)[-6:]
    places = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames))
    return f"{type(problem).__name__} at {places}"
