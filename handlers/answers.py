"""How an answer goes back: to whoever asked, unless it changes the whole channel."""

import re
from dataclasses import dataclass

from slack_bolt import BoltContext, Respond
from slack_sdk import WebClient
from slack_sdk.webhook import WebhookClient

from bot.blocks.kit import Message, classic
from handlers.parts import Parts

OK = 200
REFUSED = 400  # of what a message holds; an address that is used up or gone answers otherwise
TIMEOUT = 20  # seconds
_FIRST_WORD = re.compile(r"^\s*\S+\s*")


class NotTaken(Exception):
    """Slack did not take an answer."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks, where, and with which words after the subcommand."""

    parts: Parts
    client: WebClient
    team_id: str
    user_id: str
    channel_id: str
    words: str
    raw: str = ""  # a command's whole text as Slack passed it on: line breaks, channels' ids
    trigger_id: str = ""  # opens one form

    @classmethod
    def by(
        cls,
        context: BoltContext,
        client: WebClient,
        words: str,
        *,
        raw: str = "",
        trigger_id: str = "",
    ) -> "Asked":
        """From Bolt's context, whose ids are right on an enterprise grid too."""
        return cls(
            parts=context["parts"],
            client=client,
            team_id=context.team_id or "",
            user_id=context.user_id or "",
            channel_id=context.channel_id or "",
            words=words,
            raw=raw,
            trigger_id=trigger_id,
        )

    @property
    def behind(self) -> str:
        """What stands behind the command, as raw as it is known."""
        return _FIRST_WORD.sub("", self.raw, count=1) if self.raw else self.words


@dataclass(frozen=True, slots=True)
class Answer:
    """A message for one person, or for everybody in the channel."""

    message: Message
    public: bool = False


def reply(respond: Respond, answer: Answer | None, *, replace: bool = False) -> None:
    """Send an answer, unless a form was it. `replace` puts a private one where they clicked.

    What Slack refuses goes once more without the blocks that not every workspace takes.
    """
    if answer is None:
        return
    status = _sent(respond, answer, answer.message, replace=replace)
    simpler = classic(answer.message)
    if status == REFUSED and simpler is not None:
        status = _sent(respond, answer, simpler, replace=replace)
    if status != OK:  # nothing raises by itself, and somebody waits for an answer
        raise NotTaken(f"a response_url answered {status}")


def _sent(respond: Respond, answer: Answer, message: Message, *, replace: bool) -> int:
    sent = _sending_once(respond).send(
        text=message.text,
        blocks=list(message.blocks),
        response_type="in_channel" if answer.public else "ephemeral",
        replace_original=replace and not answer.public,
        unfurl_links=False,
        unfurl_media=False,
    )
    return sent.status_code


def _sending_once(respond: Respond) -> WebhookClient:
    """Bolt's own client sends again where a reply is lost, and a shared paper would come twice."""
    return WebhookClient(
        respond.response_url or "",
        timeout=TIMEOUT,
        proxy=respond.proxy,
        ssl=respond.ssl,
        retry_handlers=[],
    )
