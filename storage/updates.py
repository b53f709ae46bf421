"""
Updates that were handled: one that Telegram hands over twice changes nothing the second time.
"""

import sqlite3
from datetime import datetime

from storage.database import load_queries
from storage.moments import to_integer

_queries = load_queries("updates")


def first_time(
    db: sqlite3.Connection,
    update_id: int,
    now: datetime,
    person_id: int | None = None,
    message_id: int | None = None,
) -> bool:
    """Record the update; False where it was recorded before."""
    return bool(
        _queries.record(
            db, update_id=update_id, now=to_integer(now), person_id=person_id, message_id=message_id
        )
    )


def name_person(db: sqlite3.Connection, update_id: int, person_id: int, message_id: int | None) -> None:
    """Add whose update it was, once that is known, and her message in it."""
    _queries.name_person(db, update_id=update_id, person_id=person_id, message_id=message_id)


def messages_since(db: sqlite3.Connection, person_id: int, since: datetime) -> list[int]:
    """Return Telegram's ids of the messages this person wrote, the earliest first."""
    return [row[0] for row in _queries.messages_since(db, person_id=person_id, since=to_integer(since))]


def count(db: sqlite3.Connection, person_id: int) -> int:
    """Return how many are recorded as hers."""
    return int(_queries.count(db, person_id=person_id))


def forget_older(db: sqlite3.Connection, before: datetime, limit: int = 1000) -> int:
    """Delete up to `limit` updates received before `before`; returns how many. Call it until that is 0."""
    return int(_queries.forget_older(db, before=to_integer(before), limit=limit))
