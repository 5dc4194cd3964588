"""`/papers`: the first word says what, the rest is for that command."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from slack_bolt import Ack, App, BoltContext, Respond
from slack_sdk import WebClient

from bot.blocks import help as help_blocks
from bot.blocks import lists as list_blocks
from bot.blocks import papers as paper_blocks
from bot.blocks import previews as preview_blocks
from bot.blocks import search as search_blocks
from bot.blocks import status as status_blocks
from bot.blocks import subscriptions as subscription_blocks
from bot.domain.query import clean_input
from bot.domain.subscription import Wish, read_wish
from bot.domain.suggest import did_you_mean
from bot.errors import EmptyQuery
from bot.services import library, paper_pages, status, subscriptions, votes
from bot.services.previews import preview
from bot.services.search import search
from handlers import (
    browsing,
    channel_topics,
    curators,
    digest,
    exchange,
    mutes,
    pauses,
    saved,
    settings,
    similar,
    trends,
    why,
)
from handlers.answers import Answer, Asked, reply
from handlers.errors import told

Command: TypeAlias = Callable[[Asked], Answer | None]  # None where a form opens


def register(app: App) -> None:
    """One slash command for everything: workspaces have few names to give."""
    app.command("/papers")(run_command)


def run_command(
    ack: Ack, command: dict[str, str], context: BoltContext, client: WebClient, respond: Respond
) -> None:
    """Acknowledge at once; the answer follows, for the asker alone unless it says otherwise."""
    ack()
    text = command.get("text") or ""
    with told(context, respond):
        asked = Asked.by(
            context, client, clean_input(text), raw=text, trigger_id=command["trigger_id"]
        )
        reply(respond, answer(asked))


def answer(asked: Asked) -> Answer | None:
    """Find the command that these words name. Words that name none are searched."""
    first, _, rest = asked.words.strip().partition(" ")
    name = ALIASES.get(first.lower(), first.lower())
    if not name:
        return show_picks(asked)
    if name in COMMANDS:
        return COMMANDS[name](replace(asked, words=rest.strip()))
    close = did_you_mean(name, [*COMMANDS, *ALIASES])
    if close is not None:
        meant, raw = ALIASES.get(close, close), asked.behind if asked.raw else rest
        return Answer(help_blocks.did_you_mean(first, meant, rest.strip(), raw))
    return search_papers(asked)


def run_meant(asked: Asked) -> Answer | None:
    """Run the command that was meant, on what was typed."""
    return answer(replace(asked, words=clean_input(asked.words), raw=asked.words))


def show_help(asked: Asked) -> Answer:
    """Every command, or one."""
    name = ALIASES.get(asked.words.lower(), asked.words.lower())
    if name in help_blocks.COMMANDS:
        return Answer(help_blocks.one(name))
    return Answer(help_blocks.overview())


def search_papers(asked: Asked) -> Answer:
    """The best five, and *More*."""
    return found(asked, asked.words, start=0)


def found(asked: Asked, query: str, start: int, *, literally: bool = False) -> Answer:
    """One page of hits for a query; taken `literally`, no word of it is corrected."""
    parts = asked.parts
    page = search(
        parts.database,
        parts.index,
        query,
        start=start,
        literally=literally,
        today=parts.now().date(),
        fetch=parts.fetch_paper,
        meaning=parts.meaning,
    )
    if not page.hits:
        elsewhere = parts.search_elsewhere is not None
        nothing = search_blocks.nothing_found(page, literally=literally, elsewhere=elsewhere)
        return Answer(nothing)
    ids = [hit.listing.paper.id for hit in page.hits]
    tallies = votes.tallies(parts.database, asked.team_id, ids)
    return Answer(search_blocks.results(page, tallies, literally=literally))


def show_picks(asked: Asked) -> Answer:
    """Bare `/papers`: the latest list in short, and where to go from here."""
    return Answer(list_blocks.picks(*library.latest(asked.parts.database, asked.parts.now())))


def show_paper(asked: Asked) -> Answer:
    """One paper by id or link, and what cites it on Hugging Face; one that I lack from there."""
    parts = asked.parts
    listing, is_stored = library.show_or_fetch(parts.database, asked.words, parts.fetch_paper)
    if not is_stored:
        return Answer(paper_blocks.card_message(listing, is_stored=False))
    paper_id = listing.paper.id
    page = paper_pages.look(parts.database, paper_id, parts.fetch_page, parts.now())
    tallies = votes.tallies(parts.database, asked.team_id, [paper_id])
    return Answer(paper_blocks.card_message(listing, tallies.get(paper_id), page=page))


def preview_subscription(asked: Asked) -> Answer:
    """What a subscription would have sent; stored only when they press *Subscribe*."""
    if not asked.words:
        return list_subscriptions(asked)
    return previewed(asked, asked.words)


def previewed(asked: Asked, words: str) -> Answer:
    """The preview of a wish in words."""
    return tried(asked, read_wish(words))


def tried(asked: Asked, wish: Wish) -> Answer:
    """The preview of a wish."""
    parts = asked.parts
    found = preview(parts.database, parts.index, asked.team_id, asked.user_id, wish, parts.now())
    return Answer(preview_blocks.personal(found))


def list_subscriptions(asked: Asked) -> Answer:
    """My subscriptions, numbered."""
    mine = subscriptions.mine(asked.parts.database, asked.team_id, asked.user_id, asked.parts.now())
    return Answer(subscription_blocks.subscriptions(mine.subscriptions, mine.hours))


def unsubscribe(asked: Asked) -> Answer:
    """Stop by number, words, or all."""
    if not asked.words:
        return list_subscriptions(asked)
    gone, left = subscriptions.unsubscribe(
        asked.parts.database, asked.team_id, asked.user_id, asked.words, asked.parts.now()
    )
    return Answer(subscription_blocks.unsubscribed(gone, left.subscriptions, left.hours))


def show_status(asked: Asked) -> Answer:
    """How things stand."""
    parts = asked.parts
    zone = parts.zone_of(asked.client, asked.user_id)
    found = status.status(parts.database, asked.team_id, asked.user_id, zone, now=parts.now())
    return Answer(status_blocks.status(found))


def _search(asked: Asked) -> Answer:
    if not asked.words:
        raise EmptyQuery
    return search_papers(asked)


COMMANDS: dict[str, Command] = {
    "help": show_help,
    "search": _search,
    **browsing.COMMANDS,
    "show": show_paper,
    "trends": trends.show,
    "similar": similar.answer,
    "why": why.answer,
    "save": saved.save_said,
    "unsave": saved.unsave_said,
    "saved": saved.show,
    "mute": mutes.mute,
    "unmute": mutes.unmute,
    "subscribe": channel_topics.either(channel_topics.preview, preview_subscription),
    "list": channel_topics.either(channel_topics.show, list_subscriptions),
    "unsubscribe": channel_topics.either(channel_topics.stop, unsubscribe),
    "share": exchange.share,
    "export": exchange.export,
    "import": exchange.import_topics,
    "pause": pauses.pause,
    "resume": pauses.resume,
    "settings": settings.answer,
    "digest": digest.answer,
    "pick": curators.pick,
    "skip": curators.skip,
    "status": show_status,
}
ALIASES = {
    "?": "help",
    "find": "search",
    "sub": "subscribe",
    "unsub": "unsubscribe",
    "remove": "unsubscribe",
    "delete": "unsubscribe",
    "rm": "unsubscribe",
    "stop": "unsubscribe",
    "ls": "list",
    "alerts": "list",
}
