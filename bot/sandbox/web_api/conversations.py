"""conversations.*: channels, their members, their past."""

from bot.sandbox import events
from bot.sandbox.errors import Refused
from bot.sandbox.people import kind_of
from bot.sandbox.store import Json
from bot.sandbox.web_api.call import Call
from bot.sandbox.web_api.paging import page
from bot.sandbox.web_api.places import (
    FAMILIES,
    need_family_scope,
    need_scope,
    readable,
    visible,
)

TYPES = {"public_channel": "channel", "private_channel": "group", "im": "im", "mpim": "mpim"}


def shown(call: Call, channel: Json) -> Json:
    """A conversation as the bot sees it."""
    common = {
        "id": channel["id"],
        "created": channel["created"],
        "is_archived": channel["is_archived"],
        "is_im": channel["is_im"],
        "is_mpim": False,
        "is_private": channel["is_private"],
    }
    if channel["is_im"]:
        return common | {"user": channel["user"]}
    return common | {
        "name": channel["name"],
        "name_normalized": channel["name"],
        "is_channel": not channel["is_private"],
        "is_group": channel["is_private"],
        "is_general": channel["name"] == "general",
        "is_member": call.slack.people.bot_is_in(channel),
        "num_members": len(channel["members"]),
        "topic": {"value": channel["topic"], "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
        "context_team_id": call.slack.people.team["id"],
    }


def open_(call: Call) -> Json:
    """The DM with one person, by their id or its own."""
    if call.text("channel"):
        channel = visible(call)
    else:
        users = [each for each in call.required("users").split(",") if each]
        if len(users) != 1:
            raise Refused("not_enough_users" if not users else "too_many_users")
        user = call.slack.people.users.get(users[0])
        if user is None:
            raise Refused("user_not_found")
        if user["is_bot"]:
            raise Refused("cannot_dm_bot")
        if user["deleted"]:
            raise Refused("user_disabled")
        channel = call.slack.people.open_im(user["id"])
    full = shown(call, channel) if call.flag("return_im") else {"id": channel["id"]}
    return {"channel": full}


def info(call: Call) -> Json:
    channel = visible(call)
    need_family_scope(call, channel, "read")
    described = shown(call, channel)
    if not call.flag("include_num_members"):
        described.pop("num_members", None)
    return {"channel": described}


def members(call: Call) -> Json:
    channel = visible(call)
    need_family_scope(call, channel, "read")
    ids = [{"id": each} for each in channel["members"]]
    part, cursor = page(ids, "id", call.limit(), call.text("cursor"))
    return {"members": [each["id"] for each in part], "response_metadata": _next(cursor)}


def list_(call: Call) -> Json:
    """Public channels, and others that the bot is in."""
    people = call.slack.people
    found = [
        shown(call, each)
        for each in of_kinds(call)
        if not each["is_private"] or people.bot_is_in(each)
    ]
    part, cursor = page(found, "id", call.limit(), call.text("cursor"))
    return {"channels": part, "response_metadata": _next(cursor)}


def of_kinds(call: Call) -> list[Json]:
    """Every conversation of the `types` asked for, each with its scope granted."""
    wanted = [each.strip() for each in call.text("types", "public_channel").split(",")]
    if unknown := [each for each in wanted if each not in TYPES]:
        raise Refused("invalid_types", detail=unknown)
    kinds = [TYPES[each] for each in wanted]
    need_scope(call.slack, *(f"{FAMILIES.get(kind, kind)}:read" for kind in kinds))
    return [
        each
        for each in call.slack.people.channels.values()
        if kind_of(each) in kinds and not (each["is_archived"] and call.flag("exclude_archived"))
    ]


def join(call: Call) -> Json:
    channel = visible(call)
    if channel["is_private"]:
        raise Refused("method_not_supported_for_channel_type")
    if channel["is_archived"]:
        raise Refused("is_archived")
    if call.slack.people.bot_is_in(channel):
        return {"channel": shown(call, channel), "warning": "already_in_channel"}
    channel["members"].append(call.bot_id)
    call.slack.people.keep_channel(channel)
    call.slack.live.tell("state")
    events.member_joined(call.slack, channel, call.bot_id)
    return {"channel": shown(call, channel)}


def history(call: Call) -> Json:
    """Newest first, without replies; metadata only on request."""
    channel = readable(call)
    messages = _between(call, list(call.slack.messages.newest_first(channel["id"])))
    most = call.slack.service.rates.page
    part, cursor = page(messages, "ts", call.limit(most=most), call.text("cursor"))
    found: Json = {
        "messages": [_read(call, each) for each in part],
        "has_more": bool(cursor),
        "pin_count": 0,
    }
    return found | ({"response_metadata": _next(cursor)} if cursor else {})


def replies(call: Call) -> Json:
    """A thread from its parent on, oldest first. `ts` may be any message of it."""
    channel, ts = readable(call), call.required("ts")
    message = call.slack.messages.find(channel["id"], ts)
    if message is None:
        raise Refused("thread_not_found")
    parent_ts = message.get("thread_ts", ts)
    parent = call.slack.messages.find(channel["id"], parent_ts)
    answers = _between(call, call.slack.messages.replies(channel["id"], parent_ts))
    thread = ([parent] if parent else []) + answers
    most = call.slack.service.rates.page
    part, cursor = page(thread, "ts", call.limit(most, most), call.text("cursor"))
    found: Json = {"messages": [_read(call, each) for each in part], "has_more": bool(cursor)}
    return found | ({"response_metadata": _next(cursor)} if cursor else {})


def _between(call: Call, messages: list[Json]) -> list[Json]:
    oldest, latest = _moment(call, "oldest"), _moment(call, "latest")
    inclusive = call.flag("inclusive")
    known = (call.slack.clock.epoch() - call.lag) * 1_000_000

    def inside(message: Json) -> bool:
        ts = _micros(message["ts"])
        if call.lag and ts > known:
            return False
        if inclusive and ts in (oldest, latest):
            return True
        return (oldest is None or ts > oldest) and (latest is None or ts < latest)

    return [message for message in messages if inside(message)]


def _moment(call: Call, name: str) -> int | None:
    written = call.text(name)
    if not written:
        return None
    try:
        return _micros(written)
    except ValueError:
        raise Refused(f"invalid_ts_{name}") from None


def _micros(ts: str) -> int:
    """A time stamp as a whole number, exact where a float would round."""
    seconds, _, fraction = ts.partition(".")
    return int(seconds) * 1_000_000 + int((fraction + "000000")[:6])


def _read(call: Call, message: Json) -> Json:
    if call.flag("include_all_metadata") or "metadata" not in message:
        return message
    return {name: value for name, value in message.items() if name != "metadata"}


def _next(cursor: str) -> Json:
    return {"next_cursor": cursor}
