"""
The name a contact person is shown by to her residents: chosen by herself, short, and nobody else's here.

Cases that are open keep the name under which she was told of them.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from dialogs.effects import RenameHelper
from dialogs.joining import is_name
from dialogs.outcome import Outcome, say
from dialogs.people import Contact, Place
from dialogs.screen import Button, Keyboard, rows
from dialogs.text import _

_ALSO: Final = frozenset(" -.'’·\u200c")
"""What stands in names beside letters; the last one joins nothing and is seen by nobody, but Persian needs it."""


def ask(contact: Contact) -> Outcome[Contact]:
    """By button or word."""
    text = (
        _("own name", "Your residents see you as {name}.", name=contact.name),
        _("own name", "Write the name you want them to see: one or two words. It need not be your real one."),
    )
    return Outcome(replace(contact, place=Place.OWN_NAME), (say(*text, keyboard=_stay()),))


def _stay() -> Keyboard:
    return rows(Button(_("own name", "Leave it as it is"), "nm:stay"))


def wrote(contact: Contact, text: str) -> Outcome[Contact]:
    """Only a short name is one: it stands on other people's screens."""
    name = " ".join(text.split())
    if not is_name(name) or not _is_plain(name):
        sorry = _("own name", "Please write only a short name: one or two words, only letters.")
        return Outcome(contact, (say(sorry, keyboard=_stay()),))
    return Outcome(contact, (RenameHelper(name),))


def _is_plain(name: str) -> bool:
    """Letters of any script; a number or an address could be taken for something to call or to open."""
    plain = all(unicodedata.category(sign)[0] in "LM" or sign in _ALSO for sign in name)
    return plain and any(sign.isalpha() for sign in name) and not _is_address(name)


def _is_address(name: str) -> bool:
    """A dot ends a word or an initial; inside a word it makes a link."""
    return any("." in word.rstrip(".") for word in name.split())


def kept(contact: Contact, name: str) -> Outcome[Contact]:
    """From now on."""
    text = _("own name", "Done. Your residents see you as {name}.", name=name)
    return Outcome(replace(contact, name=name, place=Place.MENU), (say(text),))


def taken(contact: Contact) -> Outcome[Contact]:
    """Two of the same name cannot be told apart by whoever needs one of them."""
    sorry = _("own name", "Somebody else here has that name already. Please write another one.")
    return Outcome(contact, (say(sorry, keyboard=_stay()),))


def press(contact: Contact, choice: Sequence[str]) -> Outcome[Contact] | None:
    """Take `nm…`; None where it fits nothing."""
    match choice:
        case []:
            return ask(contact)
        case ["stay"]:
            return stayed(contact)
        case _:
            return None


def stayed(contact: Contact) -> Outcome[Contact]:
    """Nothing changes."""
    text = _("own name", "Your residents see you as {name}.", name=contact.name)
    return Outcome(replace(contact, place=Place.MENU), (say(text),))
