"""How long to wait before asking a source again, in seconds."""

import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

# Hugging Face's own way: `RateLimit: "api";r=0;t=55` frees the limit in 55 seconds.
_RESET = re.compile(r";\s*t=(\d{1,9})\b", re.ASCII)
_SECONDS = re.compile(r"\d{1,9}", re.ASCII)
_LEFT = re.compile(r";\s*r=(\d{1,9})\b", re.ASCII)
_QUOTA = re.compile(r";\s*q=(\d{1,9})\b", re.ASCII)  # of `RateLimit-Policy`
_LAST_PART = 20  # of a limit, one in so many requests is left to others


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


def spent(headers: Mapping[str, str]) -> float:
    """Seconds until a source's limit is free again, where hardly anything of it is left; else 0."""
    told = headers.get("ratelimit", "")
    left, reset = _LEFT.search(told), _RESET.search(told)
    quota = _QUOTA.search(headers.get("ratelimit-policy", ""))
    if not left or not reset:
        return 0
    kept = int(quota[1]) // _LAST_PART if quota else 0
    return float(reset[1]) if int(left[1]) <= kept else 0


def _until(then: str, now: str) -> float | None:
    """From the source's clock to the time it names: ours may be off."""
    try:
        wait = (parsedate_to_datetime(then) - parsedate_to_datetime(now)).total_seconds()
    except (ValueError, TypeError, OverflowError):  # not a date, or one without a zone
        return None
    return max(0.0, wait)
