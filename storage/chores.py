"""
Chores: what the clock does that concerns nobody in particular, such as the daily audit and the nightly backup.

A row with a time, so a restart does not skip a night and a late look does not do a chore twice.
"""

import sqlite3
from datetime import datetime

from storage.database import load_queries
from storage.moments import to_integer, to_moment_or_none

_queries = load_queries("chores")


def due_at(db: sqlite3.Connection, name: str) -> datetime | None:
    """Return when the chore is to be done next; None where it was never planned."""
    return to_moment_or_none(_queries.due_at(db, name=name))


def plan(db: sqlite3.Connection, name: str, at: datetime) -> None:
    """Do the chore at `at`, and not before."""
    _queries.plan(db, name=name, due_at=to_integer(at))
