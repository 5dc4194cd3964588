"""Alerts: topics, their papers, what is left, and the way out."""

import re

from hypothesis import HealthCheck, given, settings

from bot.blocks import alerts
from tests.bot.blocks.anything import read_aloud, told, values
from tests.factories import a_listing, a_paper, papers


def a_topic(topic="agents", count=2, rest=0, id=7):
    return alerts.Told(id, topic, [(a_listing(paper), []) for paper in papers(count)], rest)


def test_an_alert_says_how_many_papers_are_on_which_topic():
    message = alerts.alert([a_topic(count=1)], "d1")

    assert message.text == "1 new paper on agents\nPaper number 1 (10 votes)"
    assert message.blocks[0]["text"]["text"] == "1 new paper on agents"


def test_several_topics_each_have_a_head_and_a_way_out():
    topics = [a_topic("agents", id=7), a_topic("world model", count=1, id=8)]

    message = alerts.alert(topics, "d1")

    assert message.text.startswith("3 new papers on 2 topics\n")
    assert "1 new paper on world model" in read_aloud(message.blocks)
    assert values(message.blocks, "leave_topic") == ["7", "8"]


def test_what_is_beyond_the_wished_number_is_counted_and_one_tap_away():
    message = alerts.alert([a_topic(count=3, rest=4)], "d1")

    said = read_aloud(message.blocks)
    assert "7 new papers on agents" in said
    assert "You follow: agents (4 more)" in said
    assert "Show 4 more" in said
    assert values(message.blocks, "show_rest") == ["d1"]


def test_an_alert_that_shows_everything_offers_no_more():
    assert not values(alerts.alert([a_topic()], "d1").blocks, "show_rest")


@given(topics=told)
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
def test_every_paper_is_shown_or_counted(topics):
    said = alerts.alert(topics, "d1").blocks

    shown = len(values(said, "open_abstract"))
    unfit = re.findall(r"([\d,]+) more did not fit", read_aloud(said))
    rest = re.findall(r"Show ([\d,]+) more", read_aloud(said))
    counted = sum(int(number.replace(",", "")) for number in [*unfit, *rest])
    assert shown + counted == sum(each.count for each in topics)


def test_the_rest_of_an_alert_is_shown_as_far_as_it_fits():
    message = alerts.rest([a_listing(paper) for paper in papers(40)])

    shown = len(values(message.blocks, "open_abstract"))
    assert f"{40 - shown} more did not fit" in read_aloud(message.blocks)


def test_a_title_that_is_one_match_after_the_other_leaves_room_for_the_paper():
    paper = a_paper("10.1000/" + "x" * 450, "ai " * 80)
    places = [(start, start + 2) for start in range(0, 240, 3)]

    message = alerts.alert([alerts.Told(7, "ai", [(a_listing(paper), places)])], "d1")

    assert values(message.blocks, "open_abstract") == [paper.id]


def test_a_rest_that_is_gone_says_so():
    assert alerts.rest([]).text == "There is nothing more to show."
