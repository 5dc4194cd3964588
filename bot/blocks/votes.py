"""What a vote did, for the eyes of whoever gave it."""

from bot.blocks.graphemes import clip
from bot.blocks.kit import Message, actions, button, context, fallback, link, rich, text
from bot.blocks.papers import TITLE_LIMIT
from bot.domain.paper import Listing
from bot.domain.votes import Tally, Vote

_ON = {Vote.UP: "voted for", Vote.DOWN: "voted against"}
_DOES = {
    Vote.UP: "It counts when I choose papers for this workspace's digests.",
    Vote.DOWN: (
        "It counts against the paper in this workspace's digests, and hides nothing from you. "
        "To be told less of its kind, mute an author or a word."
    ),
}


def voted(listing: Listing, tally: Tally, vote: Vote | None, before: Vote | None) -> Message:
    """The vote, what it changes and what it does not, and the way back."""
    paper = listing.paper
    lead, title = _lead(vote, before), clip(paper.title, TITLE_LIMIT)
    state = [f"Here: {tally.up:,} for, {tally.down:,} against.", *([_DOES[vote]] if vote else [])]
    mute = [
        button("Mute an author", "mute_author_of", paper.id),
        button("Mute a word", "mute_word_of", paper.id),
    ]
    back = button("Take it back", "take_back_vote", paper.id)
    ways = [*(mute if vote is Vote.DOWN else []), *([back] if vote else [])]
    said = " ".join(state)
    blocks = [rich(text(lead), link(paper.url, title), text(".")), context(said)]
    return Message(
        fallback(f"{lead}{title}. {said}"), [*blocks, *([actions(*ways)] if ways else [])]
    )


def _lead(vote: Vote | None, before: Vote | None) -> str:
    if vote is None:
        return "I took your vote back: " if before else "You have no vote on "
    return f"You have {_ON[vote]} it already: " if vote is before else f"You {_ON[vote]} "
