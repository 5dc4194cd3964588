"""Which messages and views Slack takes. Each rule refuses with Slack's own error code."""

from bot.sandbox.rules.messages import check_message
from bot.sandbox.rules.surfaces import check_view

__all__ = ["check_message", "check_view"]
