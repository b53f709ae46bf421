"""
When she hears of the shared plan unasked: there is news, or a day of it has come.

One neutral message for all of it, by day, and not while she paused or stopped: what it is about comes after a tap.
What she has looked at meanwhile needs no message.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from dialogs import errands, neutral
from dialogs.effects import Effect, Purpose, Say, SetTimer, StopTimer
from dialogs.events import Timer
from dialogs.outcome import Outcome
from dialogs.people import Resident
from dialogs.plan_entry import PlanEntry
from dialogs.schedule import local_day, moment_on
from dialogs.screen import Button, rows
from dialogs.text import _

SHOW: Final = Button(_("sip", "Show me"), "sp")


def plan(resident: Resident, now: datetime) -> Iterator[Effect]:
    """Set the timer for what comes first, or none."""
    moments = list(_moments(resident, now))
    if not moments or resident.stopped:
        yield StopTimer(Timer.PLAN)
        return
    first = max(min(moments), resident.paused_until or now, now)
    yield SetTimer(Timer.PLAN, errands.by_day(first, resident.rhythm.zone))


def _moments(resident: Resident, now: datetime) -> Iterator[datetime]:
    for entry in resident.sip:
        if entry.news:
            yield now
        elif entry.on is not None and _is_waited_for(entry):
            yield moment_on(entry.on, errands.AT, resident.rhythm.zone)


def _is_waited_for(entry: PlanEntry) -> bool:
    return entry.agreed and not entry.done and not entry.reminded


def due(resident: Resident, now: datetime) -> Outcome[Resident]:
    """Say once that there is something to look at, and set the next."""
    if resident.stopped:
        return Outcome(resident, (StopTimer(Timer.PLAN),))
    paused = resident.paused_until is not None and now < resident.paused_until
    if paused or errands.by_day(now, resident.rhythm.zone) != now:
        return Outcome(resident, tuple(plan(resident, now)))
    today = local_day(now, resident.rhythm.zone)
    ripe = any(_is_ripe(entry, today) for entry in resident.sip)
    if not ripe and not any(entry.news for entry in resident.sip):
        return Outcome(resident, tuple(plan(resident, now)))
    told = replace(resident, sip=tuple(_told(entry, today) for entry in resident.sip))
    text = neutral.to_remember(resident.name) if ripe else neutral.new_for_you(resident.name)
    say = Say((text,), rows(SHOW), purpose=Purpose.ROUTINE)
    return Outcome(told, (say, *plan(told, now)))


def _is_ripe(entry: PlanEntry, today: date) -> bool:
    return _is_waited_for(entry) and entry.on is not None and entry.on <= today


def _told(entry: PlanEntry, today: date) -> PlanEntry:
    return replace(entry, news=False, reminded=entry.reminded or _is_ripe(entry, today))
