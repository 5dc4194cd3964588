"""Topics leave as text, come back as text, and are shown to colleagues: end to end."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from bot.services import exchange
from tests.factories import a_batch, a_paper, papers
from tests.house import House, open_house, words
from tests.waiting import until

FRIDAY = date(2026, 6, 26)
POLICY = a_paper("2606.10001", "Diffusion policies for dexterous hands")


@pytest.fixture
def house(tmp_path: Path, now: datetime) -> Iterator[House]:
    lists = {FRIDAY: a_batch(POLICY, *papers(7), votes=40)}
    with open_house(tmp_path, lists, start_at=now) as opened:
        opened.tick()
        yield opened


@pytest.fixture
def follow(house: House):
    """Somebody subscribes to topics and presses the button each time."""

    def follow(user: str, *topics: str) -> None:
        for topic in topics:
            house.press(user, house.type(user, f"subscribe {topic}"), "Subscribe")

    return follow


@pytest.fixture
def form(house: House):
    """Ana types `/papers import`, fills the form in and sends it; what it says, or shows then."""

    def form(text: str) -> dict:
        asked = {"user": "ana", "channel": "papers", "command": "/papers", "text": "import"}
        house.door("command", asked)
        view = until(lambda: house.views("ana")["modals"])[0]
        values = {"import_topics": {"import_topics": text}}
        answer = house.door("submit", {"user": "ana", "view_id": view["id"], "values": values})
        [left] = house.views("ana")["modals"]
        house.door("close", {"user": "ana", "view_id": left["id"]})
        return answer | {"shown": words(left)}

    return form


def copied(message: dict) -> str:
    """What somebody copies from the preformatted blocks of a message."""
    return "\n".join(
        element["text"]
        for block in message["blocks"]
        for part in block.get("elements", [])
        if part["type"] == "rich_text_preformatted"
        for element in part["elements"]
    )


def listed(house: House, user: str = "ana") -> str:
    return house.type(user, "list")["text"]


# -- export and import --------------------------------------------------------------------------


def test_what_was_exported_comes_back_after_everything_was_stopped(house, follow, form):
    follow("ana", '"tool use" -survey weekly max:3 as:tools', "(news daily)", "author:LeCun")
    before, exported = listed(house), house.type("ana", "export")
    house.type("ana", "unsubscribe all")

    answer = form(copied(exported))

    assert exported["ephemeral"]
    assert "You follow 3 topics now: 3 added." in answer["shown"]
    assert answer["errors"] is None
    assert listed(house) == before


def test_an_export_of_many_topics_goes_on_with_more(house, follow, form):
    lines = [f"topic {'very ' * 20}long {number}" for number in range(95)]
    for start in (0, 24, 48, 72):
        form("\n".join(lines[start : start + 24]))
    first = house.type("ana", "export")
    rest = house.press("ana", first, "More")

    assert (copied(first) + "\n" + copied(rest)).count("\n") == 94
    assert "94 now" in copied(rest)
    assert first["ts"] != rest["ts"]  # what was copied from stays where it is


def test_without_topics_an_export_says_how_to_begin(house):
    assert "You have no subscriptions" in words(house.type("ana", "export"))


def test_an_import_says_what_became_of_each_line(house, follow, form):
    follow("ana", "rag", "agents")

    answer = form("rag\nagents weekly\n\nnets daily\nnets daily max:2\nrobots")

    assert "You follow 4 topics now: 2 added, 1 changed, 1 you had already" in answer["shown"]
    assert "1 line repeated" in answer["shown"]
    assert "nets: once a day" in listed(house)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('rag\n"tool use\nagents', "Line 2: The quote at character 1 is never closed."),
        ("rag\n-survey", "Line 2: That only says what to leave out."),
        ("rag as:notes\nagents as:notes", "Line 2: Line 1 has that name already."),
        ("rag\n" + "-x\n" * 60, "I can't read lines 5, 6"),
        (" ", "Write at least one topic"),
    ],
)
def test_a_line_that_cannot_be_read_is_named_under_the_input_and_nothing_is_stored(
    house, form, text, said
):
    answer = form(text)

    assert said in answer["errors"]["import_topics"]
    assert "no subscriptions" in listed(house)


def test_a_name_that_another_topic_has_is_refused_with_its_line(house, follow, form):
    follow("ana", "rag as:notes")

    answer = form("nets\nagents as:notes")

    assert answer["errors"]["import_topics"].startswith("Line 2: Another topic of yours")
    assert "1 subscription" in listed(house)


@pytest.mark.parametrize("typed", ["rag weekly\nagents", "rag weekly ; agents"])
def test_topics_may_be_typed_behind_the_command(house, typed):
    answer = house.type("ana", f"import {typed}")

    assert "You follow 2 topics now: 2 added." in words(answer)
    assert answer["ephemeral"]
    assert "rag: on Mondays" in listed(house)


def test_a_typed_line_that_cannot_be_read_is_told_privately_and_nothing_is_stored(house):
    answer = house.type("ana", "import rag\n“tool use")

    assert "Line 2: The quote" in words(answer)
    assert "no subscriptions" in listed(house)


def test_a_mistyped_import_keeps_its_lines(house):
    answer = house.press("ana", house.type("ana", "imprt rag\nagents"), "Run import")

    assert "2 added" in words(answer)


def test_a_mistyped_import_alone_opens_the_form(house):
    house.click("ana", house.type("ana", "imprt"), "Run import")

    assert "Topics, one on each line" in words(until(lambda: house.views("ana")["modals"])[0])


def test_what_breaks_while_importing_is_told_under_the_input_with_a_code(house, form, monkeypatch):
    monkeypatch.setattr(exchange, "bring_in", broken)
    answer = form("rag")

    assert "Something went wrong on my side (code " in answer["errors"]["import_topics"]
    assert "no subscriptions" in listed(house)


def broken(*_: object) -> None:
    raise RuntimeError("of a topic that nobody may read")


def test_far_too_much_typed_text_is_answered_with_the_form(house):
    assert "/papers import" in words(house.type("ana", "import " + "rag\n" * 2000))


def test_an_import_learns_where_somebody_lives(house):
    house.type("mei", "import rag daily")

    until(lambda: "Asia/Tokyo" in words(house.type("mei", "list")))


# -- sharing ------------------------------------------------------------------------------------


def test_a_topic_is_shared_with_the_channel_by_its_owner_alone(house, follow):
    follow("ana", "secret plans", "diffusion policies weekly max:3 as:hands")
    before = {each["ts"] for each in house.sees("ben")}
    house.type("ana", "share 2")

    shared = house.awaits("ben", "papers", before)
    ana = next(each["id"] for each in house.state()["users"] if each["name"] == "ana")
    assert f"<@{ana}> shares a topic: diffusion policies" in shared["text"]
    assert "secret" not in words(shared) + str(shared)
    assert "hands" not in str(shared).replace("dexterous hands", "")  # its name stays hers


def test_whoever_copies_a_shared_topic_gets_the_usual_private_preview(house, follow):
    follow("ana", "diffusion policies weekly max:3")
    shared = house.type("ana", "share diffusion policies")
    preview = house.press("ben", shared, "Copy this subscription")
    house.press("ben", preview, "Subscribe")

    assert "I read this as diffusion policies" in words(preview)
    assert preview["ephemeral"]
    assert preview["ts"] not in {each["ts"] for each in house.sees("mei")}
    assert "on Mondays at 09:00, 3 papers at most" in listed(house, "ben")


def test_a_query_that_ends_like_an_option_is_copied_as_it_is(house, follow):
    follow("ana", "(news daily) max:7")
    preview = house.press("ben", house.type("ana", "share 1"), "Copy this subscription")
    house.press("ben", preview, "Subscribe")

    assert "I read this as news daily" in words(preview)
    assert "news daily: as soon as they appear, 7 papers at most" in listed(house, "ben")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("share", "/papers share 2"),
        ("share 9", "no number 9"),
        ("share 1, 2", "one topic at a time"),
        ("share nothing of mine", "can't find that subscription"),
    ],
)
def test_a_share_that_names_no_single_topic_is_answered_privately(house, follow, typed, said):
    follow("ana", "rag", "agents")
    answer = house.type("ana", typed)

    assert said in words(answer)
    assert answer["ephemeral"]
