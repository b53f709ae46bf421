"""Updates: one that comes twice changes nothing."""

import sqlite3
from datetime import datetime, timedelta

from storage import updates
from storage.people import Known

HOUR = timedelta(hours=1)


def test_an_update_is_new_once(db: sqlite3.Connection, now: datetime) -> None:
    """Telegram hands over again what was not confirmed."""
    assert updates.first_time(db, 1, now)
    assert not updates.first_time(db, 1, now + HOUR)
    assert updates.first_time(db, 2, now)


def test_her_messages_are_known_for_hiding(db: sqlite3.Connection, leyla: Known, now: datetime) -> None:
    """Named at once or later; a press has no message of hers."""
    updates.first_time(db, 1, now, leyla.id, 11)
    updates.first_time(db, 2, now + HOUR)
    updates.name_person(db, 2, leyla.id, 12)
    updates.first_time(db, 3, now + HOUR, leyla.id)
    assert updates.messages_since(db, leyla.id, now) == [11, 12]
    assert updates.messages_since(db, leyla.id, now + HOUR) == [12]
    assert updates.count(db, leyla.id) == 3


def test_old_updates_are_forgotten_by_age_not_by_number(db: sqlite3.Connection, now: datetime) -> None:
    """After a quiet week Telegram starts its numbers anew."""
    updates.first_time(db, 900, now)
    updates.first_time(db, 5, now + HOUR)
    assert updates.forget_older(db, now + HOUR) == 1
    assert not updates.first_time(db, 5, now)
    assert updates.first_time(db, 900, now)
