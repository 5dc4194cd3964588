"""Samples of weeks, months, second looks, of empty days, and of their settings and *Undo*."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from bot.blocks import digest, round_ups
from bot.blocks.kit import Message, classic
from bot.domain.curation import Candidate
from bot.domain.digest import DEFAULT_SIZE, Edition, Receipt, SourceRead
from bot.domain.paper import Listing
from bot.domain.round_ups import RoundUp, Slot, looked_back_on, next_time
from bot.domain.second_look import Riser, choose
from bot.domain.spans import Basis, Share, Span, shares_by_themselves
from bot.gallery.stage import SOURCE, Stage

POSTED = "https://lab.slack.com/archives/C1/p1"
THANKSGIVING_FRIDAY = date(2026, 11, 27)
TOPICS = (Share("diffusion", 31, 512), Share("world model", 12, 803), Share("proofs", 3, 40))


def posted(stage: Stage) -> dict[str, Message]:
    """What a channel reads."""
    weekly = _week(stage)
    topics = replace(weekly.span or _span(stage), shares=TOPICS, basis=Basis.TOPICS, counted=412)
    new, seen = stage.listings[:DEFAULT_SIZE], stage.listings[DEFAULT_SIZE + 2 :][:DEFAULT_SIZE]
    links = {each.paper.id: POSTED for each in seen}
    week = round_ups.round_up(weekly, _span(stage), _shown(stage), {}, seen, links)
    wanted, changed = _wanted(stage), replace(stage.switched_on, change=7)
    return {
        "A week": week,
        "A week with the channel's topics": round_ups.round_up(weekly, topics, new, {}, seen, {}),
        "A week where charts are refused": classic(week) or week,
        "A week that was all seen": round_ups.round_up(
            replace(weekly, picks=()), replace(_span(stage), risers=()), [], {}, seen, links
        ),
        "A week without papers": round_ups.round_up(
            replace(stage.edition([]), slot=Slot.WEEKLY), Span(*_days(stage)), []
        ),
        "A month": _month(stage),
        "A second look": _second_look(stage),
        **{f"Empty: {name}": digest.digest(each, []) for name, each in _empty_days(stage).items()},
        "Somebody wants the week": digest.round_ups_set(changed, wanted[:1], Slot.WEEKLY),
        "Somebody wants all of them": digest.round_ups_set(changed, wanted, Slot.SECOND_LOOK),
        "Somebody stopped one": digest.round_ups_set(changed, [], Slot.MONTHLY),
        "A change is undone": digest.undone(changed, wanted[:1]),
    }


def private(stage: Stage) -> dict[str, Message]:
    """What one person reads."""
    return {
        "An older change is not undone": digest.not_undone(stage.switched_on, _wanted(stage)),
    }


def _wanted(stage: Stage) -> list[RoundUp]:
    team, channel = stage.switched_on.team_id, stage.channel
    wanted = [
        RoundUp(team, channel, Slot.WEEKLY, stage.reader, 4, time(16)),
        RoundUp(team, channel, Slot.MONTHLY, stage.reader),
        RoundUp(team, channel, Slot.SECOND_LOOK, stage.reader),
    ]
    hours = stage.switched_on.schedule
    return [replace(each, next_due_at=next_time(each, hours, stage.now, None)) for each in wanted]


def _days(stage: Stage) -> tuple[date, date]:
    return looked_back_on(Slot.WEEKLY, stage.listings[0].day)


def _shown(stage: Stage) -> Sequence[Listing]:
    """As many new papers as usual, and two that rose."""
    new, risen = stage.listings[:DEFAULT_SIZE], stage.listings[DEFAULT_SIZE : DEFAULT_SIZE + 2]
    return [*new, *_risen(risen)]


def _span(stage: Stage) -> Span:
    shown, seen = _shown(stage), stage.listings[DEFAULT_SIZE + 2 :][:DEFAULT_SIZE]
    basis, shares = shares_by_themselves(stage.listings)
    ids = [each.paper.id for each in shown]
    return Span(
        *_days(stage),
        risers=tuple(ids[DEFAULT_SIZE:]),
        seen=tuple(each.paper.id for each in seen),
        shares=shares,
        basis=basis,
        counted=len(stage.listings),
    )


def _week(stage: Stage) -> Edition:
    new = stage.edition(stage.listings[:DEFAULT_SIZE])
    last = stage.listings[0].day
    risers = _risers(stage.listings[DEFAULT_SIZE : DEFAULT_SIZE + 2], last - timedelta(days=3))
    read = SourceRead(SOURCE, last, stage.now, None, listed=412)
    receipt = Receipt(400, (read,), seen=12)
    picks = (*new.picks, *choose(risers, last))
    return replace(new, slot=Slot.WEEKLY, picks=picks, receipt=receipt, span=_span(stage))


def _month(stage: Stage) -> Message:
    edition = _week(stage)
    first, last = looked_back_on(Slot.MONTHLY, edition.local_date)
    span = replace(_span(stage), first=first, last=last, risers=())
    new = stage.listings[:DEFAULT_SIZE]
    return round_ups.round_up(replace(edition, slot=Slot.MONTHLY, span=span), span, new)


def _second_look(stage: Stage) -> Message:
    last, risen = stage.listings[0].day, stage.listings[:2]
    picks = tuple(choose(_risers(risen, last - timedelta(days=9)), last))
    read = SourceRead(SOURCE, last, stage.now, None, listed=len(risen))
    span = Span(*_days(stage), risers=tuple(each.paper_id for each in picks))
    edition = replace(
        stage.edition(risen),
        slot=Slot.SECOND_LOOK,
        picks=picks,
        receipt=Receipt(len(risen), (read,)),
        span=span,
    )
    return round_ups.round_up(edition, span, _risen(risen))


def _risen(listings: Sequence[Listing]) -> list[Listing]:
    return [replace(each, upvotes=each.upvotes + 100) for each in listings]


def _risers(listings: Sequence[Listing], passed_on: date) -> list[Riser]:
    return [Riser(Candidate(each), 3, passed_on) for each in _risen(listings)]


def _empty_days(stage: Stage) -> dict[str, Edition]:
    """Each kind of day that has no papers."""
    day, now = stage.listings[0].day, stage.now
    saturday = day + timedelta(days=(5 - day.weekday()) % 7)
    usual = SourceRead(SOURCE, day, now, None, listed=0, on_list=len(stage.listings))
    empty_list = replace(usual, on_list=0)
    arxiv = SourceRead("arxiv", day, now, None, listed=0)
    after_holiday = THANKSGIVING_FRIDAY - timedelta(days=1)
    on_friday = datetime.combine(THANKSGIVING_FRIDAY, time(12), tzinfo=now.tzinfo)
    return {
        "a weekend": _empty(stage, saturday, now + timedelta(days=1), usual, arxiv),
        "after a holiday": _empty(
            stage,
            THANKSGIVING_FRIDAY,
            on_friday,
            replace(empty_list, day=after_holiday),
            replace(arxiv, day=after_holiday),
        ),
        "not open yet": _empty(stage, day + timedelta(days=1), now - timedelta(hours=12), usual),
        "a late list": _empty(stage, day, now, replace(empty_list, day=day - timedelta(days=1))),
        "late categories": _empty(stage, day, now, usual, replace(arxiv, late=("cs.AI", "cs.LG"))),
        "never reached": _empty(stage, day, now, replace(usual, read_at=None)),
        "nothing new": _empty(stage, day, now, usual),
    }


def _empty(stage: Stage, on: date, at: datetime, *reads: SourceRead) -> Edition:
    return replace(stage.edition([]), local_date=on, made_at=at, receipt=Receipt(0, reads))
