"""One of each message, modal and Home tab that the bot can make, for the sandbox's gallery.

An item is {"name", "group", "kind", "content"}, as `bot.sandbox.doors.gallery` takes it.
"""

from bot.gallery.samples import Item, items

__all__ = ["Item", "items"]
