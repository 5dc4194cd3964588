"""Why Slack took no message, in words, and what somebody can do about it."""

_WHY = {
    "access_denied": "Slack denies the app access",
    "account_inactive": "Slack switched the bot's account off",
    "cannot_dm_bot": "a bot gets no direct messages",
    "channel_not_found": "the channel is gone, or closed to me",
    "ekm_access_denied": "your administrators suspended posting",
    "invalid_auth": "Slack refuses the bot's token",
    "is_archived": "the channel is archived",
    "messages_tab_disabled": "the app's Messages tab is switched off",
    "missing_scope": "the app lacks a permission",
    "no_permission": "I may not post there",
    "not_authed": "Slack refuses the bot's token",
    "not_in_channel": "I'm not in the channel",
    "team_access_not_granted": "the app is not approved for the workspace",
    "not_allowed_token_type": "Slack does not take this kind of token",
    "org_login_required": "the workspace is moving to another organisation",
    "token_expired": "the bot's token ran out",
    "token_revoked": "the bot's token was revoked",
    "user_disabled": "the person's account is switched off",
    "user_not_visible": "I may not see the person",
    "user_not_found": "Slack knows no such person",
}
_INVITE = "Invite me with `/invite @Daily Papers`."
_REINSTALL = "Install the app again, set its new token and restart me."
_REMEDY = {
    "access_denied": _REINSTALL,
    "account_inactive": _REINSTALL,
    "channel_not_found": _INVITE,
    "ekm_access_denied": "Ask your administrators.",
    "invalid_auth": _REINSTALL,
    "is_archived": "Unarchive the channel and invite me with `/invite @Daily Papers`.",
    "messages_tab_disabled": "Switch it on in the app's settings, under App Home.",
    "missing_scope": "Give the app the scopes of `papers manifest` and install it again.",
    "no_permission": _INVITE,
    "not_authed": _REINSTALL,
    "not_in_channel": _INVITE,
    "not_allowed_token_type": "SLACK_BOT_TOKEN begins with xoxb-. Set it and restart me.",
    "org_login_required": "Wait until the move is over.",
    "team_access_not_granted": "Ask your administrators to approve the app.",
    "token_expired": _REINSTALL,
    "token_revoked": _REINSTALL,
}
_RESTRICTED = "restricted_action"


def why(reason: str) -> str:
    """A refusal's reason as a clause, without a full stop; Slack's own word where I know none."""
    if reason.startswith(_RESTRICTED):
        return "a setting of the workspace keeps me from posting there"
    return _WHY.get(reason, f"Slack says {reason}")


def remedy(reason: str) -> str:
    """What to do about it, as a sentence; empty where there is nothing to do."""
    if reason.startswith(_RESTRICTED):
        return "Ask your administrators who may post there."
    return _REMEDY.get(reason, "")
