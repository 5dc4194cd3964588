"""Every control that blocks draw has a listener, and every listener a control that calls it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import time
from typing import Any

import handlers
from bot import manifest
from bot.blocks import (
    abstract,
    alerts,
    channel_topics,
    curators,
    digest,
    elsewhere,
    exchange,
    home,
    lists,
    modals,
    mutes,
    own_digest,
    papers,
    previews,
    saved,
    search,
    settings,
    sharing,
    similar,
    subscriptions,
    trends,
    votes,
)
from bot.blocks import help as help_blocks
from bot.blocks.matches import Match
from bot.domain.backtest import Offer, Preview, Volume
from bot.domain.digest import Pick
from bot.domain.list_options import Kind, Wanted
from bot.domain.muting import Mute
from bot.domain.reader import Hours
from bot.domain.results import Hit, Results
from bot.domain.subscription import Subscription, Wish
from bot.domain.trends import WEEKS, Trend, Trends
from bot.domain.verdicts import Decision, Verdict
from bot.domain.votes import Standing, Tally, Vote
from handlers import actions
from handlers import papers as paper_actions
from tests.factories import DAY, NOW, a_channel, a_listing, a_paper, an_edition

LISTING = a_listing(
    a_paper(code_url="https://github.com/a/b", project_url="https://example.org/project")
)
OTHER = a_listing(a_paper("2606.00002"))
MINE = [Subscription(n, "T1", "U1", Wish(f"topic {n}"), NOW) for n in range(12)]
MUTES = [Mute(n, f"word {n}", NOW) for n in range(12)]
HOURS = Hours(a_channel().schedule.zone)
OFFER = Offer(Wish("other nets"), Volume(3))
TRIED = Preview(Wish("nets"), Volume(1), (LISTING,), narrower=OFFER, broader=OFFER, corrected=OFFER)
SHOWN = [
    digest.digest(an_edition(), [LISTING]).blocks,
    digest.digest(replace(an_edition(), audience="U1"), [LISTING]).blocks,
    own_digest.settings(a_channel(channel_id="U1"), None, HOURS).blocks,
    own_digest.settings(None, None, HOURS).blocks,
    own_digest.changed(a_channel(channel_id="U1", change=1)).blocks,
    digest.settings(a_channel(), an_edition()).blocks,
    digest.settings(None, None).blocks,
    curators.preview(
        a_channel(),
        [LISTING, OTHER],
        [Pick(each.paper.id, "10 votes", "U1") for each in (LISTING, OTHER)],
        [(LISTING, "U1")],
        lead=curators.decided(LISTING, Verdict(LISTING.paper.id, Decision.SKIP, "U1", NOW), None),
    ).blocks,
    digest.turned_on(a_channel(change=1)).blocks,
    digest.turned_off(a_channel()).blocks,
    *(
        digest.invite_me(action).blocks
        for action in (
            *("turn_digest_on", "post_digest_now", "move_digest"),
            *("pick_again", "skip_again", "set_digest"),
        )
    ),
    alerts.alert([alerts.Told(1, "nets", [Match(LISTING)], rest=3)], "d1").blocks,
    alerts.rest([Match(LISTING)], "d1", 1, 4).blocks,
    exchange.export(["topic " + "x" * 190] * 99).blocks,
    exchange.shared(Wish("nets"), "U1").blocks,
    previews.for_channel("C1", TRIED).blocks,
    channel_topics.followed(MINE[0], None, MINE).blocks,
    channel_topics.left("C1", MINE[:1], MINE).blocks,
    channel_topics.topics("C1", MINE).blocks,
    channel_topics.invite_me("C1", "nets").blocks,
    previews.personal(TRIED).blocks,
    subscriptions.subscribed(MINE[0], MINE, HOURS).blocks,
    subscriptions.unsubscribed(MINE[:1], MINE, HOURS).blocks,
    subscriptions.subscriptions(MINE, HOURS).blocks,
    subscriptions.paused(MINE, MINE, HOURS).blocks,
    settings.changed(HOURS, Hours(HOURS.zone, time(7))).blocks,
    search.results(Results("nest", (Hit(LISTING, 1.0),), 0, 9, corrected="nets")).blocks,
    search.nothing_found(
        Results("nets", (), 0, 0, broader="net"), literally=True, elsewhere=True
    ).blocks,
    elsewhere.found(Results("nets", (Hit(LISTING, 0.0, is_stored=False),), 0, 1)).blocks,
    elsewhere.no_answer("nets", "No answer.").blocks,
    trends.trends(Trends(DAY, (Trend("nets", (1,) * WEEKS),))).blocks,
    lists.picks(DAY, [LISTING]).blocks,
    lists.day_list(Wanted(Kind.WEEK), DAY, DAY, [LISTING], previous=DAY, later=DAY).blocks,
    papers.card_message(LISTING).blocks,
    papers.shared(LISTING, "U1").blocks,
    similar.similar(LISTING, (LISTING,)).blocks,
    help_blocks.did_you_mean("serch", "search", "nets").blocks,
    help_blocks.welcome().blocks,
    home.home(MINE, [a_channel()], [LISTING], HOURS)["blocks"],
    home.home([], [], [], HOURS, own=a_channel(channel_id="U1"))["blocks"],
    abstract.abstract(LISTING, Standing(), [LISTING])["blocks"],
    *(abstract.abstract(LISTING, Standing(vote=vote, saved=True))["blocks"] for vote in Vote),
    sharing.ready(LISTING, "C1")["blocks"],
    saved.saved(LISTING, 1, new=True).blocks,
    saved.unsaved(LISTING, NOW, 1).blocks,
    saved.shelf([LISTING], 5, 12).blocks,
    votes.voted(LISTING, Tally(0, 1), Vote.DOWN, None).blocks,
    mutes.muted(["nets"], MUTES).blocks,
    mutes.unmuted(["nets"], MUTES).blocks,
]
FORMS = [
    modals.follow_topic(),
    modals.edit_topic(MINE[0]),
    exchange.import_form(),
    settings.form(HOURS),
    mutes.author_form(LISTING),
    mutes.word_form(),
]


class Recorder:
    """What an app is told to listen to."""

    def __init__(self) -> None:
        self.heard: dict[str, dict[Any, Callable[..., object]]] = {}

    def __getattr__(self, surface: str) -> Callable[..., Any]:
        def listen(name: Any) -> Callable[[Callable[..., object]], None]:
            return lambda listener: self.heard.setdefault(surface, {}).update({name: listener})

        return listen


def heard() -> dict[str, dict[Any, Callable[..., object]]]:
    recorder = Recorder()
    handlers.register(recorder, parts=None)  # type: ignore[arg-type]  # nothing is built or called
    return recorder.heard


def controls(value: Any = SHOWN) -> Iterator[dict[str, Any]]:
    """Every element that somebody can press or choose from."""
    if isinstance(value, dict):
        if "action_id" in value:
            yield value
        value = list(value.values())
    if isinstance(value, list | tuple):
        for each in value:
            yield from controls(each)


def answers(name: Any, action_id: str) -> bool:
    return name.search(action_id) is not None if isinstance(name, re.Pattern) else name == action_id


def test_every_control_that_blocks_draw_has_one_listener():
    listeners = heard()["action"]

    for control in controls():
        found = [name for name in listeners if answers(name, control["action_id"])]
        assert len(found) == 1, control


def test_every_listener_belongs_to_a_control_that_blocks_draw():
    drawn = {control["action_id"] for control in controls()}

    for name in heard()["action"]:
        assert any(answers(name, action_id) for action_id in drawn), name


def test_only_buttons_that_open_a_page_do_nothing_but_acknowledge():
    for control in controls():
        opens_a_page = control["action_id"].startswith("open_link_")
        assert opens_a_page == ("url" in control), control
    idle = [name for name, each in heard()["action"].items() if each is actions.open_link]
    assert [name.pattern for name in idle] == ["^open_link_"]


def test_no_name_is_answered_both_beside_a_message_and_in_its_place():
    assert not set(actions.BESIDE) & set(actions.IN_PLACE)


def test_what_is_answered_in_its_place_is_one_of_the_things_done_with_papers():
    assert paper_actions.ACTIONS.keys() > paper_actions.IN_PLACE


def test_every_form_has_a_listener_and_every_listener_a_form():
    assert set(heard()["view"]) == {form["callback_id"] for form in FORMS}


def test_exactly_the_events_and_the_command_of_the_manifest_are_listened_to():
    declared = manifest.manifest()

    assert set(heard()["event"]) == set(declared["settings"]["event_subscriptions"]["bot_events"])
    assert set(heard()["command"]) == {
        each["command"] for each in declared["features"]["slash_commands"]
    }
