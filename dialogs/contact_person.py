"""
The contact person's side: how it works in four short messages, a test alert that must be answered, ready.

Buttons name the case; typed words are taken for the one case they can mean (`TellOwnAlert`). Nothing a contact
person presses can touch a resident who is not hers: the alert itself refuses.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import assert_never

from dialogs import menu
from dialogs.alert import Acknowledged, Alert, AlertEvent, AlertState, Declined, NotReached, Reached
from dialogs.effects import (
    ForgetPerson,
    Purpose,
    Say,
    SetState,
    SetTimer,
    ShowCommands,
    StopTimer,
    TellAlert,
    TellOwnAlert,
    Toast,
)
from dialogs.events import (
    BotBlocked,
    BotUnblocked,
    ContactPersonLeft,
    DataGathered,
    Event,
    Joined,
    Pressed,
    Sent,
    Started,
    Timer,
    TimerFell,
    Wrote,
)
from dialogs.knowledge import Knowledge
from dialogs.outcome import Outcome, say
from dialogs.people import Contact, Place
from dialogs.preferences import knows, languages
from dialogs.screen import Button, Keyboard, rows
from dialogs.text import Message, Text, _
from dialogs.words import LABELS, Word

TEST_AGAIN_AFTER = timedelta(hours=24)


def decide(contact: Contact, event: Event, now: datetime, knowledge: Knowledge) -> Outcome[Contact]:
    """Take one event of a contact person or coordinator."""
    match event:
        case Joined(locale):
            known = locale if knows(knowledge, locale) else contact.locale
            here = replace(contact, locale=known, place=Place.LANGUAGE)
            return _ask_language(here, knowledge).after(SetState("joining"))
        case Started():
            return _here(contact, now, knowledge)
        case Pressed(data):
            return _pressed(contact, data, now, knowledge)
        case Wrote(_text, word, edited):
            if edited:
                return Outcome(contact)
            return _said(contact, word, now, knowledge)
        case Sent():
            text = _("contact", "I can only use words and buttons here.")
            return Outcome(contact, (say(text, keyboard=_help_button()),))
        case TimerFell(Timer.TEST):
            return _test(contact, now, again=True) if contact.place is Place.TEST else Outcome(contact)
        case BotBlocked() | BotUnblocked() | TimerFell() | DataGathered() | ContactPersonLeft():
            return Outcome(contact)
        case _:
            assert_never(event)


def _ask_language(contact: Contact, knowledge: Knowledge) -> Outcome[Contact]:
    text = _("joining", "Hello. Choose your language.")
    return Outcome(contact, (say(text, keyboard=languages(knowledge)),))


def _here(contact: Contact, now: datetime, knowledge: Knowledge) -> Outcome[Contact]:
    """Show what is open for her: a question of the introduction, the test, or what she can do."""
    match contact.place:
        case Place.LANGUAGE:
            return _ask_language(contact, knowledge)
        case Place.INTRODUCTION:
            return _page(contact, contact.page)
        case Place.TEST:
            return _test(contact, now, again=True)
        case _:
            return _help(contact)


def _introduction() -> tuple[Message, ...]:
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
            "4/4. Get in touch yourself, then tell me “Reached” or “Not reached”. "
            "I am no emergency service: if life is in danger, call {emergency}.",
        ),
    )


def _page(contact: Contact, number: int) -> Outcome[Contact]:
    pages = _introduction()
    number = min(number, len(pages) - 1)
    here = replace(contact, place=Place.INTRODUCTION, page=number)
    label = _("contact", "Next") if number + 1 < len(pages) else _("contact", "Try it: send a test")
    return Outcome(here, (say(pages[number], keyboard=rows(Button(label, f"in:{number}"))),))


def _test(contact: Contact, now: datetime, *, again: bool = False) -> Outcome[Contact]:
    """A test alert looks like a real one, and says that it is none."""
    here = replace(contact, place=Place.TEST)
    text: Text = (
        _("contact", "🔵 This is a test. Nobody needs help."),
        _("contact", "A real message looks like this. Please answer with the button, or write “I have it”."),
    )
    buttons = rows(Button(LABELS[Word.HAVE_IT], "test:have"))
    purpose = Purpose.ROUTINE if again else Purpose.REPLY
    ask = Say(text, buttons, purpose=purpose)
    return Outcome(here, (ask, SetTimer(Timer.TEST, now + TEST_AGAIN_AFTER)))


def _tested(contact: Contact) -> Outcome[Contact]:
    ready = replace(contact, place=Place.MENU, joined=True)
    text = (
        _("contact", "Thank you, {name}. You are ready.", name=contact.name),
        _(
            "contact",
            "Leave Telegram’s notifications for this chat switched on, also at night if you agreed to that.",
        ),
    )
    return Outcome(ready, (StopTimer(Timer.TEST), SetState("active"), ShowCommands(), say(*text)))


def _pressed(contact: Contact, data: str, now: datetime, knowledge: Knowledge) -> Outcome[Contact]:
    topic, *rest = data.split(":")
    match topic, rest:
        case "l", [code] if knows(knowledge, code):
            return _language(replace(contact, locale=code))
        case "in", [page] if page.isdecimal() and contact.place is Place.INTRODUCTION:
            onward = int(page) + 1
            return _page(contact, onward) if onward < len(_introduction()) else _test(contact, now)
        case "test", ["have"]:
            return _tested(contact) if contact.place is Place.TEST else _old(contact)
        case "al", [alert, step, action] if alert.isdecimal() and step.isdecimal():
            return _about_alert(contact, int(alert), int(step), action)
        case "ch", ["language"]:
            return _ask_language(contact, knowledge)
        case "ch", ["help"]:
            return _help(contact)
        case "ch", ["leave-yes"]:
            return _left(contact)
        case _:
            return _old(contact)


def _language(contact: Contact) -> Outcome[Contact]:
    if contact.place is Place.LANGUAGE:
        return _page(contact, 0)
    text = _("settings", "I now write in this language.")
    return Outcome(contact, (ShowCommands(), say(text, keyboard=_help_button())))


def _old(contact: Contact) -> Outcome[Contact]:
    return Outcome(contact, (Toast((menu.old_button(),)),))


def _about_alert(contact: Contact, alert: int, step: int, action: str) -> Outcome[Contact]:
    event: AlertEvent
    match action:
        case "have":
            event = Acknowledged(contact.id, step)
        case "cannot":
            event = Declined(contact.id)
        case "reached":
            event = Reached(contact.id)
        case "missed":
            event = NotReached(contact.id)
        case _:
            return _old(contact)
    return Outcome(contact, (TellAlert(alert, event),))


def _said(contact: Contact, word: Word | None, now: datetime, knowledge: Knowledge) -> Outcome[Contact]:
    match word:
        case Word.HAVE_IT if contact.place is Place.TEST:
            return _tested(contact)
        case Word.HAVE_IT:
            return Outcome(contact, (TellOwnAlert(Acknowledged(contact.id)),))
        case Word.CANNOT:
            return Outcome(contact, (TellOwnAlert(Declined(contact.id)),))
        case Word.REACHED:
            return Outcome(contact, (TellOwnAlert(Reached(contact.id)),))
        case Word.NOT_REACHED:
            return Outcome(contact, (TellOwnAlert(NotReached(contact.id)),))
        case Word.LANGUAGE:
            return _ask_language(contact, knowledge)
        case Word.STOP | Word.FORGET:
            return _ask_leave(contact)
        case Word.PRIVACY:
            return _privacy(contact, knowledge)
        case _ if not contact.joined:
            return _here(contact, now, knowledge)
        case _:
            return _help(contact)


def _help_button() -> Keyboard:
    return rows(Button(_("contact", "How it works"), "ch:help"))


def _help(contact: Contact) -> Outcome[Contact]:
    text = (
        _("contact", "I write to you when somebody needs you. Until then there is nothing to do here."),
        _(
            "contact",
            "Words you can write: “I have it”, “cannot now”, “reached”, “not reached”, “language”, “stop”.",
        ),
        _("contact", "What you write here reaches nobody else. I am no emergency service: call {emergency}."),
    )
    return Outcome(contact, (say(*text, keyboard=rows(Button(_("settings", "Language"), "ch:language"))),))


def _privacy(contact: Contact, knowledge: Knowledge) -> Outcome[Contact]:
    text = (
        _(
            "contact",
            "{organisation} runs me. I keep your name, your language and this chat’s number, locked.",
            organisation=knowledge.organisation,
        ),
        _(
            "contact",
            "I keep which cases you were asked about and what you answered. Residents see your name.",
        ),
        _(
            "contact",
            "Telegram can technically read this chat. Write “stop” to leave: then that is erased, "
            "but cases you were asked about still name you.",
        ),
    )
    return Outcome(contact, (say(*text),))


def _ask_leave(contact: Contact) -> Outcome[Contact]:
    text = _(
        "contact",
        "Do you want to leave? Then I no longer ask you, and erase your name, your language and this chat’s number.",
    )
    buttons = rows(
        Button(_("contact", "Yes, leave"), "ch:leave-yes"),
        Button(_("contact", "No, stay"), "ch:help"),
        width=2,
    )
    return Outcome(contact, (say(text, keyboard=buttons),))


def _left(contact: Contact) -> Outcome[Contact]:
    text = _("contact", "You have left. Thank you for having been there.")
    return Outcome(contact, (say(text), ForgetPerson()))


def contact_left(name: str) -> Text:
    """What a resident hears when one of her contact persons is gone; neutral on a lock screen (R35)."""
    return (
        _(
            "settings",
            "Hello. A small change, nothing you need to do right now. "
            "You can look at it in the settings when it suits you, or just leave it.",
        ),
        _("settings", "{name} is no longer one of your contact persons.", name=name),
    )


COMMANDS: tuple[tuple[Word, Message], ...] = (
    (Word.HELP, _("command", "How it works")),
    (Word.LANGUAGE, _("command", "Language")),
    (Word.PRIVACY, _("command", "Privacy")),
    (Word.STOP, _("command", "Leave")),
)


def was_down(since: datetime, until: datetime) -> Text:
    """After an outage, once: what was missed is nobody's silence."""
    return (
        _("contact", "🔵 I was not working from {since} to {until}.", since=since, until=until),
        _(
            "contact",
            "In that time I asked nobody anything and told nobody anything. What was written to me I answer now.",
        ),
    )


def cannot_be_reached(name: str) -> Text:
    """To the coordinators, at once; the name stands below the line that may show on a lock screen."""
    return (
        _("contact", "🔵 A technical note. Today is soon enough."),
        _(
            "contact",
            "{name} cannot be reached in Telegram any more. Whoever would be asked next is asked instead. "
            "Please talk to {name} another way.",
            name=name,
        ),
    )


def no_case() -> Text:
    """A typed "I have it", and nothing is open that she was asked about."""
    return (_("alert", "No open case is waiting for that from you. Nothing was changed."),)


def which_case() -> Text:
    """Typed words fit more than one case; a guess could end the wrong one."""
    return (_("alert", "Several cases are open. Which one do you mean?"),)


def fits(alert: Alert, event: AlertEvent) -> bool:
    """Whether typed words can be about this open case, for a contact person who was told about it."""
    match event:
        case Acknowledged():
            return alert.state is not AlertState.ACKNOWLEDGED
        case Declined(by):
            return alert.holder in (None, by)
        case Reached(by) | NotReached(by):
            return alert.holder == by
        case _:
            return False


def case_button(alert: int, event: AlertEvent) -> Button:
    """One of those cases."""
    action = {Acknowledged: "have", Declined: "cannot", Reached: "reached", NotReached: "missed"}[type(event)]
    return Button(_("alert", "Case {case}", case=alert), f"al:{alert}:0:{action}")


def case_gone() -> Text:
    """The alert is no longer stored: closed long ago, or its resident has left."""
    return (_("alert", "That case no longer exists. Nothing was changed."),)
