"""Papers a week: a chart, lines of signs, numbers."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.blocks import trends
from bot.domain.trends import WEEKS, Trend, Trends
from tests.bot.blocks.anything import read_aloud, values

LAST = date(2026, 6, 26)
STEADY = (2,) * WEEKS
NONE = (0,) * WEEKS


def shown(*each: Trend):
    return trends.trends(Trends(LAST, each))


def chart_of(message):
    [chart] = [each for each in message.blocks if each["type"] == "data_visualization"]
    return chart["chart"]


def test_each_topic_has_its_line_of_signs_its_numbers_and_a_button_to_follow_it():
    message = shown(Trend("rag", STEADY), Trend("agents", NONE))

    assert message.text.splitlines() == [
        "Papers a week, 28 Jun 2025 to 26 Jun 2026:",
        "rag",
        "█" * 26,
        "104 papers; 8 in the last four weeks, 8 in the four before",
        "agents",
        "No paper in this year.",
    ]
    assert "104 papers; 8 in the last four weeks" in read_aloud(message.blocks)
    assert values(message.blocks, "preview_subscription") == ['{"q":"rag"}', '{"q":"agents"}']


def test_an_estimate_says_that_it_is_one():
    message = shown(Trend("rag", STEADY, is_exact=False), Trend("agents", NONE, is_exact=False))

    assert "about 104 papers;" in message.text
    assert "Next to none in this year." in message.text


def test_the_chart_holds_the_whole_year_in_points_of_four_weeks():
    chart = chart_of(shown(Trend("rag", (*NONE[4:], 1, 2, 3, 0))))

    points = chart["series"][0]["data"]
    assert len(points) == 13
    assert points[0] == {"label": "28 Jun", "value": 0}
    assert points[-1] == {"label": "30 May", "value": 1.5}
    assert chart["axis_config"]["categories"] == [each["label"] for each in points]


def test_a_topic_without_papers_has_no_line_and_without_any_there_is_no_chart():
    chart = chart_of(shown(Trend("rag", STEADY), Trend("agents", NONE)))

    assert [each["name"] for each in chart["series"]] == ["rag"]
    assert all(each["type"] != "data_visualization" for each in shown(Trend("x", NONE)).blocks)


def test_long_topics_that_begin_alike_have_different_names():
    long = "reinforcement learning from"
    message = shown(Trend(f"{long} people", STEADY), Trend(f"{long} models", STEADY))

    assert [each["name"] for each in chart_of(message)["series"]] == [
        "reinforcement learn…",
        "reinforcement lea… 2",
    ]


def test_the_highest_is_the_highest_sign_and_one_paper_is_more_than_none():
    assert trends.sparkline([0, 1, 50, 100]) == "▁▂▅█"
    assert trends.sparkline([0, 0]) == "▁▁"


@given(numbers=st.lists(st.integers(0, 10**9), min_size=1))
def test_more_papers_are_never_a_lower_sign(numbers):
    signs = trends.sparkline(sorted(numbers))

    assert len(signs) == len(numbers)
    assert list(signs) == sorted(signs)
