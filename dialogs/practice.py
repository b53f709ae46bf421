"""
A practice case: a whole alert from "I have it" to "reached, and safe", at any time, that is none.

Each screen says so first. Nobody is told and no case is touched. Typed words work as they do in a real case; a real
case that waits comes first.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from dialogs.alert import (
    Acknowledged,
    ContactAnswer,
    Declined,
    Mistaken,
    NotReached,
    Reached,
    ReachedNeedsMore,
    ReachedSafe,
)
from dialogs.outcome import Outcome, say
from dialogs.people import Contact, Place
from dialogs.screen import Button, Keyboard, rows
from dialogs.text import Message, _
from dialogs.words import LABELS, Word

BUTTON: Final = Button(LABELS[Word.PRACTICE], "pr:begin")
_ASKED, _HELD, _REACHED = range(3)
"""Where she is: kept in `Contact.page`, which the introduction no longer needs."""
_STEPS: Final[Mapping[tuple[int, type[ContactAnswer]], int]] = {
    (_ASKED, Acknowledged): _HELD,
    (_HELD, Reached): _REACHED,
}
_ANSWERS: Final[Mapping[str, type[ContactAnswer]]] = {
    "have": Acknowledged,
    "cannot": Declined,
    "reached": Reached,
    "missed": NotReached,
    "mistaken": Mistaken,
    "safe": ReachedSafe,
    "more": ReachedNeedsMore,
}


def begin(contact: Contact) -> Outcome[Contact]:
    """The first screen looks like a telling."""
    here = replace(contact, place=Place.PRACTICE, page=_ASKED)
    return Outcome(here, (say(*_screen(_ASKED), keyboard=_keyboard(_ASKED)),))


def is_practising(contact: Contact) -> bool:
    """Whether a typed answer may be about the practice case."""
    return contact.place is Place.PRACTICE


def press(contact: Contact, pressed: str) -> Outcome[Contact] | None:
    """Take `pr:…`; None for what is not ours."""
    what = pressed.partition(":")[2]
    if what == "begin":
        return begin(contact)
    if what not in _ANSWERS or not is_practising(contact):
        return None
    return answered(contact, _ANSWERS[what])


def answered(contact: Contact, answer: type[ContactAnswer]) -> Outcome[Contact]:
    """Go on, or hear what that answer would do in a real case."""
    step = contact.page
    if onward := _STEPS.get((step, answer)):
        here = replace(contact, page=onward)
        return Outcome(here, (say(*_screen(onward), keyboard=_keyboard(onward)),))
    if answer is ReachedSafe and step != _ASKED:
        return _learnt(contact)
    return Outcome(contact, (say(_practice(), _would(answer), keyboard=_keyboard(step)),))


def _practice() -> Message:
    return _("practice", "🔵 Practice. Nobody needs help, and nobody is told.")


def _screen(step: int) -> tuple[Message, ...]:
    match step:
        case 0:
            return (
                _practice(),
                _("practice", "In a real case this line says who it is about, when, and why."),
                _(
                    "practice",
                    "Take it on with “I have it”. If you cannot, say so, and I ask the next person.",
                ),
            )
        case 1:
            return (
                _practice(),
                _(
                    "practice",
                    "You have the practice case. In a real one the others and the resident know that now.",
                ),
                _("practice", "Get in touch in your own way. Then say how it went: press “Reached”."),
            )
        case _:
            return (
                _practice(),
                _(
                    "practice",
                    "Good. Reached alone does not end a case, so I ask how it is. Press “Reached, and safe”.",
                ),
            )


def _keyboard(step: int) -> Keyboard:
    words: tuple[tuple[Word, str], ...]
    match step:
        case 0:
            words = ((Word.HAVE_IT, "have"), (Word.CANNOT, "cannot"))
        case 1:
            words = ((Word.REACHED, "reached"), (Word.NOT_REACHED, "missed"), (Word.MISTAKE, "mistaken"))
        case _:
            words = ((Word.SAFE, "safe"), (Word.NEEDS_MORE, "more"))
    return rows(*(Button(LABELS[word], f"pr:{what}") for word, what in words))


def _would(answer: type[ContactAnswer]) -> Message:
    if answer is Declined:
        return _("practice", "In a real case I would ask the next person at once. That is always all right.")
    if answer is NotReached:
        return _("practice", "In a real case it would stay open, and I would ask the next person.")
    if answer is ReachedNeedsMore:
        return _(
            "practice",
            "In a real case it would stay with you, and the coordinators would hear that more is needed.",
        )
    if answer is Mistaken:
        return _("practice", "In a real case I would ask whether you have talked with her yourself.")
    return _("practice", "That answer comes at another place. Choose one of the buttons.")


def _learnt(contact: Contact) -> Outcome[Contact]:
    text = (
        _practice(),
        _("practice", "That was a whole case. It ends only when somebody has reached her."),
        _(
            "practice",
            "You have seen: take it on, get in touch, say how it went. Without an outcome I ask you again, "
            "and then the next person.",
        ),
    )
    here = replace(contact, place=Place.MENU, page=0)
    return Outcome(here, (say(*text, keyboard=rows(BUTTON)),))
