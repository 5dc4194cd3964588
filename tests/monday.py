"""A weekend passes in the house: somebody follows a topic, and Monday's list is told at nine."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.factories import a_batch, a_paper
from tests.house import House

FRIDAY, MONDAY = date(2026, 6, 26), date(2026, 6, 29)
NINE_IN_LISBON = datetime(2026, 6, 29, 8, tzinfo=UTC)  # where Ana is
RAG = a_paper(
    "2606.10003",
    "Answers with less context",
    abstract="Context is long. We shorten it, e.g. for RAG agents. It works.",
    authors=("Yann LeCun", "Li Wei", "Ann Ot"),
)


def follow(house: House, user: str, topic: str) -> dict[str, Any]:
    """Subscribe and press the button; the answer."""
    return house.press(user, house.type(user, f"subscribe {topic}"), "Subscribe")


def to_monday(house: House, *new: Any) -> None:
    """Friday's digests come, and on Monday the list that they and the alerts of nine are of."""
    house.clock(NINE_IN_LISBON - timedelta(days=3))
    house.tick()
    house.lists[MONDAY] = a_batch(*new, day=MONDAY)
    for at in (NINE_IN_LISBON - timedelta(minutes=10), NINE_IN_LISBON):
        house.clock(at)
        house.tick()
