"""
Waves: an activity reaches the residents one page after the other, whenever nothing more urgent is due.

A page is one transaction, and how far the wave has come is written in it: after a crash it goes on there, and nobody
is reached twice. Who is told, and when, is decided for each resident by herself (`dialogs/coming.py`).
"""

import logging
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.carrying import Carrier
from bot.house import House
from dialogs.activity import Activity
from dialogs.events import ActivityComes
from dialogs.notices import NoticeKind
from storage import activities, notices, people

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Page:
    """The residents whom an activity reaches now."""

    activity: Activity
    residents: Sequence[int]


def next_page(db: sqlite3.Connection, house: House, now: datetime, limit: int) -> Page | None:
    """Take the next page of the oldest wave; None where there is none. One that is over tells nobody any more."""
    wave = activities.wave(db)
    if wave is None:
        return None
    activity = _readable(db, house, wave.activity_id, now)
    residents = activities.page(db, wave.told_up_to, limit) if activity and now < activity.ends_at else []
    whole = len(residents) == limit
    activities.reached(db, wave.activity_id, residents[-1] if whole else None)
    if activity is None:
        return None
    return Page(activity, residents)


def _readable(db: sqlite3.Connection, house: House, activity_id: int, now: datetime) -> Activity | None:
    try:
        return activities.get(db, house.doors.system, activity_id)
    except activities.ActivityUnreadable:
        log.error("an activity cannot be read and is told to nobody", extra={"activity": activity_id})
        notices.report(db, NoticeKind.RECORD_FAILED, now, f"activity:{activity_id}")
        return None


def reach(
    carrier: Carrier, *, db: sqlite3.Connection, house: House, resident_id: int, activity: Activity
) -> None:
    """Let the wave reach one resident."""
    carrier.happen(people.get(db, house.keyring, resident_id), ActivityComes(activity))
