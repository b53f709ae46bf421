"""
Rings: what a second channel is to carry, written by the transaction that decided it and rung after it.

A row names a channel and an alert, and holds no words: those are made from the number when it is rung. It goes
pending → sending → sent, or back to pending, or to failed or dropped. Only what is still "sending" can be
settled, so what was dropped meanwhile stays dropped.
"""

import sqlite3
from datetime import datetime, timedelta
from typing import NamedTuple

from storage.database import load_queries
from storage.moments import to_integer, to_moment

_queries = load_queries("rings")


class Due(NamedTuple):
    """A ring whose time has come. `again`: one about the same alert reached this channel, or may have."""

    id: int
    channel_id: int
    person_id: int
    alert_id: int | None
    created_at: datetime
    attempts: int
    again: bool


def put(db: sqlite3.Connection, person_id: int, alert_id: int | None, now: datetime) -> int:
    """
    Ring this person on each of her channels, about an alert or (None) about something technical.

    Returns how many rows that made: a channel that has such a ring before it gets no second one, but rings now.
    """
    _queries.hurry(db, person_id=person_id, alert_id=alert_id, now=to_integer(now))
    return int(_queries.put(db, person_id=person_id, alert_id=alert_id, now=to_integer(now)))


def due(db: sqlite3.Connection, now: datetime, limit: int) -> list[Due]:
    """Return what is due on channels that are not ringing, alerts first, at most one for each channel."""
    found: dict[int, Due] = {}
    for row, channel, person, alert, created, attempts, heard in _queries.due(
        db, now=to_integer(now), limit=limit
    ):
        again = bool(heard) or attempts > 0
        found.setdefault(channel, Due(row, channel, person, alert, to_moment(created), attempts, again))
    return list(found.values())


def claim(db: sqlite3.Connection, ring: int) -> bool:
    """Set a pending ring to sending; False where it is not pending any more."""
    return bool(_queries.claim(db, id=ring))


def underway(db: sqlite3.Connection) -> set[int]:
    """Return what is being rung."""
    return {row[0] for row in _queries.underway(db)}


def sent(db: sqlite3.Connection, ring: int) -> None:
    """Write that the channel took it."""
    _queries.finish(db, id=ring, state="sent")


def put_back(db: sqlite3.Connection, ring: int, at: datetime) -> None:
    """Try again at `at`."""
    _queries.put_back(db, id=ring, due_at=to_integer(at))


def give_up(db: sqlite3.Connection, ring: int) -> None:
    """Write that it is not tried any more."""
    _queries.finish(db, id=ring, state="failed")


def drop_for_alert(db: sqlite3.Connection, alert_id: int) -> int:
    """Ring no more about an alert, also where it is ringing now (R30); returns how many rows that were."""
    return int(_queries.drop_for_alert(db, alert_id=alert_id))


def drop_over(db: sqlite3.Connection) -> int:
    """Ring no more about alerts that are closed, or gone with their resident; returns how many rows that were."""
    return int(_queries.drop_over(db))


def recover(db: sqlite3.Connection) -> int:
    """Take what a crash left "sending" for not heard: it rings again. Call it once, before anything is claimed."""
    return int(_queries.recover(db))


def bring_forward(db: sqlite3.Connection, after: datetime, by: timedelta) -> None:
    """Let what waits for a moment later than `after` ring so much earlier."""
    _queries.bring_forward(db, after=to_integer(after), by=by // timedelta(milliseconds=1))


def forget_older(db: sqlite3.Connection, before: datetime) -> int:
    """Delete what was finished and written before `before`; returns how many."""
    return int(_queries.forget_older(db, before=to_integer(before)))
