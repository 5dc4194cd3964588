"""The next digest of a channel, as whoever curates it sees it, and who decided what."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from bot.blocks import words
from bot.blocks.graphemes import clip
from bot.blocks.kit import (
    Block,
    Message,
    actions,
    button,
    context,
    divider,
    fallback,
    fit,
    flat,
    header,
    hint,
    link,
    packed,
    paragraph,
    rich,
    text,
    user,
)
from bot.blocks.papers import TITLE_LIMIT, facts
from bot.domain.digest import Digest, Pick
from bot.domain.paper import Listing
from bot.domain.verdicts import Decision, Verdict

SKIPPED = 5  # shown with their way back
NOBODY: Mapping[str, str] = MappingProxyType({})
PRIVATE = "Only you see this."
HOW_TO_PICK = "`/papers pick 2606.27377` puts a paper in; the channel reads that it was you."


def preview(
    digest: Digest | None,
    listings: Sequence[Listing],
    picks: Sequence[Pick],
    skipped: Sequence[tuple[Listing, str]] = (),
    moved: Mapping[str, str] = NOBODY,
    lead: Message | None = None,
) -> Message:
    """The next digest as it would be now, each to be moved or skipped; `lead` stands above."""
    told = _when(digest)
    head = [*(lead.blocks if lead else []), header("Next digest"), context(f"{told} {PRIVATE}")]
    tail = [*_skipped(skipped), hint(HOW_TO_PICK), *_post(listings)]
    chosen = {pick.paper_id: pick for pick in picks}
    groups = [
        [*_paper(each, place, chosen[each.paper.id], moved.get(each.paper.id, "")), divider()]
        for place, each in enumerate(listings, start=1)
    ]
    shown = fit(groups, [*head, *tail])
    lines = [
        f"{place}. {words.in_brief(each)}" for place, each in enumerate(listings[:shown], start=1)
    ]
    nothing = [] if listings else [context("Nothing new has come in yet.")]
    said = [lead.text] if lead else []
    plain = fallback(f"Next digest. {told}", *lines)
    return Message("\n".join([*said, plain]), [*head, *flat(groups[:shown]), *nothing, *tail])


def decided(listing: Listing, verdict: Verdict | None, before: Verdict | None) -> Message:
    """What was decided just now, and the way back; stands above the preview."""
    paper = listing.paper
    title = clip(paper.title, TITLE_LIMIT)
    lead = _lead(verdict, before)
    undo = button("Undo", "put_back_verdict", packed(id=paper.id, was=_carried(before)))
    changed = verdict is not None and verdict is not before
    blocks = [rich(text(lead), link(paper.url, title), text("."))]
    return Message(fallback(f"{lead}{title}."), [*blocks, *([actions(undo)] if changed else [])])


def announcement(listing: Listing, did: str, by: str) -> Message:
    """What the channel reads of it."""
    paper = listing.paper
    title = clip(paper.title, TITLE_LIMIT)
    said, rest = _ANNOUNCED[did]
    blocks = [rich(user(by), text(said), link(paper.url, title), text(rest))]
    return Message(f"<@{by}>{fallback(f'{said}{title}{rest}')}", blocks)


_ANNOUNCED = {
    Decision.PICK.value: (" picked ", " for the next digest here."),
    Decision.SKIP.value: (" took ", " out of the next digest here."),
    "": (" left ", " to its votes again, for the next digest here."),
}


def _lead(verdict: Verdict | None, before: Verdict | None) -> str:
    if verdict is None:
        return "As it was before: "
    stood = verdict is before
    if verdict.place and (before is None or before.place != verdict.place):
        return "Moved up: "
    if verdict.decision is Decision.SKIP:
        return "Skipped already: " if stood else "Not in the next digest: "
    return "Picked already: " if stood else "Picked for the next digest: "


def _when(digest: Digest | None) -> str:
    """`It comes Mon 29 Jun, 09:00 (Europe/Berlin).`"""
    if digest is None or digest.next_due_at is None:
        return "The digest is off here; this is what it would bring now."
    return f"It comes {words.moment(digest.next_due_at, digest.schedule.zone)}."


def _paper(listing: Listing, place: int, pick: Pick, moved_by: str) -> list[Block]:
    paper = listing.paper
    up = [button("Move up", "move_up", paper.id)] if place > 1 else []
    by = [hint(f"Moved by <@{moved_by}>")] if moved_by else []
    return [
        rich(text(f"{place}. "), link(paper.url, clip(paper.title, TITLE_LIMIT), bold=True)),
        *facts(listing, pick.reason, picked_by=pick.picked_by),
        *by,
        actions(
            button("Abstract", "open_abstract", paper.id),
            *up,
            button("Skip", "skip_in_preview", paper.id),
        ),
    ]


def _skipped(skipped: Sequence[tuple[Listing, str]]) -> list[Block]:
    """What people took out, and the way back in."""
    if not skipped:
        return []
    left = len(skipped) - SKIPPED
    more = [context(f"And {words.count(left, 'other')}.")] if left > 0 else []
    blocks: list[Block] = [header("Skipped")]
    for listing, by in skipped[:SKIPPED]:
        back = button("Put back", "put_back_verdict", packed(id=listing.paper.id, was=None))
        blocks += [
            paragraph(clip(listing.paper.title, TITLE_LIMIT), back),
            hint(f"Skipped by <@{by}>"),
        ]
    return [*blocks, *more]


def _post(listings: Sequence[Listing]) -> list[Block]:
    if not listings:
        return []
    return [actions(button("Post now", "post_previewed", primary=True))]


def _carried(before: Verdict | None) -> dict[str, Any] | None:
    """A verdict as a part of a button's value."""
    if before is None:
        return None
    return {
        "decision": before.decision.value,
        "by": before.by,
        "at": before.at.isoformat(),
        "place": before.place,
    }
