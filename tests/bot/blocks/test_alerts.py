"""Alerts: topics, their papers, what is left, and the ways out."""

import re

from hypothesis import HealthCheck, given, settings

from bot.blocks import alerts
from bot.blocks.matches import Match, Posting
from bot.domain.matched import Matched
from tests.bot.blocks.anything import objects, read_aloud, told, values
from tests.factories import a_listing, a_paper, papers

SEEN = Posting("C1", "https://lab.slack.com/archives/C1/p1")


def matches(count):
    return [Match(a_listing(paper)) for paper in papers(count)]


def a_topic(topic="agents", count=2, rest=0, id=7, **fields):
    return alerts.Told(id, topic, matches(count), rest, **fields)


def test_an_alert_says_how_many_papers_are_on_which_topic():
    message = alerts.alert([a_topic(count=1)], "d1")

    assert message.text == "1 new paper on agents\nPaper number 1 (10 votes)"
    assert message.blocks[0]["text"]["text"] == "1 new paper on agents"


def test_several_topics_each_have_a_head_and_their_ways_out():
    topics = [a_topic("agents", id=7), a_topic("world model", count=1, id=8)]

    message = alerts.alert(topics, "d1")

    assert message.text.startswith("3 new papers on 2 topics\n")
    assert "1 new paper on world model" in read_aloud(message.blocks)
    assert values(message.blocks, "topic_menu") == [
        *("edit:7", "pause:7", "mute:7", "leave:7"),
        *("edit:8", "pause:8", "mute:8", "leave:8"),
    ]


def test_a_topic_is_called_by_its_name_and_its_rule_says_the_query():
    message = alerts.alert([a_topic("robot OR arm", name="Hardware")], "d1")

    assert message.text.startswith("2 new papers on Hardware\n")
    assert "You follow: Hardware: robot OR arm" in read_aloud(message.blocks)


def test_later_versions_are_counted_apart_and_named_by_their_number():
    second = Match(a_listing(papers(1)[0]), version=2)
    topics = [a_topic(count=2), alerts.Told(7, "agents", [second], of_versions=True)]

    message = alerts.alert(topics, "d1")

    assert message.text.startswith("2 new papers and 1 new version on agents\n")
    assert message.text.endswith("\nv2 of Paper number 1 (10 votes)")
    assert "1 new version on agents" in read_aloud(message.blocks)
    assert "v2 of  Paper number 1" in read_aloud(message.blocks)


def test_what_is_beyond_the_wished_number_is_counted_and_one_tap_away():
    message = alerts.alert([a_topic(count=3, rest=4)], "d1")

    said = read_aloud(message.blocks)
    assert "7 new papers on agents" in said
    assert "You follow: agents (4 more)" in said
    assert "Show 4 more" in said
    assert values(message.blocks, "show_rest") == ["d1:3"]


def test_an_alert_that_shows_everything_offers_no_more():
    assert not values(alerts.alert([a_topic()], "d1").blocks, "show_rest")


@given(topics=told)
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
def test_every_paper_is_shown_or_one_tap_away(topics):
    total = sum(each.count for each in topics)
    said = alerts.alert(topics, "d1").blocks

    shown = len(values(said, "open_abstract")) + lines_of(said)
    rest = [int(number.replace(",", "")) for number in re.findall(MORE, read_aloud(said))]
    assert sum(rest, shown) == total
    assert values(said, "show_rest") == ([f"d1:{shown}"] if rest else [])


MORE = r"Show ([\d,]+) more"


def lines_of(blocks):
    """How many papers are told in one line, in whose lead nothing else begins."""
    return sum(each.get("text") == "Already in " for each in objects(list(blocks)))


def test_in_a_channel_an_alert_has_no_ways_out_of_one_person_and_says_who_follows():
    message = alerts.alert([a_topic(rest=2)], "d1", in_channel=True)

    said = read_aloud(message.blocks)
    assert not values(message.blocks, "topic_menu")
    assert "This channel follows: agents (2 more)" in said
    assert "Followed in this channel; `/papers list #channel` shows its topics." in said
    assert values(message.blocks, "show_rest") == ["d1:2"]


def test_a_paper_that_a_channel_of_the_readers_had_is_one_line_with_the_way_there():
    seen, new = matches(2)
    seen = Match(seen.listing, Matched(((0, 5),)), posted=SEEN)

    message = alerts.alert([alerts.Told(7, "agents", [seen, new])], "d1")

    assert values(message.blocks, "open_abstract") == [new.listing.paper.id]
    [line] = [each for each in message.blocks if "channel_id" in str(each)]
    assert [each["type"] for each in line["elements"][0]["elements"]] == [
        *("text", "channel", "text", "link")
    ]
    assert line["elements"][0]["elements"][-1] == {
        "type": "link",
        "url": SEEN.url,
        "text": "Paper number 1",
    }
    assert "2 new papers on agents" in message.text
    assert "Already in a channel: Paper number 1" in message.text


# -- the rest -------------------------------------------------------------------------------------


def test_the_rest_goes_on_where_the_alert_ended_and_says_how_many_are_left():
    page = alerts.rest(matches(10), "d1", 5, 32)

    shown = len(values(page.blocks, "open_abstract"))
    assert shown >= 8
    assert values(page.blocks, "rest_more") == [f"d1:{5 + shown}"]
    assert f"More ({32 - 5 - shown} left)" in read_aloud(page.blocks)


def test_the_last_page_of_the_rest_offers_no_more():
    assert not values(alerts.rest(matches(3), "d1", 29, 32).blocks, "rest_more")


def test_a_rest_that_does_not_fit_goes_on_with_the_first_that_is_missing():
    long = Match(a_listing(a_paper(title="t" * 250, tldr="s" * 240, id="10.1000/" + "x" * 450)))

    page = alerts.rest([long] * 10, "d1", 0, 10)

    shown = len(values(page.blocks, "open_abstract"))
    assert 0 < shown < 10
    assert values(page.blocks, "rest_more") == [f"d1:{shown}"]


def test_a_title_that_is_one_match_after_the_other_leaves_room_for_the_paper():
    paper = a_paper("10.1000/" + "x" * 450, "ai " * 80)
    places = tuple((start, start + 2) for start in range(0, 240, 3))
    match = Match(a_listing(paper), Matched(places))

    message = alerts.alert([alerts.Told(7, "ai", [match])], "d1")

    assert values(message.blocks, "open_abstract") == [paper.id]


def test_a_rest_that_is_gone_says_so():
    assert alerts.rest([], "d1", 5, 5).text == "There is nothing more to show."
