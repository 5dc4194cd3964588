"""What happens around the bot."""

from typing import Any

from slack_bolt import App, BoltContext

from bot.services.welcome import welcome


def register(app: App) -> None:
    """Events that the manifest subscribes to, but for the Home tab's."""
    app.event("member_joined_channel")(greet)


def greet(event: dict[str, Any], context: BoltContext) -> None:
    """Somebody added the bot to a channel: one message, whatever happens twice."""
    if event["user"] != context.bot_user_id:
        return
    parts = context["parts"]
    welcome(parts.database, context.team_id or "", event["channel"], parts.now())
