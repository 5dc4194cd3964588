"""The samples, in the order in which the gallery shows them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from bot.blocks import help, home, lists, modals, papers, previews, status
from bot.blocks import settings as settings_blocks
from bot.blocks import subscriptions as topics
from bot.blocks.kit import Block, Message
from bot.domain.backtest import Offer, Preview, Volume
from bot.domain.delivery import State
from bot.domain.list_options import Kind, Wanted
from bot.domain.paper import Fetch, Listing
from bot.domain.paper_page import PaperPage
from bot.domain.query import parse_subscription
from bot.domain.reader import Hours
from bot.domain.status import NextRead, Status, Stuck
from bot.domain.subscription import Subscription, Wish
from bot.domain.trending import Gain
from bot.errors import EmptyQuery, QueryProblem
from bot.gallery import (
    curated_digests,
    digest_looks,
    digest_settings,
    found_papers,
    kept_papers,
    own_digests,
    round_up_messages,
    shared_topics,
    told_papers,
)
from bot.gallery.stage import HOURS, SOURCE, WISHES, ZONE, Stage, tried

Item: TypeAlias = dict[str, Any]

REFUSED = "-survey"  # says what to leave out, and nothing to look for


def items(listings: Sequence[Listing], *, reader: str, channel: str) -> list[Item]:
    """Every sample, on these papers of one day, at least five; `reader` is a person's id."""
    stage = Stage(listings, reader, channel)
    told = (
        _digest,
        _round_ups,
        _own_digests,
        _settings,
        _alerts,
        _search,
        _topics,
        _hours,
        _shared_topics,
        _papers,
        _kept,
        _curated,
    )
    parts = (*told, _help, _status, _modals, _home)
    return [item for part in parts for item in part(stage)]


def _posted(group: str, samples: Mapping[str, Message], **more: object) -> Iterator[Item]:
    for name, message in samples.items():
        content = {"text": message.text, "blocks": list(message.blocks), **more}
        yield {"name": name, "group": group, "kind": "message", "content": content}


def _private(group: str, samples: Mapping[str, Message]) -> Iterator[Item]:
    """Messages that one person alone sees."""
    return _posted(group, samples, ephemeral=True)


def _shown(group: str, samples: Mapping[str, Block]) -> Iterator[Item]:
    for name, view in samples.items():
        yield {"name": name, "group": group, "kind": view["type"], "content": view}


def _digest(stage: Stage) -> Iterator[Item]:
    yield from _posted("Digest", digest_looks.posted(stage))


def _own_digests(stage: Stage) -> Iterator[Item]:
    yield from _posted("Your own digest", own_digests.posted(stage))
    yield from _private("Your own digest", own_digests.private(stage))


def _round_ups(stage: Stage) -> Iterator[Item]:
    yield from _posted("Round-ups", round_up_messages.posted(stage))
    yield from _private("Round-ups", round_up_messages.private(stage))


def _settings(stage: Stage) -> Iterator[Item]:
    yield from _private("Digest settings", digest_settings.private(stage))
    yield from _posted("Digest settings", digest_settings.posted(stage))


def _alerts(stage: Stage) -> Iterator[Item]:
    yield from _posted("Alerts", told_papers.posted(stage))
    yield from _private("Alerts", told_papers.private(stage))
    yield from _shown("Alerts", told_papers.views(stage))


def _search(stage: Stage) -> Iterator[Item]:
    yield from _private("Search", found_papers.private(stage))


def _topics(stage: Stage) -> Iterator[Item]:
    mine = stage.mine
    yield from _private(
        "Subscriptions",
        {
            **_previews(stage),
            "Cancelled": topics.cancelled(),
            "Subscribed": topics.subscribed(mine[0], mine, HOURS, stage.now + timedelta(days=1)),
            "Unsubscribed": topics.unsubscribed(mine[:1], mine[1:], HOURS),
            "Unsubscribed from all": topics.unsubscribed(mine, [], HOURS),
            "Paused": topics.paused(mine, _paused(mine, stage.now), HOURS),
            "Resumed": topics.resumed(_paused(mine, stage.now)[:1], mine, HOURS, stage.now),
            "Nothing to resume": topics.resumed([], mine, HOURS),
            "Undone": topics.put_back(mine, HOURS),
            "A list": topics.subscriptions(mine, HOURS),
            "A long list": topics.subscriptions(mine * 5, HOURS),
        },
    )


def _previews(stage: Stage) -> dict[str, Message]:
    wish, examples = WISHES[0], tuple(stage.listings[:3])
    flood = Volume(412, (104, 98, 91, 87))
    slip = Offer(Wish("diffusion policy"), Volume(14, (4, 3, 5, 2)))
    return {
        "Preview": previews.personal(tried(wish, examples)),
        "Preview of a known one": previews.personal(Preview(wish, Volume(0), known=True)),
        "Preview of too much": previews.personal(
            Preview(Wish("agents"), flood, examples, narrower=Offer(Wish("web agents"), Volume(31)))
        ),
        "Preview with a slip": previews.personal(
            Preview(Wish("difusion policy"), Volume(0), unknown=("difusion",), corrected=slip)
        ),
    }


def _paused(mine: Sequence[Subscription], now: datetime) -> list[Subscription]:
    """The same topics, held back for a week."""
    return [replace(each, paused_until=now + timedelta(weeks=1)) for each in mine]


def _hours(_: Stage) -> Iterator[Item]:
    usual = Hours(ZONE)
    yield from _private(
        "Your hours",
        {
            "As they are": settings_blocks.settings(usual),
            "Changed": settings_blocks.changed(usual, HOURS),
            "Nothing changed": settings_blocks.changed(usual, usual),
        },
    )
    yield from _shown("Your hours", {"The form": settings_blocks.form(HOURS)})


def _shared_topics(stage: Stage) -> Iterator[Item]:
    yield from _private("Topics together", shared_topics.private(stage))
    yield from _posted("Topics together", shared_topics.posted(stage))
    yield from _shown("Topics together", shared_topics.views())


def _papers(stage: Stage) -> Iterator[Item]:
    listings = stage.listings
    day = listings[0].day
    before, after = day - timedelta(days=1), day + timedelta(days=1)
    today, week = Wanted(Kind.TODAY, size=5), Wanted(Kind.WEEK, size=5)
    trending = Wanted(Kind.TRENDING, size=5)
    one_day = lists.day_list(today, day, day, listings, previous=before, later=after)
    gains = [Gain(each, each.upvotes // 2, each.upvotes, before) for each in listings]
    yield from _private(
        "Papers",
        {
            "Picks": lists.picks(day, listings),
            "A day": one_day,
            "A week": lists.day_list(week, day - timedelta(days=6), day, listings),
            "A day without papers": lists.day_list(today, day, day, [], previous=before),
            "What trends": lists.trending(trending, day, before, gains, previous=before),
            "Nothing trends": lists.trending(trending, day, before, [], previous=before),
            "Lists that were read once": lists.read_once(trending, day, listings),
            "What trends there": lists.read_once(trending, day, listings, is_the_sites=True),
            "A card": papers.card_message(listings[0], page=PaperPage(3, 1, 2)),
            "A card of what is not stored": papers.card_message(listings[1], is_stored=False),
            "A card full of markup": papers.card_message(stage.hard),
        },
    )
    yield from _posted("Papers", {"Shared": papers.shared(listings[0], stage.reader)})


def _curated(stage: Stage) -> Iterator[Item]:
    yield from _private("The next digest", curated_digests.private(stage))
    yield from _posted("The next digest", curated_digests.posted(stage))


def _kept(stage: Stage) -> Iterator[Item]:
    yield from _private("What people do with papers", kept_papers.private(stage))
    yield from _shown("What people do with papers", kept_papers.views(stage))


def _help(_: Stage) -> Iterator[Item]:
    yield from _posted("Help and errors", {"Welcome": help.welcome()})
    yield from _private(
        "Help and errors",
        {
            "Help": help.overview(),
            "Help on a command": help.one("subscribe"),
            "Did you mean": help.did_you_mean("subcribe", "subscribe", '"tool use"'),
            "An error": help.error(str(EmptyQuery())),
            "The unexpected": help.unexpected("a1b2c3"),
        },
    )


def _status(stage: Stage) -> Iterator[Item]:
    day = stage.listings[0].day
    fine = Fetch(SOURCE, day, stage.now, len(stage.listings), 10, 0, 0, None)
    failed = Fetch("arxiv", day, stage.now, 0, 0, 0, 0, "the connection timed out")
    well = Status(1212, (fine,), (stage.switched_on,), {}, None, ZONE)
    ill = Status(
        papers=1212,
        reads=(fine, failed),
        digests=(stage.switched_on, stage.switched_off),
        owed={State.PENDING: 2, State.HELD: 1},
        last_error="channel_not_found",
        zone=ZONE,
        next_reads={SOURCE: NextRead(stage.now + timedelta(minutes=10), False)},
        stuck=(
            Stuck("digest", stage.channel, False, State.HELD, stage.now, "missing_scope"),
            Stuck("alert", "", True, State.DEAD, stage.now, "channel_not_found"),
        ),
    )
    shown = {"All is well": status.status(well), "Some trouble": status.status(ill)}
    yield from _private("Status", shown)


def _modals(stage: Stage) -> Iterator[Item]:
    yield from _shown(
        "Modals",
        {
            "Follow a topic": modals.follow_topic(),
        },
    )
    for item in _shown("Modals", {"Follow a topic, refused": _typed(modals.follow_topic())}):
        yield {**item, "errors": _complaints()}


def _home(stage: Stage) -> Iterator[Item]:
    mine, digests = stage.mine, [stage.switched_on]
    yield from _shown(
        "Home tab",
        {
            "With topics": home.home(
                mine,
                digests,
                stage.listings,
                HOURS,
                stage.listings[:3],
                12,
                own=stage.switched_on,
            ),
            "With many topics": home.home(mine * 5, digests, stage.listings, HOURS),
            "Empty": home.home([], [], [], HOURS),
        },
    )


def _typed(form: Block) -> Block:
    """The form after somebody wrote what it does not take."""
    topic, *others = form["blocks"]
    element = {**topic["element"], "initial_value": REFUSED}
    return {**form, "blocks": [{**topic, "element": element}, *others]}


def _complaints() -> dict[str, str]:
    try:
        parse_subscription(REFUSED)
    except QueryProblem as problem:
        return {modals.TOPIC: modals.problem(str(problem))}
    return {}
