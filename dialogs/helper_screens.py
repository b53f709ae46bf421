"""
A contact person's standing pages: language, how it works, what is kept about her, leaving, and her menu.

They are the same whatever waits for her; what waits is elsewhere.
"""

from dialogs import announcing, calls, day, introductions, practice
from dialogs.effects import ClearChat, EndTalk, ForgetPerson
from dialogs.knowledge import Knowledge
from dialogs.language_choice import languages
from dialogs.outcome import Outcome, say
from dialogs.people import Contact
from dialogs.screen import Button, Keyboard, rows
from dialogs.text import Message, _
from dialogs.words import Word

COMMANDS: tuple[tuple[Word, Message], ...] = (
    (Word.TODAY, _("command", "What is open today")),
    (Word.RESIDENTS, _("command", "My residents")),
    (Word.TALK, _("command", "My talks")),
    (Word.HELP, _("command", "How it works")),
    (Word.AWAY, _("command", "I am away")),
    (Word.HOURS, _("command", "My hours")),
    (Word.PRACTICE, _("command", "Practise a case")),
    (Word.ROLE, _("command", "What I see and do")),
    (Word.LANGUAGE, _("command", "Language")),
    (Word.PRIVACY, _("command", "Privacy")),
    (Word.STOP, _("command", "Leave")),
    (Word.PLAN, _("command", "Shared plans")),
    (Word.NAME, _("command", "My name")),
    (Word.HIDE, _("command", "Clear this chat")),
)


def ask_language(contact: Contact, knowledge: Knowledge) -> Outcome[Contact]:
    """In each language its own name."""
    text = _("joining", "Hello. Choose your language.")
    return Outcome(contact, (say(text, keyboard=languages(knowledge)),))


def help_button() -> Keyboard:
    """Where whatever cannot be understood leads."""
    return rows(Button(_("contact", "How it works"), "ch:help"))


def help_page(contact: Contact) -> Outcome[Contact]:
    """What she can do here; before she is ready, her language only."""
    text = (
        _("contact", "I write to you when somebody needs you. Until then there is nothing to do here."),
        _(
            "contact",
            "Words you can write: “I have it”, “cannot now”, “reached”, “not reached”, “away”, “hours”, "
            "“language”, “stop”.",
        ),
        _("contact", "Also: “today”, “my residents”, “talks”, “plan”, “take over”, “practice”, “my role”."),
        _(
            "contact",
            "Outside a talk, what you write here reaches nobody else. I am no emergency service: call {emergency}.",
        ),
    )
    language = Button(_("settings", "Language"), "ch:language")
    if not contact.joined:
        return Outcome(contact, (say(*text, keyboard=rows(language)),))
    away = Button(_("absence", "I am away"), "ch:away")
    hours = Button(_("absence", "My hours"), "ch:hours")
    announce = (Button(_("announcing", "My activities"), "an:list"),) if announcing.may(contact) else ()
    plans = Button(_("contact", "Shared plans"), "sp")
    name = Button(_("contact", "My name"), "nm")
    talks = Button(_("contact", "My talks"), "tk:list")
    hers = (day.TODAY, day.RESIDENTS, talks, plans, away, hours, practice.BUTTON, introductions.BUTTON)
    return Outcome(contact, (say(*text, keyboard=rows(*hers, name, language, *announce, width=2)),))


def privacy(contact: Contact, knowledge: Knowledge) -> Outcome[Contact]:
    """What is kept about her."""
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
        _("contact", "When you open somebody’s shared plan, I keep that you did."),
        _(
            "contact",
            "Telegram can technically read this chat. Write “stop” to leave: then that is erased, "
            "but cases you were asked about still name you.",
        ),
        _("contact", "I also keep the calls you promised, and note when you open a resident’s page."),
        _(
            "contact",
            "Messages here go by themselves within two days, those about a case two hours after it was closed. "
            "“Clear” removes them at once.",
        ),
    )
    return Outcome(contact, (say(*text),))


def cleared(contact: Contact) -> Outcome[Contact]:
    """Empty the chat as far as Telegram allows; an open case is found again under “today”."""
    text = (
        _("contact", "Messages of the last two days are removed, on both sides."),
        _("contact", "Older ones only you can remove: choose “Clear history” in the menu of this chat."),
    )
    return Outcome(contact, (ClearChat(), say(*text, keyboard=rows(day.TODAY))))


def ask_leave(contact: Contact) -> Outcome[Contact]:
    """She promised something to people; a slip must not end it."""
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


def left(contact: Contact) -> Outcome[Contact]:
    """She goes by herself."""
    return _gone(contact, _("contact", "You have left. Thank you for having been there."))


def removed(contact: Contact, knowledge: Knowledge) -> Outcome[Contact]:
    """By the organisation: what follows is the same, and she hears it once."""
    text = _(
        "contact",
        "Hello. {organisation} has ended your part here, so I ask you no more and have erased what I kept of you.",
        organisation=knowledge.organisation,
    )
    return _gone(contact, text)


def _gone(contact: Contact, text: Message) -> Outcome[Contact]:
    """Her talks end, whoever waits for her call hears of it, and she is erased."""
    ends = tuple(EndTalk(each.talk, "gone") for each in contact.threads)
    return Outcome(contact, (*ends, say(text), *calls.leaves(contact), ForgetPerson()))
