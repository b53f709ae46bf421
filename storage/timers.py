"""
Timers: when to look at a person again. A row with a time, so a restart or a late look changes nothing.

A kind that only a newer program knows is handed on as it stands: one such row must not hide the others (R9).
"""

import sqlite3
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from dialogs.events import Timer
from storage.database import load_queries
from storage.moments import to_integer, to_moment, to_moment_or_none

_queries = load_queries("timers")


class DueTimer(NamedTuple):
    """What is to be looked at, and when that was to happen. `kind` is a `Timer`, or what a newer program wrote."""

    person_id: int
    kind: str
    due_at: datetime


def set_timer(db: sqlite3.Connection, person_id: int, kind: Timer, at: datetime) -> None:
    """Look at the person at `at`; replaces the person's timer of the same kind."""
    _queries.set_timer(db, person_id=person_id, kind=kind.value, due_at=to_integer(at))


def stop_timer(db: sqlite3.Connection, person_id: int, kind: Timer) -> None:
    """Forget the timer, if there is one."""
    _queries.stop_timer(db, person_id=person_id, kind=kind.value)


def take(db: sqlite3.Connection, timer: DueTimer) -> bool:
    """Remove a timer that is now handled; False where it was stopped or set anew since it was read."""
    return bool(
        _queries.take(db, person_id=timer.person_id, kind=str(timer.kind), due_at=to_integer(timer.due_at))
    )


def put_off(db: sqlite3.Connection, timer: DueTimer, at: datetime) -> None:
    """Look at what could not be handled again at `at`, whatever kind it is of."""
    _queries.set_timer(db, person_id=timer.person_id, kind=str(timer.kind), due_at=to_integer(at))


def due(db: sqlite3.Connection, now: datetime, limit: int) -> list[DueTimer]:
    """Return what is due, the longest overdue first. Nothing is removed; `take` does that."""
    rows = _queries.due(db, now=to_integer(now), limit=limit)
    return [DueTimer(person_id, kind, to_moment(due_at)) for person_id, kind, due_at in rows]


def next_due(db: sqlite3.Connection) -> datetime | None:
    """Return when the next timer falls, or None."""
    return to_moment_or_none(_queries.next_due(db))


def of_person(db: sqlite3.Connection, person_id: int) -> list[DueTimer]:
    """Return the person's timers, the next one first."""
    rows = _queries.of_person(db, person_id=person_id)
    return [DueTimer(person_id, kind, to_moment(due_at)) for kind, due_at in rows]


def shift(db: sqlite3.Connection, kinds: Iterable[Timer], after: datetime, by: timedelta) -> None:
    """Move the timers of these kinds that fall later than `after`: the time before them stood still."""
    for kind in kinds:
        _queries.shift(db, kind=kind.value, after=to_integer(after), by=by // timedelta(milliseconds=1))
