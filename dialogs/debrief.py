"""
After an emergency: a gentle word to whoever had it, on the next day, and somebody to talk with (S21).

Nothing is asked twice and no answer is needed. A coordinator who is told hears who would like to talk and the number
of the case, and nothing of what it was about.
"""

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Final

from dialogs.effects import Effect, Purpose, Say, SetTimer, TellCoordinators
from dialogs.events import CoordinatorsTold, HeavyCaseClosed, Timer
from dialogs.outcome import Outcome, say
from dialogs.people import Contact
from dialogs.schedule import DEFAULT_ZONE, local_day, moment_on, zone_of
from dialogs.screen import Button, Keyboard, rows
from dialogs.text import Message, _

AT: Final = time(10, 0)
FROM, UNTIL = time(8, 0), time(21, 0)
"""A word that is late for whatever reason waits for the day."""
MOST: Final = 5


def happened(contact: Contact, event: HeavyCaseClosed | CoordinatorsTold, now: datetime) -> Outcome[Contact]:
    """A case was closed, or what she wished was passed on."""
    match event:
        case HeavyCaseClosed():
            return closed(contact, event, now)
        case CoordinatorsTold():
            return told(contact, event)


def closed(contact: Contact, event: HeavyCaseClosed, now: datetime) -> Outcome[Contact]:
    """Ask tomorrow."""
    heavy = (*(each for each in contact.heavy if each != event.case), event.case)[-MOST:]
    return Outcome(replace(contact, heavy=heavy), (SetTimer(Timer.DEBRIEF, _morning_after(now)),))


def _morning_after(moment: datetime) -> datetime:
    return moment_on(local_day(moment, DEFAULT_ZONE) + timedelta(days=1), AT, DEFAULT_ZONE)


def due(contact: Contact, now: datetime) -> Outcome[Contact]:
    """Not while she is away, and not at night."""
    if not contact.heavy:
        return Outcome(contact)
    if contact.away is not None and contact.away.until > now:
        return Outcome(contact, (SetTimer(Timer.DEBRIEF, _morning_after(contact.away.until)),))
    clock = now.astimezone(zone_of(DEFAULT_ZONE)).time()
    if not FROM <= clock < UNTIL:
        day = local_day(now, DEFAULT_ZONE) + timedelta(days=0 if clock < FROM else 1)
        return Outcome(contact, (SetTimer(Timer.DEBRIEF, moment_on(day, AT, DEFAULT_ZONE)),))
    return Outcome(replace(contact, heavy=()), (_word(contact.heavy[-1]),))


def _word(case: int) -> Effect:
    text = (
        _("debrief", "🔵 A word to you. No answer is needed."),
        _("debrief", "Case {case} was a heavy one. Thank you for having been there. How are you?", case=case),
    )
    return Say(text, _choices(case), purpose=Purpose.ROUTINE)


def _choices(case: int) -> Keyboard:
    return rows(
        Button(_("debrief", "I am fine"), f"db:fine:{case}"),
        Button(_("debrief", "I would like to talk with somebody"), f"db:talk:{case}"),
        Button(_("debrief", "Not now"), f"db:no:{case}"),
    )


def press(contact: Contact, pressed: str) -> Outcome[Contact] | None:
    """Take `db:ANSWER:CASE`; None for what is not ours."""
    match pressed.split(":"):
        case ["db", "fine", _case]:
            return Outcome(contact, (say(_("debrief", "Good to hear."), in_place=True),))
        case ["db", "no", case] if case.isdecimal():
            text = _("debrief", "All right. The button below stays here, also for another day.")
            talk = rows(_choices(int(case))[1][0])
            return Outcome(contact, (say(text, keyboard=talk, in_place=True),))
        case ["db", "talk", case] if case.isdecimal():
            return Outcome(contact, (TellCoordinators(_wish(contact, int(case))),))
        case _:
            return None


def _wish(contact: Contact, case: int) -> tuple[Message, ...]:
    return (
        _("debrief", "🔵 Somebody of the team would like to talk. Today is soon enough."),
        _(
            "debrief",
            "{name} had case {case} and would like to talk with somebody. Please get in touch.",
            name=contact.name,
            case=case,
        ),
    )


def told(contact: Contact, event: CoordinatorsTold) -> Outcome[Contact]:
    """She hears whether anybody knows."""
    if event.count:
        text = _("debrief", "The coordinators know that you would like to talk. They get in touch with you.")
    else:
        text = _(
            "debrief",
            "No coordinator is here in the bot, so nobody knows yet. Please call somebody of your team yourself.",
        )
    return Outcome(contact, (say(text),))
