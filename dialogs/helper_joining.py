"""
How a contact person begins: four short messages, and a test alert that must be answered; again once a month.

A chain that was tested in spring says nothing about autumn (R28): whoever has not answered for too long is untested.
"""

from dataclasses import replace
from datetime import datetime, time, timedelta

from dialogs import introductions, practice, week
from dialogs.effects import Purpose, Say, SetState, SetTimer, ShowCommands
from dialogs.events import Timer
from dialogs.outcome import Outcome, say
from dialogs.people import Contact, Place
from dialogs.schedule import DEFAULT_ZONE, local_day, moment_on
from dialogs.screen import Button, rows
from dialogs.text import Message, Text, _
from dialogs.words import LABELS, Word

TEST_AGAIN_AFTER = timedelta(hours=24)
TEST_EVERY = timedelta(days=30)
TEST_EXPIRES_AFTER = timedelta(days=33)
"""A chain that was tested in spring says nothing about autumn; three days are the grace to answer (R28)."""
TEST_AT = time(10, 0)


def introduction() -> tuple[Message, ...]:
    """How it works, in four short messages."""
    return (
        _(
            "contact",
            "1/4. I stay in touch with people you have agreed to be there for. When one of them needs somebody, "
            "I write to you.",
        ),
        _(
            "contact",
            "2/4. The first line says how urgent it is: 🔴 emergency, 🟠 urgent, 🔵 a quiet note. "
            "You see an agreed name, never an account or a phone number.",
        ),
        _(
            "contact",
            "3/4. Answer with “I have it” or “Cannot now”. If nobody answers, I ask the next person: "
            "after 2 minutes when it is 🔴, after 15 minutes when it is 🟠.",
        ),
        _(
            "contact",
            "4/4. Get in touch yourself, then tell me how it went. I ask again until I know. "
            "I am no emergency service: if life is in danger, call {emergency}.",
        ),
    )


def page(contact: Contact, number: int) -> Outcome[Contact]:
    """One of them."""
    pages = introduction()
    number = min(number, len(pages) - 1)
    here = replace(contact, place=Place.INTRODUCTION, page=number)
    label = _("contact", "Next") if number + 1 < len(pages) else _("contact", "Try it: send a test")
    return Outcome(here, (say(pages[number], keyboard=rows(Button(label, f"in:{number}"))),))


def is_being_tested(contact: Contact) -> bool:
    """Whether a test alert waits for her answer."""
    return contact.place is Place.TEST or contact.test_sent_at is not None


def is_untested(contact: Contact, now: datetime) -> bool:
    """Whether nobody knows that a message reaches her and is answered: never tested, or too long ago (R28)."""
    return contact.tested_at is None or now - contact.tested_at > TEST_EXPIRES_AFTER


def due(contact: Contact, now: datetime) -> Outcome[Contact]:
    """Once a month, and again each day until it is answered; whoever is away is tested when she is back."""
    if contact.away is not None and contact.away.until > now:
        return Outcome(contact, (SetTimer(Timer.TEST, contact.away.until + TEST_AGAIN_AFTER),))
    if contact.place is Place.INTRODUCTION or not (contact.joined or contact.place is Place.TEST):
        return Outcome(contact)
    return send(contact, now, again=True)


def send(contact: Contact, now: datetime, *, again: bool = False) -> Outcome[Contact]:
    """A test alert looks like a real one, and says that it is none."""
    here = replace(contact, test_sent_at=contact.test_sent_at or now)
    if not contact.joined:
        here = replace(here, place=Place.TEST)
    text: Text = (
        _("contact", "🔵 This is a test. Nobody needs help."),
        _("contact", "A real message looks like this. Please answer with the button, or write “I have it”."),
    )
    buttons = rows(Button(LABELS[Word.HAVE_IT], "test:have"))
    purpose = Purpose.ROUTINE if again else Purpose.REPLY
    ask = Say(text, buttons, purpose=purpose, stays=True)
    return Outcome(here, (ask, SetTimer(Timer.TEST, now + TEST_AGAIN_AFTER)))


def answered(contact: Contact, now: datetime) -> Outcome[Contact]:
    """The test worked: who was joining is ready now."""
    next_test = moment_on(local_day(now + TEST_EVERY, DEFAULT_ZONE), TEST_AT, DEFAULT_ZONE)
    tested = replace(contact, tested_at=now, test_sent_at=None, joined=True)
    timer = SetTimer(Timer.TEST, next_test)
    if contact.joined:
        thanks = _("contact", "Thank you. The test worked; the next one comes in a month.")
        return Outcome(tested, (timer, week.plan(now), say(thanks)))
    text = (
        _("contact", "Thank you, {name}. You are ready.", name=contact.name),
        _(
            "contact",
            "Leave Telegram’s notifications for this chat switched on, also at night if you agreed to that.",
        ),
        _(
            "contact",
            "Once a month I send a test like this one. Write “away” when I should not ask you for a while.",
        ),
    )
    ready = replace(tested, place=Place.MENU)
    onward = rows(practice.BUTTON, introductions.BUTTON, width=2)
    effects = (timer, week.plan(now), SetState("active"), ShowCommands(), say(*text, keyboard=onward))
    return Outcome(ready, effects)
