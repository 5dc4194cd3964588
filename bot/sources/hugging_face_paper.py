"""One paper that somebody asks for by its id, from Hugging Face's `/api/papers/{id}`."""

import json
import logging
import re
from collections.abc import Mapping
from typing import Any

import httpx

from bot.domain.paper import UNDATED, Listing
from bot.domain.paper_page import Looked, PaperPage
from bot.errors import SourceFailed
from bot.sources.fields import count, mapping, moment
from bot.sources.http import Limits, Reader, Turn, at_any_time
from bot.sources.hugging_face_entry import day_of, read
from bot.sources.reports import Unreadable

log = logging.getLogger(__name__)

# Somebody waits for the answer, so it is asked for once.
LIMITS = Limits(connect=2, read=4, total=5, patience=5, size=2_000_000, tries=1)
# What a paper is not shown without is worth a wait; what cites it is hardly.
BESIDE_A_PAPER = Limits(connect=1, read=2, total=2, patience=2, size=2_000_000, tries=1)
_KNOWN_THERE = re.compile(r"[0-9]{4}\.[0-9]{4,5}")  # the site has papers since April 2007


class PaperReader:
    """Reads papers one at a time; what fails is as good as not there, and stands in the log."""

    def __init__(
        self,
        base: str,
        *,
        token: str = "",
        contact: str = "",
        limits: Limits = LIMITS,
        turn: Turn = at_any_time,
    ) -> None:
        self._url = f"{base.rstrip('/')}/api/papers"
        self._reader = Reader(token=token, contact=contact, limits=limits, turn=turn)

    def read(self, paper_id: str) -> Listing | None:
        """A paper with its votes, of the day it was listed or else published; None without one."""
        found = self.look(paper_id)
        return found.listing if found else None

    def look(self, paper_id: str) -> Looked | None:
        """The same, and what cites it there."""
        if not _KNOWN_THERE.fullmatch(paper_id):
            return None
        try:
            found = self._reader.get(f"{self._url}/{paper_id}", {}, _looked)
        except SourceFailed as failure:
            log.info("Hugging Face has no paper for me: %s", failure)
            return None
        return found if found.listing.paper.id == paper_id else None


def _looked(body: bytes, _: httpx.Headers) -> Looked:
    """The paper of an answer. Raises SourceFailed."""
    try:
        inner = mapping(json.loads(body))
        entry = {"paper": inner}  # as the daily lists wrap it
        published = moment(inner.get("publishedAt"))
        day = day_of(entry) or (published.date() if published else UNDATED)
        return Looked(read(entry, day), _page(inner))
    except (ValueError, RecursionError, Unreadable) as problem:
        raise SourceFailed("The answer is not a paper.") from problem


def _page(inner: Mapping[str, Any]) -> PaperPage:
    return PaperPage(*(_citing(inner, kind) for kind in ("Models", "Datasets", "Spaces")))


def _citing(inner: Mapping[str, Any], kind: str) -> int | None:
    """How many there are: the list may hold only the first of them."""
    total, listed = count(inner.get(f"numTotal{kind}")), inner.get(f"linked{kind}")
    shown = len(listed) if isinstance(listed, list) else None
    return shown if total is None else max(total, shown or 0)
