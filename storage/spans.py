"""What a round-up says beside its papers, as an edition keeps it."""

from datetime import date
from typing import Any

from bot.domain.spans import Basis, Share, Span


def to_json(span: Span) -> dict[str, Any]:
    """As an edition's row has it."""
    return {
        "first": span.first.isoformat(),
        "last": span.last.isoformat(),
        "risers": list(span.risers),
        "seen": list(span.seen),
        "shares": [[each.topic, each.papers, each.votes] for each in span.shares],
        "basis": span.basis.value,
        "counted": span.counted,
    }


def to_span(stored: dict[str, Any]) -> Span:
    """The same, read back."""
    return Span(
        first=date.fromisoformat(stored["first"]),
        last=date.fromisoformat(stored["last"]),
        risers=tuple(stored["risers"]),
        seen=tuple(stored["seen"]),
        shares=tuple(Share(*each) for each in stored["shares"]),
        basis=Basis(stored["basis"]),
        counted=stored["counted"],
    )
