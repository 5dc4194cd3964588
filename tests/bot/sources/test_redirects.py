"""Where an answer may send us."""

import httpx
import pytest

from bot.errors import SourceFailed
from bot.sources.http import Reader
from bot.sources.redirects import follow, is_private
from tests.server import QUICK, Answer

WEB, HOME = "93.184.215.14", "10.0.0.7"
NAMES = {
    "web.example": [WEB],
    "other.example": [WEB],
    "home.example": [HOME],
    "both.example": [WEB, HOME],
}


def resolve(host: str) -> list[str]:
    return NAMES.get(host, [host] if host[0].isdigit() or ":" in host else [])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("https://web.example/", "https://other.example/"),
        ("http://web.example/", "https://web.example/"),
        ("http://home.example/", "http://home.example/x"),
        ("http://home.example/", "http://10.0.0.8/"),  # the operator named a machine of theirs
        ("https://web.example/", "https://nobody-knows.example/"),
    ],
)
def test_a_redirect_within_the_web_or_at_home_is_followed(before, after):
    follow(httpx.URL(before), httpx.URL(after), resolve)


@pytest.mark.parametrize(
    "after",
    [
        "https://home.example/",
        "https://both.example/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://[::ffff:169.254.169.254]/",
        "https://169.254.169.254/latest/meta-data",
        "https://192.168.1.1/",
        "https://0.0.0.0/",
        "https://[fe80::1]/",
        "https://[fd00::1]/",
    ],
)
def test_a_redirect_from_the_web_to_a_private_address_is_refused(after):
    with pytest.raises(SourceFailed, match="an address of a private network"):
        follow(httpx.URL("https://web.example/"), httpx.URL(after), resolve)


@pytest.mark.parametrize(
    ("after", "why"),
    [
        ("file:///etc/passwd", "not a web address"),
        ("ftp://web.example/", "not a web address"),
        ("http://web.example/", "not encrypted"),
    ],
)
def test_a_redirect_to_another_scheme_is_refused(after, why):
    with pytest.raises(SourceFailed, match=why):
        follow(httpx.URL("https://web.example/"), httpx.URL(after), resolve)


def test_nobody_is_asked_whom_a_redirect_from_the_web_into_the_network_names(
    server, other_server, waits
):
    def resolve(host: str) -> list[str]:
        return [WEB] if host == "localhost" else [host]

    server.will_answer(Answer(status=302, headers={"Location": f"{other_server.url}/secret"}))
    reader = Reader(limits=QUICK, sleep=waits.append, resolve=resolve)

    with pytest.raises(SourceFailed, match="private network"):
        reader.get(server.url.replace("127.0.0.1", "localhost"), {}, lambda body, _: body)
    assert len(server.paths) == 1
    assert other_server.paths == []


def test_a_number_written_otherwise_is_the_same_number():
    assert is_private("127.0.0.1", lambda _: ["127.0.0.1"])
    assert is_private("2130706433")  # as the system reads it
