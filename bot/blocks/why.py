"""Which rule sent a person a paper, for their eyes alone."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.blocks import words
from bot.blocks.graphemes import clip
from bot.blocks.kit import Block, Message, context, fallback, link, rich, text, user
from bot.blocks.papers import TITLE_LIMIT
from bot.domain.paper import Paper
from bot.domain.reasons import Reasons, Rule, Telling

RULES = 8  # told with their words; hardly anybody has more on one paper
PLACES = 4  # told of one title, one abstract, one list of authors
WORDS_LIMIT = 60
QUERY_LIMIT = 200  # no query is longer, written out


def why(found: Reasons, zone: ZoneInfo) -> Message:
    """The paper, the topic that brought it, and the words that matched."""
    paper = found.listing.paper
    title = clip(paper.title, TITLE_LIMIT)
    told, others = _told(found, zone), _others(found)
    here, muted = _here(found), _muted(found)
    blocks = [
        rich(link(paper.url, title, bold=True)),
        *([rich(*here)] if here else []),
        *_part(told, paper),
        *_part(others, paper),
        *([context(muted)] if muted else []),
    ]
    said = "".join(each.get("text", "somebody") for each in here)
    lines = [line for part in (told, others) for line in _lines(part, paper)]
    return Message(fallback(title, *filter(None, [said, *lines, muted])), blocks)


Part = tuple[str, Sequence[Rule]]  # a sentence, and the topics that it speaks of


def _here(found: Reasons) -> list[Block]:
    """What showed it to the channel, or in a digest of their own, and why."""
    shown = found.here
    if shown is None:
        return []
    when = words.short_day(shown.day)
    if shown.by_topic:
        topic = text(clip(shown.reason, QUERY_LIMIT), code=True)
        return [text(f"This channel got it on {when}, since it follows "), topic, text(".")]
    why = f": {clip(shown.reason, QUERY_LIMIT)}" if shown.reason else ""
    by = [text(" It was picked by "), user(shown.picked_by), text(".")] if shown.picked_by else []
    whose = "your" if shown.own else "this channel's"
    return [text(f"It was in {whose} digest of {when}{why}."), *by]


def _muted(found: Reasons) -> str:
    if not found.muted:
        return ""
    return f"You mute {clip(found.muted, QUERY_LIMIT)}: what it matches does not come to you."


def _told(found: Reasons, zone: ZoneInfo) -> Part:
    if found.telling is None:
        return "" if found.here else "I did not send you that paper.", []
    return _when(found.telling, zone), [found.telling.rule]


def _when(telling: Telling, zone: ZoneInfo) -> str:
    when = words.moment(telling.at, zone)
    if not telling.sent:
        return f"I made an alert with it on {when}, which is not out yet. It matches:"
    how = "was among the papers I counted" if telling.counted else "was in the alert I sent you"
    return f"It {how} on {when}. It matches:"


def _others(found: Reasons) -> Part:
    if found.others:
        told = found.telling or found.here
        also = "These topics of yours match it too:" if told else "It matches:"
        return also, found.others
    return ("" if found.telling or found.here else "None of your topics matches it."), []


def _part(part: Part, paper: Paper) -> list[Block]:
    sentence, rules = part
    left = len(rules) - RULES
    more = [context(f"And {words.count(left, 'topic')} more.")] if left > 0 else []
    lead = [rich(text(sentence))] if sentence else []
    return [*lead, *(_shown(each, paper) for each in rules[:RULES]), *more]


def _shown(rule: Rule, paper: Paper) -> Block:
    name = [text(rule.name), text(": ")] if rule.name else []
    return rich(text("• "), *name, text(rule.topic, code=True), text(f" {_found(rule, paper)}"))


def _lines(part: Part, paper: Paper) -> list[str]:
    sentence, rules = part
    return [sentence, *(f"• {each.topic} {_found(each, paper)}" for each in rules[:RULES])]


def _found(rule: Rule, paper: Paper) -> str:
    """`found “agents” in the title and “tools” in the abstract.`, and where the paper waits."""
    seen = rule.matched
    title = _quoted([paper.title[start:end] for start, end in seen.title])
    abstract = _quoted(seen.words)
    authors = words.listed([clip(each, WORDS_LIMIT) for each in seen.authors[:PLACES]])
    places = [
        f"{title} in the title" if title else "",
        f"{abstract} in the abstract" if abstract else "",
        f"{authors} among the authors" if authors else "",
    ]
    found = words.listed(list(filter(None, places))) or "its category, source or other facts"
    return f"found {found}.{' It comes with your next alert.' if rule.waits else ''}"


def _quoted(found: Sequence[str]) -> str:
    each = dict.fromkeys(f"“{clip(word, WORDS_LIMIT)}”" for word in found)
    return words.listed(list(each)[:PLACES])
