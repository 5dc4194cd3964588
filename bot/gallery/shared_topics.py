"""Samples of topics that are exported, imported, shared, or followed by a channel."""

from collections.abc import Mapping
from dataclasses import replace

from bot.blocks import channel_topics, exchange, previews
from bot.blocks.kit import Block, Message
from bot.blocks.repeats import repeated
from bot.blocks.stopped import stopped
from bot.domain.exchange import Imported, written
from bot.domain.subscription import Subscription
from bot.gallery.stage import WISHES, Stage, tried

CAME = Imported(total=7, added=4, changed=1, known=2, repeats=1)


def private(stage: Stage) -> Mapping[str, Message]:
    """What one person alone sees."""
    lines, here, wish = [written(each) for each in WISHES], stage.channel, WISHES[0]
    theirs = _of_channel(stage)
    return {
        "An export": exchange.export(lines),
        "A long export": exchange.export(lines * 100),
        "Imported": exchange.imported(CAME),
        "Preview for a channel": previews.for_channel(here, tried(wish, stage.listings[:3])),
        "Invite me to a channel": channel_topics.invite_me(here, lines[0]),
        "A channel follows": channel_topics.followed(theirs[0], None, theirs),
        "A channel stops": channel_topics.left(here, theirs[:1], theirs[1:]),
        "A channel's list": channel_topics.topics(here, theirs),
        "A channel's long list": channel_topics.topics(here, theirs * 5),
        "A channel without topics": channel_topics.topics(here, []),
        "A channel that refuses me": stopped(here, "is_archived", digest=True, topics=lines),
    }


def posted(stage: Stage) -> Mapping[str, Message]:
    """What everybody in a channel sees."""
    return {
        "A shared topic": exchange.shared(WISHES[0], stage.reader),
        "A possible repeat": repeated(
            channel_topics.announcement(stage.reader, channel_topics.FOLLOWS, WISHES)
        ),
        **{
            f"Somebody {did} topics": channel_topics.announcement(stage.reader, did, WISHES)
            for did in channel_topics.DID
        },
    }


def views() -> Mapping[str, Block]:
    """The form that brings topics in, and what stands in its place afterwards."""
    return {"Import": exchange.import_form(), "Import, done": exchange.imported_view(CAME)}


def _of_channel(stage: Stage) -> list[Subscription]:
    return [replace(each, audience=stage.channel, created_by=stage.reader) for each in stage.mine]
