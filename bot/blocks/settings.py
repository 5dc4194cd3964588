"""A person's hours: shown, changed by command or in a form; for their eyes alone."""

from bot.blocks import words
from bot.blocks.kit import (
    Block,
    Message,
    actions,
    button,
    fallback,
    hint,
    packed,
    plain,
    prose,
)
from bot.domain.reader import Hours, Quiet

TITLE_LIMIT = 24
FORM = "settings"
HOUR, ZONE, BEGINS, ENDS = "hour", "zone", "quiet_begins", "quiet_ends"
ZONE_LIMIT = 64


def settings(hours: Hours) -> Message:
    """A person's hours, and how to change them."""
    ways = hint(
        "Change them with `/papers settings at 08:30`, `zone Europe/Berlin`, "
        "`quiet 22:00-07:00` or `quiet off`."
    )
    return Message(fallback(*_lines(hours)), [prose(*_lines(hours)), ways, actions(_change())])


def changed(before: Hours, after: Hours) -> Message:
    """The same after a change, and the way back."""
    lead = "That is how it was already." if before == after else "All right, I changed that."
    lines = (lead, *_lines(after))
    undo = [] if before == after else [button("Undo", "restore_settings", carried(before))]
    return Message(fallback(*lines), [prose(*lines), actions(*undo, _change())])


def form(hours: Hours) -> Block:
    """Asks for all of them."""
    quiet = hours.quiet
    span = "Nothing comes from then on. The same hour twice means no quiet hours."
    return {
        "type": "modal",
        "callback_id": FORM,
        "title": plain("When I tell you", TITLE_LIMIT),
        "submit": plain("Save", TITLE_LIMIT),
        "close": plain("Cancel", TITLE_LIMIT),
        "blocks": [
            _input(HOUR, "Gathered papers come at", _time(f"{hours.at:%H:%M}")),
            _input(ZONE, "Your time zone", _zone(hours.zone.key)),
            _input(
                BEGINS,
                "Quiet hours from",
                _time(f"{quiet.begins:%H:%M}" if quiet else None),
                optional=True,
                hint=plain(span),
            ),
            _input(ENDS, "until", _time(f"{quiet.ends:%H:%M}" if quiet else None), optional=True),
        ],
    }


def carried(hours: Hours) -> str:
    """What a button needs to bring these hours back."""
    quiet = hours.quiet
    return packed(
        at=f"{hours.at:%H:%M}",
        zone=hours.zone.key,
        quiet=f"{quiet.begins:%H:%M}-{quiet.ends:%H:%M}" if quiet else "off",
    )


def _lines(hours: Hours) -> list[str]:
    hour = f"{hours.at:%H:%M}, give or take 5 minutes"  # a crowd is not told in one second
    return [
        f"Gathered papers come at {hour}: every day, or on Mondays.",
        f"Your time zone is {hours.zone.key}.",
        _quiet(hours.quiet, hours),
    ]


def _quiet(quiet: Quiet | None, hours: Hours) -> str:
    if quiet is None:
        return "You have no quiet hours."
    line = f"Quiet hours are {words.quiet(quiet)}: what I find then comes at {quiet.ends:%H:%M}."
    if quiet.covers(hours.at):
        return f"{line} Gathered papers come at their hour all the same."
    return line


def _change() -> Block:
    return button("Change", "open_settings")


def _input(name: str, label: str, element: Block, **more: object) -> Block:
    return {
        "type": "input",
        "block_id": name,
        "label": plain(label),
        "element": {**element, "action_id": name},
        **more,
    }


def _time(initial: str | None) -> Block:
    return {"type": "timepicker", **({"initial_time": initial} if initial else {})}


def _zone(initial: str) -> Block:
    return {
        "type": "plain_text_input",
        "initial_value": initial,
        "max_length": ZONE_LIMIT,
        "placeholder": plain("Europe/Berlin"),
    }
