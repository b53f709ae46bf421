"""
Who can be told about a resident at this moment: agreement, people and hours read from the database.

It decides nothing: `dialogs/ladder.py` makes the order. One contact person whose row cannot be read does not keep
the others from being told (R9).
"""

import logging
import sqlite3
from datetime import datetime
from typing import Final

from bot.house import House
from dialogs import rota
from dialogs.escalation_policy import Policy
from dialogs.ladder import Ladder, Reach, build
from dialogs.people import Contact, Person, Resident, Role
from storage import links, people
from storage.people import Known

log = logging.getLogger(__name__)

DEFAULT_POLICY: Final = Policy()
HERE: Final = ("joining", "active")
"""Who has come; whoever was only invited has no chat to be told in."""


def readable(db: sqlite3.Connection, house: House, person_id: int) -> Known | None:
    """Return the person, or None where there is nobody or the row does not open."""
    try:
        return people.get(db, house.keyring, person_id)
    except (people.PersonNotFound, people.PersonUnreadable):
        log.exception("a person cannot be read and is passed over", extra={"person": person_id})
        return None


def ladder(
    db: sqlite3.Connection,
    house: House,
    resident: Person,
    level: int,
    now: datetime,
    without: int | None = None,
) -> Ladder:
    """Return who is told about `resident` at `level` now; `without` has just left."""
    policy = (resident.policy if isinstance(resident, Resident) else None) or DEFAULT_POLICY
    agreed, coordinators = reaches(db, house, resident.id, now, without)
    return build(policy.of(level), agreed, coordinators, now)


def reaches(
    db: sqlite3.Connection, house: House, resident_id: int, now: datetime, without: int | None = None
) -> tuple[list[Reach], list[Reach]]:
    """Return whom she agreed to, the first one first, and the coordinators."""
    agreed = [link.contact_id for link in links.contacts_of(db, resident_id) if link.agreed]
    desk = [each for each in people.ids(db, Role.COORDINATOR, "active") if each not in agreed]
    return (
        [reach for each in agreed if each != without and (reach := reach_of(db, house, each, now))],
        [reach for each in desk if each != without and (reach := reach_of(db, house, each, now))],
    )


def reach_of(db: sqlite3.Connection, house: House, person_id: int, now: datetime) -> Reach | None:
    """How one contact person stands now; None for who has not come yet, or cannot be read."""
    known = readable(db, house, person_id)
    if known is None or known.state not in HERE or not isinstance(known.person, Contact):
        return None
    contact = known.person
    return Reach(
        contact.id,
        contact.name,
        contact.role is Role.COORDINATOR,
        rota.next_on_duty(contact.duty, now, house.red_day),
        contact.away.until if contact.away is not None else None,
        contact.away.stand_in if contact.away is not None else None,
    )
