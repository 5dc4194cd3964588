"""Logs for operators: what happened and when; no token, no topic."""

import logging
import re

# slack_bolt logs whole request bodies at INFO, and slack_sdk answers at DEBUG.
_TALKATIVE = ("slack_bolt", "slack_sdk", "apscheduler", "httpx", "alembic", "werkzeug")
_TOKEN = re.compile(r"\bx(?:ox[a-z]|app)-[\w-]+")


class _Redact(logging.Filter):
    """Tokens never reach a log, whoever puts them in a message."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = _TOKEN.sub("[token]", record.getMessage()), ()
        return True


def set_up() -> None:
    """One line an event on standard error."""
    handler = logging.StreamHandler()
    handler.addFilter(_Redact())
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
