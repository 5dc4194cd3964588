"""What one person mutes: listed, added, let go; for their eyes alone. And the forms that ask."""

from collections.abc import Sequence

from bot.blocks import words
from bot.blocks.graphemes import clip
from bot.blocks.kit import (
    VALUE_LIMIT,
    Block,
    Message,
    actions,
    button,
    context,
    fallback,
    hint,
    packed,
    plain,
    rich,
    rows,
    text,
)
from bot.blocks.papers import TITLE_LIMIT
from bot.domain.muting import Mute
from bot.domain.paper import Listing
from bot.domain.query import MAX_LENGTH

AUTHOR, WORD = "mute_author", "mute_word"  # the forms; each has one field of the same name
AUTHORS = 100  # in a menu; who wrote more papers than that together is not chosen here
LISTED = 10
WARNED = 3
QUERY_LIMIT = 200  # no query is longer, written out
FORM_TITLE_LIMIT, LABEL_LIMIT = 24, 75
CATCHES_UP = "What it held back in the last week comes with your next alert."
TOUCHES = "It touches what comes to you alone; digests and topics of channels stay as they are."
NONE_YET = "You mute nothing. `/papers mute survey` hides papers with that word from your alerts."


def mutes(mine: Sequence[Mute], start: int = 0) -> Message:
    """Everything a person mutes, numbered: the numbers work in `/papers unmute 2`."""
    if not mine:
        return Message(fallback(NONE_YET.replace("`", "")), [hint(NONE_YET)])
    start = start if start < len(mine) else 0  # some may be gone since the button was made
    page = list(enumerate(mine[start : start + LISTED], start=start + 1))
    left = len(mine) - start - len(page)
    title = f"You mute {words.count(len(mine), 'thing')}. {TOUCHES}"
    way = f"`/papers unmute {page[0][0]}` lets one go."
    more = [actions(button(f"More ({left:,} left)", "mutes_more", str(start + LISTED)))]
    listed = rows([text(f"{number}. "), text(each.text, code=True)] for number, each in page)
    lines = [f"{number}. {each.text}" for number, each in page]
    return Message(
        fallback(title, *lines), [context(title), listed, hint(way), *(more if left else [])]
    )


def muted(added: Sequence[str], mine: Sequence[Mute], silenced: Sequence[str] = ()) -> Message:
    """What was muted just now, all of them, and the way back.

    `silenced` are topics of this person of which nothing is left.
    """
    if not added:
        return _changed("You mute that already.", (), mine, [], [])
    warned = [
        f"Nothing is left of your topic {clip(each, QUERY_LIMIT)}: all it finds is muted now."
        for each in silenced[:WARNED]
    ]
    return _changed("Muted: ", added, mine, warned, _undo("unmute", added))


def unmuted(gone: Sequence[str], mine: Sequence[Mute]) -> Message:
    """What was let go just now, what is left, and the way back."""
    if not gone:
        return _changed("You don't mute that any more.", (), mine, [], [])
    return _changed("No longer muted: ", gone, mine, [CATCHES_UP], _undo("mute_again", gone))


def author_form(listing: Listing) -> Block:
    """Asks which author of a paper; the choice carries the author's number."""
    names = listing.paper.authors[:AUTHORS]
    options = [
        {"text": plain(name, LABEL_LIMIT), "value": str(number)}
        for number, name in enumerate(names)
    ]
    select = {"type": "static_select", "options": options, "initial_option": options[0]}
    form = _form(AUTHOR, "Mute an author", "Author", select)
    return {**form, "private_metadata": listing.paper.id}


def word_form(word: str = "", about: str = "") -> Block:
    """Asks for a word; filled in where one is at hand. `about` is the paper or topic it is for."""
    element = {
        "type": "plain_text_input",
        "max_length": MAX_LENGTH,
        "placeholder": plain("survey"),
        **({"initial_value": word} if word else {}),
    }
    asks = "Whole words count, as in a topic. A comma parts several."
    form = _form(WORD, "Mute a word", "Word or phrase", element, hint=plain(asks))
    lead = [context(clip(about, TITLE_LIMIT))] if about else []
    return {**form, "blocks": [*lead, *form["blocks"]]}


def _changed(
    lead: str,
    texts: Sequence[str],
    mine: Sequence[Mute],
    notes: Sequence[str],
    buttons: Sequence[Block],
) -> Message:
    """What happened, then the state and the way back."""
    state = mutes(mine)
    named = [
        part
        for place, each in enumerate(texts[:LISTED])
        for part in ([text(", ")] if place else []) + [text(each, code=True)]
    ]
    left = len(texts) - LISTED
    more = [text(f" and {words.count(left, 'other')}")] if left > 0 else []
    said = fallback(f"{lead}{', '.join(texts)}", *notes)
    blocks = [rich(text(lead), *named, *more), *map(context, notes), *state.blocks]
    row = [actions(*buttons)] if buttons else []
    return Message("\n".join([said, state.text]), [*blocks, *row])


def _undo(action: str, texts: Sequence[str]) -> list[Block]:
    """A button that carries what changed; none where that is too much for one."""
    carried = packed(texts=list(texts))
    return [button("Undo", action, carried)] if len(carried) <= VALUE_LIMIT else []


def _form(name: str, title: str, label: str, element: Block, **more: object) -> Block:
    return {
        "type": "modal",
        "callback_id": name,
        "title": plain(title, FORM_TITLE_LIMIT),
        "submit": plain("Mute", FORM_TITLE_LIMIT),
        "close": plain("Cancel", FORM_TITLE_LIMIT),
        "blocks": [
            {
                "type": "input",
                "block_id": name,
                "label": plain(label),
                "element": {**element, "action_id": name},
                **more,
            },
            context(TOUCHES),
        ],
    }
