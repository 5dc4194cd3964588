"""The ways out of a topic, the same under each alert and on the Home tab."""

from bot.blocks.kit import Block, overflow

EDIT, PAUSE, MUTE, LEAVE = "edit", "pause", "mute", "leave"


def topic_menu(action: str, subscription_id: int) -> Block:
    """The three dots beside a topic; each choice carries what to do and to which subscription."""
    ways = (
        (EDIT, "Edit"),
        (PAUSE, "Pause for a week"),
        (MUTE, "Mute a word"),
        (LEAVE, "Unsubscribe"),
    )
    return overflow(action, [(label, f"{way}:{subscription_id}") for way, label in ways])
