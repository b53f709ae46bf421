"""
Contact persons whom Telegram cannot reach: the coordinators hear of it at once, and whoever runs the bot sees it.

A resident who cannot be reached is another matter: that is an event of hers (R5).
"""

import sqlite3
from datetime import datetime

from bot import sweeping
from bot.carrying import Carrier
from dialogs.helper_texts import cannot_be_reached
from dialogs.notices import NoticeKind, person
from dialogs.people import Contact, Role
from storage import notices, people
from storage.people import Known


def changed(db: sqlite3.Connection, known: Known, reachable: bool, now: datetime, carrier: Carrier) -> None:
    """Write whether messages reach her; where a contact person is lost, report and tell it once."""
    people.set_reachable(db, known.id, reachable, now)
    if reachable:
        sweeping.again(db, known.id, now)
    if not isinstance(known.person, Contact):
        return
    if reachable:
        notices.end(db, NoticeKind.CONTACT_UNREACHABLE, now, person(known.id))
    elif notices.report(db, NoticeKind.CONTACT_UNREACHABLE, now, person(known.id)):
        _tell_coordinators(db, known.person, carrier)


def _tell_coordinators(db: sqlite3.Connection, contact: Contact, carrier: Carrier) -> None:
    for each in people.ids(db, Role.COORDINATOR, "active"):
        if each != contact.id:
            carrier.tell(each, cannot_be_reached(contact.name))
