"""The Web API: every method with the token and the scope it asks for."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.sandbox.errors import Refused
from bot.sandbox.slack import Slack
from bot.sandbox.store import Json
from bot.sandbox.web_api import apps, chat, conversations, reactions, users, views
from bot.sandbox.web_api.call import Call
from bot.sandbox.web_api.places import need_scope

__all__ = ["METHODS", "answer"]


@dataclass(frozen=True, slots=True)
class Method:
    """`caller` is whose token it takes: `bot`, `app`, or `anybody`, with none at all.

    Methods without a scope here need none, or one that depends on the kind of conversation.
    """

    function: Callable[[Call], Json]
    scope: str | None = None
    caller: str = "bot"


METHODS: dict[str, Method] = {
    "api.test": Method(apps.api_test, caller="anybody"),
    "apps.connections.open": Method(apps.open_connection, caller="app"),
    "auth.test": Method(apps.auth_test),
    "chat.delete": Method(chat.delete, "chat:write"),
    "chat.getPermalink": Method(chat.get_permalink),
    "chat.postEphemeral": Method(chat.post_ephemeral, "chat:write"),
    "chat.postMessage": Method(chat.post_message, "chat:write"),
    "chat.update": Method(chat.update, "chat:write"),
    "conversations.history": Method(conversations.history),
    "conversations.info": Method(conversations.info),
    "conversations.join": Method(conversations.join, "channels:join"),
    "conversations.list": Method(conversations.list_),
    "conversations.members": Method(conversations.members),
    "conversations.open": Method(conversations.open_, "im:write"),
    "conversations.replies": Method(conversations.replies),
    "reactions.add": Method(reactions.add, "reactions:write"),
    "reactions.get": Method(reactions.get, "reactions:read"),
    "reactions.remove": Method(reactions.remove, "reactions:write"),
    "users.info": Method(users.info, "users:read"),
    "users.list": Method(users.list_, "users:read"),
    "views.open": Method(views.open_),
    "views.publish": Method(views.publish),
    "views.push": Method(views.push),
    "views.update": Method(views.update),
}


def answer(slack: Slack, name: str, token: str | None, args: Json) -> Json:
    """Carry out a call; the reply always has `ok`. The caller holds the lock."""
    try:
        method = METHODS.get(name)
        if method is None:
            raise Refused("unknown_method", req_method=name)
        _authorize(slack, method, token)
        if method.scope:
            need_scope(slack, method.scope)
        return {"ok": True, **method.function(Call(slack, args))}
    except Refused as refused:
        return {"ok": False, "error": refused.error, **refused.details}


def _authorize(slack: Slack, method: Method, token: str | None) -> None:
    if method.caller == "anybody":
        return
    if not token:
        raise Refused("not_authed")
    kinds = {slack.people.secrets["bot_token"]: "bot", slack.people.secrets["app_token"]: "app"}
    kind = kinds.get(token)
    if kind is None:
        raise Refused("invalid_auth")
    if kind != method.caller:
        raise Refused("not_allowed_token_type")
    state = slack.people.bot["state"]
    if kind == "bot" and state != "installed":
        raise Refused("account_inactive" if state == "uninstalled" else "token_revoked")
