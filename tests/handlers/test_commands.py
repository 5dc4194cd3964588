"""`/papers`: every command and alias, acknowledged at once, answered to whoever asked."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.blocks import help as help_blocks
from handlers import commands
from handlers.commands import ALIASES, COMMANDS
from tests.house import words
from tests.waiting import PATIENCE

ACK_MS = 3_000
SAID = {  # what is typed: what the answer says
    "": "Picks of Friday 26 June",
    "help": "What I can do",
    "help subscribe": "test-time compute",
    "help sub": "test-time compute",
    "search diffusion policy": "Diffusion policies for dexterous hands",
    "search xyzzy": "Nothing found for",
    "today": "Friday 26 June",
    "week": "Sat 20 Jun to Fri 26 Jun",
    "month": "to Fri 26 Jun",
    "trending": "I have read these lists only once",
    "today date:2026-06-25 top:2": "Thursday 25 June: 2 of 3 papers",
    "week robots": "I know /papers week top:5",
    "show 2606.10001": "We train small nets",
    "show https://arxiv.org/pdf/2606.10001v3.pdf": "We train small nets",
    "trends diffusion policy": "Papers a week, 28 Jun 2025 to 26 Jun 2026",
    "trends": "Tell me what to count",
    "similar 2606.10001": "Similar to Diffusion policies",
    "similar": "I need the paper's arXiv id or link",
    "why 2606.10001": "I did not send you that paper",
    "why": "I need the paper's arXiv id",
    "save 2606.10001": "Saved: Diffusion policies",
    "saved": "You have saved no paper yet",
    "unsave 2606.10001": "not among your saved ones",
    "mute survey": "Muted: survey",
    "unmute survey": "You mute nothing",
    "subscribe diffusion policy": "I read this as diffusion policy",
    "subscribe": "You have no subscriptions",
    "list": "You have no subscriptions",
    "unsubscribe": "You have no subscriptions",
    "unsubscribe all": "can't find that subscription",
    "share": "Say which one of your topics",
    "export": "You have no subscriptions",
    "import rag": "You follow 1 topic now: 1 added",
    "pause": "You follow no topic yet",
    "resume": "You follow no topic yet",
    "settings": "Your time zone is Europe/Lisbon",
    "digest": "The daily digest is off here",
    "digest off": "The digest is off in this channel",
    "digest preview": "Next digest",
    "pick 2606.10001": "Picked for the next digest: Diffusion policies",
    "skip 2606.10001": "Not in the next digest: Diffusion policies",
    "status": "papers stored",
}
EXAMPLES = {"search": "diffusion", "show": "2606.10001", "subscribe": "diffusion policy"}


@pytest.mark.parametrize("typed", SAID, ids=lambda typed: typed or "nothing")
def test_a_command_answers_the_asker_alone_and_is_acknowledged_in_time(house, typed):
    before = {each["ts"] for each in house.sees("ana")}
    asked = {"user": "ana", "channel": "papers", "command": "/papers", "text": typed}

    acknowledged = house.door("command", asked)
    answer = house.awaits("ana", "papers", before)

    assert (acknowledged["status"], acknowledged["ack_ms"] < ACK_MS) == (200, True)
    assert SAID[typed] in words(answer)
    assert answer["ephemeral"]
    assert answer["ts"] not in {each["ts"] for each in house.sees("ben")}


def test_every_command_was_tried_and_is_explained():
    assert {typed.split(" ")[0] for typed in SAID} - {""} == set(COMMANDS)
    assert set(help_blocks.COMMANDS) == set(COMMANDS)


@pytest.mark.parametrize("alias", ALIASES)
def test_an_alias_is_its_command(house, alias):
    name = ALIASES[alias]
    rest = EXAMPLES.get(name, "")

    by_alias = house.type("ana", f"{alias} {rest}")

    assert words(by_alias) == words(house.type("ana", f"{name} {rest}"))


@pytest.mark.parametrize("typed", ["SEARCH diffusion", "Help", " today ", "LiSt"])
def test_the_case_of_a_command_does_not_matter(house, typed):
    assert "I don't know" not in words(house.type("ana", typed))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("subscribe “diffusion policy” weekly", 'I read this as "diffusion policy"'),
        ("subscribe diffusion &amp; policy", "I read this as"),
        ("search <https://arxiv.org/abs/2606.10001|arxiv.org>", "Diffusion policies"),
    ],
)
def test_what_slack_makes_of_typed_text_is_undone(house, typed, said):
    assert said in words(house.type("ana", typed))


def test_a_mistyped_command_can_be_searched_for_instead(house):
    asked = house.type("ana", "serch diffusion policy")
    answer = house.press("ana", asked, "Search instead")

    assert "Did you mean /papers search diffusion policy" in words(asked)
    assert "Results for serch diffusion policy" in words(answer)
    assert answer["ts"] == asked["ts"]  # in place


def test_a_mistyped_alias_offers_the_command_it_stands_for(house):
    asked = house.type("ana", "unsubscrbe 1")

    assert "/papers unsubscribe 1" in words(asked)


@pytest.fixture
def answered(monkeypatch):
    """`/papers today` is answered only when this is set."""
    answered = threading.Event()

    def slow(_asked):
        answered.wait(PATIENCE)
        return commands.Answer(help_blocks.overview())

    monkeypatch.setitem(COMMANDS, "today", slow)
    return answered


def test_the_acknowledgement_does_not_wait_for_the_answer(house, answered):
    before = {each["ts"] for each in house.sees("ana")}
    asked = {"user": "ana", "channel": "papers", "command": "/papers", "text": "today"}

    assert house.door("command", asked)["status"] == 200
    answered.set()
    assert "What I can do" in words(house.awaits("ana", "papers", before))


def test_a_dozen_slow_answers_leave_room_for_the_next_person(house, answered):
    """Bolt's own five threads would let the sixth person read "operation_timeout"."""
    asked = {"user": "ana", "channel": "papers", "command": "/papers", "text": "today"}
    for _ in range(12):
        assert house.door("command", asked)["status"] == 200

    assert "papers stored" in words(house.type("ben", "status"))
    answered.set()


def test_two_people_at_once_each_get_their_own_answer(house):
    said = {"ana": "search diffusion policy", "ben": "help", "mei": "status"}

    with ThreadPoolExecutor(len(said)) as pool:
        answers = dict(zip(said, pool.map(house.type, said, said.values()), strict=True))

    assert "Results for diffusion policy" in words(answers["ana"])
    assert "What I can do" in words(answers["ben"])
    assert "papers stored" in words(answers["mei"])
