"""The sandbox's own doors, through which the page and the tests act for people and admins."""

from bot.sandbox.doors.routes import add_doors

__all__ = ["add_doors"]
