"""Papers, people's words and messages of any kind, the worst included.

Every text that is not ours carries MARK, so that a test can tell where such texts end up.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from bot.blocks import alerts, digest, help, lists, papers, search, status, subscriptions
from bot.blocks.kit import Message
from bot.domain.delivery import State
from bot.domain.digest import ChannelDigest, Edition, Pick, Receipt, Schedule, SourceRead
from bot.domain.paper import Fetch, Listing, Paper
from bot.domain.subscription import LARGEST, Cadence, Subscription, Wish

MARK = "☠"
NOW = datetime(2026, 6, 26, 7, 0, tzinfo=UTC)
DAY = date(2026, 6, 26)
BERLIN = ZoneInfo("Europe/Berlin")

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
    )


any_listing = st.builds(
    Listing,
    source=st.sampled_from(["hf", "arxiv", "a feed"]),
    day=st.just(DAY),
    paper=any_paper(),
    upvotes=counts,
    comments=counts,
    stars=st.one_of(st.none(), counts),
)


def listings(most: int) -> st.SearchStrategy[list[Listing]]:
    """Up to so many papers, of at most three kinds: drawing each would take long."""
    some = st.lists(any_listing, min_size=1, max_size=3)
    return st.builds(lambda kinds, n: (kinds * n)[:n], some, st.integers(0, most))


wishes = st.builds(Wish, queries, st.sampled_from(Cadence), st.integers(1, LARGEST))
any_subscription = st.builds(
    Subscription, st.integers(1, 10**12), st.just("T1"), st.just("U1"), wishes, st.just(NOW)
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
channel_digests = st.builds(
    ChannelDigest,
    st.just("T1"),
    st.just("C1"),
    schedules,
    st.integers(1, 20),
    st.just("U1"),
    st.sampled_from([None, NOW]),
)
spans = st.lists(st.integers(0, 400), max_size=60, unique=True).map(
    lambda places: list(zip(sorted(places)[::2], sorted(places)[1::2], strict=False))
)


@st.composite
def editions(draw: st.DrawFn, shown: list[Listing]) -> Edition:
    picks = tuple(Pick(each.paper.id, draw(maybe)) for each in shown)
    receipt = Receipt(len(shown) + draw(counts), tuple(draw(st.lists(reads, max_size=2))))
    return Edition("T1", "C1", DAY, "daily", NOW, picks, receipt)


@st.composite
def any_told(draw: st.DrawFn) -> alerts.Told:
    shown = [(each, draw(spans)) for each in draw(listings(2))] * draw(st.integers(1, 5))
    return alerts.Told(draw(st.integers(1, 10**12)), draw(queries), shown, draw(st.integers(0, 50)))


told = st.builds(
    lambda kinds, n: (kinds * n)[:n],
    st.lists(any_told(), min_size=1, max_size=3),
    st.integers(1, 30),
)

Make = Callable[[st.DrawFn], Message]


def _digest(draw: st.DrawFn) -> Message:
    shown = draw(listings(20))
    return digest.digest(draw(editions(shown)), shown)


def _settings(draw: st.DrawFn) -> Message:
    last = st.one_of(st.none(), editions(draw(listings(3))))
    return digest.settings(draw(st.one_of(st.none(), channel_digests)), draw(last))


def _day_list(draw: st.DrawFn) -> Message:
    beside = st.sampled_from([None, DAY])
    return lists.day_list(
        draw(st.sampled_from([DAY, date(2026, 6, 20)])),
        DAY,
        draw(listings(40)),
        size=10,
        previous=draw(beside),
        later=draw(beside),
    )


def _results(draw: st.DrawFn) -> Message:
    start = draw(st.sampled_from([0, 5, 10_000]))
    found = draw(listings(5))
    total = start + len(found) + draw(st.sampled_from([0, 1, 10_000]))
    return search.results(draw(st.one_of(queries, texts)), found, start=start, total=total)


def _preview(draw: st.DrawFn) -> Message:
    examples = draw(listings(3))
    found = len(examples) + draw(st.sampled_from([0, 1, 5000]))
    return subscriptions.preview(draw(wishes), found, 30, examples, known=draw(st.booleans()))


def _unsubscribed(draw: st.DrawFn) -> Message:
    gone = [draw(any_subscription)] * draw(st.sampled_from([1, 2, 30]))
    return subscriptions.unsubscribed(gone, draw(many_subscriptions), BERLIN)


def _status(draw: st.DrawFn) -> Message:
    read = st.builds(
        Fetch,
        st.just("hf"),
        st.just(DAY),
        st.just(NOW),
        counts,
        counts,
        counts,
        counts,
        errors,
    )
    return status.status(
        papers=draw(counts),
        reads=draw(st.lists(read, max_size=3)),
        digests=[draw(channel_digests)] * draw(st.sampled_from([0, 1, 10, 300])),
        owed=draw(st.dictionaries(st.sampled_from(State), counts)),
        last_error=draw(errors),
        zone=BERLIN,
    )


MESSAGES: dict[str, Make] = {
    "a digest": _digest,
    "settings": _settings,
    "turned on": lambda draw: digest.turned_on(draw(channel_digests)),
    "turned off": lambda draw: digest.turned_off(draw(channel_digests)),
    "posting": lambda draw: digest.posting(),
    "invite me": lambda draw: digest.invite_me("move_digest", "09:00 Europe/Berlin"),
    "a day's list": _day_list,
    "picks": lambda draw: lists.picks(DAY, draw(listings(9))),
    "a card": lambda draw: papers.card_message(draw(any_listing)),
    "a shared paper": lambda draw: papers.shared(draw(any_listing), "U1"),
    "search results": _results,
    "nothing found": lambda draw: search.nothing_found(draw(st.one_of(queries, texts))),
    "a preview": _preview,
    "cancelled": lambda draw: subscriptions.cancelled(),
    "subscribed": lambda draw: subscriptions.subscribed(
        draw(any_subscription), draw(many_subscriptions), BERLIN
    ),
    "unsubscribed": _unsubscribed,
    "subscriptions": lambda draw: subscriptions.subscriptions(
        draw(many_subscriptions), BERLIN, draw(st.sampled_from([0, 10, 1000]))
    ),
    "an alert": lambda draw: alerts.alert(draw(told), "delivery-1"),
    "the rest of an alert": lambda draw: alerts.rest(draw(listings(40))),
    "help": lambda draw: help.overview(),
    "help on a command": lambda draw: help.one(draw(st.sampled_from(sorted(help.COMMANDS)))),
    "did you mean": lambda draw: help.did_you_mean(draw(texts), "subscribe", draw(maybe)),
    "welcome": lambda draw: help.welcome(),
    "an error": lambda draw: help.error(draw(sentences)),
    "the unexpected": lambda draw: help.unexpected("a1b2c3"),
    "status": _status,
}


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
