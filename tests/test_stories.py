"""The bot end to end: what people type and click, and what they see, through the sandbox."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.factories import a_batch, a_paper, papers
from tests.house import House, digests, open_house, words
from tests.waiting import until

FRIDAY, MONDAY = date(2026, 6, 26), date(2026, 6, 29)
MONDAY_MORNING = datetime(2026, 6, 29, 8, 30, tzinfo=UTC)  # half past nine in Lisbon, where Ana is
POLICY = a_paper("2606.10001", "Diffusion policies for dexterous hands")
FRAGMENT = a_paper("2606.10002", "Fragments of storage paragraphs")
RAG = a_paper("2606.10003", "Better RAG with less context")


@pytest.fixture
def lists() -> dict:
    return {FRIDAY: a_batch(POLICY, *papers(7), votes=40)}


@pytest.fixture(params=["socket", "http"])
def transport(request) -> str:
    """Every story is told twice: Slack reaches the bot in two ways."""
    return request.param


@pytest.fixture
def house(tmp_path: Path, lists: dict, now: datetime, transport: str) -> Iterator[House]:
    with open_house(tmp_path, lists, start_at=now, transport=transport) as opened:
        opened.tick()  # Friday's list comes in
        yield opened


def to_monday(house: House, *new) -> None:
    """The weekend passes, and Monday's list has these papers."""
    house.lists[MONDAY] = a_batch(*new, day=MONDAY)
    house.clock(MONDAY_MORNING)
    house.tick()


def follow(house: House, user: str, topic: str) -> dict:
    preview = house.type(user, f"subscribe {topic}")
    return house.press(user, preview, "Subscribe")


# -- the digest ---------------------------------------------------------------------------------


def test_a_channel_that_turns_its_digest_on_gets_five_papers_at_nine_on_monday(house):
    announced = house.type("ana", "digest on")
    to_monday(house, *papers(8, start=100))

    [digest] = digests(house)
    assert "Friday" not in words(digest)
    assert words(digest).count("Abstract") == 5
    assert not announced.get("ephemeral")
    assert "Monday to Friday" in words(announced)


def test_everybody_in_the_channel_reads_who_set_the_digest(house):
    announced = house.type("ana", "digest on")

    ana = next(each["id"] for each in house.state()["users"] if each["name"] == "ana")
    assert announced["ts"] in {each["ts"] for each in house.sees("mei")}
    assert f"<@{ana}>" in words(announced)


def test_digest_now_posts_what_the_channel_has_not_seen_and_then_says_that_nothing_is_new(house):
    house.type("ana", "digest on")
    house.type("ana", "digest now")
    house.tick()
    [first] = digests(house)

    house.type("ana", "digest now")
    house.tick()
    second, _ = digests(house)
    answer = house.type("ana", "digest now")

    assert "Diffusion policies" in words(first)
    assert "Diffusion policies" not in words(second)
    assert "Nothing new" in words(answer)
    assert answer["ephemeral"]


def test_moving_the_hour_after_the_digest_gives_no_second_one_that_day(house):
    house.type("ana", "digest at 10:00 Europe/Berlin")
    to_monday(house, *papers(8, start=100))
    house.type("ana", "digest at 14:00")
    house.clock(house.sandbox.now() + timedelta(hours=5))
    house.tick()

    assert len(digests(house)) == 1


def test_a_digest_that_is_turned_off_does_not_come(house):
    house.type("ana", "digest on")
    house.type("ben", "digest off")
    to_monday(house, *papers(8, start=100))

    assert digests(house) == []


def test_a_monday_without_papers_says_why(house):
    house.type("ana", "digest now")
    house.type("ana", "digest on")
    house.tick()
    to_monday(house)

    digest, _ = digests(house)
    assert "No new papers" in words(digest)
    assert "Hugging Face has an empty list for Mon 29 Jun so far" in words(digest)


def test_where_the_bot_is_not_a_member_it_asks_to_be_invited_and_try_again_works(house):
    answer = house.type("ana", "digest on", channel="reviews")
    assert "/invite" in words(answer)

    house.door("invite", {"channel": "reviews", "user": house.state()["bot"]["user_id"]})
    before = {each["ts"] for each in house.sees("ana", "reviews")}
    house.click("ana", answer, "Try again", channel="reviews")

    assert "set the daily digest here" in words(house.awaits("ana", "reviews", before))


# -- search -------------------------------------------------------------------------------------


def test_a_search_answers_the_asker_alone(house):
    answer = house.type("ana", "search diffusion policy")

    assert answer["ephemeral"]
    assert "Diffusion policies for dexterous hands" in words(answer)
    assert answer["ts"] not in {each["ts"] for each in house.sees("ben")}


def test_more_shows_the_next_hits_in_place(house):
    first = house.type("ana", "search paper number")
    second = house.press("ana", first, "More")

    assert second["ts"] == first["ts"]
    assert "6. " in words(second)
    assert "6. " not in words(first)


def test_a_hit_can_be_shared_with_the_channel(house):
    answer = house.type("ana", "search diffusion policy")
    before = {each["ts"] for each in house.sees("ben")}
    house.click("ana", answer, "Share")

    shared = house.awaits("ben", "papers", before)
    assert "shared a paper" in words(shared)
    assert "Diffusion policies" in words(shared)


def test_a_pasted_link_finds_that_paper_first(house):
    answer = house.type("ana", "search https://arxiv.org/abs/2606.10001v2")

    assert "Diffusion policies" in words(answer)


def test_words_that_name_no_command_are_searched(house):
    assert "Diffusion policies" in words(house.type("ana", "dexterous hands"))


def test_the_abstract_opens_in_a_modal(house):
    answer = house.type("ana", "search diffusion policy")
    house.click("ana", answer, "Abstract")

    modal = until(lambda: house.views("ana")["modals"])[0]
    assert "We train small nets" in words(modal)


# -- subscriptions ------------------------------------------------------------------------------


def test_a_subscription_leads_to_exactly_one_direct_message(house):
    follow(house, "ana", "rag")
    to_monday(house, FRAGMENT, RAG)
    house.tick()

    [dm] = house.dms("ana")
    assert "Better RAG" in words(dm)
    assert "Fragments" not in words(dm)
    assert house.dms("ben") == []


def test_nothing_is_stored_before_subscribe_is_pressed(house):
    preview = house.type("ana", "subscribe rag")
    to_monday(house, RAG)

    assert "would have sent" in words(preview)
    assert house.dms("ana") == []


def test_a_paper_from_before_the_subscription_is_shown_in_the_preview_and_never_sent(house):
    preview = house.type("ana", 'subscribe "diffusion policies"')
    house.press("ana", preview, "Subscribe")
    house.tick()

    assert "Diffusion policies" in words(preview)
    assert house.dms("ana") == []


def test_two_topics_that_match_one_paper_send_it_once(house):
    follow(house, "ana", "rag")
    follow(house, "ana", "less context")
    to_monday(house, RAG)

    [dm] = house.dms("ana")
    assert words(dm).count("Abstract") == 1


def test_after_unsubscribing_nothing_comes(house):
    follow(house, "ana", "rag")
    answer = house.type("ana", "unsubscribe 1")
    to_monday(house, RAG)

    assert "no longer follow" in words(answer)
    assert house.dms("ana") == []


def test_undo_brings_a_subscription_back(house):
    follow(house, "ana", "rag")
    house.press("ana", house.type("ana", "unsubscribe rag"), "Undo")
    to_monday(house, RAG)

    assert len(house.dms("ana")) == 1


def test_an_alert_carries_its_exit(house):
    follow(house, "ana", "rag")
    to_monday(house, RAG)
    dm = house.dm_of("ana")
    [alert] = house.dms("ana")

    house.press("ana", alert, "Unsubscribe", channel=dm)

    assert "no subscriptions" in words(house.type("ana", "list"))


def test_pressing_subscribe_twice_is_the_same_as_once(house):
    follow(house, "ana", "rag")
    house.press("ana", house.type("ana", "subscribe rag"), "Update")

    assert "You have 1 subscription" in words(house.type("ana", "list"))


def test_nobody_sees_the_topics_of_others(house):
    follow(house, "ana", "secret topic")

    assert all("secret topic" not in words(each) for each in house.sees("ben"))
    assert "no subscriptions" in words(house.type("ben", "list"))


def test_more_papers_than_fit_are_counted_and_shown_on_demand(house):
    follow(house, "ana", "robots")
    to_monday(house, *papers(8, start=200, title="Robots that walk"))
    [alert] = house.dms("ana")

    rest = house.press("ana", alert, "Show 3 more", channel=house.dm_of("ana"))

    assert words(alert).count("Abstract") == 5
    assert words(rest).count("Abstract") == 3


# -- after a restart ----------------------------------------------------------------------------


def test_a_restart_repeats_nothing(tmp_path, lists, now, transport):
    with open_house(tmp_path, lists, start_at=now, transport=transport) as house:
        house.tick()
        house.type("ana", "digest on")
        follow(house, "ana", "rag")
        to_monday(house, RAG, *papers(8, start=100))
        assert (len(digests(house)), len(house.dms("ana"))) == (1, 1)

    with open_house(tmp_path, lists, start_at=now, transport=transport) as house:
        house.tick()
        house.tick()
        assert (len(digests(house)), len(house.dms("ana"))) == (1, 1)


# -- what people type by mistake ----------------------------------------------------------------


def test_a_mistyped_command_is_one_tap_away(house):
    asked = house.type("ana", "subcribe tool use")
    answer = house.press("ana", asked, "Run subscribe")

    assert "Did you mean" in words(asked)
    assert "would have sent" in words(answer)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "x" * 8_000,
        "search " + "y " * 4_000,
        "search",
        "search 🤖🔥",
        "search בינה מלאכותית",
        "search \x00\x07",
        'search "',
        "search *",
        "search NEAR(",
        "search <!channel>",
        "search satellite payload",
        "subscribe",
        'subscribe "',
        "subscribe -survey",
        "subscribe <!channel>",
        "subscribe " + "(" * 500,
        "unsubscribe 99",
        "show nothing",
        "show 9999.99999",
        "digest sometimes",
        "digest at 25:00",
        "digest at 09:00 Europe/Berln",
        "help nothing",
        "frobnicate the <@U123> & <b>",
    ],
)
def test_bad_input_gets_a_private_answer_and_raises_no_mention(house, text):
    answer = house.type("ana", text)

    assert answer["ephemeral"]
    assert "<!channel>" not in str(_mrkdwn(answer))
    assert "Something went wrong" not in words(answer)
    assert words(answer).strip()


def _mrkdwn(value) -> list[str]:
    """Every text that Slack would read as markup."""
    if isinstance(value, list):
        return [text for each in value for text in _mrkdwn(each)]
    if not isinstance(value, dict):
        return []
    own = [value["text"]] if value.get("type") == "mrkdwn" else []
    return own + [text for each in value.values() for text in _mrkdwn(each)]
