"""The link itself: tickets, hello, envelopes, turns, and the end."""

import json
import socket
import threading
from urllib.parse import urlsplit

import pytest
from wsproto import ConnectionType, WSConnection
from wsproto.events import CloseConnection, RejectConnection, Request, TextMessage


class Link:
    """A WebSocket as plain as can be, so that every frame is seen."""

    def __init__(self, url):
        parts = urlsplit(url)
        self.socket = socket.create_connection((parts.hostname, parts.port), timeout=5)
        self.frames = WSConnection(ConnectionType.CLIENT)
        target = f"{parts.path}?{parts.query}"
        self.socket.sendall(self.frames.send(Request(host=parts.netloc, target=target)))

    def read(self):
        """The next frame; ConnectionError when there will be none."""
        text = ""
        while True:
            for event in self.frames.events():
                if isinstance(event, CloseConnection | RejectConnection):
                    raise ConnectionError
                text += event.data if isinstance(event, TextMessage) else ""
                if text and event.message_finished:
                    return json.loads(text)
            self.frames.receive_data(self.socket.recv(65536) or None)

    def send(self, frame):
        text = frame if isinstance(frame, str) else json.dumps(frame)
        self.socket.sendall(self.frames.send(TextMessage(data=text)))

    def acknowledge(self, envelope, **more):
        self.send({"envelope_id": envelope["envelope_id"], **more})


@pytest.fixture
def connect(api, sandbox):
    """Open another connection, as a bot would."""
    api.token = sandbox.app_token
    opened = []

    def open_one(url=None):
        opened.append(Link(url or api("apps.connections.open")["url"]))
        return opened[-1]

    yield open_one
    for link in opened:
        link.socket.close()


@pytest.fixture
def run(doors):
    """Type a command in the background; gives the answer when asked."""

    def start():
        answer = {}
        command = {"user": "ana", "channel": "papers", "command": "/look", "text": ""}
        thread = threading.Thread(target=lambda: answer.update(doors("command", **command)))
        thread.start()

        def finish():
            thread.join(10)
            return answer

        return finish

    return start


def test_a_connection_begins_with_hello(connect, doors):
    hello = connect().read()

    assert hello["type"] == "hello"
    assert hello["connection_info"]["app_id"] == doors.get("state")["bot"]["app_id"]


def test_a_ticket_is_good_for_one_connection(connect, api):
    url = api("apps.connections.open")["url"]
    connect(url).read()

    with pytest.raises(ConnectionError):
        connect(url).read()
    assert api.http.get(url.replace("ws:", "http:")).status_code == 400


def test_an_acknowledgement_may_carry_the_answer(connect, run, doors):
    link = connect()
    link.read()
    answer = run()
    envelope = link.read()
    link.send("this is no JSON")
    link.send({"envelope_id": "of nobody"})
    link.acknowledge(envelope, payload={"text": "Seen."})

    assert envelope["type"] == "slash_commands"
    assert envelope["accepts_response_payload"] is True
    assert envelope["payload"]["command"] == "/look"
    assert answer()["body"] == {"text": "Seen."}
    assert doors.messages()[0]["text"] == "Seen."


def test_connections_take_turns(connect, run):
    links = []
    for _ in range(2):
        links.append(connect())
        links[-1].read()

    for link in links:
        answer = run()
        link.acknowledge(link.read())
        assert answer()["status"] == 200


def test_a_connection_that_ended_gets_nothing_more(connect, run, wait_for, doors):
    link = connect()
    link.read()
    link.socket.close()
    wait_for(lambda: not doors.get("state")["connected"])

    assert run()()["error"] == "dispatch_failed"


def test_a_cut_comes_without_a_word_and_another_connection_takes_over(
    connect, run, doors, wait_for
):
    link = connect()
    link.read()

    assert doors("socket", do="cut")["connections"] == 1

    with pytest.raises(ConnectionResetError):
        link.socket.recv(65536)
    wait_for(lambda: not doors.get("state")["connected"])
    again = connect()
    again.read()
    answer = run()
    again.acknowledge(again.read())
    assert answer()["status"] == 200


def test_what_was_on_its_way_at_a_cut_times_out(connect, run, doors, monkeypatch):
    monkeypatch.setattr("bot.sandbox.socket_mode.ACK_SECONDS", 0.3)
    link = connect()
    link.read()
    answer = run()
    link.read()

    doors("socket", do="cut")

    assert answer()["error"] == "operation_timeout"


def test_a_warning_changes_nothing_yet(connect, run, doors):
    link = connect()
    link.read()

    doors("socket", do="warn")

    frame = link.read()
    assert (frame["type"], frame["reason"]) == ("disconnect", "warning")
    answer = run()
    link.acknowledge(link.read())
    assert answer()["status"] == 200


def test_after_a_refresh_the_other_connection_is_used(connect, run, doors):
    old = connect()
    old.read()
    doors("socket", do="refresh")
    frame = old.read()
    assert (frame["type"], frame["reason"]) == ("disconnect", "refresh_requested")
    answer = run()
    old.acknowledge(old.read())
    assert answer()["status"] == 200, "until there is another, it still works"

    new = connect()
    new.read()

    for _ in range(3):
        answer = run()
        new.acknowledge(new.read())
        assert answer()["status"] == 200


@pytest.mark.parametrize("what", ["cut", "refresh"])
def test_bolt_comes_back_by_itself(socket_mode, doors, wait_for, what):
    socket_mode.command("/look")(lambda ack: ack("Seen."))

    doors("socket", do=what)

    command = {"user": "ana", "channel": "papers", "command": "/look", "text": ""}
    wait_for(lambda: doors("command", **command)["status"] == 200, seconds=20)
    assert doors.messages()[0]["text"] == "Seen."


def test_a_socket_is_not_disturbed_otherwise(doors):
    assert doors("socket", do="end")["ok"] is False


def test_stopping_says_goodbye_and_fails_whoever_waits(connect, run, sandbox):
    link = connect()
    link.read()
    answer = run()
    link.read()

    sandbox.stop()

    assert link.read()["type"] == "disconnect"
    told = answer()
    assert (told["status"], told["error"]) == (503, "dispatch_failed")
    assert not [each for each in threading.enumerate() if each.name.startswith("sandbox-")]
