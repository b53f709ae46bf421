"""
When the program was alive, and when it was not.

A heartbeat is written while it runs; a start that finds the last one too old records an outage. Time in an
outage is nobody's silence: timers that wait for a person are moved by it, and a day is not counted as missed
when the bot was away for too much of it (R4).
"""

import sqlite3
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from storage.database import load_queries
from storage.moments import to_integer, to_moment

_queries = load_queries("outages")

SHORTEST: Final = timedelta(minutes=3)
"""A restart takes seconds, and a heartbeat comes every few; what is shorter is not worth a record."""

LONGEST: Final = timedelta(days=366)
"""Longer than that is a damaged row, not an outage: it must not move anybody's timers out of sight."""


class Outage(NamedTuple):
    """From the last heartbeat before it to the start after it."""

    started_at: datetime
    ended_at: datetime

    @property
    def length(self) -> timedelta:
        """How long nobody was answered."""
        return self.ended_at - self.started_at


def beat(db: sqlite3.Connection, now: datetime) -> None:
    """Write that the program is alive."""
    _queries.beat(db, now=to_integer(now))


def last_beat(db: sqlite3.Connection) -> datetime | None:
    """Return when the program was last seen alive."""
    last = _queries.last_beat(db)
    return None if last is None else to_moment(last)


def record_start(db: sqlite3.Connection, now: datetime) -> Outage | None:
    """Write the first heartbeat of a run; returns the outage it ends, if there was one."""
    last = _queries.last_beat(db)
    _queries.beat(db, now=to_integer(now))
    if last is None:
        return None
    outage = Outage(to_moment(last), now)
    if not SHORTEST <= outage.length <= LONGEST:
        return None
    _queries.insert(db, started_at=to_integer(outage.started_at), ended_at=to_integer(outage.ended_at))
    return outage


def down_between(db: sqlite3.Connection, since: datetime, until: datetime) -> timedelta:
    """Return how much of the time from `since` to `until` the program was down."""
    first, last = to_integer(since), to_integer(until)
    rows = _queries.overlapping(db, since=first, until=last)
    return timedelta(milliseconds=sum(min(end, last) - max(start, first) for start, end in rows))


def forget_older(db: sqlite3.Connection, before: datetime) -> None:
    """Delete outages that ended before `before`."""
    _queries.forget_older(db, before=to_integer(before))
