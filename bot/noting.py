"""
Internal notes written and opened: for helpers a resident agreed to, whoever has a case of hers, and coordinators.

The way out is its own (`line_up`): it makes plain words for a helper's chat, and raises where the chat is a resident's.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from bot.chain import Read
from bot.ordering import Turn
from bot.outgoing import Send, split
from bot.speaking import Speaking
from bot.transaction import Transaction
from dialogs import notes_page
from dialogs.effects import Say, ShowInternalNotes, WriteInternalNote
from dialogs.events import InternalNotesGathered
from dialogs.internal_notes import SHOWN, InternalNote
from dialogs.people import Contact, Resident, Role
from storage import alerts, audit, internal_notes, links
from storage.people import Known


class NotForResidents(Exception):
    """Something tried to show an internal note to a resident; nothing was sent."""

    def __init__(self, person_id: int) -> None:
        super().__init__(f"an internal note was on its way to resident {person_id}")
        self.person_id = person_id


def may_open(db: sqlite3.Connection, helper: Known, resident: Known) -> bool:
    """Whether this helper may read and write notes about her now."""
    if helper.role is Role.COORDINATOR:
        return True
    agreed = any(link.agreed and link.contact_id == helper.id for link in links.contacts_of(db, resident.id))
    return agreed or any(holder == helper.id for holder in _holders(db, resident))


def _holders(db: sqlite3.Connection, resident: Known) -> Iterator[int | None]:
    for case in alerts.open_alerts(db):
        if case.resident_id == resident.id:
            try:
                yield alerts.get(db, resident.box, case.id).holder
            except alerts.AlertUnreadable:
                continue


def write(db: sqlite3.Connection, helper: Known, resident: Known | None, note: InternalNote) -> bool:
    """Keep a note; returns False where it is not this helper's to write."""
    if resident is None or not isinstance(resident.person, Resident) or not may_open(db, helper, resident):
        return False
    internal_notes.write(db, resident.box, resident.id, replace(note, author=helper.id))
    return True


def gather(
    db: sqlite3.Connection, read: Read, helper: Known, resident: Known | None
) -> tuple[InternalNote, ...] | None:
    """Return the latest notes, signed, the oldest of them first; None where they are not this helper's to read."""
    if resident is None or not isinstance(resident.person, Resident) or not may_open(db, helper, resident):
        return None
    found = internal_notes.about(db, resident.box, resident.id, SHOWN)
    return tuple(_signed(reversed(found), read))


def page(
    db: sqlite3.Connection, read: Read, helper: Known, resident: Known, before: int
) -> tuple[list[InternalNote], int | None]:
    """Return notes signed, the latest first, and where the next page begins; nothing where they are not hers."""
    if not may_open(db, helper, resident):
        return [], None
    found, older = internal_notes.page(db, resident.box, resident.id, SHOWN, before)
    return _signed(found, read), older


def everything(db: sqlite3.Connection, read: Read, resident: Known) -> list[InternalNote]:
    """Return all notes about her, signed, the oldest first: for the operator, when she asks to see them."""
    count = internal_notes.count(db, resident.id)
    return _signed(reversed(internal_notes.about(db, resident.box, resident.id, count)), read)


def _signed(notes: Iterable[InternalNote], read: Read) -> list[InternalNote]:
    return [replace(each, by=_name(read(each.author))) for each in notes]


def _name(author: Known | None) -> str:
    return author.person.name if author is not None and isinstance(author.person, Contact) else "–"


def line_up(
    reader: Known, heading: str, notes: tuple[InternalNote, ...], moments: Callable[[InternalNote], str]
) -> str:
    """Return the words for a helper's chat; raises `NotForResidents` for anybody else's."""
    if not isinstance(reader.person, Contact):
        raise NotForResidents(reader.id)
    return "\n\n".join([heading, *(f"{moments(each)} {each.by}: {each.words}" for each in notes)])


# --- orders ---


def write_and_say(transaction: Transaction, speaking: Speaking, order: WriteInternalNote, turn: Turn) -> None:
    """Keep it, or say that it is not hers to write."""
    kept = write(transaction.db, turn.known, transaction.read(order.resident), order.note)
    speaking.say(Say(notes_page.kept() if kept else notes_page.not_yours()), turn)


def gathered(transaction: Transaction, helper: Known, resident_id: int) -> InternalNotesGathered:
    """What this helper may read about her, and the name she is known by."""
    resident = transaction.read(resident_id)
    found = gather(transaction.db, transaction.read, helper, resident)
    alias = resident.person.alias if resident and isinstance(resident.person, Resident) else ""
    if found is not None:
        about = audit.person(resident_id)
        audit.note(transaction.db, transaction.now, helper.id, audit.Did.NOTES_OPENED, about)
    return InternalNotesGathered(resident_id, alias, found)


def show(transaction: Transaction, speaking: Speaking, order: ShowInternalNotes, turn: Turn) -> None:
    """The one way out of internal notes (R33): `line_up` raises where the chat is not a helper's."""
    reader, say = speaking.wording.reader(turn.person), transaction.house.translator
    heading = say.message(order.heading, reader)
    text = line_up(turn.known, heading, order.notes, lambda note: say.value(note.at, reader))
    if turn.known.chat_id is None:
        return
    buttons, offered = speaking.wording.buttons(order.keyboard, turn.person)
    turn.offered += offered
    pieces = split(text)
    for place, piece in enumerate(pieces):
        last = place == len(pieces) - 1
        speaking.put_reply(turn, Send(turn.known.chat_id, piece, buttons if last else ()))
