"""The app manifest: what Slack must know of this bot, and nothing it does not use.

Schema: https://docs.slack.dev/reference/app-manifest
"""

from typing import Any

NAME = "Daily Papers"
COMMAND = "/papers"
DESCRIPTION = "A daily digest of papers for your channel, search, and alerts on your topics."
LONG_DESCRIPTION = (
    "Daily Papers brings the papers of the day to the channel where your team already talks: a "
    "short digest each morning, an answer to every /papers search, and a direct message when a "
    "paper on your own topic appears. Topics are private, every alert carries its way out, and "
    "nothing is posted to a channel that did not ask for it."
)
SCOPES = {
    "commands": "the slash command",
    "chat:write": "digests and alerts",
    "im:write": "opening the direct message of an alert",
    "users:read": "a person's time zone",
    "channels:read": "whether I am in a channel, and who else is",
    "groups:read": "whether I am in a private channel",
    "channels:history": "checking whether a message arrived after a lost answer",
    "groups:history": "the same in private channels",
    "im:history": "the same in direct messages",
}
EVENTS = ("app_home_opened", "member_joined_channel")


def manifest(base_url: str | None = None) -> dict[str, Any]:
    """For Socket Mode, or for HTTP where Slack reaches the bot at `base_url`."""
    url = f"{base_url.rstrip('/')}/slack/events" if base_url else None
    at = {"url": url} if url else {}
    requested = {"request_url": url} if url else {}
    return {
        "display_information": {
            "name": NAME,
            "description": DESCRIPTION,
            "long_description": LONG_DESCRIPTION,
            "background_color": "#1f2a44",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": True,
            },
            "bot_user": {"display_name": NAME, "always_online": True},
            "slash_commands": [
                {
                    "command": COMMAND,
                    "description": "Search papers, follow topics, set this channel's digest",
                    "usage_hint": "search diffusion policy | today | subscribe | digest on | help",
                    "should_escape": True,
                    **at,
                }
            ],
        },
        "oauth_config": {"scopes": {"bot": sorted(SCOPES)}},
        "settings": {
            "event_subscriptions": {"bot_events": sorted(EVENTS), **requested},
            "interactivity": {"is_enabled": True, **requested},
            "org_deploy_enabled": False,
            "socket_mode_enabled": url is None,
            "token_rotation_enabled": False,
        },
    }
