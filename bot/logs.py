"""Logs for operators: what happened and when; no token, no topic."""

import logging
import re

_LEVELS = {
    # slack_bolt logs whole request bodies at INFO, and slack_sdk answers at DEBUG.
    **dict.fromkeys(("slack_bolt", "slack_sdk", "httpx", "alembic", "werkzeug"), logging.WARNING),
    "bot.sandbox": logging.WARNING,
    "apscheduler": logging.ERROR,  # it warns at each tick for as long as a job takes
    # Logs what it then raises, and whoever asked says it in a sentence.
    "slack_sdk.web.base_client": logging.CRITICAL,
}
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
    for name, level in _LEVELS.items():
        logging.getLogger(name).setLevel(level)
