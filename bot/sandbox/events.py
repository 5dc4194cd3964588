"""What the bot hears of: events as Slack words them, and only those it subscribed to."""

import json
import secrets

from bot.sandbox.people import kind_of
from bot.sandbox.slack import Slack
from bot.sandbox.store import Json
from bot.sandbox.text import domain_of, links
from bot.sandbox.unfurls import COMPOSING, POSTED, Shared

# The scope without which Slack does not tell.
SCOPES = {
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "app_mention": "app_mentions:read",
    "reaction_added": "reactions:read",
    "reaction_removed": "reactions:read",
    "link_shared": "links:read",
}
MESSAGE_EVENTS = {"channel": "message.channels", "group": "message.groups", "im": "message.im"}


def raise_event(slack: Slack, subscription: str, event: Json) -> None:
    """Queue the event, if the manifest asks for it and grants the scope it needs."""
    scope = SCOPES.get(subscription)
    wanted = slack.installed and subscription in slack.app.events
    if wanted and (scope is None or slack.has_scope(scope)):
        _send(slack, envelope(slack, event))


def _send(slack: Slack, payload: Json) -> None:
    """Queue it; beyond the hour's volume, say once a minute that there is more."""
    service, team_id = slack.service, slack.people.team["id"]
    if not service.rates.on or service.volume.take(team_id):
        service.events.put(payload)
    elif service.volume.tells(team_id):
        minute = int(slack.clock.epoch()) // 60 * 60
        limited = {"type": "app_rate_limited", "minute_rate_limited": minute}
        about = ("token", "team_id", "api_app_id")
        service.events.put(limited | {name: payload[name] for name in about})


def envelope(slack: Slack, event: Json) -> Json:
    """The `event_callback` around a copy of the event, as the original may still change."""
    team_id, bot = slack.people.team["id"], slack.people.bot
    return {
        "type": "event_callback",
        "token": "verification",
        "team_id": team_id,
        "api_app_id": bot["app_id"],
        "event": json.loads(json.dumps(event)),
        "event_id": f"Ev{secrets.token_hex(5).upper()}",
        "event_time": int(slack.clock.epoch()),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": team_id,
                "user_id": bot["user_id"],
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
    }


def message_posted(slack: Slack, channel: Json, message: Json) -> None:
    """Somebody, perhaps the bot itself, said something."""
    event = {**message, "event_ts": message["ts"]}
    _where_the_bot_is(slack, channel, event)
    mention = f"<@{slack.people.bot['user_id']}>"
    by_person = "bot_id" not in message and kind_of(channel) != "im"
    if by_person and mention in message["text"] and slack.people.bot_is_in(channel):
        here = {"type": "app_mention", "channel": channel["id"]}
        raise_event(slack, "app_mention", {**event, **here})


def message_changed(slack: Slack, channel: Json, message: Json, previous: Json) -> None:
    """A message was edited; `previous` is how it was."""
    change = {"message": message, "previous_message": previous}
    _rewritten(slack, channel, "message_changed", message["ts"], change)


def message_deleted(slack: Slack, channel: Json, previous: Json) -> None:
    change = {"deleted_ts": previous["ts"], "previous_message": previous}
    _rewritten(slack, channel, "message_deleted", previous["ts"], change)


def _rewritten(slack: Slack, channel: Json, subtype: str, ts: str, change: Json) -> None:
    event = {"type": "message", "subtype": subtype, "hidden": True, "ts": ts, **change}
    stamp = {"event_ts": slack.messages.new_ts(channel["id"])}
    _where_the_bot_is(slack, channel, event | stamp)


def _where_the_bot_is(slack: Slack, channel: Json, event: Json) -> None:
    """Message events are told to members only."""
    if slack.people.bot_is_in(channel):
        kind = kind_of(channel)
        where = {"channel": channel["id"], "channel_type": kind}
        raise_event(slack, MESSAGE_EVENTS[kind], event | where)


def links_shared(slack: Slack, channel: Json, message: Json, typed: str) -> None:
    """A person posted links of the app's domains, in any conversation at all."""
    here = {"is_bot_user_member": slack.people.bot_is_in(channel), "event_ts": message["ts"]}
    if "thread_ts" in message:
        here["thread_ts"] = message["thread_ts"]
    _shared(slack, message["user"], channel["id"], message["ts"], POSTED, typed, here)


def links_composed(slack: Slack, user: str, typed: str) -> None:
    """A person typed such links and has not sent them: there is no message and no channel yet."""
    ts = f"{slack.clock.epoch():.6f}"
    here = {"is_bot_user_member": True, "event_ts": ts}
    _shared(slack, user, "COMPOSER", secrets.token_hex(16), COMPOSING, typed, here)


def _shared(
    slack: Slack, user: str, channel: str, ts: str, source: str, typed: str, more: Json
) -> None:
    found = [(domain_of(url, slack.app.unfurl_domains), url) for url in links(typed)]
    ours = [{"domain": domain, "url": url} for domain, url in found if domain]
    if not ours:
        return
    urls = tuple(each["url"] for each in ours)
    event = {
        "type": "link_shared",
        "user": user,
        "channel": channel,
        "message_ts": ts,
        "unfurl_id": slack.unfurls.mint(Shared(channel, ts, source, urls)),
        "source": source,
        "links": ours,
        **more,
    }
    raise_event(slack, "link_shared", event)


def reacted(slack: Slack, kind: str, user: str, channel: str, message: Json, name: str) -> None:
    """`kind` is reaction_added or reaction_removed."""
    event = {
        "type": kind,
        "user": user,
        "reaction": name,
        "item_user": message["user"],
        "item": {"type": "message", "channel": channel, "ts": message["ts"]},
        "event_ts": slack.messages.new_ts(channel),
    }
    raise_event(slack, kind, event)


def member_joined(slack: Slack, channel: Json, user: str, inviter: str | None = None) -> None:
    """Somebody, perhaps the bot, came into a channel that the bot can see."""
    scope = "groups:read" if channel["is_private"] else "channels:read"
    if not slack.has_scope(scope) or not slack.people.bot_is_in(channel):
        return
    event = {
        "type": "member_joined_channel",
        "user": user,
        "channel": channel["id"],
        "channel_type": "G" if channel["is_private"] else "C",
        "team": slack.people.team["id"],
        "event_ts": slack.messages.new_ts(channel["id"]),
    }
    raise_event(slack, "member_joined_channel", event | ({"inviter": inviter} if inviter else {}))


def home_opened(slack: Slack, user: str, tab: str = "home") -> None:
    im = slack.people.open_im(user)
    event = {
        "type": "app_home_opened",
        "user": user,
        "channel": im["id"],
        "tab": tab,
        "event_ts": slack.messages.new_ts(im["id"]),
    }
    view = slack.views.home(user)
    raise_event(slack, "app_home_opened", event | ({"view": view} if view else {}))


def tokens_revoked(slack: Slack) -> None:
    tokens = {"oauth": [], "bot": [slack.people.bot["user_id"]]}
    raise_event(slack, "tokens_revoked", {"type": "tokens_revoked", "tokens": tokens})


def app_uninstalled(slack: Slack) -> None:
    raise_event(slack, "app_uninstalled", {"type": "app_uninstalled"})
