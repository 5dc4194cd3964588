"""Papers per week on several topics: drawn, and in words."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import count

from bot.blocks import words
from bot.blocks.graphemes import clip
from bot.blocks.kit import (
    Block,
    Message,
    button,
    context,
    fallback,
    header,
    packed,
    paragraph,
)
from bot.domain.trends import Trend, Trends

TOPIC_LIMIT = 200  # no query is longer, written out
NAME_LIMIT = 20  # of a line in a chart
POINT = 4  # weeks: a chart takes twenty points at most, and a year has 52 weeks
SIGN = 2  # weeks: 26 signs stand in one line on a telephone
LEVELS = "▁▂▃▄▅▆▇█"
HOW = "Counted on the day on which a source first listed a paper; each sign is two weeks."


def trends(found: Trends) -> Message:
    """A chart of all topics, then each in a line of signs and in numbers, to be followed."""
    when = f"{words.full_date(found.first)} to {words.full_date(found.last)}"
    title = f"Papers a week, {when}"
    counted = [each for each in found.each if each.total]
    told = [_told(each) for each in found.each]
    blocks = [
        header(title),
        *([_chart(found, counted)] if counted else []),
        *(
            paragraph(
                said, button("Subscribe to this", "preview_subscription", packed(q=each.topic))
            )
            for said, each in zip(told, found.each, strict=True)
        ),
        context(HOW),
    ]
    return Message(fallback(f"{title}:", *told), blocks)


def sparkline(numbers: Sequence[int]) -> str:
    """A sign for each number, as high as it is among them; none at all is the lowest."""
    most = max(numbers, default=0)
    highest = len(LEVELS) - 1
    return "".join(LEVELS[-(-number * highest // most) if most else 0] for number in numbers)


def _told(trend: Trend) -> str:
    """The topic, its line of signs, its numbers."""
    topic = clip(trend.topic, TOPIC_LIMIT)
    if not trend.total:
        none = "No paper in this year." if trend.is_exact else "Next to none in this year."
        return f"{topic}\n{none}"
    about = "" if trend.is_exact else "about "
    latest, before = sum(trend.weeks[-POINT:]), sum(trend.weeks[-2 * POINT : -POINT])
    numbers = (
        f"{about}{words.count(trend.total, 'paper')}; "
        f"{latest:,} in the last four weeks, {before:,} in the four before"
    )
    return f"{topic}\n{sparkline(_sums(trend.weeks, SIGN))}\n{numbers}"


def _chart(found: Trends, shown: Sequence[Trend]) -> Block:
    """The mean of every four weeks (docs: data visualization block)."""
    starts = range(0, len(shown[0].weeks), POINT)
    days = [found.first + timedelta(weeks=start) for start in starts]
    labels = [f"{day.day} {day:%b}" for day in days]
    series = [
        {"name": name, "data": _points(labels, each.weeks)}
        for name, each in zip(short_names(each.topic for each in shown), shown, strict=True)
    ]
    axes = {"categories": labels, "x_label": "four weeks from", "y_label": "papers a week"}
    return {
        "type": "data_visualization",
        "title": "Papers a week, averaged over four weeks",
        "chart": {"type": "line", "series": series, "axis_config": axes},
    }


def _points(labels: Sequence[str], weeks: Sequence[int]) -> list[Block]:
    sums = _sums(weeks, POINT)
    return [
        {"label": label, "value": round(total / POINT, 2)}
        for label, total in zip(labels, sums, strict=True)
    ]


def _sums(weeks: Sequence[int], size: int) -> list[int]:
    return [sum(weeks[start : start + size]) for start in range(0, len(weeks), size)]


def short_names(topics: Iterable[str]) -> Iterator[str]:
    """Topics, short and each different, as Slack wants the names in a chart."""
    taken: set[str] = set()
    for topic in topics:
        endings = (f" {number}" if number > 1 else "" for number in count(1))
        names = (clip(topic, NAME_LIMIT - len(end)) + end for end in endings)
        name = next(each for each in names if each not in taken)
        taken.add(name)
        yield name
