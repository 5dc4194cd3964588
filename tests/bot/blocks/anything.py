"""Papers, people's words and what is made of them, of any kind, the worst included.

Every text that is not ours carries MARK, so that a test can tell where such texts end up.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from bot.blocks import alerts
from bot.blocks.matches import Match, Posting
from bot.domain.digest import Digest, Edition, Look, Pick, Receipt, Schedule, SourceRead
from bot.domain.matched import Matched
from bot.domain.muting import Mute
from bot.domain.paper import Listing, Paper
from bot.domain.reader import FOREVER, Hours, Quiet
from bot.domain.reasons import Reasons, Rule, Telling
from bot.domain.results import BY_MEANING, Hit
from bot.domain.sentences import telling as telling_of
from bot.domain.subscription import LARGEST, NAME_LIMIT, Cadence, Subscription, Wish
from bot.domain.votes import Standing, Tally, Vote

MARK = "☠"
NOW = datetime(2026, 6, 26, 7, 0, tzinfo=UTC)
DAY = date(2026, 6, 26)
BERLIN = ZoneInfo("Europe/Berlin")
HOURS = Hours(BERLIN, time(8, 30), Quiet(time(22), time(7)))

WORST = (
    "<!channel> <@U1> <#C1> <!here|here> <https://evil.example|a link>",
    "*bold* _italic_ ~strike~ `code` > quote",
    ":smile: :tada:",
    "&lt;!channel&gt; &amp;",
    r"$\alpha$-Nets: $\mathcal{O}(n \log n)$ & {\'e}t{\'e}",
    "مرحبا بالعالم",
    "👩‍👩‍👧‍👦🇩🇪👍🏽",
    "e\u0301" * 40,
    'a "quoted" back\\slash',
)
marked = st.one_of(st.sampled_from(WORST), st.text(max_size=40)).map(lambda said: MARK + said)
# A text's length is what breaks limits; its letters repeat.
texts = st.builds(lambda said, times: said * times, marked, st.sampled_from([1, 1, 1, 30, 400]))
maybe = st.one_of(st.just(""), texts)
addresses = st.sampled_from(
    [
        "",
        "https://github.com/a/b",
        "no address",
        "javascript:alert(1)",
        "https://a.org/ b",
        "https://a.org/" + "x" * 4000,
    ]
)
counts = st.sampled_from([0, 1, 2, 999, 10**30])
queries = marked.map(lambda said: said[:200])
sentences = texts


@st.composite
def any_paper(draw: st.DrawFn) -> Paper:
    author = draw(texts)
    return Paper(
        id=draw(st.sampled_from(["2606.00001", "10.1000/x" + "y" * 450, "no id", "10.1/<x>"])),
        title=draw(texts),
        abstract=draw(maybe),
        authors=(author,) * draw(st.sampled_from([0, 1, 2, 3, 13, 600])),
        published=draw(st.sampled_from([None, NOW])),
        tldr=draw(maybe),
        tldr_by=draw(st.sampled_from(["", "Daily Papers", "a model"])),
        organization=draw(maybe),
        code_url=draw(addresses),
        project_url=draw(addresses),
        thumbnail_url=draw(addresses),
        withdrawn=draw(st.booleans()),
    )


any_listing = st.builds(
    Listing,
    source=st.sampled_from(["hf", "arxiv", "a feed"]),
    day=st.just(DAY),
    paper=any_paper(),
    upvotes=counts,
    comments=counts,
    stars=st.one_of(st.none(), counts),
    submitter=maybe,
)


def listings(most: int) -> st.SearchStrategy[list[Listing]]:
    """Up to so many papers, of at most three kinds: drawing each would take long."""
    some = st.lists(any_listing, min_size=1, max_size=3)
    return st.builds(lambda kinds, n: (kinds * n)[:n], some, st.integers(0, most))


names = st.one_of(st.just(""), marked.map(lambda said: said[:NAME_LIMIT]))
wishes = st.builds(
    Wish, queries, st.sampled_from(Cadence), st.integers(1, LARGEST), names, st.booleans()
)
pauses = st.sampled_from([None, NOW, FOREVER])
any_subscription = st.builds(
    Subscription,
    st.integers(1, 10**12),
    st.just("T1"),
    st.just("U1"),
    wishes,
    st.just(NOW),
    pauses,
    created_by=st.just("U1"),
)
many_subscriptions = st.builds(
    lambda one, n: [one] * n, any_subscription, st.sampled_from([0, 1, 9, 10, 11, 25, 400])
)
errors = st.one_of(st.none(), sentences.map(lambda said: said[:500]))
reads = st.builds(
    SourceRead, st.sampled_from(["hf", "arxiv"]), st.just(DAY), st.sampled_from([None, NOW]), errors
)
schedules = st.builds(
    Schedule,
    st.just(time(9)),
    st.just(BERLIN),
    st.sets(st.integers(0, 6), min_size=1).map(frozenset),
)
AUDIENCES = st.sampled_from(["C1", "U1"])  # a channel's digest, or a person's
channel_digests = st.builds(
    Digest,
    st.just("T1"),
    AUDIENCES,
    schedules,
    st.integers(1, 20),
    st.just("U1"),
    st.sampled_from([None, NOW]),
    st.sampled_from(Look),
    st.one_of(st.just(""), queries),
    only_topics=st.booleans(),
    refused_look=st.sampled_from([None, Look.CARDS]),
    paused_until=st.sampled_from([None, NOW, FOREVER]),
    change=st.sampled_from([0, 7]),
)
pickers = st.sampled_from(["", "U1"])
spans = st.lists(st.integers(0, 400), max_size=60, unique=True).map(
    lambda places: list(zip(sorted(places)[::2], sorted(places)[1::2], strict=False))
)


@st.composite
def editions(draw: st.DrawFn, shown: list[Listing]) -> Edition:
    picks = tuple(Pick(each.paper.id, draw(maybe), draw(pickers)) for each in shown)
    left = {name: draw(counts) for name in ("seen", "off_topic", "muted", "in_channels")}
    receipt = Receipt(len(shown) + draw(counts), tuple(draw(st.lists(reads, max_size=2))), **left)
    covers_from = draw(st.sampled_from([None, date(2025, 12, 31)]))
    only = draw(st.one_of(st.just(""), queries))
    who = draw(AUDIENCES)
    return Edition("T1", who, DAY, "daily", NOW, picks, receipt, covers_from, only)


@st.composite
def any_match(draw: st.DrawFn, listing: Listing) -> Match:
    paper = listing.paper
    authors = paper.authors[: draw(st.integers(0, 3))]
    found = Matched(tuple(draw(spans)), telling_of(paper.abstract, draw(spans)), authors)
    posting = Posting(draw(st.sampled_from(["C1", ""])), "https://lab.slack.com/archives/C1/p1")
    return Match(
        listing,
        found,
        topic=draw(st.one_of(st.just(""), queries)),
        also=[draw(queries)] * draw(st.sampled_from([0, 0, 1, 20])),
        posted=draw(st.sampled_from([None, None, posting])),
        version=draw(st.sampled_from([0, 0, 2])),
    )


def matches(most: int) -> st.SearchStrategy[list[Match]]:
    """Up to so many papers of at most three kinds, as `listings` gives them."""
    some = st.lists(any_listing.flatmap(any_match), min_size=1, max_size=3)
    return st.builds(lambda kinds, n: (kinds * n)[:n], some, st.integers(0, most))


corrections = st.one_of(st.just(""), queries)


@st.composite
def hits(draw: st.DrawFn) -> Hit:
    match = draw(any_listing.flatmap(any_match))
    return Hit(match.listing, 1.0, match.matched, draw(st.sampled_from(["", BY_MEANING])))


@st.composite
def any_told(draw: st.DrawFn) -> alerts.Told:
    number, rest = draw(st.integers(1, 10**12)), draw(st.integers(0, 50))
    name = draw(st.one_of(st.just(""), queries))
    return alerts.Told(number, draw(queries), draw(matches(10)), rest, name, draw(st.booleans()))


told = st.builds(
    lambda kinds, n: (kinds * n)[:n],
    st.lists(any_told(), min_size=1, max_size=3),
    st.integers(1, 30),
)


@st.composite
def any_reasons(draw: st.DrawFn) -> Reasons:
    match = draw(any_listing.flatmap(any_match))
    rule = Rule(draw(queries), draw(maybe)[:40], match.matched, draw(st.booleans()))
    telling = Telling(NOW, rule, draw(st.booleans()), draw(st.booleans()))
    others = (rule,) * draw(st.sampled_from([0, 1, 3, 400]))
    return Reasons(match.listing, draw(st.sampled_from([None, telling])), others)


tallies = st.builds(Tally, counts, counts)
any_votes = st.none() | st.sampled_from(Vote)
standings = st.builds(
    Standing,
    tallies,
    any_votes,
    st.booleans(),
    st.sampled_from([0, 1, 2, 5, 6, 400]).map(lambda n: ("U1",) * n),
)
muted_texts = st.builds(lambda one, n: [one] * n, queries, st.sampled_from([0, 1, 2, 100]))
many_mutes = muted_texts.map(lambda found: [Mute(n, text, NOW) for n, text in enumerate(found)])


def objects(value: Any) -> Iterator[dict[str, Any]]:
    """Every object somewhere in blocks."""
    if isinstance(value, dict):
        yield value
        for each in value.values():
            yield from objects(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from objects(each)


def read_aloud(blocks: Any) -> str:
    """The words of blocks, without their looks."""
    return " ".join(
        each["text"] for each in objects(list(blocks)) if isinstance(each.get("text"), str)
    )


def values(blocks: Any, action: str) -> list[str]:
    """What the controls of one action_id carry back."""
    return [
        option.get("value", "")
        for each in objects(list(blocks))
        if each.get("action_id") == action
        for option in each.get("options", [each])
    ]
