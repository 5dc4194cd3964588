"""Logs for operators: what happened and when; no token, no topic."""

import logging
import re

# slack_bolt logs whole request bodies at INFO, and slack_sdk answers at DEBUG.
_TALKATIVE = (
    *("slack_bolt", "slack_sdk", "apscheduler", "httpx", "alembic", "werkzeug", "bot.sandbox"),
)
# Logs what it then raises, and whoever asked says it in a sentence.
_TWICE = "slack_sdk.web.base_client"
_TOKEN = re.compile(r"\b(?:x(?:ox[a-z](?:\.xox[a-z])?|app)-[\w-]+|hf_\w{8,})")


class _Redacting(logging.Formatter):
    """Tokens never reach a log, whoever puts them in a message or an exception."""

    def format(self, record: logging.LogRecord) -> str:
        """The whole entry, its traceback included."""
        return _TOKEN.sub("[token]", super().format(record))


def set_up() -> None:
    """One line an event on standard error."""
    handler = logging.StreamHandler()
    handler.setFormatter(_Redacting("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger(_TWICE).setLevel(logging.CRITICAL)
