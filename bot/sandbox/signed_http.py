"""Signed requests: how Slack calls an app that has a request URL."""

import hashlib
import hmac
import http.client
import json
import re
import time
from typing import Any
from urllib.parse import urlencode, urlsplit

from bot.sandbox.transport import ACK_SECONDS, NOBODY, Answer, Letter, nobody_there, timed_out

FORM = "application/x-www-form-urlencoded"
_LONE = re.compile("[\ud800-\udfff]")  # Python joins pairs when it decodes them


class SignedHttp:
    """Posts letters with the v0 signature, its time stamp in real time."""

    def __init__(self, signing_secret: str) -> None:
        self._secret = signing_secret.encode()

    def send(self, url: str, letter: Letter) -> Answer:
        content_type, body = encode(letter)
        headers = {"Content-Type": content_type, "User-Agent": "Slackbot 1.0", "Accept": "*/*"}
        headers |= self._signature(body)
        if letter.retry:
            headers |= {
                "X-Slack-Retry-Num": str(letter.retry),
                "X-Slack-Retry-Reason": letter.reason,
            }
        try:
            return _post(url, body, headers)
        except TimeoutError:
            return timed_out()
        except (OSError, http.client.HTTPException):
            return nobody_there()

    def _signature(self, body: bytes) -> dict[str, str]:
        stamp = str(int(time.time()))
        digest = hmac.new(self._secret, b":".join((b"v0", stamp.encode(), body)), hashlib.sha256)
        return {
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": f"v0={digest.hexdigest()}",
        }


def encode(letter: Letter) -> tuple[str, bytes]:
    """Content type and body: commands are forms, interactions a form field, events JSON."""
    payload = _as_sent(letter.payload)
    if letter.kind == "slash_commands":
        return FORM, urlencode(payload).encode()
    if letter.kind == "interactive":
        return FORM, urlencode({"payload": json.dumps(payload)}).encode()
    return "application/json", json.dumps(payload).encode()


def _as_sent(value: Any) -> Any:
    """The same with U+FFFD for each lone surrogate, as browsers send what somebody typed."""
    match value:
        case str():
            return _LONE.sub("\ufffd", value)
        case dict():
            return {_as_sent(key): _as_sent(each) for key, each in value.items()}
        case list():
            return [_as_sent(each) for each in value]
    return value


def _post(url: str, body: bytes, headers: dict[str, str]) -> Answer:
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
    connection = kind(parts.netloc, timeout=ACK_SECONDS)
    try:
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("POST", target, body, headers)
        response = connection.getresponse()
        written = response.read()
    finally:
        connection.close()
    error = None if 200 <= response.status < 300 else NOBODY
    no_retry = response.getheader("X-Slack-No-Retry") == "1"
    return Answer(response.status, decode(written), error, no_retry)


def decode(written: bytes) -> Any:
    """The bot's answer: an object if it is JSON, else its text, None if empty."""
    text = written.decode("utf-8", "replace")
    if not text.strip():
        return None
    try:
        return json.loads(text)
    except ValueError:
        return text
