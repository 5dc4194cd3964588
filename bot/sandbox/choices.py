"""What people chose in messages, kept between their clicks as it is in views."""

from collections import OrderedDict

from bot.sandbox.fields import carry_over, initial_state
from bot.sandbox.store import Json

MOST_KEPT = 1000  # messages of one reader; a client, too, forgets when it is closed


class Choices:
    """`state.values` of messages by reader and place. Callers hold the lock."""

    def __init__(self) -> None:
        self._held: OrderedDict[tuple[str, str, str], Json] = OrderedDict()

    def of(self, user: str, channel: str, ts: str, blocks: list[Json]) -> Json:
        """The values of these blocks: chosen before where the element is still there, else preset.

        What the caller writes into them is remembered.
        """
        key = user, channel, ts
        values = initial_state(blocks)
        carry_over(self._held.pop(key, {}), values)
        self._held[key] = values
        if len(self._held) > MOST_KEPT:
            self._held.popitem(last=False)
        return values
