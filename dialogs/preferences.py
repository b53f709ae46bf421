"""Settings: language, time and days, how many missed days, consents, pause. Every choice undone in one tap."""

import re
import unicodedata
from dataclasses import replace
from datetime import datetime, time, timedelta

from dialogs import check_in, errands, language_choice, plan_reminders, safer_phone
from dialogs.effects import SetTimer, StopTimer
from dialogs.events import Timer
from dialogs.knowledge import Knowledge
from dialogs.outcome import Outcome, say
from dialogs.people import Consent, Place, Resident
from dialogs.screen import Button, Keyboard, rows
from dialogs.text import Message, Text, _, _n, plain, stacked

PAUSES = (1, 3, 7, 14)
"""Days; a longer pause is made by pausing again, so that somebody is asked (R6)."""

DAYS = {
    "all": (1, 2, 3, 4, 5, 6, 7),
    "work": (1, 2, 3, 4, 5),
    "three": (1, 3, 5),
    "one": (1,),
}
_CLOCK = re.compile(r"\D*?(\d{1,2})(?:\s*[:.,h٫]?\s*(\d{2}))?\s*(am|pm)?[\s.!]*")


def show(resident: Resident, now: datetime) -> Outcome[Resident]:
    """All settings on one screen, in words."""
    consent = resident.consent
    text = (
        check_in.next_is(resident, now),
        stacked(
            _consent_line(_("settings", "I ask how you are"), consent.check_ins),
            _consent_line(_("settings", "I read what you write for signs of danger"), consent.reading),
            _consent_line(_("settings", "I tell a contact person when something is wrong"), consent.telling),
        ),
    )
    safer = () if safer_phone.is_done(resident) else (safer_phone.suggestion(),)
    buttons = rows(
        Button(_("settings", "Language"), "set:language"),
        Button(_("settings", "Time"), "set:time"),
        Button(_("settings", "Days"), "set:days"),
        Button(_("settings", "Missed days"), "set:missed"),
        Button(_("settings", "What I may do"), "set:consent"),
        Button(_("settings", "My contact persons"), "set:contacts"),
        Button(_("settings", "My plan"), "sp"),
        Button(_("settings", "Pause"), "set:pause"),
        Button(_("settings", "A word of my own"), "cw-word:ask"),
        Button(_("settings", "A check before I show things"), "who"),
        Button(_("settings", "Days that are heavy"), "hd"),
        Button(_("settings", "My reminders"), "e:list"),
        Button(_("settings", "Privacy"), "set:privacy"),
        *safer,
        Button(_("settings", "This chat"), "chat"),
        Button(_("menu", "Menu"), "menu"),
        width=2,
    )
    return Outcome(resident, (say(*text, keyboard=buttons),))


def ticked(label: Message, on: bool) -> Message:
    """A switch, as a label."""
    return _("settings", "✅ {what}", what=label) if on else _("settings", "⬜ {what}", what=label)


def _consent_line(what: Message, agreed: bool | None) -> Message:
    if agreed:
        return _("settings", "{what}: yes", what=what)
    return _("settings", "{what}: no", what=what)


def consents(resident: Resident) -> Outcome[Resident]:
    """One tap switches one purpose."""
    consent = resident.consent

    def switch(label: Message, purpose: str, agreed: bool | None) -> Button:
        return Button(ticked(label, agreed is True), f"set:{purpose}:{'no' if agreed else 'yes'}")

    buttons = rows(
        switch(_("consent", "Ask me how I am"), "check-ins", consent.check_ins),
        switch(_("consent", "Read for signs of danger"), "reading", consent.reading),
        switch(_("consent", "Tell a contact person"), "telling", consent.telling),
        switch(_("consent", "Count which guides help"), "counting", consent.counting),
        Button(_("settings", "Back"), "set"),
    )
    text = (
        _("settings", "Tap to switch on or off. It takes effect at once. The guides always work."),
        _("consent", "What is counted: that a step helped somebody, without your name and without a day."),
    )
    return Outcome(resident, (say(*text, keyboard=buttons, in_place=True),))


def with_consent(consent: Consent, purpose: str, agreed: bool) -> Consent:
    """Return `consent` with one purpose set; unknown purposes change nothing."""
    match purpose:
        case "check-ins":
            return replace(consent, check_ins=agreed)
        case "reading":
            return replace(consent, reading=agreed)
        case "telling":
            return replace(consent, telling=agreed)
        case "counting":
            return replace(consent, counting=agreed)
        case _:
            return consent


def press(resident: Resident, data: str, knowledge: Knowledge, now: datetime) -> Outcome[Resident] | None:
    """Take `set…`; None for the parts that belong to other rooms (contacts, privacy)."""
    _topic, what, choice = (*data.split(":"), "", "")[:3]
    match what, choice:
        case "", _:
            return show(resident, now)
        case "language", _:
            return language_choice.ask(resident, knowledge)
        case "consent", _:
            return consents(resident)
        case (("check-ins" | "reading" | "telling" | "counting"), ("yes" | "no")):
            return _switched(resident, what, choice == "yes", now)
        case "time", _:
            return ask_time(resident)
        case "days", "":
            return ask_days(resident)
        case "days", _ if choice in DAYS:
            return _kept(replace(resident, rhythm=replace(resident.rhythm, days=DAYS[choice])), now)
        case "missed", "":
            return ask_missed(resident)
        case "missed", ("1" | "2" | "3"):
            return _kept(replace(resident, rhythm=replace(resident.rhythm, missed_days=int(choice))), now)
        case "pause", "":
            return ask_pause(resident)
        case "pause", _ if choice.isdecimal() and int(choice) in PAUSES:
            return pause(resident, int(choice), now)
        case _:
            return None


def _switched(resident: Resident, purpose: str, agreed: bool, now: datetime) -> Outcome[Resident]:
    changed = replace(resident, consent=with_consent(resident.consent, purpose, agreed))
    if purpose == "check-ins" and agreed:
        changed = replace(changed, stopped=False)
    if purpose == "check-ins" and not agreed:
        changed = replace(changed, check_in=None, missed=0)
    if purpose == "reading" and not agreed:
        changed = replace(changed, question=None, unsure=(), heard=(), nights=(), faces=())
    effects = (
        *check_in.plan_next(changed, now),
        *([StopTimer(Timer.QUESTION)] if not agreed and purpose != "counting" else []),
    )
    if resident.stopped and not changed.stopped:  # she is back: what she wanted to be reminded of is too
        effects = (*effects, *errands.plan(changed, now), *plan_reminders.plan(changed, now))
    return consents(changed).after(*effects)


def _kept(resident: Resident, now: datetime) -> Outcome[Resident]:
    """A changed rhythm: plan anew and say what holds now."""
    settled = replace(resident, place=Place.MENU)
    text = (_("settings", "Done."), check_in.next_is(settled, now))
    effects = check_in.plan_next(settled, now)
    return Outcome(settled, (*effects, say(*text, keyboard=rows(Button(_("settings", "Back"), "set")))))


def times() -> Keyboard:
    """Common times; another one is written."""
    return rows(
        *(Button(plain(time(hour)), f"t:{hour:02}00") for hour in (8, 12, 17, 18, 20, 21)),
        width=3,
    )


def time_question() -> Text:
    """The same while joining and later."""
    return (
        _("settings", "At what time may I ask how you are?"),
        _("settings", "Choose one, or write a time, for example 18:30."),
    )


def days_question() -> Message:
    """The same while joining and later."""
    return _("settings", "On which days may I ask?")


def missed_question() -> Message:
    """The same while joining and later."""
    return _("settings", "If you do not answer: after how many days may I tell a contact person?")


def ask_time(resident: Resident) -> Outcome[Resident]:
    """By button or typed."""
    return Outcome(replace(resident, place=Place.TIME), (say(*time_question(), keyboard=times()),))


def read_time(text: str) -> time | None:
    """Read "18:30", "9", "kl 9.15", "8 pm", with any script's digits; None where it is no time of day."""
    plain = "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text.casefold())
    match = _CLOCK.fullmatch(plain.strip())
    if match is None:
        return None
    hour, minute, half = int(match[1]), int(match[2] or 0), match[3]
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def set_time(resident: Resident, at: time, now: datetime) -> Outcome[Resident]:
    """Keep the new time."""
    return _kept(replace(resident, rhythm=replace(resident.rhythm, at=at)), now)


def not_a_time(resident: Resident) -> Outcome[Resident]:
    """Say what a time looks like, and leave the question open."""
    text = _("settings", "I did not understand the time. Please write it like this: 18:30.")
    return Outcome(resident, (say(text, keyboard=times()),))


def days_buttons(topic: str) -> Keyboard:
    """`topic` is what the data begins with."""
    return rows(
        Button(_("settings", "Every day"), f"{topic}:all"),
        Button(_("settings", "Monday to Friday"), f"{topic}:work"),
        Button(_("settings", "Monday, Wednesday, Friday"), f"{topic}:three"),
        Button(_("settings", "Once a week, on Monday"), f"{topic}:one"),
    )


def ask_days(resident: Resident) -> Outcome[Resident]:
    """On which days."""
    return Outcome(resident, (say(days_question(), keyboard=days_buttons("set:days")),))


def missed_buttons(topic: str) -> Keyboard:
    """One, two or three days."""
    return rows(
        *(
            Button(_n("settings", "After {count} day", "After {count} days", count), f"{topic}:{count}")
            for count in (1, 2, 3)
        ),
        width=3,
    )


def ask_missed(resident: Resident) -> Outcome[Resident]:
    """When silence is told."""
    return Outcome(resident, (say(missed_question(), keyboard=missed_buttons("set:missed")),))


def ask_pause(resident: Resident) -> Outcome[Resident]:
    """A pause needs an end (R6)."""
    buttons = rows(
        *(
            Button(_n("settings", "{count} day", "{count} days", days), f"set:pause:{days}")
            for days in PAUSES
        ),
        Button(_("settings", "No pause"), "set:pause-over"),
        width=2,
    )
    text = _("settings", "For how long shall I be quiet? You can come back at any time.")
    return Outcome(resident, (say(text, keyboard=buttons),))


def pause(resident: Resident, days: int, now: datetime) -> Outcome[Resident]:
    """Be quiet until then; the guides and "I need someone" go on working."""
    until = now + timedelta(days=days)
    paused = replace(resident, paused_until=until, check_in=None, missed=0)
    text = (
        _("settings", "I am quiet until {moment}.", moment=until),
        _("settings", "The guides go on working, and so does “I need someone”."),
    )
    buttons = rows(Button(_("settings", "End the pause"), "set:pause-over"))
    effects = (
        *check_in.plan_next(paused, now),
        StopTimer(Timer.REMINDER),
        StopTimer(Timer.SNOOZE),
        SetTimer(Timer.PAUSE, until),
        *errands.plan(paused, now),
        *plan_reminders.plan(paused, now),
    )
    return Outcome(paused, (*effects, say(*text, keyboard=buttons)))


def end_pause(resident: Resident, now: datetime) -> Outcome[Resident]:
    """She is back early; where nothing was paused, say when the next check-in comes."""
    back = replace(resident, paused_until=None, stopped=False)
    text = (_("settings", "Welcome back."), check_in.next_is(back, now))
    planned = (
        *check_in.plan_next(back, now),
        *errands.plan(back, now),
        *plan_reminders.plan(back, now),
    )
    return Outcome(back, (*planned, StopTimer(Timer.PAUSE), say(*text)))
