"""
The daily audit "who would be told now?": residents and helpers read from the database, holes made into notices.

`dialogs/audit.py` finds the holes. One person whose row cannot be read does not end the look at the others.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot import chain
from bot.house import House
from dialogs import audit, helper_joining
from dialogs import notices as noticed
from dialogs.audit import Helper, Hole, Protected, WhoNow
from dialogs.guide import overdue
from dialogs.notices import NoticeKind
from dialogs.people import Contact, Resident, Role
from dialogs.schedule import local_day
from storage import links, notices, people


@dataclass(frozen=True, slots=True)
class Look:
    """What one look found."""

    residents: Sequence[Protected]
    helpers: Sequence[Helper]
    holes: Sequence[Hole]
    who: Sequence[WhoNow]


def look(db: sqlite3.Connection, house: House, now: datetime) -> Look:
    """Ask about every active resident; nothing is written."""
    residents = [
        found for each in people.ids(db, Role.RESIDENT, "active") if (found := _protected(db, house, each))
    ]
    helpers = [seen for each in _helper_ids(db) if (seen := _helper(db, house, each, now))]
    return Look(
        residents, helpers, audit.holes(residents, helpers, now), audit.who_now(residents, helpers, now)
    )


def record(db: sqlite3.Connection, house: House, now: datetime) -> Look:
    """Look, and make the open notices be what was found."""
    found = look(db, house, now)
    for kind in audit.KINDS:
        notices.agree(db, kind, {hole.subject for hole in found.holes if hole.kind is kind}, now)
    today = local_day(now, house.default_zone)
    old = {noticed.guide(each) for each in overdue(house.knowledge.guides, today)}
    notices.agree(db, NoticeKind.GUIDE_OLD, old, now)
    unchecked = {
        noticed.place(each.id) for each in house.knowledge.near.places.values() if each.is_old(today)
    }
    notices.agree(db, NoticeKind.NEAR_OLD, unchecked, now)
    return found


def _helper_ids(db: sqlite3.Connection) -> list[int]:
    roles = (Role.CONTACT, Role.COORDINATOR)
    return [each for role in roles for state in chain.HERE for each in people.ids(db, role, state)]


def _protected(db: sqlite3.Connection, house: House, resident_id: int) -> Protected | None:
    known = chain.readable(db, house, resident_id)
    if known is None or not isinstance(known.person, Resident):
        return None
    agreed = tuple(link.contact_id for link in links.contacts_of(db, resident_id) if link.agreed)
    return Protected(resident_id, agreed, known.person.policy or chain.DEFAULT_POLICY)


def _helper(db: sqlite3.Connection, house: House, person_id: int, now: datetime) -> Helper | None:
    known = chain.readable(db, house, person_id)
    reach = chain.reach_of(known, house.red_day, now)
    if known is None or reach is None or not isinstance(known.person, Contact):
        return None
    return Helper(reach, helper_joining.is_untested(known.person, now), known.reachable)
