"""Buttons and menus do what their labels say, for whoever presses them."""

from datetime import timedelta

import pytest
from sqlalchemy import delete

from storage.models import PaperRow
from tests.factories import a_batch, a_paper, papers
from tests.house import House, words


def modal_of(house: House, user: str, until) -> str:
    return words(until(lambda: house.views(user)["modals"])[0])


# -- search and lists -----------------------------------------------------------------------------


def test_a_search_becomes_the_preview_of_a_subscription_beside_it(house):
    found = house.type("ana", "search diffusion policy")
    preview = house.press("ana", found, "Subscribe to this")

    assert "I read this as diffusion policy" in words(preview)
    assert preview["ts"] != found["ts"]


def test_a_search_without_hits_offers_the_topic_as_a_subscription(house):
    preview = house.press("ana", house.type("ana", "search xyzzy"), "Subscribe to this")

    assert "It would have sent nothing" in words(preview)


def test_days_are_paged_in_place(house):
    today = house.type("ana", "today")
    before = house.press("ana", today, "‹ Thu 25 Jun")
    again = house.press("ana", before, "Fri 26 Jun ›")

    assert today["ts"] == before["ts"] == again["ts"]
    assert "Thursday 25 June" in words(before)
    assert "I have no earlier list." in words(before)
    assert words(again) == words(today)
    assert "There is no later list yet." in words(again)


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("The whole list", "Friday 26 June"),
        ("My subscriptions", "You have no subscriptions"),
        ("Help", "What I can do"),
    ],
)
def test_the_ways_on_from_the_picks_answer_beside_them(house, label, said):
    picks = house.type("ana", "")
    answer = house.press("ana", picks, label)

    assert said in words(answer)
    assert (answer["ephemeral"], answer["ts"] != picks["ts"]) == (True, True)


def test_a_card_is_shared_with_the_name_of_whoever_shares_it(house):
    card = house.type("ana", "show 2606.10001")
    before = {each["ts"] for each in house.sees("ben")}
    house.click("ana", card, "Share in this channel")

    shared = house.awaits("ben", "papers", before)
    ana = next(each["id"] for each in house.state()["users"] if each["name"] == "ana")
    assert f"<@{ana}> shared a paper" in shared["text"]


def test_a_button_that_opens_a_page_is_acknowledged_and_says_nothing(house):
    card = house.type("ana", "show 2606.10001")
    before = house.sees("ana")

    assert house.click("ana", card, "Read the paper")["status"] == 200
    assert house.sees("ana") == before


@pytest.mark.parametrize("user", ["ana", "ben"])
def test_everybody_in_the_channel_opens_an_abstract_from_a_digest(house, until, user):
    house.type("ana", "digest now")
    house.tick()
    house.click(user, house.sees(user)[0], "Abstract")

    assert "We train small nets on little data" in modal_of(house, user, until)


# -- subscriptions --------------------------------------------------------------------------------


def test_cancel_stores_nothing_and_takes_the_buttons_away(house):
    preview = house.type("ana", "subscribe rag")
    cancelled = house.press("ana", preview, "Cancel")

    assert "I stored nothing" in words(cancelled)
    assert cancelled["ts"] == preview["ts"]
    assert "no subscriptions" in words(house.type("ana", "list"))


def test_undo_takes_a_subscription_back_in_place(house, follow):
    answer = follow("ana", "rag")
    undone = house.press("ana", answer, "Undo")

    assert "You follow rag now" in words(answer)
    assert "You no longer follow rag" in words(undone)
    assert undone["ts"] == answer["ts"]


def test_a_button_whose_subscription_is_gone_says_so_privately(house, follow):
    answer = follow("ana", "rag")
    house.type("ana", "unsubscribe all")
    late = house.press("ana", answer, "Undo")

    assert "can't find that subscription" in words(late)
    assert late["ephemeral"]


def test_a_cadence_and_a_size_survive_the_preview_and_undo(house, follow):
    answer = follow("ana", "rag weekly max:3")
    stopped = house.type("ana", "unsubscribe 1")
    back = house.press("ana", stopped, "Undo")

    for each in (answer, back):
        assert "on Mondays at 09:00, 3 papers at most" in words(each)


def test_a_long_list_of_subscriptions_is_paged_in_place(house, follow):
    for number in range(12):
        follow("ana", f"topic {number}")
    first = house.type("ana", "list")
    rest = house.press("ana", first, "More (2 left)")

    assert "10. topic 9" in first["text"]
    assert "topic 10" not in first["text"]
    assert "12. topic 11" in rest["text"]
    assert rest["ts"] == first["ts"]


def test_the_rest_of_an_alert_is_shown_to_its_reader_alone(house, follow):
    follow("ana", "robots")
    house.lists[max(house.lists)] = a_batch(*papers(8, start=200, title="Robots that walk"))
    house.clock(house.sandbox.now() + timedelta(minutes=11))
    house.tick()
    dm = house.dm_of("ana")
    [alert] = house.dms("ana")

    rest = house.press("ana", alert, "Show 3 more", channel=dm)

    assert words(rest).count("Robots that walk") >= 3
    assert rest["ephemeral"]


@pytest.mark.parametrize(
    "label", ["Abstract", "Save", "Similar", "👍", "👎", "Share", "Mute", "Why"]
)
def test_a_button_below_a_paper_that_is_gone_says_so_in_one_sentence(house, label):
    answer = house.type("ana", "search diffusion policy")
    with house.bot.database.begin() as session:
        session.execute(delete(PaperRow))
    told = house.press("ana", answer, label)

    assert "I don't have that paper" in words(told)
    assert told["ephemeral"]


def test_new_papers_are_found_as_soon_as_they_were_read(house):
    house.lists[max(house.lists)] = a_batch(a_paper("2606.30000", "Mamba for proteins"))
    house.clock(house.sandbox.now() + timedelta(minutes=11))
    house.tick()

    assert "Mamba for proteins" in words(house.type("ana", "search mamba"))
