"""What a folder keeps: everything that was answered, also when the process is killed."""

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import httpx

# Runs in a process of its own, so that it can be killed: prints its address, then waits.
SERVE = """
import sys
from pathlib import Path
from bot.sandbox import Sandbox
manifest = {"oauth_config": {"scopes": {"bot": ["chat:write"]}}}
sandbox = Sandbox(manifest, folder=Path(sys.argv[1]), rates=False)
sandbox.start()
print(sandbox.api_url, sandbox.bot_token, flush=True)
sys.stdin.read()
"""


def test_whatever_was_answered_survives_a_kill(tmp_path, start, doors_of):
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        address, token = process.stdout.readline().split()
        with httpx.Client(base_url=address, headers={"Authorization": f"Bearer {token}"}) as api:
            for number in range(20):
                message = {"channel": "papers", "text": f"{number}"}
                assert api.post("chat.postMessage", json=message).json()["ok"]
        os.kill(process.pid, signal.SIGKILL)

    again = start(folder=tmp_path)

    assert again.restored
    assert again.bot_token == token
    assert [each["text"] for each in doors_of(again).messages()] == [
        f"{number}" for number in reversed(range(20))
    ]


def test_everything_is_there_after_a_restart(tmp_path, start, doors_of, api_of):
    first = start(folder=tmp_path)
    doors, api = doors_of(first), api_of(first)
    ana = doors.id_of("ana")
    parent = api("chat.postMessage", channel="papers", text="digest")["ts"]
    api("chat.postMessage", channel="papers", text="one", thread_ts=parent)
    api("chat.postEphemeral", channel="papers", user=ana, text="psst")
    api("views.publish", user_id=ana, view={"type": "home", "blocks": []})
    doors("react", user="ana", channel="papers", ts=parent, reaction="eyes")
    doors("archive", channel="general")
    doors("command", user="ana", channel="papers", command="/look", text="")
    calls = [each for each in doors.get("log")["calls"] if each["kind"] == "command"]
    secret = calls[0]["request"]["response_url"].rpartition("/")[2]
    before = {name: doors.get(name, user="ana", channel="papers") for name in ("messages", "views")}
    state = doors.get("state")
    first.stop()

    second = start(folder=tmp_path)

    doors = doors_of(second)
    for name, shown in before.items():
        assert doors.get(name, user="ana", channel="papers") == shown
    for name in ("team", "bot", "users", "channels"):
        assert doors.get("state")[name] == state[name]
    assert (second.app_token, second.signing_secret) == (first.app_token, first.signing_secret)
    assert httpx.post(f"{second.url}/response/{secret}", json={"text": "x"}).status_code == 200


def test_a_restored_folder_keeps_its_clock(tmp_path, start):
    in_june = datetime(2026, 6, 26, 7, tzinfo=UTC)
    first = start(folder=tmp_path, start_at=in_june)
    assert first.restored is False
    first.stop()

    second = start(folder=tmp_path, start_at=datetime(2030, 1, 1, tzinfo=UTC))

    assert in_june <= second.now() < in_june + timedelta(minutes=5)


def test_without_a_folder_nothing_is_kept(start):
    first, second = start(), start()

    assert first.restored is second.restored is False
    assert first.bot_token != second.bot_token
