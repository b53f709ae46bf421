"""
Activities: what people are invited to, and how many come. Who comes stands in each resident's own document.

A wave tells one page of residents after the other; how far it has come is a column, so that a restart goes on where
the last transaction ended and nobody is reached twice.
"""

import logging
import sqlite3
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

import msgspec

from dialogs.activity import Activity, ActivityState
from storage.database import load_queries
from storage.moments import to_integer, to_moment
from storage.sealing import Box, SealBroken

log = logging.getLogger(__name__)

_queries = load_queries("activities")
_encoder = msgspec.json.Encoder()
MOST = 100
"""So many are listed; there are a few a week."""


class _Sealed(msgspec.Struct):
    title: str
    words: str = ""


_decoder = msgspec.json.Decoder(_Sealed)


class ActivityUnreadable(Exception):
    """The row is there but does not open."""

    def __init__(self, activity_id: int) -> None:
        super().__init__(f"activity {activity_id} cannot be read")
        self.activity_id = activity_id


class Wave(NamedTuple):
    """An activity that residents are being told of, and the last one it has reached."""

    activity_id: int
    told_up_to: int


def add(
    db: sqlite3.Connection,
    system: Box,
    now: datetime,
    *,
    place: str,
    begins_at: datetime,
    ends_at: datetime,
    title: str,
    words: str = "",
    by: int | None = None,
) -> int:
    """Keep a draft; nobody is told."""
    row: int = _queries.insert(
        db,
        place=place,
        begins_at=to_integer(begins_at),
        ends_at=to_integer(ends_at),
        announced_by=by,
        now=to_integer(now),
        nothing=b"",
    )
    _queries.fill(
        db, id=row, sealed_activity=system.seal(_encoder.encode(_Sealed(title, words)), _place(row))
    )
    return row


def _place(row: int) -> str:
    return f"activities.sealed_activity:{row}"


def send(db: sqlite3.Connection, activity_id: int) -> bool:
    """Begin to tell; False where it is no draft, so that nothing is told twice."""
    return bool(_queries.send(db, id=activity_id))


def cancel(db: sqlite3.Connection, activity_id: int) -> bool:
    """Take it back, and begin to tell those who said that they come; False where it was cancelled before."""
    return bool(_queries.cancel(db, id=activity_id))


def get(db: sqlite3.Connection, system: Box, activity_id: int) -> Activity | None:
    """Return the activity, or None; raises `ActivityUnreadable`."""
    row = _queries.by_id(db, id=activity_id)
    return None if row is None else _opened(system, row)


def find(db: sqlite3.Connection, system: Box, ids: Iterable[int]) -> tuple[Activity, ...]:
    """Return those that are there, in this order; one that does not open is passed over."""
    rows = [row for each in ids if (row := _queries.by_id(db, id=each)) is not None]
    return _readable(system, rows)


def to_come(
    db: sqlite3.Connection, system: Box, now: datetime, place: str | None = None, by: int | None = None
) -> tuple[Activity, ...]:
    """Return what is announced and not over, the next first: in a place, or by somebody, or all of it."""
    rows = _queries.to_come(db, now=to_integer(now), place=place, announced_by=by, limit=MOST)
    return _readable(system, rows)


def latest(db: sqlite3.Connection, system: Box) -> tuple[Activity, ...]:
    """Return all of them, drafts too, the latest first."""
    return _readable(system, _queries.latest(db, limit=MOST))


def _readable(system: Box, rows: Iterable[tuple[Any, ...]]) -> tuple[Activity, ...]:
    found = []
    for row in rows:
        try:
            found.append(_opened(system, row))
        except ActivityUnreadable as error:
            log.error("an activity cannot be read and is passed over", extra={"activity": error.activity_id})
    return tuple(found)


def _opened(system: Box, row: tuple[Any, ...]) -> Activity:
    activity_id, place, begins_at, ends_at, state, by, coming, sealed = row
    try:
        content = _decoder.decode(system.open(sealed, _place(activity_id)))
        found = ActivityState(state)
    except (SealBroken, msgspec.MsgspecError, ValueError):
        raise ActivityUnreadable(activity_id) from None
    return Activity(
        activity_id,
        place,
        to_moment(begins_at),
        to_moment(ends_at),
        found,
        content.title,
        content.words,
        by,
        coming,
    )


def count_coming(db: sqlite3.Connection, activity_id: int, change: int) -> None:
    """One more comes, or one fewer; never below nobody."""
    _queries.count_coming(db, id=activity_id, change=change)


def wave(db: sqlite3.Connection) -> Wave | None:
    """Return the oldest activity that residents are being told of."""
    row = _queries.wave(db)
    return None if row is None else Wave(*row)


def page(db: sqlite3.Connection, told_up_to: int, limit: int) -> list[int]:
    """Return the next residents a wave reaches, by id."""
    return [row[0] for row in _queries.page(db, after_id=told_up_to, limit=limit)]


def reached(db: sqlite3.Connection, activity_id: int, told_up_to: int | None) -> None:
    """Write how far the wave has come; None ends it."""
    _queries.reached(db, id=activity_id, told_up_to=told_up_to)


def forget_older(db: sqlite3.Connection, before: datetime) -> int:
    """Delete what was over before `before`; returns how many."""
    return int(_queries.forget_older(db, before=to_integer(before)))
