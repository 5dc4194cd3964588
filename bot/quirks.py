"""Where Bolt and slack_sdk do otherwise than a person would expect, each put right in one place."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from urllib.request import getproxies, proxy_bypass

import slack_bolt.request.request as bolt_request
from slack_sdk.socket_mode.builtin import client as socket_mode_client
from slack_sdk.web import base_client as web_client
from slack_sdk.webhook import client as webhook_client

OWN_HOSTS = ("127.0.0.1", "::1", "localhost")


def keep_commands_that_say_payload() -> None:
    """Bolt takes any form whose text holds "payload" for an interaction and drops the rest.

    `/papers search satellite payload` would get no answer (slack-bolt 1.30, `parse_body`).
    """
    bolt_request.parse_body = _parse_body  # type: ignore[attr-defined]  # Bolt imported it there


def _parse_body(body: str, content_type: str | None) -> dict[str, Any]:
    if not body:
        return {}
    if content_type == "application/json" or body.startswith("{"):
        return dict(json.loads(body))
    form: dict[str, Any] = dict(parse_qsl(body, keep_blank_values=True))
    return dict(json.loads(form["payload"])) if "payload" in form else form


@contextmanager
def settings_alone_count() -> Iterator[None]:
    """Bolt reads the environment by itself: a token there is a warning, a client id means OAuth."""
    hidden = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith("SLACK_")}
    try:
        yield
    finally:
        os.environ.update(hidden)


def spare_this_machine_the_proxy(base_url: str) -> None:
    """Reach a Slack on this machine directly: its proxy, if it has one, leads elsewhere.

    slack_sdk sends everything through HTTPS_PROXY or HTTP_PROXY and its Socket Mode never looks at
    NO_PROXY (3.47, `load_http_proxy_from_env`).
    """
    host = urlsplit(base_url).hostname
    if host not in OWN_HOSTS:
        return
    if not proxy_bypass(host):
        spared = filter(None, (getproxies().get("no"), *OWN_HOSTS))
        os.environ["no_proxy"] = ",".join(spared)  # the lower case counts where both are set
    for module in (web_client, webhook_client, socket_mode_client):
        module.load_http_proxy_from_env = _no_proxy  # type: ignore[attr-defined]  # imported there


def _no_proxy(*_: object) -> None:
    """None, in place of what the environment says."""
