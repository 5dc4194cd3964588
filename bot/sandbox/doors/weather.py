"""What nobody in the workspace decides: the time, and how well Slack works just now."""

from bot.sandbox.clock import read_time
from bot.sandbox.doors.body import Body
from bot.sandbox.errors import DoorShut
from bot.sandbox.faults import read_fault
from bot.sandbox.store import Json

SOCKET = ("cut", "refresh", "warn")


def clock(body: Body) -> Json:
    try:
        to = read_time(body.fields.get("to"))
    except (ValueError, OverflowError, OSError) as problem:
        raise DoorShut(f"The clock cannot be set: {problem}.") from problem
    body.slack.service.set_clock(to)
    return {"clock": body.slack.clock.text()}


def faults(body: Body) -> Json:
    """`team`, if it is named, fails alone."""
    method, fault, times = read_fault(body.fields)
    team = body.slack.people.team["id"] if body.fields.get("team") else ""
    body.slack.service.faults.order(method, fault, times, team)
    return {}


def rates(body: Body) -> Json:
    """`on` switches the limits; `commercial` gives histories their slow pace. Counting restarts."""
    rates = body.slack.service.rates
    on, commercial = body.flag("on", rates.on), body.flag("commercial", rates.commercial)
    rates.on, rates.commercial = on, commercial
    rates.forget()
    return {"on": on, "commercial": commercial}


def disturb_events(body: Body) -> Json:
    """The next `duplicate` events come twice; the next `reorder` wait, then come last first."""
    body.slack.service.events.disturb(body.count("duplicate"), body.count("reorder"))
    return {}


def socket(body: Body) -> Json:
    """To every connection: `cut` it, ask to `refresh` it, or `warn` that it will end."""
    what = body.text("do")
    if what not in SOCKET:
        raise DoorShut(f"A socket can be disturbed by {', '.join(SOCKET)}, not by {what!r}.")
    return {"connections": body.slack.delivery.sockets.disturb(what)}
