"""GET for sources: bounded in time and size, polite, patient with passing faults."""

import logging
import random
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import TypeAlias, TypeVar

import httpx

from bot.domain.paper import clean
from bot.errors import SourceFailed, SourceRefuses
from bot.sources.redirects import Resolve, addresses_of, follow
from bot.sources.unpacking import DAMAGE, gunzip
from bot.sources.waiting import asked_wait, backoff, spent

log = logging.getLogger(__name__)

Understood = TypeVar("Understood")
# Held while one request is under way. It gives a function that says for how many seconds the source
# wants to be left alone, by everybody who takes turns.
Turn: TypeAlias = Callable[[], AbstractContextManager[Callable[[float], None]]]

# 408 and 425 say "again", 429 "later", 5xx "not your fault".
_PASSING = frozenset({408, 425, 429, *range(500, 600)})
_REFUSAL_READ = 10_000  # bytes of a refusal that are read for the provider's own words
_REFUSAL_SHOWN = 200  # characters of them that are shown


@dataclass(frozen=True, slots=True)
class Limits:
    """What one reading may cost, in seconds, bytes and counts."""

    connect: float = 5
    read: float = 20  # between two pieces of an answer
    total: float = 60  # one answer, from its request to its last byte
    patience: float = 180  # all tries and the waits between them
    size: int = 20_000_000  # bytes, unpacked; the fullest page so far had under 1 million
    redirects: int = 3
    tries: int = 4
    first_wait: float = 1  # doubles with each try
    longest_wait: float = 30


class Unchanged(Exception):
    """The answer is the one that is known already (304)."""


@contextmanager
def at_any_time() -> Iterator[Callable[[float], None]]:
    """The turn of a source that need not be shared with other processes."""
    yield lambda _: None


class _Passing(Exception):
    """A fault that may be gone on the next try, and the seconds the source asked to wait."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.wait = wait


class Reader:
    """Reads one source. Every fault ends as SourceFailed with words.

    The token goes to the host that is asked, not along a redirect to another, and is in no
    message. Proxies and certificates are the machine's own.
    """

    def __init__(
        self,
        *,
        token: str = "",
        contact: str = "",
        limits: Limits | None = None,
        turn: Turn = at_any_time,
        sleep: Callable[[float], object] = time.sleep,
        jitter: Callable[[], float] = random.random,
        clock: Callable[[], float] = time.monotonic,
        resolve: Resolve = addresses_of,
    ) -> None:
        self._headers = {"User-Agent": user_agent(contact), "Accept-Encoding": "gzip"}
        self._token, self._limits, self._turn = token, limits or Limits(), turn
        self._sleep, self._jitter, self._clock = sleep, jitter, clock
        self._resolve = resolve

    def get(
        self,
        url: str,
        params: dict[str, str],
        understand: Callable[[bytes, httpx.Headers], Understood],
        conditions: Mapping[str, str] | None = None,
    ) -> Understood:
        """What `understand` makes of the answer. Raises Unchanged, where `conditions` are sent.

        A SourceFailed of its own counts as a passing fault: an error page or half a list sent as
        200 is as often gone a second later as a 503.
        """
        limits = self._limits
        timeout = httpx.Timeout(limits.read, connect=limits.connect)
        until = self._clock() + limits.patience
        attempt = 0
        headers = {**self._headers, **(conditions or {})}
        with httpx.Client(headers=headers, timeout=timeout) as client:
            while True:
                attempt += 1
                try:
                    body, told = self._ask(client, url, params, until)
                    return _understood(understand, body, told)
                except _Passing as fault:
                    wait = self._wait_after(fault, attempt, until)
                    log.info("Try %d failed: %s Again in %.1f s.", attempt, fault, wait)
                self._sleep(wait)

    def _wait_after(self, fault: _Passing, attempt: int, until: float) -> float:
        """Seconds to the next try. Raises SourceFailed when there is none."""
        limits = self._limits
        wait = backoff(attempt, limits.first_wait, limits.longest_wait, self._jitter())
        if fault.wait is not None:
            wait = fault.wait + self._jitter()  # never earlier than asked, never all at once
        if attempt >= limits.tries:
            raise SourceFailed(f"{fault} Given up after {attempt} tries.") from fault
        if self._clock() + wait > until:
            raise SourceFailed(f"{fault} The next try would be in {wait:.0f} s.") from fault
        return wait

    def _ask(
        self, client: httpx.Client, url: str, params: dict[str, str], until: float
    ) -> tuple[bytes, httpx.Headers]:
        with _in_words():
            # None, not an empty mapping: that would take away what the address itself asks.
            asked = params or None
            request = client.build_request("GET", url, params=asked, headers=self._authorization())
            for _ in range(self._limits.redirects + 1):
                # Redirects are followed by hand: the client reads their bodies without bound. The
                # next request has no Authorization where the host is another.
                with self._turn() as rest:
                    ends = min(until, self._clock() + self._limits.total)
                    with closing(client.send(request, stream=True)) as response:
                        rest(_wanted_rest(response))
                        if response.next_request is None:
                            return self._answer(response, ends), response.headers
                        follow(request.url, response.next_request.url, self._resolve)
                        request = response.next_request
        raise SourceFailed(f"There were more than {self._limits.redirects} redirects.")

    def _authorization(self) -> dict[str, str]:
        if not (self._token.isascii() and self._token.isprintable()):
            # The HTTP library would refuse it as well, and print it.
            raise SourceFailed("The token holds characters that no token has. Copy it again.")
        return {"Authorization": f"Bearer {self._token}"} if self._token else {}

    def _answer(self, response: httpx.Response, until: float) -> bytes:
        status = response.status_code
        if status == httpx.codes.OK:
            return self._body(response, until)
        if status in _PASSING:
            raise _Passing(f"The answer was {_called(status)}.", asked_wait(response.headers))
        if status == httpx.codes.NOT_MODIFIED:
            raise Unchanged
        raise SourceRefuses(f"The answer was {_called(status)}{self._words_of(response, until)}.")

    def _body(self, response: httpx.Response, until: float) -> bytes:
        most = self._limits.size
        packed = b"".join(self._pieces(response, until, most))
        encoding = response.headers.get("content-encoding", "identity").strip().lower()
        if encoding in {"identity", ""}:
            return packed
        if encoding not in {"gzip", "x-gzip"}:
            raise SourceFailed("The answer is packed in a way that was not asked for.")
        try:
            body = gunzip(packed, most)
        except DAMAGE as error:
            raise _Passing("The answer was cut short.") from error
        if len(body) > most:
            raise _too_large(most)
        return body

    def _pieces(self, response: httpx.Response, until: float, most: int) -> Iterator[bytes]:
        taken = 0
        for piece in response.iter_raw():
            taken += len(piece)
            if taken > most:
                raise _too_large(most)
            if self._clock() > until:  # each piece came in time, and there is no end of them
                raise _Passing("The answer took too long.")
            yield piece

    def _words_of(self, response: httpx.Response, until: float) -> str:
        """What a provider says of a refusal, for example which parameter is wrong."""
        try:
            words = clean(b"".join(self._pieces(response, until, _REFUSAL_READ)).decode())
        except (SourceFailed, _Passing, UnicodeDecodeError, httpx.HTTPError):
            return ""
        return f": {words[:_REFUSAL_SHOWN]}" if words and not words.startswith("<") else ""


def user_agent(contact: str) -> str:
    """Who asks, and where the provider can complain."""
    try:
        name = f"papers-bot/{version('papers-bot')}"
    except PackageNotFoundError:  # run from a checkout that was not installed
        name = "papers-bot"
    reachable = clean(contact).encode("ascii", "ignore").decode()
    return f"{name} (+{reachable})" if reachable else name


def _understood(
    understand: Callable[[bytes, httpx.Headers], Understood], body: bytes, headers: httpx.Headers
) -> Understood:
    try:
        return understand(body, headers)
    except SourceRefuses:
        raise
    except SourceFailed as failure:
        raise _Passing(str(failure)) from failure


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except (httpx.UnsupportedProtocol, httpx.InvalidURL) as error:
        raise SourceFailed("The address is not a web address.") from error
    except httpx.TimeoutException as error:
        raise _Passing("No answer came in time.") from error
    except httpx.TransportError as error:
        raise _Passing(f"The connection failed ({clean(str(error))[:200]}).") from error


def _wanted_rest(response: httpx.Response) -> float:
    """Seconds for which a source that refuses, or soon would, wants no request from anybody."""
    refuses = response.status_code in _PASSING
    return (asked_wait(response.headers) or 0) if refuses else spent(response.headers)


def _too_large(most: int) -> SourceFailed:
    return SourceFailed(f"The answer is larger than {most:,} bytes.")


def _called(status: int) -> str:
    return f"{status} {httpx.codes.get_reason_phrase(status)}".strip()
