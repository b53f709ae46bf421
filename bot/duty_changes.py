"""
Changes to a contact person's hours, absences and limit, by a coordinator at the desk or an operator at a terminal.

What was written is checked here, once for both; who changed it is noted in the audit.
"""

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TypeAlias

from bot.house import House
from dialogs import load
from dialogs.absence import BACK_AT
from dialogs.duty import LONGEST_AWAY, Away, Duty, read_shift
from dialogs.people import Contact
from dialogs.schedule import DEFAULT_ZONE, moment_on
from storage import audit, people
from storage.audit import Did

Change: TypeAlias = Callable[[Contact], Contact]


class NoSuchContactPerson(Exception):
    """There is nobody with this id, or it is a resident, or the row does not open."""

    def __init__(self, person_id: int) -> None:
        super().__init__(f"there is no contact person {person_id}; `vidare people` lists who is here")
        self.person_id = person_id


class DayOutOfReach(Exception):
    """An absence ends tomorrow at the earliest, and in 90 days at the latest."""

    def __init__(self) -> None:
        super().__init__("give a day from tomorrow on, at most 90 days ahead")


class LimitOutOfReach(Exception):
    """A limit is a small number."""

    def __init__(self) -> None:
        super().__init__(f"give a number from 0 to {load.HIGHEST}")


def hours(lines: Sequence[str]) -> Change:
    """These hours; none at all: at any time. Raises `HoursUnreadable`."""
    shifts = tuple(read_shift(line) for line in lines if line.strip())
    duty = Duty(shifts) if shifts else None
    return lambda contact: replace(contact, duty=duty)


def away(until: date, stand_in: int | None, now: datetime) -> Change:
    """Away until this day; raises `DayOutOfReach`."""
    moment = moment_on(until, BACK_AT, DEFAULT_ZONE)
    if not now < moment <= now + LONGEST_AWAY:
        raise DayOutOfReach
    return lambda contact: replace(contact, away=Away(moment.astimezone(UTC), stand_in))


def back() -> Change:
    """Here again."""
    return lambda contact: replace(contact, away=None)


def limit(most: int | None) -> Change:
    """So many residents; None: the usual number. Raises `LimitOutOfReach`."""
    if most is not None and not 0 <= most <= load.HIGHEST:
        raise LimitOutOfReach
    return lambda contact: replace(contact, most=most)


def keep(
    db: sqlite3.Connection,
    house: House,
    person_id: int,
    change: Change,
    did: Did,
    now: datetime,
    actor: int | None = None,
) -> Contact:
    """Change, save and note it; raises `NoSuchContactPerson`."""
    try:
        known = people.get(db, house.keyring, person_id)
    except (people.PersonNotFound, people.PersonUnreadable):
        raise NoSuchContactPerson(person_id) from None
    if not isinstance(known.person, Contact):
        raise NoSuchContactPerson(person_id)
    changed = change(known.person)
    people.save_person(db, known.box, changed, now)
    audit.note(db, now, actor, did, audit.person(person_id))
    return changed
