"""A message that may have been sent before says so."""

from bot.blocks.kit import Message, context

MARK = "(possible repeat)"


def repeated(message: Message) -> Message:
    """The same, marked for whoever reads it, and for notifications."""
    why = context(f"{MARK} Slack did not say whether it took this message the first time.")
    return Message(f"{MARK} {message.text}", [why, *message.blocks])
