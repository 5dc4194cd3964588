"""Every message the bot can send, by its name, drawn from anything."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from bot.blocks import (
    alerts,
    channel_topics,
    curators,
    digest,
    elsewhere,
    exchange,
    help,
    lists,
    looks,
    mutes,
    own_digest,
    papers,
    previews,
    round_ups,
    saved,
    search,
    similar,
    status,
    stopped,
    subscriptions,
    trends,
    votes,
    why,
)
from bot.blocks import settings as hours
from bot.blocks.digest_terms import topics_echo
from bot.blocks.kit import Message, classic
from bot.domain.backtest import Offer, Preview, Volume
from bot.domain.delivery import State
from bot.domain.digest import Digest, Look, Pick
from bot.domain.exchange import Imported, written
from bot.domain.list_options import Kind, Wanted
from bot.domain.paper import Fetch
from bot.domain.paper_page import PaperPage
from bot.domain.reader import Hours
from bot.domain.results import Results
from bot.domain.round_ups import RoundUp, Slot
from bot.domain.spans import Basis, Share, Span
from bot.domain.status import NextRead, Status, Stuck
from bot.domain.trending import Gain
from bot.domain.trends import MOST, WEEKS, Trend, Trends
from bot.domain.verdicts import Decision, Verdict
from tests.bot.blocks.anything import (
    BERLIN,
    DAY,
    HOURS,
    NOW,
    any_listing,
    any_reasons,
    any_subscription,
    any_votes,
    channel_digests,
    corrections,
    counts,
    editions,
    errors,
    hits,
    listings,
    many_mutes,
    many_subscriptions,
    matches,
    maybe,
    muted_texts,
    queries,
    sentences,
    tallies,
    texts,
    told,
    wishes,
)

Make = Callable[[st.DrawFn], Message]


def _digest(draw: st.DrawFn) -> Message:
    shown = draw(listings(20))
    votes_here = {each.paper.id: draw(tallies) for each in shown[:3]}
    return looks.shown(draw(st.sampled_from(Look)), draw(editions(shown)), shown, votes_here)


def _own_preview(draw: st.DrawFn) -> Message:
    shown = draw(listings(10))
    digest_or_none = st.none() | channel_digests
    return own_digest.preview(draw(digest_or_none), draw(editions(shown)), shown)


def _topics_changed(changed: Digest) -> Message:
    return digest.turned_on(changed, echo=topics_echo(changed))


def _plainer_cards(draw: st.DrawFn) -> Message:
    shown = draw(listings(20).filter(bool))
    cards = looks.cards(draw(editions(shown)), shown)
    return classic(cards) or cards


def _reply(draw: st.DrawFn) -> Message:
    shown = [draw(any_listing)]
    return looks.reply(draw(editions(shown)), shown[0], "1.1", draw(tallies))


def _settings(draw: st.DrawFn) -> Message:
    last = st.one_of(st.none(), editions(draw(listings(3))))
    return digest.settings(draw(st.one_of(st.none(), channel_digests)), draw(last))


def _day_list(draw: st.DrawFn) -> Message:
    beside = st.sampled_from([None, DAY])
    return lists.day_list(
        Wanted(Kind.WEEK),
        draw(st.sampled_from([DAY, date(2026, 6, 20)])),
        DAY,
        draw(listings(40)),
        previous=draw(beside),
        later=draw(beside),
    )


def _trending(draw: st.DrawFn) -> Message:
    beside = st.sampled_from([None, DAY])
    gains = [Gain(each, 1, 10**30, DAY) for each in draw(listings(40))]
    pages = {"previous": draw(beside), "later": draw(beside)}
    return lists.trending(Wanted(Kind.TRENDING), DAY, DAY, gains, **pages)


def _read_once(draw: st.DrawFn) -> Message:
    return lists.read_once(Wanted(Kind.TRENDING), DAY, draw(listings(40)))


def _round_up(draw: st.DrawFn) -> Message:
    shown, seen = draw(listings(20)), draw(listings(5))
    slot = draw(st.sampled_from(Slot))
    edition = replace(draw(editions(shown)), slot=slot.value, span=draw(any_span))
    assert edition.span is not None
    risers = tuple(each.paper.id for each in shown[:1])
    span = replace(edition.span, risers=risers)
    votes_here = {each.paper.id: draw(tallies) for each in shown[:3]}
    links = {each.paper.id: "https://lab.slack.com/archives/C1/p1" for each in seen[:1]}
    made = round_ups.round_up(edition, span, shown, votes_here, seen, links)
    return draw(st.sampled_from([made, classic(made) or made]))


any_span = st.builds(
    Span,
    st.just(date(2026, 6, 20)),
    st.just(DAY),
    shares=st.lists(st.builds(Share, queries, counts, counts), max_size=6).map(tuple),
    basis=st.sampled_from(Basis),
    counted=counts,
)
any_round_up = st.builds(
    RoundUp,
    st.just("T1"),
    st.just("C1"),
    st.sampled_from(Slot),
    st.just("U1"),
    st.sampled_from([None, 0, 6]),
    next_due_at=st.sampled_from([None, NOW]),
)
many_round_ups = st.lists(any_round_up, max_size=3)


def _results(draw: st.DrawFn) -> Message:
    start = draw(st.sampled_from([0, 5, 10_000]))
    kinds = draw(st.lists(hits(), min_size=1, max_size=3))
    shown = tuple((kinds * 5)[: draw(st.integers(0, 5))])
    total = start + len(shown) + draw(st.sampled_from([0, 1, 10_000]))
    found = Results(draw(st.one_of(queries, texts)), shown, start, total, draw(corrections))
    return search.results(found, {}, literally=draw(st.booleans()))


def _nothing_found(draw: st.DrawFn) -> Message:
    asked, broader = draw(st.one_of(queries, texts)), draw(corrections)
    found = Results(asked, (), 0, 0, draw(corrections), broader)
    literally, elsewhere = draw(st.booleans()), draw(st.booleans())
    return search.nothing_found(found, literally=literally, elsewhere=elsewhere)


def _found_elsewhere(draw: st.DrawFn) -> Message:
    kinds = draw(st.lists(hits(), max_size=3))
    stored = draw(st.booleans())
    shown = tuple(replace(each, is_stored=stored) for each in (kinds * 10)[:10])
    return elsewhere.found(Results(draw(st.one_of(queries, texts)), shown, 0, len(shown)))


def _card(draw: st.DrawFn) -> Message:
    some = st.none() | st.sampled_from([0, 1, 10**9])
    page = draw(st.none() | st.builds(PaperPage, some, some, some))
    return papers.card_message(draw(any_listing), page=page, is_stored=draw(st.booleans()))


volumes = st.builds(
    Volume, st.sampled_from([0, 1, 8, 160, 5000]), st.just((2, 0, 9, 1)), st.booleans()
)
offers = st.none() | st.builds(Offer, wishes, volumes)
tries = st.builds(
    Preview,
    wish=wishes,
    volume=volumes,
    examples=listings(3).map(tuple),
    known=st.booleans(),
    narrower=offers,
    broader=offers,
    unknown=st.lists(texts, max_size=3).map(tuple),
    corrected=offers,
    muted=counts,
)


many_lines = st.builds(
    lambda wish, n: [written(wish)] * n, wishes, st.sampled_from([0, 1, 40, 400])
)
imports = st.builds(Imported, *[counts] * 5)


verdicts = st.none() | st.builds(
    Verdict,
    st.just("2606.00001"),
    st.sampled_from(Decision),
    st.just("U1"),
    st.just(NOW),
    st.none() | st.integers(1, 10),
)


def _preview(draw: st.DrawFn) -> Message:
    shown = draw(listings(10))
    by = st.sampled_from(["", "U1"])
    picks = [Pick(each.paper.id, draw(maybe), draw(by)) for each in shown[:3]] * len(shown)
    lead = curators.decided(draw(any_listing), draw(verdicts), draw(verdicts))
    return curators.preview(
        draw(st.none() | channel_digests),
        shown,
        picks,
        [(each, "U1") for each in draw(listings(8))],
        {each.paper.id: "U1" for each in shown[:1]},
        draw(st.sampled_from([None, lead])),
    )


def _unsubscribed(draw: st.DrawFn) -> Message:
    gone = [draw(any_subscription)] * draw(st.sampled_from([1, 2, 30]))
    return subscriptions.unsubscribed(gone, draw(many_subscriptions), HOURS)


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
    stuck = st.builds(
        Stuck,
        st.sampled_from(["digest", "alert", "else"]),
        st.sampled_from(["C1", ""]),
        st.booleans(),
        st.sampled_from([State.DEAD, State.HELD]),
        st.just(NOW),
        st.one_of(texts, st.just("is_archived")),
    )
    now = Status(
        papers=draw(counts),
        reads=tuple(draw(st.lists(read, max_size=3))),
        digests=(draw(channel_digests),) * draw(st.sampled_from([0, 1, 10, 300])),
        owed=draw(st.dictionaries(st.sampled_from(State), counts)),
        last_error=draw(errors),
        zone=BERLIN,
        next_reads=draw(
            st.dictionaries(st.just("hf"), st.builds(NextRead, st.just(NOW), st.booleans()))
        ),
        stuck=tuple(draw(st.lists(stuck, max_size=10))),
    )
    return status.status(now)


any_trend = st.builds(
    lambda topic, kinds, is_exact: Trend(topic, (tuple(kinds) * WEEKS)[:WEEKS], is_exact),
    queries,
    st.lists(counts, min_size=1, max_size=9),
    st.booleans(),
)
many_trends = st.builds(
    Trends, st.just(DAY), st.lists(any_trend, min_size=1, max_size=MOST).map(tuple)
)


MESSAGES: dict[str, Make] = {
    "a digest": _digest,
    "cards where they are refused": _plainer_cards,
    "a reply below a digest": _reply,
    "settings": _settings,
    "turned on": lambda draw: digest.turned_on(draw(channel_digests)),
    "turned off": lambda draw: digest.turned_off(draw(channel_digests)),
    "a change of topics": lambda draw: _topics_changed(draw(channel_digests)),
    "one's own digest": lambda draw: own_digest.settings(
        draw(st.none() | channel_digests), draw(st.none() | editions([])), HOURS
    ),
    "one's own digest changed": lambda draw: own_digest.changed(draw(channel_digests)),
    "one's own digest turned off": lambda draw: own_digest.turned_off(draw(channel_digests)),
    "one's own digest not undone": lambda draw: own_digest.not_undone(draw(channel_digests)),
    "one's own digest on its way": lambda draw: own_digest.sending(),
    "one's own digest before it comes": _own_preview,
    "posting": lambda draw: digest.posting(),
    "invite me": lambda draw: digest.invite_me("move_digest", "09:00 Europe/Berlin"),
    "a day's list": _day_list,
    "what trends": _trending,
    "lists that were read once": _read_once,
    "a round-up": _round_up,
    "round-ups set": lambda draw: digest.round_ups_set(
        draw(channel_digests), draw(many_round_ups), draw(st.sampled_from(Slot))
    ),
    "a change of a digest undone": lambda draw: digest.undone(
        draw(channel_digests), draw(many_round_ups)
    ),
    "a change of a digest not undone": lambda draw: digest.not_undone(
        draw(channel_digests), draw(many_round_ups)
    ),
    "picks": lambda draw: lists.picks(DAY, draw(listings(9))),
    "a card": _card,
    "a shared paper": lambda draw: papers.shared(draw(any_listing), "U1"),
    "search results": _results,
    "the next digest": _preview,
    "a decision": lambda draw: curators.decided(draw(any_listing), draw(verdicts), draw(verdicts)),
    "a decision in the channel": lambda draw: curators.announcement(
        draw(any_listing), draw(st.sampled_from(["pick", "skip", ""])), "U1"
    ),
    "a saved paper": lambda draw: saved.saved(
        draw(any_listing), draw(counts), new=draw(st.booleans())
    ),
    "a paper saved no longer": lambda draw: saved.unsaved(draw(any_listing), NOW, draw(counts)),
    "saved papers": lambda draw: saved.shelf(
        draw(listings(5)),
        draw(st.sampled_from([0, 5, 1000])),
        draw(counts),
        draw(st.none() | st.tuples(any_listing, st.just(NOW))),
    ),
    "a vote": lambda draw: votes.voted(
        draw(any_listing), draw(tallies), draw(any_votes), draw(any_votes)
    ),
    "muted": lambda draw: mutes.muted(draw(muted_texts), draw(many_mutes), draw(muted_texts)),
    "muted no longer": lambda draw: mutes.unmuted(draw(muted_texts), draw(many_mutes)),
    "mutes": lambda draw: mutes.mutes(draw(many_mutes), draw(st.sampled_from([0, 10, 1000]))),
    "similar papers": lambda draw: similar.similar(draw(any_listing), draw(listings(5))),
    "nothing found": _nothing_found,
    "found elsewhere": _found_elsewhere,
    "looking elsewhere": lambda draw: elsewhere.looking(draw(st.one_of(queries, texts))),
    "no answer from elsewhere": lambda draw: elsewhere.no_answer(draw(queries), draw(sentences)),
    "trends": lambda draw: trends.trends(draw(many_trends)),
    "a preview": lambda draw: previews.personal(draw(tries)),
    "cancelled": lambda draw: subscriptions.cancelled(),
    "subscribed": lambda draw: subscriptions.subscribed(
        draw(any_subscription), draw(many_subscriptions), HOURS, draw(st.sampled_from([None, NOW]))
    ),
    "unsubscribed": _unsubscribed,
    "subscriptions": lambda draw: subscriptions.subscriptions(
        draw(many_subscriptions), HOURS, draw(st.sampled_from([0, 10, 1000]))
    ),
    "paused": lambda draw: subscriptions.paused(
        draw(many_subscriptions.filter(len)), draw(many_subscriptions), HOURS
    ),
    "resumed": lambda draw: subscriptions.resumed(
        draw(many_subscriptions), draw(many_subscriptions), HOURS, NOW
    ),
    "pauses put back": lambda draw: subscriptions.put_back(draw(many_subscriptions), HOURS, NOW),
    "your hours": lambda draw: hours.settings(HOURS),
    "your hours changed": lambda draw: hours.changed(Hours(BERLIN), HOURS),
    "an alert": lambda draw: alerts.alert(draw(told), "delivery-1"),
    "an alert in a channel": lambda draw: alerts.alert(draw(told), "delivery-1", in_channel=True),
    "the rest of an alert": lambda draw: alerts.rest(
        draw(matches(10)), "delivery-1", draw(st.sampled_from([0, 7])), 40
    ),
    "an export": lambda draw: exchange.export(
        draw(many_lines), draw(st.sampled_from([0, 30, 999]))
    ),
    "an import": lambda draw: exchange.imported(draw(imports)),
    "a shared topic": lambda draw: exchange.shared(draw(wishes), "U1"),
    "a preview for a channel": lambda draw: previews.for_channel("C1", draw(tries)),
    "a channel's new topic": lambda draw: channel_topics.followed(
        draw(any_subscription), draw(st.one_of(st.none(), wishes)), draw(many_subscriptions)
    ),
    "a channel's stopped topics": lambda draw: channel_topics.left(
        "C1", [draw(any_subscription)] * draw(st.sampled_from([1, 2])), draw(many_subscriptions)
    ),
    "a channel's topics": lambda draw: channel_topics.topics(
        "C1", draw(many_subscriptions), draw(st.sampled_from([0, 10, 1000]))
    ),
    "a stop": lambda draw: stopped.stopped(
        "C1",
        draw(st.sampled_from(["is_archived", "restricted_action_read_only_channel"]) | texts),
        digest=draw(st.booleans()),
        topics=draw(many_lines),
    ),
    "an announcement": lambda draw: channel_topics.announcement(
        "U1",
        draw(st.sampled_from(sorted(channel_topics.DID))),
        [draw(wishes)] * draw(st.sampled_from([1, 2, 400])),
    ),
    "invite me to that channel": lambda draw: channel_topics.invite_me("C1", draw(queries)),
    "why": lambda draw: why.why(draw(any_reasons()), BERLIN),
    "help": lambda draw: help.overview(),
    "help on a command": lambda draw: help.one(draw(st.sampled_from(sorted(help.COMMANDS)))),
    "did you mean": lambda draw: help.did_you_mean(draw(texts), "subscribe", draw(maybe)),
    "welcome": lambda draw: help.welcome(),
    "an error": lambda draw: help.error(draw(sentences)),
    "the unexpected": lambda draw: help.unexpected("a1b2c3"),
    "status": _status,
}
