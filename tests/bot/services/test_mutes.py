"""What a person mutes passes them by, and nobody else; what they let go comes again."""

from datetime import timedelta

import pytest

from bot.domain.muting import read_mutes
from bot.domain.subscription import read_wish
from bot.services import alerts, channel_topics, mutes, passing_over, why
from storage import seen
from tests.factories import NOW, a_paper, papers

DAY = timedelta(days=1)
SURVEY = a_paper("2606.10001", "A survey of robots")
ROBOT = a_paper("2606.10002", "Robots that walk")


@pytest.fixture
def mute(database):
    def mute(said: str, user: str = "U1", now=NOW) -> mutes.Mutes:
        return mutes.mute(database, "T1", user, read_mutes(said), now)

    return mute


@pytest.fixture
def unmute(database):
    def unmute(said: str, user: str = "U1", now=NOW) -> mutes.Mutes:
        return mutes.unmute_said(database, "T1", user, said, now)

    return unmute


@pytest.fixture
def told(database, outbox):
    """Build what is due at an instant; all papers that each audience was told of so far."""

    def told(now=NOW) -> dict[str, list[str]]:
        alerts.build_due(database, now)
        found: dict[str, list[str]] = {}
        for row in outbox():
            for group in row.content["groups"]:
                found.setdefault(row.audience, []).extend([*group["papers"], *group["rest"]])
        return {audience: sorted(each) for audience, each in found.items()}

    return told


def test_a_muted_word_is_not_told_and_the_rest_is(follow, mute, arrive, told):
    follow("robots")
    mute("survey")
    arrive(SURVEY, ROBOT)

    assert told() == {"U1": [ROBOT.id]}


def test_an_alert_of_which_nothing_is_left_is_not_sent(follow, mute, arrive, told):
    follow("robots")
    mute("survey")
    arrive(SURVEY)

    assert told() == {}


def test_a_mute_is_its_owners_alone(follow, mute, arrive, told):
    for user in ("U1", "U2"):
        follow("robots", user)
    mute("survey")
    arrive(SURVEY)

    assert told() == {"U2": [SURVEY.id]}


def test_a_channel_is_told_what_whoever_set_its_topic_muted(database, mute, arrive, told):
    wish = read_wish("robots")
    channel_topics.follow(database, "T1", "C1", wish, by="U1", zone=None, now=NOW)
    mute("survey")
    arrive(SURVEY)
    alerts.build_due(database, NOW)

    with database.read() as session:
        assert seen.among(session, "T1", "C1", [SURVEY.id]) == {SURVEY.id}


def test_what_a_mute_held_back_in_the_last_days_is_told_when_it_is_let_go(
    follow, mute, unmute, arrive, told
):
    follow("robots")
    mute("survey")
    arrive(SURVEY)
    told()

    unmute("survey", now=NOW + 3 * DAY)

    assert told(NOW + 3 * DAY) == {"U1": [SURVEY.id]}


def test_what_it_held_back_longer_ago_stays_unsaid(follow, mute, unmute, arrive, told):
    follow("robots")
    mute("survey")
    arrive(SURVEY)
    told()

    unmute("survey", now=NOW + 30 * DAY)

    assert told(NOW + 30 * DAY) == {}


def test_what_two_mutes_hide_stays_hidden_when_one_is_let_go(follow, mute, unmute, arrive, told):
    follow("robots")
    mute("survey, robots")
    arrive(SURVEY)
    told()

    unmute("robots", now=NOW + DAY)

    assert told(NOW + DAY) == {}


def test_muting_twice_changes_nothing(mute):
    mute("survey")
    again = mute("survey")

    assert again.changed == ()
    assert [each.text for each in again.mine] == ["survey"]


@pytest.mark.parametrize(
    ("said", "left"), [("1", ["robots"]), ("robots", ["survey"]), ("1, 2", []), ("all", [])]
)
def test_mutes_are_let_go_by_number_by_words_and_all_at_once(mute, unmute, said, left):
    mute("survey")
    mute("robots")

    assert [each.text for each in unmute(said).mine] == left


@pytest.mark.parametrize("said", ["3", "0", "nets", "survey, nets", "the"])
def test_what_nobody_muted_cannot_be_let_go(mute, unmute, said):
    mute("survey")

    with pytest.raises(mutes.UnknownMute):
        unmute(said)


def test_a_topic_of_which_nothing_is_left_is_said(follow, mute):
    follow("robots")
    follow("robots, agents")

    assert mute("robots").silenced == ("robots",)


def test_nobody_mutes_more_than_a_hundred_things(database):
    texts = [f"word{number}" for number in range(mutes.MOST)]
    mutes.mute(database, "T1", "U1", texts, NOW)

    with pytest.raises(mutes.TooManyMutes):
        mutes.mute(database, "T1", "U1", ["one more"], NOW)

    assert len(mutes.mine(database, "T1", "U1")) == mutes.MOST


def test_why_says_what_is_muted(database, follow, mute, arrive, told):
    follow("robots")
    mute("survey")
    arrive(SURVEY)
    told()

    found, _ = why.why(database, "T1", "U1", SURVEY.id)

    assert found.muted == "survey"
    assert not found.others[0].waits


def test_a_muted_paper_is_weighed_once(database, follow, mute, arrive, told):
    follow("robots")
    mute("survey")
    arrive(SURVEY, *papers(3, start=500, title="A survey of robots"))
    told()

    with database.read() as session:
        assert len(seen.among(session, "T1", "U1", [SURVEY.id, "2606.00500", "2606.00502"])) == 3


def test_of_a_flood_of_papers_all_are_weighed(follow, mute, arrive, told, monkeypatch):
    monkeypatch.setattr(passing_over, "AT_ONCE", 3)
    follow("robots max:1")
    mute("survey")
    arrive(*papers(5, title="Robots"), *papers(5, start=50, title="A survey of robots"))

    assert told() == {"U1": [each.id for each in papers(5)]}
