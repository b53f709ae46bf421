"""
A resident's chat is frozen or given back to her, by a coordinator at the desk or an operator at a terminal.

What waits for her in the outbox is dropped in the same transaction; what is under way at that moment may still
arrive. An open notice reminds the coordinators every day that a chat is frozen.
"""

import sqlite3
from datetime import datetime

from bot.carrying import Carrier
from bot.house import House
from bot.ordering import Ordered
from dialogs import freezing
from dialogs.events import Event, Frozen, Unfrozen
from dialogs.notices import NoticeKind
from dialogs.people import Resident
from storage import audit, notices, outbox, people
from storage.audit import Did
from storage.people import Known


class NoSuchResident(Exception):
    """There is nobody with this id, or it is no resident, or the row does not open."""

    def __init__(self, person_id: int) -> None:
        super().__init__(f"there is no resident {person_id}; `vidare people` lists who is here")
        self.person_id = person_id


def resident(db: sqlite3.Connection, house: House, person_id: int) -> tuple[Known, Resident]:
    """Return her as stored; raises `NoSuchResident`."""
    try:
        known = people.get(db, house.keyring, person_id)
    except (people.PersonNotFound, people.PersonUnreadable):
        raise NoSuchResident(person_id) from None
    if not isinstance(known.person, Resident):
        raise NoSuchResident(person_id)
    return known, known.person


def freeze(db: sqlite3.Connection, house: House, person_id: int, now: datetime, actor: int | None) -> bool:
    """Say nothing in her chat from now on; returns whether her contact persons were told. A second time is none."""
    known, her = resident(db, house, person_id)
    if not freezing.is_frozen(her):
        outbox.drop_for_person(db, person_id)
        _happen(db, house, known, Frozen(), now)
        notices.report(db, NoticeKind.PERSON_FROZEN, now, audit.person(person_id))
        audit.note(db, now, actor, Did.PERSON_FROZEN, audit.person(person_id))
    return her.can_be_told()


def unfreeze(db: sqlite3.Connection, house: House, person_id: int, now: datetime, actor: int | None) -> bool:
    """Give it back to her; returns whether it was frozen."""
    known, her = resident(db, house, person_id)
    if not freezing.is_frozen(her):
        return False
    _happen(db, house, known, Unfrozen(), now)
    notices.end(db, NoticeKind.PERSON_FROZEN, now, audit.person(person_id))
    audit.note(db, now, actor, Did.PERSON_UNFROZEN, audit.person(person_id))
    return True


def _happen(db: sqlite3.Connection, house: House, known: Known, event: Event, now: datetime) -> None:
    """What follows waits in the outbox, where the running bot finds it."""
    Carrier(db, house, now, Ordered()).happen(known, event)
