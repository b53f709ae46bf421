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


def test_her_message_has_a_time_and_is_taken_once(
    db: sqlite3.Connection, leyla: Known, now: datetime
) -> None:
    """Named at once or later; a press has no message that could go."""
    updates.first_time(db, 1, now, leyla.id, 11, now + HOUR)
    updates.first_time(db, 2, now)
    updates.name_person(db, 2, leyla.id, 12, now + 2 * HOUR)
    updates.first_time(db, 3, now, leyla.id, None, now + HOUR)
    assert updates.whose_vanish(db, now + HOUR, 10) == [leyla.id, leyla.id]
    assert updates.take_vanishing(db, leyla.id, now + HOUR) == [(11, now)]
    updates.vanish_sooner(db, now, HOUR)
    assert updates.take_vanishing(db, leyla.id, now + HOUR) == [(12, now)]
    assert updates.whose_vanish(db, now + 9 * HOUR, 10) == []


def test_what_was_to_go_can_be_made_to_go_again(db: sqlite3.Connection, leyla: Known, now: datetime) -> None:
    """Only what is young enough, and not what goes later anyway."""
    updates.first_time(db, 1, now, leyla.id, 11, None)
    updates.first_time(db, 2, now + HOUR, leyla.id, 12, None)
    updates.first_time(db, 3, now + HOUR, leyla.id, 13, now + 9 * HOUR)
    updates.go_again(db, leyla.id, now, now + 2 * HOUR)
    assert updates.take_vanishing(db, leyla.id, now + 2 * HOUR) == [(12, now + HOUR)]
