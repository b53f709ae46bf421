"""
Internal notes, as a helper reads and writes them: about one resident, for those who may open her.

While she writes one, her next words are the note and nothing else, however long it takes; only a button or a command
ends that. So words meant for colleagues are never taken for words to a resident.
"""

from dataclasses import replace
from datetime import datetime

from dialogs import menu
from dialogs.effects import GatherInternalNotes, GatherResidents, ShowInternalNotes, Toast, WriteInternalNote
from dialogs.events import InternalNotesGathered
from dialogs.internal_notes import LONGEST, InternalNote
from dialogs.outcome import Outcome, say
from dialogs.people import Contact, Place
from dialogs.screen import Button, rows
from dialogs.text import Text, _


def press(contact: Contact, data: str) -> Outcome[Contact]:
    """Take `no:…`."""
    match data.split(":")[1:]:
        case ["read", resident] if resident.isdecimal():
            return Outcome(contact, (GatherInternalNotes(int(resident)),))
        case ["write", resident] if resident.isdecimal():
            return _ask(contact, int(resident))
        case ["cancel"]:
            text = _("internal note", "Good. No note was written.")
            return Outcome(_done(contact), (say(text, in_place=True),))
        case _:
            return Outcome(contact, (Toast((menu.old_button(),)),))


def _done(contact: Contact) -> Contact:
    return replace(contact, place=Place.MENU, noting=0)


def _ask(contact: Contact, resident: int) -> Outcome[Contact]:
    asking = replace(contact, place=Place.NOTE, noting=resident)
    text = (
        _(
            "internal note",
            "📝 Write the note now. Colleagues who may open this resident read it, the resident does not.",
        ),
        _(
            "internal note",
            "The resident may ask the organisation to see it. Write nothing about others by name.",
        ),
    )
    cancel = rows(Button(_("internal note", "No note"), "no:cancel"))
    return Outcome(asking, (say(*text, keyboard=cancel),))


def wrote(contact: Contact, text: str, now: datetime) -> Outcome[Contact]:
    """Keep it, where it is short enough; what is too long stays hers to shorten."""
    if len(text) > LONGEST:
        sorry = _("internal note", "A note has at most 1000 characters. Write it shorter; nothing was kept.")
        return Outcome(
            contact, (say(sorry, keyboard=rows(Button(_("internal note", "No note"), "no:cancel"))),)
        )
    note = InternalNote(text.strip(), now, contact.id)
    return Outcome(_done(contact), (WriteInternalNote(contact.noting, note),))


def kept() -> Text:
    """It is written down."""
    return (_("internal note", "📝 Kept. Only colleagues who may open this resident can read it."),)


def not_yours() -> Text:
    """She took her yes back meanwhile, or the number was made up."""
    return (
        _("internal note", "This resident is not one of yours. Nothing was opened and nothing was kept."),
    )


def only_words(contact: Contact) -> Outcome[Contact]:
    """A picture while she writes a note is meant for colleagues: it must not go to the talk that is open beside."""
    sorry = _("internal note", "A note holds words only. Nothing was kept, and nothing was sent to anybody.")
    return Outcome(contact, (say(sorry, keyboard=rows(Button(_("internal note", "No note"), "no:cancel"))),))


def at_the_desk(contact: Contact) -> Outcome[Contact]:
    """A coordinator may read about everybody, which takes a larger screen; who agreed to her is listed here too."""
    text = _("internal note", "📝 The notes about all residents stand at the desk: write “desk”.")
    return Outcome(contact, (say(text), GatherResidents()))


def gathered(contact: Contact, event: InternalNotesGathered) -> Outcome[Contact]:
    """The latest ones, by an order of their own; or a kind no."""
    if event.notes is None:
        return Outcome(contact, (say(*not_yours()),))
    write = rows(Button(_("internal note", "📝 Write a note"), f"no:write:{event.resident}"))
    heading = (
        _("internal note", "📝 Notes about {alias}", alias=event.alias)
        if event.notes
        else _("internal note", "📝 There is no note about {alias} yet.", alias=event.alias)
    )
    return Outcome(contact, (ShowInternalNotes(heading, event.notes, write),))
