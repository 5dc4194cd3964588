"""Samples of a digest before it goes out: what its people put in, took out and moved."""

from bot.blocks import curators
from bot.blocks.kit import Message
from bot.domain.digest import DEFAULT_SIZE, Pick
from bot.domain.verdicts import Decision, Verdict
from bot.gallery.stage import Stage


def private(stage: Stage) -> dict[str, Message]:
    """What one person sees."""
    best, other = stage.listings[:DEFAULT_SIZE], stage.listings[DEFAULT_SIZE]
    ids = [each.paper.id for each in best]
    picks = [Pick(ids[0], "", stage.reader), *(Pick(each, "") for each in ids[1:])]
    picked = Verdict(ids[0], Decision.PICK, stage.reader, stage.now)
    skipped = Verdict(other.paper.id, Decision.SKIP, stage.reader, stage.now)
    moved = {ids[1]: stage.reader}
    done = curators.decided(best[0], picked, None)
    out = [(other, stage.reader)]
    return {
        "Picked": curators.preview(stage.switched_on, best, picks, out, moved, done),
        "Preview": curators.preview(stage.switched_on, best, picks),
        "Preview where it is off": curators.preview(None, best[:2], picks[:2]),
        "Preview of nothing": curators.preview(stage.switched_on, [], []),
        "Skipped": curators.decided(other, skipped, None),
        "Picked before": curators.decided(best[0], picked, picked),
        "Put back": curators.decided(other, None, skipped),
    }


def posted(stage: Stage) -> dict[str, Message]:
    """What the channel reads."""
    listing = stage.listings[0]
    return {
        "Somebody picked a paper": curators.announcement(listing, "pick", stage.reader),
        "Somebody skipped a paper": curators.announcement(listing, "skip", stage.reader),
        "Somebody put it back": curators.announcement(listing, "", stage.reader),
    }
