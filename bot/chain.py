"""
Who can be told about a resident at this moment: agreement, people and hours read from the database.

It decides nothing: `dialogs/ladder.py` makes the order. One contact person whose row cannot be read does not keep
the others from being told (R9).
"""

import logging
import sqlite3
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Final, TypeAlias

from bot.house import House
from dialogs import rota
from dialogs.escalation_policy import Policy
from dialogs.ladder import Ladder, Reach, build
from dialogs.people import Contact, Person, Resident, Role
from dialogs.rota import RedDay
from storage import links, people
from storage.people import Known

log = logging.getLogger(__name__)

Read: TypeAlias = Callable[[int], Known | None]
"""Opens a person by id; None where there is nobody or the row does not open, which is for the reader to report."""
DEFAULT_POLICY: Final = Policy()
HERE: Final = ("joining", "active")
"""Who has come; whoever was only invited has no chat to be told in."""


def readable(db: sqlite3.Connection, house: House, person_id: int) -> Known | None:
    """Return the person, or None where there is nobody (a press can name any number) or the row does not open."""
    try:
        return people.get(db, house.keyring, person_id)
    except people.PersonNotFound:
        return None
    except people.PersonUnreadable:
        log.exception("a person cannot be read and is passed over", extra={"person": person_id})
        return None


def ladder(
    db: sqlite3.Connection,
    read: Read,
    red_day: RedDay,
    resident: Person,
    level: int,
    now: datetime,
    without: int | None = None,
) -> Ladder:
    """Return who is told about `resident` at `level` now; `without` has just left."""
    policy = (resident.policy if isinstance(resident, Resident) else None) or DEFAULT_POLICY
    agreed = [link.contact_id for link in links.contacts_of(db, resident.id) if link.agreed]
    desk = [each for each in people.ids(db, Role.COORDINATOR, "active") if each not in agreed]

    def here(ids: Iterable[int]) -> list[Reach]:
        found = (reach_of(read(each), red_day, now) for each in ids if each != without)
        return [reach for reach in found if reach is not None]

    return build(policy.of(level), here(agreed), here(desk), now)


def reach_of(known: Known | None, red_day: RedDay, now: datetime) -> Reach | None:
    """How a contact person stands now; None for who has not come yet, cannot be read, or is none."""
    if known is None or known.state not in HERE or not isinstance(known.person, Contact):
        return None
    contact = known.person
    return Reach(
        contact.id,
        contact.name,
        contact.role is Role.COORDINATOR,
        rota.next_on_duty(contact.duty, now, red_day),
        contact.away.until if contact.away is not None else None,
        contact.away.stand_in if contact.away is not None else None,
    )
