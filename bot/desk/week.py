"""
The duty calendar: a week of everybody's hours and absences, and the forms that change them.

What cannot be read is said beside its field, and nothing that was written is lost.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from aiohttp import web

from bot import chain, duty_changes
from bot.desk.folk import Helper, helpers
from bot.desk.visit import Visit
from bot.duty_changes import DayOutOfReach, NoSuchContactPerson
from bot.house import House
from dialogs.absence import BACK_AT
from dialogs.duty import HoursUnreadable, write_shift
from dialogs.duty_texts import WEEKDAYS
from dialogs.people import Contact
from dialogs.rota import SUNDAY
from dialogs.schedule import local_day, moment_on
from dialogs.text import Message, _
from storage import people
from storage.audit import Did

LONGEST_HOURS = 2_000
"""Characters; a rota of a team is a dozen lines."""


@dataclass(frozen=True, slots=True)
class Day:
    """A column. `red`: a public holiday, on which the hours of Sundays count."""

    day: date
    red: bool
    today: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One person's week: for each day the hours, None for "at any time"; and whether she is away."""

    helper: Helper
    days: Sequence[tuple[Sequence[str] | None, bool]]
    stand_in: str


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days from a Monday on."""

    days: Sequence[Day]
    rows: Sequence[Row]


def monday_of(given: str, today: date) -> date:
    """Return the Monday of the week of a day that was asked for; this week's where that is no day."""
    try:
        day = date.fromisoformat(given)
        if abs(day - today) > timedelta(days=366):
            day = today
    except ValueError:
        day = today
    return day - timedelta(days=day.weekday())


def look(db: sqlite3.Connection, house: House, monday: date, now: datetime) -> Week:
    """Read everybody who is here."""
    today = local_day(now, house.default_zone)
    days = [
        Day(day, house.red_day(day), day == today)
        for day in (monday + timedelta(days=ahead) for ahead in range(7))
    ]
    here = [each for each in helpers(db, house, now) if each.state in chain.HERE]
    names = {each.id: each.name for each in here}
    return Week(days, [_row(each, days, names, house, now) for each in here])


def _row(helper: Helper, days: Sequence[Day], names: Mapping[int, str], house: House, now: datetime) -> Row:
    away = helper.person.away
    stand_in = names.get(away.stand_in, f"({away.stand_in})") if away is not None and away.stand_in else ""
    cells = [(_hours(helper.person, day), _is_away(helper, day.day, house.default_zone, now)) for day in days]
    return Row(helper, cells, stand_in)


def _hours(contact: Contact, day: Day) -> Sequence[str] | None:
    if contact.duty is None:
        return None
    number = SUNDAY if day.red else day.day.isoweekday()
    return [
        f"{shift.begins:%H:%M}–{shift.ends:%H:%M}" for shift in contact.duty.shifts if number in shift.days
    ]


def _is_away(helper: Helper, day: date, zone: str, now: datetime) -> bool:
    """From now on until she is back in the morning."""
    until = helper.away_until
    return until is not None and local_day(now, zone) <= day and moment_on(day, BACK_AT, zone) < until


async def calendar(visit: Visit) -> web.StreamResponse:
    """The week that was asked for."""
    zone = visit.desk.house.default_zone
    monday = monday_of(visit.request.query.get("week", ""), local_day(visit.now, zone))
    week = await visit.read(look, visit.desk.house, monday, visit.now)
    return visit.show(
        "calendar.html",
        week=week,
        weekdays=WEEKDAYS,
        before=monday - timedelta(weeks=1),
        after=monday + timedelta(weeks=1),
    )


@dataclass(frozen=True, slots=True)
class Written:
    """What stands in the fields, as given or as stored."""

    hours: str
    until: str
    stand_in: str


async def one(visit: Visit, problems: Mapping[str, Message] | None = None) -> web.StreamResponse:
    """One person's hours and absences."""
    person = visit.number("person")
    found = await visit.read(helpers, visit.desk.house, visit.now)
    helper = next((each for each in found if each.id == person), None)
    if helper is None:
        raise web.HTTPNotFound
    return visit.show(
        "hours.html",
        status=422 if problems else 200,
        helper=helper,
        others=[each for each in found if each.id != person and each.state in chain.HERE],
        problems=problems or {},
        written=_written(helper.person, visit.form),
    )


def _written(contact: Contact, form: Mapping[str, str]) -> Written:
    shifts = contact.duty.shifts if contact.duty is not None else ()
    stored = "\n".join(write_shift(each) for each in shifts)
    return Written(form.get("hours", stored)[:LONGEST_HOURS], form.get("until", ""), form.get("stand_in", ""))


async def set_hours(visit: Visit) -> web.StreamResponse:
    """One shift on each line; an empty field is "at any time"."""
    try:
        change = duty_changes.hours(
            visit.form.get("hours", "")[:LONGEST_HOURS].replace(";", "\n").splitlines()
        )
    except HoursUnreadable:
        text = _(
            "desk",
            "I cannot read this. Write one line for each, as “mon-fri 08:00-17:00” or “sat,sun 10:00-14:00”.",
        )
        return await one(visit, {"hours": text})
    return await _keep(visit, change, Did.HOURS_SET)


async def set_away(visit: Visit) -> web.StreamResponse:
    """Away until a day, with or without a stand-in."""
    stand_in = visit.form.get("stand_in", "")
    try:
        until = date.fromisoformat(visit.form.get("until", ""))
        change = duty_changes.away(until, await _stand_in(visit, stand_in), visit.now)
    except (ValueError, DayOutOfReach):
        text = _("desk", "Choose the day she is back: from tomorrow on, at most 90 days ahead.")
        return await one(visit, {"until": text})
    except NoSuchContactPerson:
        return await one(visit, {"stand_in": _("desk", "Choose somebody from the list.")})
    return await _keep(visit, change, Did.AWAY_SET)


async def _stand_in(visit: Visit, given: str) -> int | None:
    """Somebody else who is here, or nobody."""
    if not given:
        return None
    person = int(given) if given.isdecimal() and len(given) < 10 else 0
    if person == visit.number("person") or not await visit.read(_is_here, visit.desk.house, person):
        raise NoSuchContactPerson(person)
    return person


def _is_here(db: sqlite3.Connection, house: House, person: int) -> bool:
    known = chain.readable(db, house, person) if people.exists(db, person) else None
    return known is not None and isinstance(known.person, Contact) and known.state in chain.HERE


async def set_back(visit: Visit) -> web.StreamResponse:
    """Here again."""
    return await _keep(visit, duty_changes.back(), Did.BACK_SET)


async def _keep(visit: Visit, change: duty_changes.Change, did: Did) -> web.StreamResponse:
    person = visit.number("person")
    try:
        await visit.run(duty_changes.keep, visit.desk.house, person, change, did, visit.now, visit.known.id)
    except NoSuchContactPerson:
        raise web.HTTPNotFound from None
    return visit.look_at(f"/calendar/{person}", _("desk", "Saved."))
