"""
The way home: the menu, what the bot is, and the short answers to what it cannot use.

Every screen leads back here, and from here to a human in one tap or one word.
"""

from dataclasses import replace

from dialogs.alert import Track
from dialogs.effects import Effect, Purpose, RaiseAlert, Say
from dialogs.events import Kind
from dialogs.outcome import Outcome, say
from dialogs.people import Agreed, Place, Resident
from dialogs.screen import Button, Keyboard, rows
from dialogs.text import Message, _, plain
from dialogs.words import LABELS, Word

SOMEONE = Button(LABELS[Word.SOMEONE], "someone")
"""Stands under everything that may be hard to read alone."""

REPLY_KEYBOARD: tuple[tuple[Word, ...], ...] = (
    (Word.GUIDES, Word.CHECK_IN),
    (Word.SOMEONE,),
    (Word.SETTINGS, Word.HIDE),
)
"""Always at hand below the input line. Its buttons are ordinary messages, so they wait 24 hours, not 150 s."""


COMMANDS: tuple[tuple[Word, Message], ...] = (
    (Word.GUIDES, _("command", "How things are done")),
    (Word.CHECK_IN, _("command", "How I am")),
    (Word.SOMEONE, _("command", "Get in touch")),
    (Word.TALK, _("command", "Write with somebody")),
    (Word.SETTINGS, _("command", "Settings")),
    (Word.HIDE, _("command", "Clear this chat")),
    (Word.LANGUAGE, _("command", "Language")),
    (Word.PAUSE, _("command", "Be quiet for a while")),
    (Word.PRIVACY, _("command", "Privacy")),
    (Word.HELP, _("command", "Help")),
)
"""The command menu may be seen by anybody who holds the phone, so it says nothing of danger."""


def main_menu() -> Keyboard:
    """The same choices as buttons under a message."""
    return rows(
        Button(LABELS[Word.GUIDES], "g:list"),
        Button(LABELS[Word.CHECK_IN], "ci:now"),
        SOMEONE,
        Button(LABELS[Word.TALK], "talk"),
        Button(LABELS[Word.SETTINGS], "set"),
        width=2,
    )


def names(contacts: tuple[Agreed, ...]) -> Message:
    """The contact persons, as they are named to her; the organisation's people where there is none yet."""
    if not contacts:
        return _("contact names", "the people at {organisation}")
    if len(contacts) == 1:
        return plain(contacts[0].name)
    return _(
        "contact names",
        "{first} or {others}",
        first=contacts[0].name,
        others=", ".join(contact.name for contact in contacts[1:]),
    )


def home(resident: Resident) -> Outcome[Resident]:
    """Show the menu."""
    question = say(_("menu", "What would you like to do?"), keyboard=main_menu(), stays=True)
    return Outcome(resident, (question,))


def hello() -> Say:
    """Brings the keyboard below the input line, wherever that has gone."""
    return say(_("menu", "Hello."), menu=True, stays=True)


def what_i_am() -> Message:
    """The same words in start, help and every reply about risk (R24)."""
    return _(
        "menu",
        "I am a computer program, not a person, and not an emergency service. "
        "If you are in danger, call {emergency}.",
    )


def help_page(resident: Resident, *, lines: bool = True) -> Outcome[Resident]:
    """What it can do, and where a human is; without `lines` nothing of what for."""
    anybody = (_("menu", "To talk to somebody at any hour: {violence_line}."),) if lines else ()
    text = (
        _(
            "menu",
            "I can ask how you are, show you how practical things are done in Sweden, "
            "and ask a person to get in touch.",
        ),
        _(
            "menu",
            "Press a button or write a word: guides, check-in, settings, hide. Write “someone” to get a person.",
        ),
        what_i_am(),
        *anybody,
    )
    return Outcome(resident, (say(*text, keyboard=main_menu()),))


def someone(resident: Resident) -> Outcome[Resident]:
    """
    She wants a human: no question, no "are you sure".

    Asking is consent to being asked about, whatever she said about telling before.
    """
    text = (
        _("someone", "I am asking {contact} to get in touch with you.", contact=names(resident.contacts)),
        _("someone", "I write to you as soon as somebody has seen it. You can write more here meanwhile."),
        what_i_am(),
    )
    effects: tuple[Effect, ...] = (
        Say(text, purpose=Purpose.EMERGENCY),
        RaiseAlert(Track.URGENT, 2, ("someone",)),
    )
    here = replace(resident, place=Place.MENU) if resident.joined else resident
    return Outcome(here, effects)


def cannot_use(kind: Kind) -> Message:
    """A fitting short answer to what is not text."""
    match kind:
        case Kind.VOICE:
            return _("menu", "I cannot listen to voice messages. Please write, or ask for a person.")
        case Kind.PHOTO | Kind.DOCUMENT:
            return _("menu", "I cannot look at pictures or files. Please write, or ask for a person.")
        case Kind.LOCATION:
            return _("menu", "I do not need to know where you are, and I have not kept it.")
        case Kind.CONTACT:
            return _("menu", "I do not need anybody’s phone number, and I have not kept it.")
        case Kind.STICKER:
            return _("menu", "Thank you. I cannot read stickers. Please write, or use the buttons.")
        case Kind.FORWARD | Kind.OTHER:
            return _("menu", "I can only read what you write yourself. Please write, or ask for a person.")


def not_text(resident: Resident, kind: Kind) -> Outcome[Resident]:
    """Answer, and offer a human."""
    return Outcome(resident, (say(cannot_use(kind), keyboard=rows(SOMEONE)),))


def free_text(resident: Resident) -> Outcome[Resident]:
    """Words that answer no question and show no danger: say honestly what this is, and what is possible."""
    text = (
        _("menu", "Thank you for writing. I am a program and cannot talk with you the way a person can."),
        _("menu", "You can choose something here, or ask for a person."),
    )
    return Outcome(resident, (say(*text, keyboard=main_menu()),))


def unknown_command(resident: Resident) -> Outcome[Resident]:
    """Never silent, never technical."""
    text = _("menu", "I do not know that word. Here is what I can do.")
    return Outcome(resident, (say(text, keyboard=main_menu()),))


def changed() -> Message:
    """For a message that was edited afterwards."""
    return _(
        "menu", "I saw that you changed a message. What counts is what I read first; please write it again."
    )


def old_button() -> Message:
    """For a press that no longer means anything."""
    return _("menu", "That button is from an earlier message. Nothing was changed.")
