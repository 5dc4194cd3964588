"""A channel's topics: what it follows, who wanted that, and what the channel reads of changes."""

from collections.abc import Sequence

from bot.blocks import words
from bot.blocks.kit import (
    Block,
    Message,
    actions,
    button,
    channel,
    context,
    fallback,
    hint,
    packed,
    prose,
    rich,
    rows,
    text,
    user,
)
from bot.domain.subscription import Subscription, Wish

LISTED = 10  # on one page, and in one announcement
FOLLOWS, CHANGED, LEFT = "follows", "changed", "left"  # what somebody did
DID = {
    FOLLOWS: "has this channel follow {} now:",
    CHANGED: "changed {} of this channel:",
    LEFT: "stopped {} of this channel:",
}
_WHEN = "Gathered papers come at the hour of the digest here, or of whoever wanted the topic."


def followed(topic: Subscription, before: Wish | None, follows: Sequence[Subscription]) -> Message:
    """The state after following, for whoever did it, and the way back to what was `before`."""
    here, now = topic.audience, topic.wish
    undo = button("Undo", "leave_in_channel", packed(channel=here, id=topic.id))
    if before is not None:
        undo = button("Undo", "follow_in_channel", carried(here, before))
    lead = [channel(here), text(" follows "), _query(now), text(" now.")]
    ways = [] if before == now else [actions(undo)]
    return _changed(lead, f"That channel follows {now.text} now.", topics(here, follows), ways)


def left(channel_id: str, gone: Sequence[Subscription], follows: Sequence[Subscription]) -> Message:
    """The state after stopping topics, for whoever did it, and the way back from one."""
    said, what, ways = words.count(len(gone), "topic"), [], []
    if len(gone) == 1:
        wish = gone[0].wish
        said, what = wish.text, [_query(wish)]
        ways = [actions(button("Undo", "follow_in_channel", carried(channel_id, wish)))]
    lead = [channel(channel_id), text(" no longer follows "), *(what or [text(said)]), text(".")]
    state = topics(channel_id, follows)
    return _changed(lead, f"That channel no longer follows {said}.", state, ways)


def topics(channel_id: str, follows: Sequence[Subscription], start: int = 0) -> Message:
    """What a channel follows, numbered, and who wanted it."""
    if not follows:
        lead = [channel(channel_id), text(" follows no topics.")]
        how = rich(text("Start one: "), *_command("subscribe", channel_id, "diffusion policy"))
        return Message("That channel follows no topics.", [rich(*lead), how])
    start = start if start < len(follows) else 0  # some may be gone since the button was made
    page = list(enumerate(follows[start : start + LISTED], start=start + 1))
    rest = len(follows) - start - len(page)
    value = packed(channel=channel_id, start=start + LISTED)
    more = [actions(button(f"More ({rest:,} left)", "list_channel_more", value))] if rest else []
    count = words.count(len(follows), "topic")
    blocks = [
        rich(channel(channel_id), text(f" follows {count}.")),
        rows(_row(number, each) for number, each in page),
        rich(text("Stop one: "), *_command("unsubscribe", channel_id, str(page[0][0]))),
        context(_WHEN),
        *more,
    ]
    lines = [f"{number}. {each.wish.text}: {words.terms(each.wish)}" for number, each in page]
    return Message(fallback(f"That channel follows {count}.", *lines), blocks)


def announcement(by: str, did: str, wishes: Sequence[Wish]) -> Message:
    """What everybody in the channel reads: who did what."""
    what = "a topic" if len(wishes) == 1 else words.count(len(wishes), "topic")
    said = f" {DID[did].format(what)}"
    shown = [[text("• "), _query(each), text(_behind(did, each))] for each in wishes[:LISTED]]
    rest = len(wishes) - len(shown)
    more = [[text(f"and {rest:,} more")]] if rest else []
    how = hint("`/papers list #channel` shows what a channel follows; any member may change it.")
    lines = [f"• {each.text}{_behind(did, each)}" for each in wishes[:LISTED]]
    blocks = [rich(user(by), text(said)), rows([*shown, *more]), how]
    return Message(f"<@{by}>{said}\n{fallback(*lines)}", blocks)


def invite_me(channel_id: str, said: str) -> Message:
    """A topic cannot reach a channel that the bot is not in."""
    how = " Invite me there with `/invite @Daily Papers`, then try again."
    again = button(
        "Try again", "preview_in_channel", packed(channel=channel_id, q=said), primary=True
    )
    lead = rich(text("I'm not in "), channel(channel_id), text("."))
    return Message(f"I'm not in that channel.{how}", [lead, prose(how.strip()), actions(again)])


def carried(channel_id: str, wish: Wish) -> str:
    """A topic of a channel as the value of a button."""
    cadence = wish.cadence.value
    revisions = {"revisions": 1} if wish.revisions else {}
    return packed(
        channel=channel_id,
        q=wish.text,
        when=cadence,
        size=wish.size,
        name=wish.name,
        **revisions,
    )


def _changed(lead: Sequence[Block], said: str, state: Message, ways: Sequence[Block]) -> Message:
    return Message(f"{fallback(said)}\n{state.text}", [rich(*lead), *state.blocks, *ways])


def _row(number: int, topic: Subscription) -> list[Block]:
    called = [text(topic.wish.name, bold=True), text(": ")] if topic.wish.name else []
    told = text(f" {words.terms(topic.wish)}, wanted by ")
    return [text(f"{number}. "), *called, _query(topic.wish), told, user(topic.created_by)]


def _query(wish: Wish) -> Block:
    return text(wish.text, code=True)


def _behind(did: str, wish: Wish) -> str:
    return "" if did == LEFT else f" {words.terms(wish)}"


def _command(name: str, channel_id: str, rest: str) -> list[Block]:
    return [text(f"/papers {name} ", code=True), channel(channel_id), text(f" {rest}", code=True)]
