"""
Updates that were handled: one that Telegram hands over twice changes nothing the second time.
"""

import sqlite3
from datetime import datetime, timedelta

from storage.database import load_queries
from storage.moments import milliseconds, to_integer, to_integer_or_none, to_moment

_queries = load_queries("updates")


def first_time(
    db: sqlite3.Connection,
    update_id: int,
    now: datetime,
    person_id: int | None = None,
    message_id: int | None = None,
    vanish_at: datetime | None = None,
) -> bool:
    """Record the update, and when the message in it is to be deleted; False where it was recorded before."""
    return bool(
        _queries.record(
            db,
            update_id=update_id,
            now=to_integer(now),
            person_id=person_id,
            message_id=message_id,
            vanish_at=to_integer_or_none(vanish_at),
        )
    )


def name_person(
    db: sqlite3.Connection,
    update_id: int,
    person_id: int,
    message_id: int | None,
    vanish_at: datetime | None = None,
) -> None:
    """Add whose update it was, once that is known, and her message in it."""
    _queries.name_person(
        db,
        update_id=update_id,
        person_id=person_id,
        message_id=message_id,
        vanish_at=to_integer_or_none(vanish_at),
    )


def messages_since(db: sqlite3.Connection, person_id: int, since: datetime) -> list[int]:
    """Return Telegram's ids of the messages this person wrote, the earliest first."""
    return [row[0] for row in _queries.messages_since(db, person_id=person_id, since=to_integer(since))]


def whose_vanish(db: sqlite3.Connection, by: datetime, limit: int) -> list[int]:
    """Return whose messages are to be deleted by then, the longest due first; a person comes once for each."""
    return [row[0] for row in _queries.whose_vanish(db, by=to_integer(by), limit=limit)]


def take_vanishing(db: sqlite3.Connection, person_id: int, by: datetime) -> list[tuple[int, datetime]]:
    """Take what is to be deleted by then: Telegram's ids, and since when each stands there."""
    rows = list(_queries.take_vanishing(db, person_id=person_id, by=to_integer(by)))
    return [(message_id, to_moment(since)) for message_id, since in rows if message_id is not None]


def put_off_vanishing(db: sqlite3.Connection, person_id: int, by: datetime, at: datetime) -> None:
    """Look at what is to be deleted by then again at `at`."""
    _queries.put_off_vanishing(db, person_id=person_id, by=to_integer(by), at=to_integer(at))


def vanish_within(db: sqlite3.Connection, person_id: int, lasts: timedelta, now: datetime) -> None:
    """Let no message of hers stand longer than this."""
    _queries.vanish_within(db, person_id=person_id, lasts=milliseconds(lasts), now=to_integer(now))


def all_go(db: sqlite3.Connection, person_id: int) -> None:
    """All that may still be deleted is being deleted: nothing is due any more."""
    _queries.all_go(db, person_id=person_id)


def go_again(db: sqlite3.Connection, person_id: int, since: datetime, now: datetime) -> None:
    """Delete again what was to be deleted and was written after `since`: it may not have been."""
    _queries.go_again(db, person_id=person_id, since=to_integer(since), now=to_integer(now))


def vanish_sooner(db: sqlite3.Connection, after: datetime, by: timedelta) -> None:
    """Let what is to go later than `after` go so much earlier."""
    _queries.vanish_sooner(db, after=to_integer(after), by=milliseconds(by))


def count(db: sqlite3.Connection, person_id: int) -> int:
    """Return how many are recorded as hers."""
    return int(_queries.count(db, person_id=person_id))


def forget_older(db: sqlite3.Connection, before: datetime, limit: int = 1000) -> int:
    """Delete up to `limit` updates received before `before`; returns how many. Call it until that is 0."""
    return int(_queries.forget_older(db, before=to_integer(before), limit=limit))
