"""What people do with papers, end to end: save, vote, mute, pick, skip; in every place they can."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete

from storage.models import PaperRow
from tests.factories import a_batch, a_paper, papers
from tests.house import House, digests, open_house, words
from tests.monday import FRIDAY, NINE_IN_LISBON, RAG, follow, to_monday
from tests.waiting import until

Json = dict[str, Any]
POLICY = a_paper("2606.10001", "Diffusion policies for dexterous hands")
HANDS = a_paper("2606.10002", "Hands with diffusion", authors=("Solo Wing",))
SURVEY = a_paper("2606.10003", "A survey of robots", abstract="We read everything on robots.")
ROBOT = a_paper("2606.10004", "Robots that walk", abstract="They walk and walk.")


@pytest.fixture(params=["socket", "http"])
def transport(request: pytest.FixtureRequest) -> str:
    """Every story is told twice: Slack reaches the bot in two ways."""
    return str(request.param)


@pytest.fixture
def house(tmp_path: Path, now: datetime, transport: str) -> Iterator[House]:
    lists = {FRIDAY: a_batch(POLICY, HANDS, *papers(5, start=800), votes=40)}
    with open_house(tmp_path, lists, start_at=now, transport=transport) as opened:
        opened.tick()
        yield opened


@pytest.fixture
def digest(house: House) -> Json:
    """Friday's digest in #papers."""
    house.type("ana", "digest now")
    house.tick()
    return digests(house)[0]


@pytest.fixture
def modal(house: House) -> Callable[[str], Json]:
    def modal(user: str) -> Json:
        found: Json = until(lambda: house.views(user)["modals"])[-1]
        return found

    return modal


def buttons(blocks: list[Json]) -> list[str]:
    return [
        each["text"]["text"]
        for block in blocks
        for each in block.get("elements", [])
        if each.get("type") == "button"
    ]


def press_in_modal(house: House, user: str, label: str) -> Json:
    """Press a button of the open modal, and wait until it is drawn anew."""
    view = house.views(user)["modals"][-1]
    control = next(
        {"action_id": each["action_id"], "block_id": block["block_id"], "value": each.get("value")}
        for block in view["blocks"]
        for each in [*block.get("elements", []), block.get("accessory") or {}]
        if each.get("type") == "button" and label in each["text"]["text"]
    )
    house.door("click", {"user": user, "view_id": view["id"], **control})
    return until(
        lambda: next((v for v in house.views(user)["modals"] if v["hash"] != view["hash"]), None)
    )


# -- saving ---------------------------------------------------------------------------------------


def test_a_paper_of_the_digest_is_saved_listed_and_taken_away_again(house, digest):
    kept = house.press("ana", digest, "Save")
    listed = house.type("ana", "saved")
    removed = house.press("ana", listed, "Remove")
    undone = house.press("ana", removed, "Undo")

    assert "Saved: Diffusion policies" in words(kept)
    assert kept["ephemeral"]
    assert "1. " in words(listed)
    assert "You have saved no paper yet" in words(removed)
    assert "You keep 1 paper" in words(undone)


def test_pressing_save_twice_saves_once(house, digest):
    house.press("ana", digest, "Save")
    again = house.press("ana", digest, "Save")

    assert "You have saved that already" in words(again)
    assert "You keep 1 paper" in words(house.type("ana", "saved"))


def test_undo_of_what_was_undone_otherwise_shows_how_it_stands(house, digest):
    kept = house.press("ana", digest, "Save")
    house.type("ana", "unsave 1")
    muted = house.type("ana", "mute survey")
    house.type("ana", "unmute 1")

    assert "You have saved no paper yet" in words(house.press("ana", kept, "Undo"))
    assert "You don't mute that any more" in words(house.press("ana", muted, "Undo"))


def test_everybody_has_a_list_of_their_own(house, digest):
    house.press("ana", digest, "Save")

    assert "You have saved no paper yet" in words(house.type("ben", "saved"))


def test_a_long_list_is_paged_through_in_place_and_its_numbers_work(house):
    for paper in (POLICY, HANDS, *papers(5, start=800)):
        house.type("ana", f"save {paper.id}")
    first = house.type("ana", "saved")
    second = house.press("ana", first, "More (2 left)")
    gone = house.type("ana", "unsave 7")

    assert second["ts"] == first["ts"]
    assert "7. " in words(second)
    assert "No longer saved: Diffusion policies" in words(gone)
    assert "You keep 7 papers" in words(house.press("ana", gone, "Undo"))


def test_saved_papers_stand_on_the_home_tab_and_leave_it_when_they_are_taken_away(house, modal):
    house.type("ana", f"save {POLICY.id}")
    house.door("open_home", {"user": "ana"})
    tab = until(lambda: house.views("ana")["home"])
    first = next(each for each in tab["blocks"] if "accessory" in each)
    button = {"action_id": "open_abstract", "value": first["accessory"]["value"]}
    at = {"user": "ana", "view_id": tab["id"], "block_id": first["block_id"]}
    house.door("click", at | button)
    modal("ana")
    press_in_modal(house, "ana", "Saved")

    assert POLICY.title in first["text"]["text"]
    until(lambda: "You have saved no paper yet" in words(house.views("ana")["home"]))


# -- one paper in full ----------------------------------------------------------------------------


def test_the_modal_says_what_people_here_did_and_what_is_like_it(house, digest, modal):
    house.press("ben", digest, "Save")
    house.press("ben", digest, "👍")
    house.click("ana", digest, "Abstract")

    shown = modal("ana")
    assert "We train small nets" in words(shown)
    assert "Saved here by" in words(shown)
    assert "👍 1" in buttons(shown["blocks"])
    assert "Similar papers" in words(shown)


def test_the_modal_is_drawn_anew_with_each_press(house, digest, modal):
    house.click("ana", digest, "Abstract")
    modal("ana")

    saved = press_in_modal(house, "ana", "Save")
    voted = press_in_modal(house, "ana", "👎")
    back = press_in_modal(house, "ana", "👎")

    assert "Saved here by" in words(saved)
    assert "👎 1" in buttons(voted["blocks"])
    assert "👎" in buttons(back["blocks"])


def test_a_similar_paper_opens_in_the_same_modal(house, digest, modal):
    house.click("ana", digest, "Abstract")
    first = modal("ana")
    second = press_in_modal(house, "ana", "Abstract")

    assert second["id"] == first["id"]
    assert first["private_metadata"] != second["private_metadata"]


def test_a_paper_that_is_gone_is_said_to_be_in_the_modal_too(house, digest, modal):
    house.click("ana", digest, "Abstract")
    modal("ana")
    with house.bot.database.begin() as session:
        session.execute(delete(PaperRow))

    assert "I don't have that paper" in words(press_in_modal(house, "ana", "Save"))


# -- votes ----------------------------------------------------------------------------------------


def test_the_digest_shows_votes_in_place_at_most_once_a_minute(house, digest):
    def shown() -> Json:
        return next(each for each in house.sees("mei") if each["ts"] == digest["ts"])

    house.press("ana", digest, "👍")
    house.tick()
    first = buttons(shown()["blocks"])
    house.press("ben", shown(), "👍")
    house.tick()
    soon = buttons(shown()["blocks"])
    house.clock(datetime.fromisoformat(house.state()["clock"]) + timedelta(minutes=2))
    house.tick()

    assert "👍 1" in first
    assert "👍 1" in soon
    assert "👍 2" in buttons(shown()["blocks"])
    assert len(digests(house)) == 1


def test_a_vote_is_told_to_whoever_gave_it_and_taken_back(house, digest):
    for_it = house.press("ana", digest, "👍")
    against = house.press("ana", digest, "👎")
    back = house.press("ana", against, "Take it back")

    assert "Here: 1 for, 0 against" in words(for_it)
    assert "Here: 0 for, 1 against" in words(against)
    assert "hides nothing from you" in words(against)
    assert "Here: 0 for, 0 against" in words(back)
    assert for_it["ephemeral"]


# -- mutes ----------------------------------------------------------------------------------------


def test_a_muted_word_keeps_a_paper_from_its_owner_and_from_nobody_else(house):
    for user in ("ana", "ben"):
        follow(house, user, "robots")
    house.type("ana", "mute survey")
    to_monday(house, SURVEY, ROBOT)

    [hers], [his] = house.dms("ana"), house.dms("ben")
    assert SURVEY.title not in words(hers)
    assert ROBOT.title in words(hers)
    assert SURVEY.title in words(his)


def test_a_mute_leaves_the_channels_digest_alone(house):
    house.type("ana", "digest on")
    house.type("ana", "mute survey")
    to_monday(house, SURVEY)

    assert any(SURVEY.title in words(each) for each in digests(house, "ana"))


def test_a_word_is_muted_from_the_menu_of_a_topic(house, modal):
    follow(house, "ana", "robots")
    to_monday(house, SURVEY)
    [alert] = house.dms("ana")
    house.click("ana", alert, "Mute a word", channel=house.dm_of("ana"))
    form = modal("ana")
    values = {"mute_word": {"mute_word": "survey"}}
    house.door("submit", {"user": "ana", "view_id": form["id"], "values": values})

    assert "Muted:  survey" in words(modal("ana"))
    assert "1. survey" in words(house.type("ana", "mute"))


def test_what_cannot_be_muted_is_said_under_the_input(house, digest, modal):
    house.click("ana", digest, "Mute a word")
    form = modal("ana")
    values = {"mute_word": {"mute_word": "the"}}
    answer = house.door("submit", {"user": "ana", "view_id": form["id"], "values": values})

    assert "stands in nearly every paper" in str(answer)


def test_an_author_is_chosen_from_a_paper_and_undone_in_the_modal(house, digest, modal):
    house.click("ana", digest, "Mute an author")
    form = modal("ana")
    chosen = form["blocks"][0]["element"]["options"][1]
    values = {"mute_author": {"mute_author": chosen["value"]}}
    house.door("submit", {"user": "ana", "view_id": form["id"], "values": values})
    done = modal("ana")
    undone = press_in_modal(house, "ana", "Undo")

    assert 'Muted:  author:"sato ken"' in words(done)
    assert "No longer muted:" in words(undone)


def test_an_only_author_is_muted_at_once(house):
    card = house.type("ana", f"show {HANDS.id}")
    done = house.press("ana", card, "Mute an author")

    assert 'author:"solo wing"' in words(done)
    assert "You mute nothing" in words(house.press("ana", done, "Undo"))


def test_what_a_mute_held_back_comes_after_undo(house):
    follow(house, "ana", "robots")
    muted = house.type("ana", "mute survey")
    to_monday(house, SURVEY)
    house.press("ana", muted, "Undo")
    house.tick()

    [alert] = house.dms("ana")
    assert SURVEY.title in words(alert)


# -- curators -------------------------------------------------------------------------------------


def test_what_is_picked_comes_first_and_the_channel_reads_who_wanted_it(house):
    house.type("ana", "digest on")
    before = {each["ts"] for each in house.sees("ben")}
    house.type("ana", "pick 2606.00804")
    house.tick()
    said = house.awaits("ben", "papers", before)
    house.clock(NINE_IN_LISBON)
    house.tick()

    assert "picked  Paper number 804  for the next digest" in words(said)
    assert titles(digests(house)[0])[0] == "Paper number 804"


def titles(message: Json) -> list[str]:
    """The papers of a digest or its preview, in order, from its text."""
    lines = (line.partition(". ") for line in message["text"].splitlines())
    return [rest.rpartition(" (")[0] for number, _, rest in lines if number.isdecimal()]


def test_a_digest_is_curated_in_its_preview_and_posted(house):
    preview = house.type("ana", "digest preview")
    first, second, *others = titles(preview)
    moved = house.press("ana", preview, "Move up")
    skipped = house.press("ana", moved, "Skip")
    back = house.press("ana", skipped, "Put back")
    last = house.press("ana", back, "Skip")
    house.press("ana", last, "Post now")
    for _ in range(2):  # what was decided is told there first, and a channel takes one a second
        house.clock(house.bot.now() + timedelta(seconds=9))
        house.tick()

    assert preview["ephemeral"]
    assert preview["ts"] == moved["ts"] == last["ts"]
    assert titles(moved) == [second, first, *others]
    assert second not in titles(skipped)
    assert titles(back) == [first, second, *others]
    assert titles(digests(house)[0]) == titles(last)
    assert first not in titles(last)


def test_a_digest_is_not_curated_where_there_is_none(house):
    dm = house.dm_of("ana")

    for said in ("pick 2606.10001", "skip 2606.10001", "digest preview"):
        assert "A digest belongs to a channel" in words(house.type("ana", said, channel=dm))


# -- why ------------------------------------------------------------------------------------------


def test_a_digests_paper_says_why_it_is_there(house, digest):
    why = house.press("ben", digest, "Why this paper")

    assert "It was in this channel's digest of" in words(why)
    assert "40 votes" in words(why)


def test_an_alert_can_be_voted_on_saved_and_explained(house):
    follow(house, "ana", "rag")
    to_monday(house, RAG)
    dm = house.dm_of("ana")
    [alert] = house.dms("ana")

    assert "Saved: " in words(house.press("ana", alert, "Save", channel=dm))
    assert "You voted for" in words(house.press("ana", alert, "👍", channel=dm))
    assert "It was in the alert I sent you" in words(
        house.press("ana", alert, "Why this paper", channel=dm)
    )
    assert "Share in this channel" not in words(alert)


def choose_channel(house: House, channel: str, modal: Callable[[str], Json]) -> Json:
    """Have the paper of Ana's alert shared, and choose where; the modal after that."""
    [alert] = house.dms("ana")
    house.click("ana", alert, "Share in a channel", channel=house.dm_of("ana"))
    view = modal("ana")
    where = next(each["id"] for each in house.state()["channels"] if each["name"] == channel)
    menu = next(each for each in view["blocks"] if "accessory" in each)
    at = {"user": "ana", "view_id": view["id"], "block_id": menu["block_id"]}
    house.door("click", at | {"action_id": "share_where", "selected": where})
    return until(
        lambda: next((v for v in house.views("ana")["modals"] if v["hash"] != view["hash"]), None)
    )


def test_a_paper_of_an_alert_is_shared_in_a_channel_with_the_name_of_who_did(house, modal):
    follow(house, "ana", "rag")
    to_monday(house, RAG)
    before = {each["ts"] for each in house.sees("ben")}
    chosen = choose_channel(house, "papers", modal)
    done = press_in_modal(house, "ana", "Share")
    house.tick()

    shared = house.awaits("ben", "papers", before)
    assert "Everybody there sees that it was you" in words(chosen)
    assert "It is on its way to" in words(done)
    assert "shared a paper" in words(shared)
    assert RAG.title in words(shared)


def test_a_paper_is_not_shared_where_the_bot_is_not(house, modal):
    follow(house, "ana", "rag")
    to_monday(house, RAG)
    chosen = choose_channel(house, "reviews", modal)

    assert "I'm not in that channel" in words(chosen)
    assert buttons(chosen["blocks"]) == []
