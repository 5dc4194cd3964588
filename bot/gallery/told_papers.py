"""Samples of alerts: what they say, why, and how a topic is changed from one."""

from dataclasses import replace

from bot.blocks import alerts, modals, why
from bot.blocks import subscriptions as topics
from bot.blocks.kit import Block, Message
from bot.blocks.matches import Match, Posting
from bot.domain.matched import Matched
from bot.domain.paper import Listing
from bot.domain.reasons import Reasons, Rule, Telling
from bot.domain.sentences import telling
from bot.gallery.stage import HOURS, WISHES, ZONE, Stage


def posted(stage: Stage) -> dict[str, Message]:
    """Messages that come by themselves."""
    found = [_match(each) for each in stage.listings]
    one, two, three = (wish.text for wish in WISHES)
    posting = Posting(stage.channel, "https://slack.com/archives/C1/p1")
    twice = [replace(found[0], posted=posting), replace(found[1], also=[two])]
    several = [
        alerts.Told(1, one, found[:2], rest=12),
        alerts.Told(2, two, found[2:3], name="Tools"),
        alerts.Told(3, three, [_by_author(stage.listings[3]), found[4]]),
    ]
    return {
        "One topic": alerts.alert([alerts.Told(1, one, found[:2])], "sample"),
        "Several topics and a rest": alerts.alert(several, "sample"),
        "One paper that a channel had": alerts.alert([alerts.Told(1, one, twice)], "sample"),
        "A later version": alerts.alert(
            [alerts.Told(1, one, [replace(found[0], version=2)], of_versions=True)], "sample"
        ),
        "In a channel": alerts.alert(several[:1], "sample", in_channel=True),
    }


def private(stage: Stage) -> dict[str, Message]:
    """Answers that one person sees."""
    listing = stage.listings[0]
    rules = [Rule(each.text, each.name, _match(listing).matched) for each in WISHES[:2]]
    told = Telling(stage.now, rules[0], counted=False, sent=True)
    rest = [replace(_match(each), topic=WISHES[0].text) for each in stage.listings[2:5]]
    return {
        "The rest": alerts.rest(rest, "sample", 5, 20),
        "No rest any more": alerts.rest([], "sample", 5, 5),
        "Why it came": why.why(Reasons(listing, told, (rules[1],)), ZONE),
        "Why it did not": why.why(Reasons(listing, None, ()), ZONE),
    }


def views(stage: Stage) -> dict[str, Block]:
    """Forms that a topic's menu opens."""
    mine = stage.mine
    return {
        "Edit a topic": modals.edit_topic(mine[2]),
        "A topic that was saved": modals.saved(topics.subscribed(mine[2], mine, HOURS)),
    }


def _match(listing: Listing) -> Match:
    """As if the first words of title and abstract were asked for."""
    paper = listing.paper
    first, said = len(paper.title.split()[0]), paper.abstract or paper.tldr
    places = [(0, len(said.split()[0]))] if said else []
    return Match(listing, Matched(((0, first),), telling(said, places)))


def _by_author(listing: Listing) -> Match:
    return Match(listing, Matched(authors=listing.paper.authors[:1]))
