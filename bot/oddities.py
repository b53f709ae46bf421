"""
People whose language or time zone this program does not know: they are served in the default, and it is reported.

A catalogue may have been taken out, a zone renamed, or a newer program may have written what this one has not.
"""

import sqlite3
from datetime import datetime

from bot.house import House
from dialogs.notices import NoticeKind, person
from dialogs.people import Resident
from dialogs.schedule import knows_zone
from storage import notices
from storage.people import Known


def locale_gone(house: House, known: Known) -> bool:
    """Whether she is written to in our default language instead of her own."""
    return house.translator.offered(known.person.locale) != known.person.locale


def zone_unknown(_house: House, known: Known) -> bool:
    """Whether her times are taken for those of our default zone; contact persons have none of their own."""
    return isinstance(known.person, Resident) and not knows_zone(known.person.rhythm.zone)


def note(db: sqlite3.Connection, house: House, known: Known, now: datetime) -> None:
    """Report what is odd about somebody who is spoken with."""
    if locale_gone(house, known):
        notices.report(db, NoticeKind.LOCALE_GONE, now, person(known.id))
    if zone_unknown(house, known):
        notices.report(db, NoticeKind.ZONE_UNKNOWN, now, person(known.id))
