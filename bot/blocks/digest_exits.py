"""The ways out of a person's own digest, below each one."""

from bot.blocks.kit import Block, overflow, paragraph
from bot.domain.digest import Edition

SETTINGS, PAUSE, OFF = "settings", "pause", "off"
MENU = "own_digest_menu"


def exits(edition: Edition) -> list[Block]:
    """A line that says whose digest this is, with a menu; nothing below a channel's."""
    if not edition.is_personal:
        return []
    ways = ((SETTINGS, "Settings"), (PAUSE, "Pause for a week"), (OFF, "Turn it off"))
    menu = overflow(MENU, [(label, way) for way, label in ways])
    return [paragraph("Your own digest: nobody else gets it.", menu)]
