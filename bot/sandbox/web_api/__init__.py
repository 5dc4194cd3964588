"""The Web API: every method with the token and the scope it asks for."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.sandbox.errors import Refused
from bot.sandbox.rates import SPECIAL, TIER_1, TIER_2, TIER_3, TIER_4, RateLimited, Tier
from bot.sandbox.service import Service
from bot.sandbox.slack import Slack
from bot.sandbox.store import Json
from bot.sandbox.web_api import apps, chat, conversations, reactions, unfurl, users, views
from bot.sandbox.web_api.call import Call
from bot.sandbox.web_api.places import need_scope

__all__ = ["METHODS", "Reply", "answer", "caller"]


@dataclass(frozen=True, slots=True)
class Method:
    """`caller` is whose token it takes: `bot`, `app`, or `anybody`, with none at all.

    Methods without a scope here need none, or one that depends on the kind of conversation.
    """

    function: Callable[[Call], Json]
    tier: Tier
    scope: str | None = None
    caller: str = "bot"


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes back, apart from the headers that every reply has."""

    body: Json
    status: int = 200
    retry_after: int | None = None


METHODS: dict[str, Method] = {
    "api.test": Method(apps.api_test, TIER_4, caller="anybody"),
    "apps.connections.open": Method(apps.open_connection, TIER_1, caller="app"),
    "auth.test": Method(apps.auth_test, SPECIAL),
    "chat.delete": Method(chat.delete, TIER_3, "chat:write"),
    "chat.getPermalink": Method(chat.get_permalink, SPECIAL),
    "chat.postEphemeral": Method(chat.post_ephemeral, TIER_4, "chat:write"),
    # Its own pace, per channel and per workspace, is counted where the channel is known.
    "chat.postMessage": Method(chat.post_message, SPECIAL, "chat:write"),
    "chat.unfurl": Method(unfurl.unfurl, TIER_3, "links:write"),
    "chat.update": Method(chat.update, TIER_3, "chat:write"),
    "conversations.history": Method(conversations.history, TIER_3),
    "conversations.info": Method(conversations.info, TIER_3),
    "conversations.join": Method(conversations.join, TIER_3, "channels:join"),
    "conversations.list": Method(conversations.list_, TIER_2),
    "conversations.members": Method(conversations.members, TIER_4),
    "conversations.open": Method(conversations.open_, TIER_3, "im:write"),
    "conversations.replies": Method(conversations.replies, TIER_3),
    "reactions.add": Method(reactions.add, TIER_3, "reactions:write"),
    "reactions.get": Method(reactions.get, TIER_3, "reactions:read"),
    "reactions.remove": Method(reactions.remove, TIER_2, "reactions:write"),
    "users.conversations": Method(users.conversations, TIER_3),
    "users.info": Method(users.info, TIER_4, "users:read"),
    "users.list": Method(users.list_, TIER_2, "users:read"),
    "views.open": Method(views.open_, TIER_4),
    "views.publish": Method(views.publish, TIER_4),
    "views.push": Method(views.push, TIER_4),
    "views.update": Method(views.update, TIER_4),
}


def caller(service: Service, token: str | None) -> Slack | None:
    """The workspace whose bot this token is or was, the first for the app's own, else none."""
    if token == service.keys["app_token"]:
        return service.first
    for slack in service.teams.values():
        kept = slack.people.secrets
        if token == kept["bot_token"] or token in kept["ended"]:
            return slack
    return None


def answer(service: Service, name: str, token: str | None, args: Json, lag: float = 0.0) -> Reply:
    """Carry out a call; the reply's body always has `ok`. The caller holds the lock.

    `lag` is by how many seconds histories are behind.
    """
    try:
        method = METHODS.get(name)
        if method is None:
            raise Refused("unknown_method", req_method=name)
        slack = _authorized(service, method, token)
        service.rates.call(slack.people.team["id"], name, method.tier)
        if method.scope:
            need_scope(slack, method.scope)
        return Reply({"ok": True, **method.function(Call(slack, args, lag))})
    except RateLimited as limited:
        return Reply({"ok": False, "error": limited.error}, 429, limited.retry_after)
    except Refused as refused:
        return Reply({"ok": False, "error": refused.error, **refused.details})


def _authorized(service: Service, method: Method, token: str | None) -> Slack:
    """The workspace in which the method acts."""
    slack = caller(service, token)
    if method.caller == "anybody":
        return slack or service.first
    if not token:
        raise Refused("not_authed")
    if slack is None:
        raise Refused("invalid_auth")
    if method.caller != ("app" if token == service.keys["app_token"] else "bot"):
        raise Refused("not_allowed_token_type")
    if ended := slack.people.secrets["ended"].get(token):
        raise Refused(ended)
    return slack
