"""What stands below a paper, and what people read after they pressed it."""

import pytest

from bot.blocks import abstract, curators, home, mutes, saved, votes
from bot.blocks.paper_controls import controls, own_controls
from bot.domain.digest import Pick
from bot.domain.muting import Mute
from bot.domain.reader import Hours
from bot.domain.verdicts import Decision, Verdict
from bot.domain.votes import Standing, Tally, Vote
from tests.bot.blocks.anything import BERLIN, read_aloud, values
from tests.factories import NOW, a_channel, a_listing, a_paper, papers

PAPER = a_listing(a_paper(title="Small nets"))
SOME = [a_listing(each) for each in papers(5)]


def labels(elements) -> list[str]:
    return [each["text"]["text"] for each in elements if each["type"] == "button"]


# -- controls -------------------------------------------------------------------------------------


def test_a_paper_can_be_saved_likened_voted_on_shared_muted_and_explained():
    row = controls("2606.00001", Tally(1212, 0))

    assert labels(row) == ["Save", "Similar", "👍 1,212", "👎"]
    assert [each["text"]["text"] for each in row[-1]["options"]] == [
        "Share in this channel",
        "Mute an author",
        "Mute a word",
        "Why this paper",
    ]


def test_a_vote_says_to_those_who_hear_it_what_it_does_and_how_many_did():
    *_, up, down, _ = controls("2606.00001", Tally(1, 0))

    assert up["accessibility_label"] == "Vote for it. 1 vote here so far."
    assert down["accessibility_label"] == "Vote against it. 0 votes here so far."


def test_in_a_direct_message_a_channel_to_share_it_with_is_asked_for():
    said = read_aloud(controls("2606.00001", share=False))

    assert "Share in a channel" in said
    assert "Share in this channel" not in said


@pytest.mark.parametrize(("length", "menus"), [(68, 1), (69, 0), (128, 0)])
def test_an_id_that_is_too_long_for_a_menu_has_none(length, menus):
    row = controls("1" * length)

    assert sum(each["type"] == "overflow" for each in row) == menus


def test_what_a_person_did_is_lit_and_taken_back_by_the_same_button():
    row = own_controls("2606.00001", Standing(Tally(2, 1), Vote.DOWN, saved=True))

    assert [each["action_id"] for each in row] == [
        "unsave_paper",
        "vote_up",
        "take_back_vote_down",
    ]
    assert [each.get("style") for each in row] == ["primary", None, "primary"]


# -- one paper in full ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("savers", "said"),
    [
        (1, "Saved here by  ."),
        (2, "Saved here by   and  ."),
        (3, "Saved here by  ,   and  ."),
        (6, " and 1 other"),
        (9, " and 4 others"),
    ],
)
def test_who_saved_a_paper_is_named_up_to_five(savers, said):
    people = tuple(f"U{n}" for n in range(savers))
    view = abstract.abstract(PAPER, Standing(savers=people))

    shown = [each["user_id"] for block in view["blocks"] for each in _users(block)]
    assert shown == list(people[:5])
    assert said.replace(" ", "") in read_aloud(view["blocks"]).replace(" ", "")


def _users(block):
    for part in block.get("elements", []):
        yield from (each for each in part.get("elements", []) if each["type"] == "user")


def test_three_similar_papers_are_one_press_away():
    view = abstract.abstract(PAPER, Standing(), SOME)

    assert values(view["blocks"], "turn_to_paper") == [each.paper.id for each in SOME[:3]]


# -- saved papers ---------------------------------------------------------------------------------


def test_the_numbers_of_a_page_go_on_from_the_page_before():
    message = saved.shelf(SOME[:2], 5, 12)

    assert message.text.splitlines() == [
        "You keep 12 papers, the latest first.",
        "6. Paper number 1 (10 votes)",
        "7. Paper number 2 (10 votes)",
    ]
    assert values(message.blocks, "saved_more") == ["7"]
    assert values(message.blocks, "saved_first") == ["0"]


def test_the_home_tab_shows_the_latest_five_and_how_to_see_all():
    view = home.home([], [], [], Hours(BERLIN), [*SOME, PAPER], 12)

    said = read_aloud(view["blocks"])
    assert "Paper number 5" in said
    assert "Small nets" not in said
    assert "7 more: `/papers saved` shows them all" in said


# -- votes and mutes ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("vote", "before", "said"),
    [
        (Vote.UP, None, "You voted for Small nets."),
        (Vote.UP, Vote.UP, "You have voted for it already: Small nets."),
        (Vote.DOWN, Vote.UP, "You voted against Small nets."),
        (None, Vote.UP, "I took your vote back: Small nets."),
        (None, None, "You have no vote on Small nets."),
    ],
)
def test_a_vote_says_what_it_did(vote, before, said):
    assert votes.voted(PAPER, Tally(), vote, before).text.startswith(said)


def test_a_vote_against_says_what_it_does_not_do_and_what_would():
    message = votes.voted(PAPER, Tally(0, 1), Vote.DOWN, None)

    assert "hides nothing from you" in message.text
    assert values(message.blocks, "mute_word_of") == [PAPER.paper.id]


def test_a_mute_says_what_it_touches_and_of_which_topic_nothing_is_left():
    message = mutes.muted(["robots"], [Mute(1, "robots", NOW)], ["robots"])

    assert "It touches what comes to you alone" in message.text
    assert "Nothing is left of your topic robots" in message.text
    assert values(message.blocks, "unmute") == ['{"texts":["robots"]}']


def test_what_is_too_much_for_a_button_has_no_undo():
    texts = ["x" * 200] * 10

    assert values(mutes.unmuted(texts, []).blocks, "mute_again") == []


# -- the next digest ------------------------------------------------------------------------------


def test_the_first_cannot_be_moved_up_and_each_can_be_skipped():
    message = curators.preview(a_channel(), SOME[:3], [_pick(each) for each in SOME])

    assert values(message.blocks, "move_up") == ["2606.00002", "2606.00003"]
    assert values(message.blocks, "skip_in_preview") == [each.paper.id for each in SOME[:3]]


def _pick(listing):
    return Pick(listing.paper.id, "")


def test_undo_carries_what_stood_before():
    before = Verdict(PAPER.paper.id, Decision.PICK, "U1", NOW, 2)
    now = Verdict(PAPER.paper.id, Decision.SKIP, "U2", NOW)

    [carried] = values(curators.decided(PAPER, now, before).blocks, "put_back_verdict")

    assert '"decision":"pick","by":"U1"' in carried
    assert '"place":2' in carried


def test_nothing_is_to_be_undone_where_nothing_changed():
    stood = Verdict(PAPER.paper.id, Decision.PICK, "U1", NOW)

    assert values(curators.decided(PAPER, stood, stood).blocks, "put_back_verdict") == []
