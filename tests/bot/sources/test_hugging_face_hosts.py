"""Whom the reader of Daily Papers asks: its endpoint, where that leads, and who gets the token."""

import logging
from datetime import date

import pytest

from bot.errors import SourceFailed
from bot.sources.hugging_face import HuggingFace

DAY = date(2026, 6, 30)


def test_an_endpoint_may_have_a_path_and_a_slash_at_its_end(server):
    HuggingFace(f"{server.url}/mirror/").read(DAY)

    assert server.paths == ["/mirror/api/daily_papers"]


def test_without_a_token_none_is_sent(server):
    HuggingFace(server.url).read(DAY)

    assert "authorization" not in server.headers[0]


@pytest.mark.parametrize(
    "base", ["", "huggingface.co", "file:///etc", "http://", "http://x:y", "::"]
)
def test_an_endpoint_that_is_no_web_address_fails_with_words(base, waits):
    with pytest.raises(SourceFailed, match="not a web address"):
        HuggingFace(base, sleep=waits.append).read(DAY)
    assert waits == []


def test_a_redirect_is_followed_and_another_host_gets_no_token(
    source, server, other_server, answer, reply
):
    server.will_answer(
        answer(status=302, headers={"Location": "/moved"}),
        answer(b"x" * 200_000, status=307, headers={"Location": f"{other_server.url}/there"}),
    )
    other_server.will_answer(answer(reply("hugging_face_day.json")))

    assert len(source.read(DAY).listings) == 3
    assert server.paths == ["/api/daily_papers", "/moved"]
    assert "authorization" in server.headers[1]
    assert other_server.paths == ["/there"]
    assert "authorization" not in other_server.headers[0]


def test_redirects_in_a_circle_end(source, server, answer):
    server.will_answer(answer(status=302, headers={"Location": "/again"}))

    with pytest.raises(SourceFailed, match="more than 3 redirects"):
        source.read(DAY)
    assert len(server.queries) == 4


def test_a_redirect_to_a_file_is_refused(source, server, answer):
    server.will_answer(answer(status=302, headers={"Location": "file:///etc/hostname"}))

    with pytest.raises(SourceFailed, match="not a web address"):
        source.read(DAY)


def test_the_token_is_in_no_message_and_no_log(source, server, answer, caplog):
    caplog.set_level(logging.DEBUG)
    server.will_answer(answer(status=500))

    with pytest.raises(SourceFailed) as failure:
        source.read(DAY)
    assert "hf_madeup" not in caplog.text + str(failure.value)


@pytest.mark.parametrize("token", ["hf_made\nup", "hf_mäde"])
def test_a_token_that_cannot_be_sent_fails_without_being_shown(server, token):
    with pytest.raises(SourceFailed, match="token holds characters") as failure:
        HuggingFace(server.url, token=token).read(DAY)
    assert "hf_" not in str(failure.value)
    assert server.queries == []
