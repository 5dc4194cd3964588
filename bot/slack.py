"""Messages go out to one workspace. Every refusal becomes a CannotPost that says what to do."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import partial
from http.client import HTTPException
from time import monotonic
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError, SlackObjectFormationError

from bot.blocks.kit import Message
from bot.errors import Blame, CannotPost

EVENT_TYPE = "paper_delivery"
TIMEOUT = 20  # seconds; far below the lease of a delivery
MEMBERS_PAGE = 1000  # the most that Slack gives
HISTORY_PAGE = 100
CHANNELS_PAGE = 200  # as Slack recommends
KEPT = 600  # seconds for which I believe to know a person's channels
DEFAULT_WAIT = 30.0

# Sending again cannot help (docs: chat.postMessage and conversations.open, errors): not to any
# channel, while the bot's token is refused;
OF_THE_WORKSPACE = frozenset(
    {
        "access_denied",
        "account_inactive",
        "ekm_access_denied",
        "invalid_auth",
        "missing_scope",
        "not_allowed_token_type",
        "not_authed",
        "org_login_required",
        "team_access_not_granted",
        "token_expired",
        "token_revoked",
    }
)
# not to this channel or person;
OF_THE_PLACE = frozenset(
    {
        "cannot_dm_bot",
        "channel_not_found",
        "is_archived",
        "no_permission",
        "not_in_channel",
        "user_disabled",
        "user_not_found",
        "user_not_visible",
    }
)
# not drawn like this;
OF_THE_FORM = frozenset(
    {
        "invalid_arguments",
        "invalid_blocks",
        "invalid_blocks_format",
        "msg_blocks_too_long",
        "msg_too_long",
        "only_one_table_allowed",
    }
)
# not this message.
OF_THE_MESSAGE = frozenset(
    {
        "as_user_not_supported",
        "cant_update_message",
        "edit_window_closed",
        "message_not_found",
        "messages_tab_disabled",
        "metadata_too_large",
        "no_text",
    }
)
_RESTRICTED = "restricted_action"  # and longer words for which: nobody may post there
# Slack failed after it may have taken the message.
AMBIGUOUS = frozenset({"internal_error", "fatal_error", "request_timeout"})
_ERROR = re.compile(r"[a-z][a-z0-9_]*")


def web_client(token: str, base_url: str) -> WebClient:
    """A client that never sends anything twice by itself: slack_sdk's default handler would."""
    return WebClient(token=token, base_url=base_url, timeout=TIMEOUT, retry_handlers=[])


class SlackWorkspace:
    """One workspace, through the bot's token."""

    def __init__(self, client: WebClient, clock: Callable[[], float] = monotonic) -> None:
        self._client = client
        self._clock = clock
        self._channels: dict[str, tuple[float, frozenset[str]]] = {}  # of people, until when

    def open_dm(self, user_id: str) -> str:
        """The channel id of the DM with a person (docs: conversations.open)."""
        try:
            answer = self._call(self._client.conversations_open, users=user_id)
        except CannotPost as refusal:
            if refusal.reason == "missing_scope":  # to open, not to post: channels get theirs
                refusal.blame = Blame.NOTHING
            raise
        return str(answer["channel"]["id"])

    def post(self, channel_id: str, message: Message, delivery_id: str) -> str:
        """Post a message that carries its delivery's id as metadata; returns its ts."""
        answer = self._call(
            self._client.chat_postMessage,
            channel=channel_id,
            text=message.text,
            **({"blocks": list(message.blocks)} if message.blocks else {}),
            metadata={"event_type": EVENT_TYPE, "event_payload": {"delivery_id": delivery_id}},
            **({"thread_ts": message.thread_ts} if message.thread_ts else {}),
            unfurl_links=False,
            unfurl_media=False,
        )
        return str(answer["ts"])

    def update(self, channel_id: str, ts: str, message: Message) -> None:
        """Put a message in the place of one of ours, whose metadata stay (docs: chat.update)."""
        self._call(
            self._client.chat_update,
            channel=channel_id,
            ts=ts,
            text=message.text,
            blocks=list(message.blocks),
        )

    def find(
        self, channel_id: str, delivery_id: str, since: datetime, thread_ts: str = ""
    ) -> str | None:
        """The ts of the message that carries this id, read from the channel's history.

        The history holds no replies: those below a message are read from its own.
        """
        ask: Callable[..., Any] = self._client.conversations_history
        if thread_ts:
            ask = partial(self._client.conversations_replies, ts=thread_ts)
        cursor = ""
        while True:
            answer = self._call(
                ask,
                channel=channel_id,
                oldest=f"{since.timestamp():.6f}",
                include_all_metadata=True,
                limit=HISTORY_PAGE,
                cursor=cursor,
            )
            for message in answer["messages"]:
                payload = message.get("metadata", {}).get("event_payload", {})
                if payload.get("delivery_id") == delivery_id:
                    return str(message["ts"])
            cursor = (answer.get("response_metadata") or {}).get("next_cursor", "")
            if not cursor:
                return None

    def channels_of(self, user_id: str) -> frozenset[str]:
        """Ids of the channels that a person shares with the bot, as of the last ten minutes."""
        now = self._clock()
        known = {who: kept for who, kept in self._channels.copy().items() if kept[0] > now}
        if user_id not in known:
            known[user_id] = now + KEPT, frozenset(self._pages_of_channels(user_id))
        self._channels = known  # two threads at once: one asks again, no more
        return known[user_id][1]

    def permalink(self, channel_id: str, ts: str) -> str:
        """The address of a message (docs: chat.getPermalink)."""
        answer = self._call(self._client.chat_getPermalink, channel=channel_id, message_ts=ts)
        return str(answer["permalink"])

    def _pages_of_channels(self, user_id: str) -> Iterator[str]:
        """Docs: users.conversations, with the `read` scopes of channels and groups."""
        cursor = ""
        while True:
            answer = self._call(
                self._client.users_conversations,
                user=user_id,
                types="public_channel,private_channel",
                limit=CHANNELS_PAGE,
                cursor=cursor,
            )
            yield from (str(each["id"]) for each in answer["channels"])
            cursor = (answer.get("response_metadata") or {}).get("next_cursor", "")
            if not cursor:
                return

    def _call(self, method: Callable[..., Any], **arguments: Any) -> Any:
        try:
            return method(**arguments)
        except SlackApiError as refusal:
            raise _translate(refusal) from None
        except (OSError, HTTPException, SlackClientError, SlackObjectFormationError) as failure:
            # Nobody knows how far it got: a lost answer looks like a lost request.
            raise CannotPost(type(failure).__name__, ambiguous=True) from failure


def _translate(refusal: SlackApiError) -> CannotPost:
    response = refusal.response
    error = str(response.get("error") or "")
    if response.status_code == 429 or error == "ratelimited":
        return CannotPost("ratelimited", retry_after=_wait(response.headers))
    if not _ERROR.fullmatch(error):  # a page of something in between; Slack may have answered
        return CannotPost(f"an answer that is not Slack's ({response.status_code})", ambiguous=True)
    blame = _blame(error)
    return CannotPost(
        error,
        permanent=blame is not Blame.NOTHING or error in OF_THE_MESSAGE,
        ambiguous=response.status_code >= 500 or error in AMBIGUOUS,
        blame=blame,
    )


def _blame(error: str) -> Blame:
    if error in OF_THE_WORKSPACE:
        return Blame.WORKSPACE
    if error in OF_THE_PLACE or error.startswith(_RESTRICTED):
        return Blame.PLACE
    return Blame.FORM if error in OF_THE_FORM else Blame.NOTHING


def _wait(headers: Mapping[str, str]) -> float:
    """Seconds that Slack asks us to wait; half a minute where it does not say."""
    said = {name.lower(): value for name, value in headers.items()}.get("retry-after", "")
    return float(said) if said.isdigit() else DEFAULT_WAIT


def zone_of(client: WebClient, user_id: str) -> ZoneInfo | None:
    """A person's time zone from their profile; None where Slack does not tell."""
    try:
        name = client.users_info(user=user_id)["user"].get("tz")
        return ZoneInfo(name) if name else None
    except (SlackApiError, OSError, HTTPException, ZoneInfoNotFoundError, ValueError):
        return None


def is_member(client: WebClient, channel_id: str) -> bool:
    """Whether the bot is in a channel; one that Slack will not show us counts as no."""
    try:
        return bool(client.conversations_info(channel=channel_id)["channel"].get("is_member"))
    except SlackApiError:
        return False


def in_channel(client: WebClient, channel_id: str, user_id: str) -> bool:
    """Whether a person is in a channel (docs: conversations.members); no where Slack won't say."""
    cursor = ""
    while True:
        try:
            page = client.conversations_members(
                channel=channel_id, limit=MEMBERS_PAGE, cursor=cursor
            )
        except SlackApiError:
            return False
        if user_id in page["members"]:
            return True
        cursor = (page.get("response_metadata") or {}).get("next_cursor", "")
        if not cursor:
            return False


def channels_of(client: WebClient, user_id: str) -> frozenset[str]:
    """The channels that a person shares with the bot; none where Slack won't say."""
    try:
        return SlackWorkspace(client).channels_of(user_id)
    except CannotPost:
        return frozenset()
