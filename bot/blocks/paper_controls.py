"""What can be done with a paper, the same row wherever one is shown in full."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from bot.blocks import words
from bot.blocks.graphemes import clip
from bot.blocks.kit import BUTTON_LIMIT, Block, button, overflow
from bot.domain.votes import Standing, Tally, Vote

SHARE, SHARE_IN, AUTHOR, WORD, WHY = "share", "in", "author", "word", "why"
OPTION_LIMIT = 75  # characters of a choice's value: Slack's own types disagree, this obeys both
NO_VOTES: Mapping[str, Tally] = MappingProxyType({})


def controls(paper_id: str, tally: Tally | None = None, *, share: bool = True) -> list[Block]:
    """Save, similar papers, both votes with what they are so far, and a menu.

    Where there is nobody to `share` it with, a channel is asked for. A paper whose id is too long
    for a menu has none.
    """
    ways = [_HERE if share else _ELSEWHERE, *_WAYS]
    options = [(label, f"{way}:{paper_id}") for way, label in ways]
    fits = all(len(value) <= OPTION_LIMIT for _, value in options)
    return [
        button("Save", "save_paper", paper_id),
        button("Similar", "similar_papers", paper_id),
        *_votes(paper_id, tally or Tally(), None),
        *([overflow("paper_menu", options)] if fits else []),
    ]


def own_controls(paper_id: str, standing: Standing) -> list[Block]:
    """The same for one person's eyes: what they did is lit, and pressing it again takes it back."""
    keep = button("Save", "save_paper", paper_id)
    kept = button("Saved", "unsave_paper", paper_id, primary=True)
    kept["accessibility_label"] = "Saved. Take it from your saved papers."
    return [kept if standing.saved else keep, *_votes(paper_id, standing.tally, standing.vote)]


_HERE, _ELSEWHERE = (SHARE, "Share in this channel"), (SHARE_IN, "Share in a channel")
_WAYS = ((AUTHOR, "Mute an author"), (WORD, "Mute a word"), (WHY, "Why this paper"))


def _votes(paper_id: str, tally: Tally, mine: Vote | None) -> Iterator[Block]:
    yield _vote("👍", "vote_up", "Vote for it", tally.up, paper_id, lit=mine is Vote.UP)
    yield _vote("👎", "vote_down", "Vote against it", tally.down, paper_id, lit=mine is Vote.DOWN)


def _vote(sign: str, action: str, does: str, count: int, paper_id: str, *, lit: bool) -> Block:
    """A button that says how many pressed it, also to those who hear it read."""
    label = f"{sign} {count:,}" if count else sign
    does = "Take your vote back" if lit else does
    made = button(label, f"take_back_{action}" if lit else action, paper_id, primary=lit)
    said = clip(f"{does}. {words.count(count, 'vote')} here so far.", BUTTON_LIMIT)
    return {**made, "accessibility_label": said}
