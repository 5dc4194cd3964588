"""How long to wait before asking a source again, in seconds."""

import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

# Hugging Face's own way: `RateLimit: "api";r=0;t=55` frees the limit in 55 seconds.
_RESET = re.compile(r";\s*t=(\d{1,9})\b", re.ASCII)
_SECONDS = re.compile(r"\d{1,9}", re.ASCII)


def backoff(attempt: int, first: float, longest: float, jitter: float) -> float:
    """Doubling with each attempt from 1 on; `jitter`, 0 to 1, takes away up to half."""
    return min(longest, first * 2.0 ** (attempt - 1)) * (1 - jitter / 2)


def asked_wait(headers: Mapping[str, str]) -> float | None:
    """What a source that refuses asks for: `Retry-After` first; None where it names no time."""
    retry_after = headers.get("retry-after", "").strip()
    if _SECONDS.fullmatch(retry_after):
        return float(retry_after)
    reset = _RESET.search(headers.get("ratelimit", ""))
    return _until(retry_after, headers.get("date", "")) or (float(reset[1]) if reset else None)


def _until(then: str, now: str) -> float | None:
    """From the source's clock to the time it names: ours may be off."""
    try:
        wait = (parsedate_to_datetime(then) - parsedate_to_datetime(now)).total_seconds()
    except (ValueError, TypeError, OverflowError):  # not a date, or one without a zone
        return None
    return max(0.0, wait)
