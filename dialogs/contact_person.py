"""
The contact person's side: how it works in four short messages, a test alert that must be answered, ready.

Buttons name the case; typed words are taken for the one case they can mean (`TellOwnAlert`). Nothing a contact
person presses can touch a resident who is not hers: the alert itself refuses.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import assert_never

from dialogs import absence, menu
from dialogs.alert import (
    Acknowledged,
    Alert,
    AlertEvent,
    AlertState,
    ContactAnswer,
    Declined,
    Mistaken,
    NotReached,
    Reached,
    ReachedNeedsMore,
    ReachedSafe,
)
from dialogs.alert_texts import ACTIONS, data
from dialogs.effects import (
    ForgetPerson,
    OpenDesk,
    Purpose,
    Say,
    SetState,
    SetTimer,
    ShowCommands,
    TellAlert,
    TellOwnAlert,
    Toast,
)
from dialogs.events import (
    BotBlocked,
    BotUnblocked,
    ChainChecked,
    CheckInUndelivered,
    ColleaguesGathered,
    ContactPersonLeft,
    DataGathered,
    Event,
    Joined,
    NoCaseFits,
    Pressed,
    Sent,
    Started,
    Timer,
    TimerFell,
    Wrote,
)
from dialogs.knowledge import Knowledge
from dialogs.outcome import Outcome, say
from dialogs.people import Contact, Place, Role
from dialogs.preferences import knows, languages
from dialogs.schedule import DEFAULT_ZONE, local_day, moment_on
from dialogs.screen import Button, Keyboard, rows
from dialogs.text import Message, Text, _
from dialogs.words import LABELS, Word

TEST_AGAIN_AFTER = timedelta(hours=24)
TEST_EVERY = timedelta(days=30)
TEST_EXPIRES_AFTER = timedelta(days=33)
"""A chain that was tested in spring says nothing about autumn; three days are the grace to answer (R28)."""
TEST_AT = time(10, 0)


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
        case Wrote(text, word, edited):
            if edited:
                return Outcome(contact)
            if word is None and contact.place is Place.AWAY:
                return absence.day_written(contact, text, now)
            return _said(_at_rest(contact), word, now, knowledge)
        case Sent():
            sorry = _("contact", "I can only use words and buttons here.")
            return Outcome(contact, (say(sorry, keyboard=_help_button()),))
        case TimerFell(Timer.TEST):
            return _test_due(contact, now)
        case NoCaseFits(answer):
            if isinstance(answer, Acknowledged) and is_being_tested(contact):
                return _tested(contact, now)
            return Outcome(contact, (say(*no_case()),))
        case ColleaguesGathered(colleagues):
            return absence.ask_stand_in(contact, colleagues)
        case BotBlocked() | BotUnblocked() | TimerFell() | DataGathered() | ContactPersonLeft():
            return Outcome(contact)
        case CheckInUndelivered() | ChainChecked():  # only residents have these
            return Outcome(contact)
        case _:
            assert_never(event)


def _at_rest(contact: Contact) -> Contact:
    """Another word ends the question about an absence."""
    asked = contact.place in (Place.AWAY, Place.STAND_IN)
    return replace(contact, place=Place.MENU) if asked else contact


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
            "4/4. Get in touch yourself, then tell me how it went. I ask again until I know. "
            "I am no emergency service: if life is in danger, call {emergency}.",
        ),
    )


def _page(contact: Contact, number: int) -> Outcome[Contact]:
    pages = _introduction()
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


def _test_due(contact: Contact, now: datetime) -> Outcome[Contact]:
    """Once a month, and again each day until it is answered; whoever is away is tested when she is back."""
    if contact.away is not None and contact.away.until > now:
        return Outcome(contact, (SetTimer(Timer.TEST, contact.away.until + TEST_AGAIN_AFTER),))
    if contact.place is Place.INTRODUCTION or not (contact.joined or contact.place is Place.TEST):
        return Outcome(contact)
    return _test(contact, now, again=True)


def _test(contact: Contact, now: datetime, *, again: bool = False) -> Outcome[Contact]:
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
    ask = Say(text, buttons, purpose=purpose)
    return Outcome(here, (ask, SetTimer(Timer.TEST, now + TEST_AGAIN_AFTER)))


def _tested(contact: Contact, now: datetime) -> Outcome[Contact]:
    next_test = moment_on(local_day(now + TEST_EVERY, DEFAULT_ZONE), TEST_AT, DEFAULT_ZONE)
    tested = replace(contact, tested_at=now, test_sent_at=None, joined=True)
    timer = SetTimer(Timer.TEST, next_test)
    if contact.joined:
        thanks = _("contact", "Thank you. The test worked; the next one comes in a month.")
        return Outcome(tested, (timer, say(thanks)))
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
    return Outcome(ready, (timer, SetState("active"), ShowCommands(), say(*text)))


def _pressed(contact: Contact, data: str, now: datetime, knowledge: Knowledge) -> Outcome[Contact]:
    topic, *rest = data.split(":")
    match topic, rest:
        case "l", [code] if knows(knowledge, code):
            return _language(replace(contact, locale=code))
        case "in", [page] if page.isdecimal() and contact.place is Place.INTRODUCTION:
            onward = int(page) + 1
            return _page(contact, onward) if onward < len(_introduction()) else _test(contact, now)
        case "test", ["have"]:
            return _tested(contact, now) if is_being_tested(contact) else _old(contact)
        case "al", [alert, step, action] if alert.isdecimal() and step.isdecimal():
            return _about_alert(contact, int(alert), int(step), action)
        case "aw", choice if contact.joined:
            return _absence(contact, choice, now)
        case "hr", [key] if contact.joined:
            return absence.hours_chosen(contact, key) or _old(contact)
        case "ch", ["away"] if contact.joined:
            return absence.ask_until(contact)
        case "ch", ["hours"] if contact.joined:
            return absence.show_hours(contact)
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


def _absence(contact: Contact, choice: list[str], now: datetime) -> Outcome[Contact]:
    match choice:
        case ["back"]:
            return absence.back(contact)
        case ["for", person] if person.isdecimal():
            return absence.stand_in_chosen(contact, int(person))
        case [days] if days in {str(count) for count, _label in absence.CHOICES}:
            return absence.days_chosen(contact, int(days), now)
        case _:
            return _old(contact)


def _about_alert(contact: Contact, alert: int, step: int, action: str) -> Outcome[Contact]:
    answer = ACTIONS.get(action)
    if answer is None:
        return _old(contact)
    return Outcome(contact, (TellAlert(alert, answer(contact.id, step)),))


_ANSWERS: Mapping[Word, type[ContactAnswer]] = {
    Word.HAVE_IT: Acknowledged,
    Word.CANNOT: Declined,
    Word.REACHED: Reached,
    Word.SAFE: ReachedSafe,
    Word.NEEDS_MORE: ReachedNeedsMore,
    Word.NOT_REACHED: NotReached,
    Word.MISTAKE: Mistaken,
}
"""What a typed word says about the case it can be meant for."""


def _said(contact: Contact, word: Word | None, now: datetime, knowledge: Knowledge) -> Outcome[Contact]:
    match word:
        case None:
            pass
        case _ if word in _ANSWERS:
            return Outcome(contact, (TellOwnAlert(_ANSWERS[word](contact.id)),))
        case Word.AWAY if contact.joined:
            return absence.ask_until(contact)
        case Word.PRESENT if contact.joined:
            return absence.back(contact)
        case Word.HOURS if contact.joined:
            return absence.show_hours(contact)
        case Word.DESK if contact.role is Role.COORDINATOR:
            return Outcome(contact, (OpenDesk(),))
        case Word.LANGUAGE:
            return _ask_language(contact, knowledge)
        case Word.STOP | Word.FORGET:
            return _ask_leave(contact)
        case Word.PRIVACY:
            return _privacy(contact, knowledge)
        case _:
            pass
    return _here(contact, now, knowledge) if not contact.joined else _help(contact)


def _help_button() -> Keyboard:
    return rows(Button(_("contact", "How it works"), "ch:help"))


def _help(contact: Contact) -> Outcome[Contact]:
    text = (
        _("contact", "I write to you when somebody needs you. Until then there is nothing to do here."),
        _(
            "contact",
            "Words you can write: “I have it”, “cannot now”, “reached”, “not reached”, “away”, “hours”, "
            "“language”, “stop”.",
        ),
        _("contact", "What you write here reaches nobody else. I am no emergency service: call {emergency}."),
    )
    language = Button(_("settings", "Language"), "ch:language")
    if not contact.joined:
        return Outcome(contact, (say(*text, keyboard=rows(language)),))
    away = Button(_("absence", "I am away"), "ch:away")
    hours = Button(_("absence", "My hours"), "ch:hours")
    return Outcome(contact, (say(*text, keyboard=rows(away, hours, language, width=2)),))


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
    (Word.AWAY, _("command", "I am away")),
    (Word.HOURS, _("command", "My hours")),
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
        case Reached(by) | ReachedSafe(by) | ReachedNeedsMore(by) | NotReached(by) | Mistaken(by):
            return alert.holder == by
        case _:
            return False


def case_button(alert: Alert, answer: ContactAnswer) -> Button:
    """One of those cases."""
    return Button(_("alert", "Case {case}", case=alert.id), data(alert.id, alert.current_step, type(answer)))


def case_gone() -> Text:
    """The alert is no longer stored: closed long ago, or its resident has left."""
    return (_("alert", "That case no longer exists. Nothing was changed."),)
