"""A strict local Slack on 127.0.0.1: the demo, the preview and the tests talk to it as to Slack.

It refuses what Slack refuses, fails when told to, and knows nothing of papers.
"""

from bot.sandbox.doors import HERE, READER
from bot.sandbox.errors import PortTaken
from bot.sandbox.server import Sandbox
from bot.sandbox.workspace import Channel, Person, Workspace

__all__ = ["HERE", "READER", "Channel", "Person", "PortTaken", "Sandbox", "Workspace"]
