"""Who the bot is to Slack: its tokens, and what Slack says of them, in sentences."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.slack_response import SlackResponse

from bot import slack
from bot.config import Settings, SettingsProblem
from bot.quirks import spare_this_machine_the_proxy


def required(secret: Any, name: str) -> str:
    """A secret's text, or a sentence that names the setting."""
    if secret is None:
        raise SettingsProblem(f"{name} is not set. The README says where Slack shows it.")
    return revealed(secret)


def slack_client(settings: Settings) -> WebClient:
    """A client with the bot's token. Raises SettingsProblem where there is none."""
    spare_this_machine_the_proxy(settings.slack_api_url)
    token = required(settings.slack_bot_token, "SLACK_BOT_TOKEN")
    return slack.web_client(token, settings.slack_api_url)


def identity(client: WebClient) -> SlackResponse:
    """Who the token is (docs: auth.test). Raises SettingsProblem where it is nobody."""
    with in_words("SLACK_BOT_TOKEN", client.base_url):
        return client.auth_test()


@contextmanager
def in_words(name: str, base_url: str) -> Iterator[None]:
    """A refusal of the token with this name, or no answer, as one sentence."""
    try:
        yield
    except SlackApiError as refusal:
        error = refusal.response.get("error") or ""
        if not error.isidentifier():  # a page of somebody else's, in slack_sdk's words
            raise SettingsProblem(f"What answers at {base_url} is not Slack.") from None
        raise SettingsProblem(f"Slack refuses {name} ({error}). Copy it again.") from None
    except UnicodeEncodeError:
        raise SettingsProblem(f"{name} is not a token. Copy it again.") from None
    except (OSError, HTTPException, SlackClientError, ValueError):
        raise SettingsProblem(f"I can't reach Slack at {base_url}.") from None


def revealed(secret: Any) -> str:
    """A secret's text; empty where there is none."""
    return secret.get_secret_value() if secret is not None else ""
