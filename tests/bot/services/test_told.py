"""What an alert says of each paper, and one memory across channels and alerts."""

from datetime import timedelta

import pytest

from bot.blocks.matches import Posting
from bot.errors import CannotPost
from bot.services import alerts, editions, told
from storage import digests
from tests.factories import NOW, a_channel, a_paper, papers
from tests.house import words

POLICY = a_paper("2606.10001", "Diffusion policies for dexterous hands")
LINK = "https://lab.slack.com/archives/C1/p1000001"


@pytest.fixture
def say(database, send, workspace):
    """Build and send what is due; what was posted to this place, in words."""

    def say(place: str = "DU1") -> str:
        alerts.build_due(database, NOW)
        send()
        return " ".join(
            words({"text": each.message.text, "blocks": list(each.message.blocks)})
            for each in workspace.posted
            if each.channel_id == place
        )

    return say


def bold(workspace):
    """The words in bold of the last message."""
    return [
        each["text"]
        for block in workspace.posted[-1].message.blocks
        if block["type"] == "rich_text"
        for each in block["elements"][0]["elements"]
        if each.get("style", {}).get("bold")
    ]


@pytest.fixture
def digest_in(database):
    """The digest of this channel shows what has come in; it is owed, not sent yet."""

    def digest_in(channel_id: str = "C1", team: str = "T1") -> None:
        with database.begin() as session:
            digests.save(session, a_channel(team, channel_id))
        editions.make_due(database, NOW)

    return digest_in


# -- what matched ---------------------------------------------------------------------------------


def test_the_words_that_matched_are_bold_in_the_title(follow, arrive, say, workspace):
    follow("diffusion policy")
    arrive(POLICY)
    say()

    assert bold(workspace) == ["Diffusion policies"]


def test_where_the_abstract_matched_its_sentence_is_shown(follow, arrive, say, workspace):
    follow("tool use")
    arrive(a_paper(abstract="Planning is hard. We study tool use. It works.", tldr="Short."))

    said = say()
    assert "We study  tool use" in said
    assert "Planning" not in said
    assert bold(workspace) == ["tool use"]


def test_a_topic_has_its_name_and_others_that_match_stand_in_the_grey_line(follow, arrive, say):
    follow('diffusion policy as:"Robots"')
    follow("dexterous")
    arrive(POLICY)

    said = say()
    assert "1 new paper on Robots" in said
    assert "You follow: Robots: diffusion policy" in said
    assert "also matches: dexterous" in said


def test_content_from_before_names_and_other_topics_were_kept_is_still_told(
    database, follow, arrive
):
    arrive(POLICY)
    group = {"subscription": 1, "topic": "diffusion", "papers": [POLICY.id], "rest": []}

    with database.read() as session:
        [topic] = told.topics(session, "T1", {"groups": [group]})

    assert (topic.name, topic.topic) == ("", "diffusion")
    [match] = topic.papers
    assert (match.also, match.posted) == ([], None)


# -- the rest -------------------------------------------------------------------------------------


def test_the_papers_of_an_alert_go_on_where_its_first_message_ended(
    database, follow, arrive, say, row
):
    follow("paper max:2")
    arrive(*papers(20))
    say()
    delivery_id = row().id
    first = [*row().content["groups"][0]["papers"], *row().content["groups"][0]["rest"]]

    page = told.page(database, "T1", ["U1"], delivery_id, 2)
    last = told.page(database, "T1", ["U1"], delivery_id, 18)

    assert [each.listing.paper.id for each in page.papers] == first[2 : 2 + told.PAGE]
    assert (page.start, page.total) == (2, 20)
    assert len(last.papers) == 2
    assert page.papers[0].topic == "paper"


def test_the_rest_is_for_whoever_got_the_alert(database, follow, arrive, say, row):
    follow("paper")
    arrive(*papers(8))
    say()

    assert told.page(database, "T1", ["U2", "C1"], row().id, 0).papers == ()
    assert told.page(database, "T2", ["U1"], row().id, 0).papers == ()
    assert len(told.page(database, "T1", ["U2", "U1"], row().id, 0).papers) == 8


# -- one memory -----------------------------------------------------------------------------------


def test_what_a_digest_showed_in_a_channel_of_the_readers_is_one_line(
    follow, arrive, say, workspace, digest_in
):
    workspace.channels["U1"] = frozenset({"C1", "C9"})
    follow("diffusion policy")
    arrive(POLICY)
    digest_in()

    said = say()
    assert "Already in" in said
    assert "Abstract" not in said
    assert [each.channel_id for each in workspace.posted] == ["C1", "DU1"]
    assert LINK in str(workspace.posted[1].message.blocks)


def test_whoever_is_not_in_that_channel_gets_the_card(follow, arrive, say, workspace, digest_in):
    workspace.channels["U1"] = frozenset({"C9"})
    follow("diffusion policy")
    arrive(POLICY)
    digest_in()

    said = say()
    assert "Already in" not in said
    assert "Abstract" in said


def test_a_paper_in_two_channels_is_told_with_the_first_of_them(
    database, follow, arrive, say, workspace, digest_in, outbox
):
    workspace.channels["U1"] = frozenset({"C1", "C2"})
    follow("diffusion policy")
    arrive(POLICY)
    digest_in("C2")
    digest_in("C1")
    say()

    [alert] = [each for each in outbox() if each.kind == "alert"]
    assert alert.content["posted"].keys() == {POLICY.id}
    page = told.page(database, "T1", ["U1"], alert.id, 0)
    assert page.papers[0].posted in (
        Posting("C1", "https://lab.slack.com/archives/C1/p1000001"),
        Posting("C1", "https://lab.slack.com/archives/C1/p2000001"),
    )


def test_slack_is_not_asked_where_no_channel_had_the_paper(follow, arrive, say, workspace):
    follow("diffusion policy")
    arrive(POLICY)
    say()

    assert workspace.asked_of == []


def test_digests_of_another_workspace_are_none_of_the_readers(
    follow, arrive, say, workspace, digest_in
):
    follow("diffusion policy")
    arrive(POLICY)
    digest_in(team="T2")

    assert "Abstract" in say()
    assert workspace.asked_of == []


@pytest.mark.parametrize("method", ["channels_of", "permalink"])
def test_where_slack_will_not_say_papers_are_shown_in_full(
    follow, arrive, say, workspace, digest_in, method
):
    workspace.channels["U1"] = frozenset({"C1"})
    workspace.refuse(method, CannotPost("missing_scope", permanent=True))
    follow("diffusion policy")
    arrive(POLICY)
    digest_in()

    said = say()
    assert "Already in" not in said
    assert "Abstract" in said


def test_where_slack_asks_to_wait_the_alert_waits(
    follow, arrive, say, workspace, digest_in, outbox
):
    workspace.channels["U1"] = frozenset({"C1"})
    workspace.refuse("channels_of", CannotPost("ratelimited", retry_after=7))
    follow("diffusion policy")
    arrive(POLICY)
    digest_in()

    assert say() == ""
    [alert] = [each for each in outbox() if each.kind == "alert"]
    assert (alert.due_at - NOW).total_seconds() == 7
    assert not alert.ambiguous


def test_what_was_found_out_once_is_not_asked_again(
    follow, arrive, say, send, workspace, digest_in
):
    workspace.channels["U1"] = frozenset({"C1"})
    follow("diffusion policy")
    arrive(POLICY)
    digest_in()
    workspace.refuse("open_dm", CannotPost("ratelimited", retry_after=0))
    say()
    workspace.refuse("post", CannotPost("ratelimited", retry_after=0))
    for seconds in (5, 10):
        send(NOW + timedelta(seconds=seconds))

    assert workspace.asked_of == ["U1"]
    assert "Already in" in str(workspace.posted[-1].message.blocks)


def test_the_rest_of_an_alert_remembers_as_well(
    database, follow, arrive, say, workspace, digest_in, outbox
):
    workspace.channels["U1"] = frozenset({"C1"})
    follow("paper max:1")
    arrive(*papers(3))
    digest_in()
    say()

    [alert] = [each for each in outbox() if each.kind == "alert"]
    page = told.page(database, "T1", ["U1"], alert.id, 1)
    assert [each.posted for each in page.papers] == [Posting("C1", LINK)] * 2
