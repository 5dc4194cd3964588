"""The sandbox's own doors, through which the page and the tests act for people and admins."""

from bot.sandbox.doors.gallery import HERE, READER, Gallery, add_gallery
from bot.sandbox.doors.routes import add_doors

__all__ = ["HERE", "READER", "Gallery", "add_doors", "add_gallery"]
