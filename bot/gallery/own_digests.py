"""Samples of a person's own digest: as it comes, as it is set, and what is left out of it."""

from dataclasses import replace

from bot.blocks import looks, own_digest
from bot.blocks.kit import Message
from bot.domain.digest import DEFAULT_SIZE, Digest, Edition, Look
from bot.domain.reader import FOREVER
from bot.gallery.stage import HOURS, Stage


def posted(stage: Stage) -> dict[str, Message]:
    """Direct messages, each with its ways out."""
    best = stage.listings[:DEFAULT_SIZE]
    edition = _mine(stage, stage.edition(best))
    quiet = _mine(stage, stage.edition([]))
    off_topic = replace(
        quiet, only="robots", receipt=replace(quiet.receipt, off_topic=12, muted=2, in_channels=5)
    )
    return {
        "As it comes": looks.shown(Look.COMPACT, edition, best),
        "As cards": looks.shown(Look.CARDS, edition, best),
        "A list with threads": looks.shown(Look.THREADS, edition, best),
        "Nothing on its topics": looks.shown(Look.COMPACT, off_topic, []),
        "Nothing new": looks.shown(Look.COMPACT, quiet, []),
    }


def private(stage: Stage) -> dict[str, Message]:
    """Answers that one person sees."""
    best = stage.listings[:DEFAULT_SIZE]
    mine, edition = _set(stage), _mine(stage, stage.edition(best))
    on_topics = replace(mine, topics="robots OR agents", only_topics=True)
    return {
        "On": own_digest.settings(mine, edition, HOURS),
        "Off": own_digest.settings(None, None, HOURS),
        "Paused": own_digest.settings(replace(mine, paused_until=FOREVER), None, HOURS),
        "Cards were refused": own_digest.settings(
            replace(mine, look=Look.CARDS, refused_look=Look.CARDS), None, HOURS
        ),
        "Changed": own_digest.changed(on_topics),
        "Turned off": own_digest.turned_off(replace(mine, next_due_at=None)),
        "Changed again since": own_digest.not_undone(mine),
        "On its way": own_digest.sending(),
        "The next one": own_digest.preview(mine, edition, best),
    }


def _set(stage: Stage) -> Digest:
    return replace(stage.switched_on, audience=stage.reader, change=1)


def _mine(stage: Stage, edition: Edition) -> Edition:
    """The same for the reader, whose channels have shown them a few."""
    receipt = replace(edition.receipt, in_channels=3, muted=1)
    return replace(edition, audience=stage.reader, receipt=receipt)
