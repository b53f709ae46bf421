"""
What she wants to be reminded of: the rent on the 25th, the fee of the queue once a year.

A reminder comes in the morning of its day and says nothing about what it is for, because anybody may see it; a tap
shows it. It is not a check-in: whoever does not answer it is not silent. A pause holds it back until it is over, and
one that is late for whatever reason waits for the day.
"""

import calendar
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Final

from dialogs import menu, neutral
from dialogs.effects import Effect, Purpose, Say, SetTimer, StopTimer
from dialogs.events import Timer
from dialogs.guide import Remind
from dialogs.knowledge import Knowledge
from dialogs.outcome import Outcome, say
from dialogs.people import Errand, Place, Resident
from dialogs.schedule import local_day, moment_on, zone_of
from dialogs.screen import Button, Keyboard, rows
from dialogs.text import _, plain

AT: Final = time(9, 0)
LATEST: Final = time(21, 0)
"""A late one that would come after this comes the next morning: nobody is woken by the rent."""
MOST: Final = 20
DAYS: Final = (20, 24, 25, 27, 28, 30)
"""Usual days of the month to be paid by, and shortly before."""
AHEAD: Final = (1, 3, 7, 14, 30)
_DATE = re.compile(r"\s*(\d{1,2})\s*[./\-\s]\s*(\d{1,2})\s*\.?\s*")
_DAY = re.compile(r"\D{0,12}(\d{1,2})\D{0,12}")


def ask(resident: Resident, guide: str, step: str, every: Remind, now: datetime) -> Outcome[Resident]:
    """When? By button or written."""
    waiting = replace(resident, place=Place.ERRAND, asking=f"{guide}:{step}:{every}")
    if every is Remind.MONTHLY:
        text = _("errand", "On which day of each month shall I remind you? Choose one, or write a number.")
        buttons = [Button(plain(day), f"e:day:{day}") for day in DAYS]
        return Outcome(waiting, (say(text, keyboard=rows(*buttons, width=3) + _never_mind()),))
    if every is Remind.YEARLY:
        text = _(
            "errand", "On which day of the year shall I remind you? Write day and month, for example 24/11."
        )
        buttons = [
            Button(_("errand", "In eleven months"), "e:in:334"),
            Button(_("errand", "In a year"), "e:in:365"),
        ]
        return Outcome(waiting, (say(text, keyboard=rows(*buttons) + _never_mind()),))
    text = _("errand", "When shall I remind you? Choose, or write day and month, for example 24/11.")
    today = local_day(now, resident.rhythm.zone)
    buttons = [Button(plain(today + timedelta(days=days)), f"e:in:{days}") for days in AHEAD]
    return Outcome(waiting, (say(text, keyboard=rows(*buttons) + _never_mind()),))


def _never_mind() -> Keyboard:
    return rows(Button(_("errand", "No reminder"), "e:none"))


def wrote(resident: Resident, text: str, now: datetime) -> Outcome[Resident]:
    """A day she wrote, in any script's digits; whatever is no day is told so, and the question stays."""
    on = read_day(text, _every(resident), local_day(now, resident.rhythm.zone))
    if on is None:
        text_again = _("errand", "I did not understand the day. Write it like this: 25, or 24/11.")
        return Outcome(resident, (say(text_again, keyboard=_never_mind()),))
    return _kept(resident, on, now)


def press(resident: Resident, data: str, knowledge: Knowledge, now: datetime) -> Outcome[Resident] | None:
    """Take `e:…`; None where it fits nothing."""
    today = local_day(now, resident.rhythm.zone)
    match data.split(":"):
        case ["e", "none"]:
            return menu.home(replace(resident, place=Place.MENU, asking=""))
        case ["e", "list"]:
            return show(resident, knowledge)
        case ["e", "drop", guide, step]:
            return _dropped(resident, guide, step, knowledge, now)
        case ["e", "tomorrow", guide, step]:
            return _tomorrow(resident, guide, step, now)
        case ["e", "day", number] if number.isdecimal() and resident.place is Place.ERRAND:
            on = read_day(number, Remind.MONTHLY, today)
            return _kept(resident, on, now) if on else None
        case ["e", "in", number] if number.isdecimal() and resident.place is Place.ERRAND:
            return _kept(resident, today + timedelta(days=min(int(number), 400)), now)
        case _:
            return None


def read_day(text: str, every: Remind, today: date) -> date | None:
    """
    Read "25" or "24/11" as the next such day after today; None where it is no day.

    A day and month that only leap years have comes on the last day of February.
    """
    digits = "".join(str(int(sign)) if sign.isdecimal() else sign for sign in text)
    if found := _DATE.fullmatch(digits):
        day, month = int(found[1]), int(found[2])
        if not (1 <= month <= 12 and 1 <= day <= calendar.monthrange(2024, month)[1]):
            return None
        coming = (_in_month(year, month, day) for year in (today.year, today.year + 1))
        return next(each for each in coming if each > today)
    found = _DAY.fullmatch(digits)
    if found is None or every is Remind.YEARLY or not 1 <= int(found[1]) <= 31:
        return None
    return _next_month_day(today, int(found[1]))


def _in_month(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def _next_month_day(after: date, day: int) -> date:
    here = _in_month(after.year, after.month, day)
    if here > after:
        return here
    year, month = (after.year, after.month + 1) if after.month < 12 else (after.year + 1, 1)
    return _in_month(year, month, day)


def _every(resident: Resident) -> Remind:
    return Remind(resident.asking.rpartition(":")[2])


def _kept(resident: Resident, on: date, now: datetime) -> Outcome[Resident]:
    guide, step, every = resident.asking.split(":")
    errand = Errand(guide, step, Remind(every), on, on.day)
    others = _without(resident, guide, step)
    kept = replace(resident, errands=(*others, errand)[-MOST:], place=Place.MENU, asking="")
    text = (
        _("errand", "All right. I remind you on {day}.", day=on),
        _("errand", "The reminder does not say what it is about. You see that with one tap."),
    )
    buttons = rows(
        Button(_("guide", "Back to the guide"), f"g:go-on:{guide}"),
        Button(_("errand", "All my reminders"), "e:list"),
    )
    return Outcome(kept, (*plan(kept, now), say(*text, keyboard=buttons)))


def _without(resident: Resident, guide: str, step: str) -> tuple[Errand, ...]:
    """All but that of a step; each step has one at most."""
    return tuple(each for each in resident.errands if (each.guide, each.step) != (guide, step))


def plan(resident: Resident, now: datetime) -> Iterator[Effect]:
    """Set the timer for the first reminder, after a pause and never in the past; or none."""
    if not resident.errands or resident.stopped:
        yield StopTimer(Timer.ERRAND)
        return
    first = min(errand.on for errand in resident.errands)
    moment = max(moment_on(first, AT, resident.rhythm.zone), resident.paused_until or now, now)
    yield SetTimer(Timer.ERRAND, by_day(moment, resident.rhythm.zone))


def by_day(moment: datetime, zone: str) -> datetime:
    """The same where people are up, or the next morning."""
    local = moment.astimezone(zone_of(zone))
    if AT <= local.time() < LATEST:
        return moment
    return moment_on(local.date() + timedelta(days=local.time() >= LATEST), AT, zone)


def due(resident: Resident, now: datetime) -> Outcome[Resident]:
    """Remind of all that is due, in one message each, and set the next."""
    if resident.stopped:
        return Outcome(resident, (StopTimer(Timer.ERRAND),))
    paused = resident.paused_until is not None and now < resident.paused_until
    if paused or by_day(now, resident.rhythm.zone) != now:
        return Outcome(resident, tuple(plan(resident, now)))
    today = local_day(now, resident.rhythm.zone)
    ripe = [errand for errand in resident.errands if errand.on <= today]
    waiting = [errand for errand in resident.errands if errand.on > today]
    coming = [again for errand in ripe if (again := _again(errand, today))]
    later = replace(resident, errands=(*waiting, *coming))
    line = neutral.reminder(resident.name)
    said = [Say((line,), _reminder_buttons(errand), purpose=Purpose.ROUTINE) for errand in ripe]
    return Outcome(later, (*said, *plan(later, now)))


def _reminder_buttons(errand: Errand) -> Keyboard:
    return rows(
        Button(_("errand", "Show me"), f"g:{errand.guide}:{errand.step}:show"),
        Button(_("errand", "Tomorrow again"), f"e:tomorrow:{errand.guide}:{errand.step}"),
        Button(_("errand", "All my reminders"), "e:list"),
    )


def _again(errand: Errand, today: date) -> Errand | None:
    """The same, next time; the day that was chosen is kept, though a short month has none such."""
    match errand.every:
        case Remind.ONCE:
            return None
        case Remind.MONTHLY:
            return replace(errand, on=_next_month_day(today, errand.day))
        case Remind.YEARLY:
            year = (
                today.year if _in_month(today.year, errand.on.month, errand.day) > today else today.year + 1
            )
            return replace(errand, on=_in_month(year, errand.on.month, errand.day))


def _tomorrow(resident: Resident, guide: str, step: str, now: datetime) -> Outcome[Resident]:
    """Once more tomorrow; the rhythm it has stays."""
    day = local_day(now, resident.rhythm.zone) + timedelta(days=1)
    known = next((each for each in resident.errands if (each.guide, each.step) == (guide, step)), None)
    once = Errand(guide, step, Remind.ONCE, day, day.day) if known is None else replace(known, on=day)
    moved = replace(resident, errands=(*_without(resident, guide, step), once))
    text = _("errand", "All right. I remind you on {day}.", day=day)
    return Outcome(moved, (*plan(moved, now), say(text, in_place=True)))


def show(resident: Resident, knowledge: Knowledge) -> Outcome[Resident]:
    """All reminders; a tap takes one away."""
    known = [errand for errand in resident.errands if errand.guide in knowledge.guides]
    if not known:
        text = _("errand", "You have no reminders. In the guides there is a button “Remind me”.")
        return Outcome(resident, (say(text, keyboard=rows(Button(_("guide", "All guides"), "g:list"))),))
    text = _("errand", "Your reminders. Tap one to take it away.")
    buttons = [
        Button(
            _("errand", "🗑 {day}: {title}", day=errand.on, title=knowledge.guides[errand.guide].title),
            f"e:drop:{errand.guide}:{errand.step}",
        )
        for errand in known
    ]
    return Outcome(resident, (say(text, keyboard=rows(*buttons, Button(_("menu", "Menu"), "menu"))),))


def _dropped(
    resident: Resident, guide: str, step: str, knowledge: Knowledge, now: datetime
) -> Outcome[Resident]:
    fewer = replace(resident, errands=_without(resident, guide, step))
    return show(fewer, knowledge).after(*plan(fewer, now))
