"""
A contact person's own hours and absences, by buttons and by words.

Being away has an end, always, and may have a stand-in. Whoever is away is asked only where nobody else is there.
The exact rota of a team is the operator's to write (`vidare duty`); here are the few choices people make themselves.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from dialogs import calls
from dialogs.duty import LONGEST_AWAY, Away, Duty, Shift
from dialogs.duty_texts import said_shift
from dialogs.effects import GatherColleagues
from dialogs.outcome import Outcome, say
from dialogs.people import Contact, Place
from dialogs.schedule import DEFAULT_ZONE, local_day, moment_on
from dialogs.screen import Button, rows
from dialogs.text import Message, _, plain

BACK_AT: Final = time(8, 0)
"""Whoever is away until a day is asked again from this hour of it."""
CHOICES: Final = (
    (1, _("absence", "Until tomorrow")),
    (3, _("absence", "3 days")),
    (7, _("absence", "A week")),
    (14, _("absence", "Two weeks")),
    (28, _("absence", "Four weeks")),
)
HOURS: Final = {
    "always": (_("absence", "At any time"), None),
    "office": (_("absence", "Mon–Fri 8–17"), Duty((Shift((1, 2, 3, 4, 5), time(8), time(17)),))),
    "days": (_("absence", "Every day 8–22"), Duty((Shift((1, 2, 3, 4, 5, 6, 7), time(8), time(22)),))),
    "evenings": (_("absence", "Every day 16–24"), Duty((Shift((1, 2, 3, 4, 5, 6, 7), time(16), time(0)),))),
}


def ask_until(contact: Contact) -> Outcome[Contact]:
    """Until when?"""
    text = _(
        "absence", "Until when are you away? Choose, or write the day you are back, for example 2027-01-07."
    )
    buttons = [Button(label, f"aw:{days}") for days, label in CHOICES]
    here = replace(contact, place=Place.AWAY)
    return Outcome(here, (say(text, keyboard=rows(*buttons, _not_away(), width=2)),))


def _not_away() -> Button:
    return Button(_("absence", "I am not away"), "aw:back")


def days_chosen(contact: Contact, days: int, now: datetime) -> Outcome[Contact]:
    """So many days from today."""
    return _until(contact, local_day(now, DEFAULT_ZONE) + timedelta(days=days), now)


def day_written(contact: Contact, text: str, now: datetime) -> Outcome[Contact]:
    """A date, as 2027-01-07 or 7/1."""
    day = _read_day(text, local_day(now, DEFAULT_ZONE))
    if day is None:
        sorry = _("absence", "I do not understand that day. Write it like 2027-01-07, or choose a button.")
        return Outcome(contact, (say(sorry, keyboard=rows(_not_away())),))
    return _until(contact, day, now)


def _read_day(text: str, today: date) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        pass
    number, slash, month = text.strip().partition("/")
    if not (slash and number.isdecimal() and month.isdecimal()):
        return None
    try:
        day = date(today.year, int(month), int(number))
        return day if day > today else day.replace(year=today.year + 1)
    except ValueError:
        return None


def _until(contact: Contact, day: date, now: datetime) -> Outcome[Contact]:
    until = moment_on(day, BACK_AT, DEFAULT_ZONE)
    if not now < until <= now + LONGEST_AWAY:
        sorry = _("absence", "Choose a day from tomorrow on, at most 90 days ahead.")
        return Outcome(contact, (say(sorry, keyboard=rows(_not_away())),))
    away = replace(contact, away=Away(until.astimezone(UTC)), place=Place.STAND_IN)
    return Outcome(away, (GatherColleagues(),))


def ask_stand_in(contact: Contact, colleagues: tuple[tuple[int, str], ...]) -> Outcome[Contact]:
    """Who is asked instead? A stand-in hears only about residents who agreed to that person."""
    if contact.away is None:
        return Outcome(replace(contact, place=Place.MENU))
    noted = _("absence", "Noted: I do not ask you before {until}.", until=contact.away.until)
    promised = calls.until(contact, contact.away.until)
    if not colleagues:
        here = replace(contact, place=Place.MENU)
        return Outcome(here, (say(noted, *promised, _next_ones(), keyboard=rows(_not_away())),))
    ask = _(
        "absence",
        "Is there somebody I should ask instead? I can only ask those whom the resident has agreed to.",
    )
    buttons = [Button(plain(name), f"aw:for:{person}") for person, name in colleagues]
    nobody = Button(_("absence", "The next ones in turn"), "aw:for:0")
    return Outcome(contact, (say(noted, *promised, ask, keyboard=rows(*buttons, nobody, width=2)),))


def _next_ones() -> Message:
    return _("absence", "Meanwhile I ask the next ones in turn. When nobody else is there, I still ask you.")


def stand_in_chosen(contact: Contact, person: int) -> Outcome[Contact]:
    """0: nobody in particular."""
    if contact.away is None or contact.place is not Place.STAND_IN:
        return Outcome(contact, (say(_("absence", "You are not away.")),))
    away = replace(contact.away, stand_in=person or None)
    here = replace(contact, away=away, place=Place.MENU)
    text = _("absence", "Good. I ask you again from {until} on.", until=away.until)
    return Outcome(here, (say(text, _next_ones(), keyboard=rows(_not_away())),))


def back(contact: Contact) -> Outcome[Contact]:
    """Here again, or never gone."""
    here = replace(contact, away=None, place=Place.MENU)
    return Outcome(here, (say(_("absence", "Good. I ask you again from now on.")),))


def show_hours(contact: Contact) -> Outcome[Contact]:
    """When she is asked, and a few other choices."""
    now = _hours(contact)
    text = _(
        "absence", "Outside your hours I ask you only when it is an emergency, or when nobody else is there."
    )
    buttons = [Button(label, f"hr:{key}") for key, (label, _duty) in HOURS.items()]
    return Outcome(contact, (say(now, text, keyboard=rows(*buttons, width=2)),))


def _hours(contact: Contact) -> Message:
    if contact.duty is None:
        return _("absence", "I ask you at any time.")
    hours = tuple(said_shift(shift) for shift in contact.duty.shifts)
    return _("absence", "Your hours: {hours}. Public holidays count as Sundays.", hours=hours)


def hours_chosen(contact: Contact, key: str) -> Outcome[Contact] | None:
    """One of the choices; None where there is no such."""
    if key not in HOURS:
        return None
    changed = replace(contact, duty=HOURS[key][1])
    return Outcome(changed, (say(_("absence", "Noted."), _hours(changed)),))
