"""Which rule sent a person a paper."""

import pytest

from bot.domain.subscription import read_wish
from bot.errors import CannotPost
from bot.services import alerts, channel_topics, curators, editions, why
from bot.services.library import UnknownPaper
from tests.factories import DAY, NOW, a_paper, papers

POLICY = a_paper("2606.10001", "Diffusion policies for dexterous hands")


@pytest.fixture
def ask(database):
    def ask(pasted: str = POLICY.id, user: str = "U1", team: str = "T1"):
        return why.why(database, team, user, pasted)[0]

    return ask


@pytest.fixture
def tell(database, send):
    """Build and send what is due."""

    def tell() -> None:
        alerts.build_due(database, NOW)
        send()

    return tell


def topics(rules):
    return [each.topic for each in rules]


def test_the_topic_that_brought_a_paper_is_told_with_what_it_found(follow, arrive, tell, ask):
    follow('diffusion policy as:"Robots"')
    follow("dexterous")
    follow("agents")
    arrive(POLICY)
    tell()

    found = ask("https://arxiv.org/abs/2606.10001v2")
    assert (found.telling.at, found.telling.sent, found.telling.counted) == (NOW, True, False)
    rule = found.telling.rule
    assert (rule.topic, rule.name) == ("diffusion policy", "Robots")
    assert [POLICY.title[start:end] for start, end in rule.matched.title] == ["Diffusion policies"]
    assert topics(found.others) == ["dexterous"]


def test_a_paper_that_was_only_counted_is_said_to_be(follow, arrive, tell, ask, row):
    follow("paper max:1")
    arrive(*papers(3))
    tell()

    [counted, _] = row().content["groups"][0]["rest"]
    assert ask(counted).telling.counted


def test_an_alert_that_is_not_out_is_not_said_to_be_sent(follow, arrive, tell, ask, workspace):
    follow("diffusion policy")
    arrive(POLICY)
    workspace.refuse("post", CannotPost("ratelimited", retry_after=60))
    tell()

    assert not ask().telling.sent


def test_a_topic_stopped_since_is_still_what_brought_the_paper(database, follow, arrive, tell, ask):
    topic = follow("diffusion policy")
    arrive(POLICY)
    tell()
    with database.begin() as session:
        why.subscriptions.remove(session, "T1", "U1", [topic.id])

    found = ask()
    assert found.telling.rule.topic == "diffusion policy"
    assert found.others == ()


def test_a_paper_from_before_is_not_told_and_the_topics_that_match_are_named(follow, arrive, ask):
    arrive(POLICY)
    follow("diffusion policy")
    follow("agents")

    found = ask()
    assert found.telling is None
    assert [(each.topic, each.waits) for each in found.others] == [("diffusion policy", False)]


def test_a_paper_that_waits_for_the_next_alert_is_said_to(follow, arrive, tell, ask):
    follow("diffusion policy weekly")
    arrive(POLICY)
    tell()

    found = ask()
    assert found.telling is None
    assert [each.waits for each in found.others] == [True]


def test_nobody_learns_of_the_topics_of_others(follow, arrive, tell, ask):
    follow("diffusion policy")
    arrive(POLICY)
    tell()

    for found in (ask(user="U2"), ask(team="T2")):
        assert (found.telling, found.others) == (None, ())


@pytest.mark.parametrize(
    ("pasted", "problem"),
    [("", why.WhichPaper), ("diffusion", why.WhichPaper), ("2606.99999", UnknownPaper)],
)
def test_a_paper_must_be_named_and_known(ask, pasted, problem):
    with pytest.raises(problem):
        ask(pasted)


# -- in a channel ---------------------------------------------------------------------------------


def test_a_channels_digest_says_why_the_paper_is_in_it(database, arrive, switch_on):
    switch_on()
    arrive(POLICY)
    curators.pick(database, "T1", "C1", POLICY.id, by="U2", now=NOW)
    editions.make_due(database, NOW)

    here = why.why(database, "T1", "U1", POLICY.id, "C1")[0].here

    assert (here.day, here.reason, here.picked_by) == (DAY, "10 votes", "U2")


def test_a_channels_topic_is_named(database, arrive):
    wish = read_wish("dexterous hands")
    channel_topics.follow(database, "T1", "C1", wish, by="U2", zone=None, now=NOW)
    arrive(POLICY)
    alerts.build_due(database, NOW)

    here = why.why(database, "T1", "U1", POLICY.id, "C1")[0].here

    assert (here.reason, here.by_topic) == ("dexterous hands", True)


def test_another_channel_says_nothing_of_it(database, arrive, switch_on):
    switch_on()
    arrive(POLICY)
    editions.make_due(database, NOW)

    assert why.why(database, "T1", "U1", POLICY.id, "C2")[0].here is None
