"""
A resident's check who is reading, taken away by whoever runs the bot, because she has forgotten what she wrote.

Whoever holds her phone sees everything afterwards: so it is done only when she has asked for it herself, in another
way than the chat. It is noted. An alert that a code has just called for is still raised.
"""

import sqlite3
from dataclasses import replace
from datetime import datetime

from bot.house import House
from dialogs.lock import Lock
from dialogs.people import Place, Resident
from storage import audit, people


class NoCode(Exception):
    """There is no such resident, or the row does not open, or she is asked for nothing."""

    def __init__(self, person_id: int) -> None:
        super().__init__(f"there is no resident {person_id} who is asked for a number or word")
        self.person_id = person_id


def reset(
    db: sqlite3.Connection, house: House, person_id: int, now: datetime, actor: int | None = None
) -> None:
    """Take it away and note it; raises `NoCode`."""
    try:
        known = people.get(db, house.keyring, person_id)
    except (people.PersonNotFound, people.PersonUnreadable):
        raise NoCode(person_id) from None
    resident = known.person
    if not isinstance(resident, Resident) or resident.lock is None or not resident.lock.is_set:
        raise NoCode(person_id)
    bare = Lock(calls=resident.lock.calls)
    people.save_person(db, known.box, replace(resident, lock=bare, place=Place.MENU), now)
    audit.note(db, now, actor, audit.Did.CODE_RESET, audit.person(person_id))
