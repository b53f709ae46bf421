"""
Figures about the whole house, for whoever watches over it: counts and moments, and nothing of anybody.

Each is read from an index, so that asking every few seconds costs the bot next to nothing.
"""

import shutil
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from storage import alerts, outages, timers
from storage.database import load_queries
from storage.moments import to_moment_or_none

_queries = load_queries("figures")


@dataclass(frozen=True, slots=True)
class Figures:
    """What stands in the database at one moment."""

    waiting: Mapping[int, int]  # messages not sent yet, by priority
    open_alerts: Mapping[tuple[str, int], int]  # by state and level
    unacknowledged_since: datetime | None  # the oldest open alert nobody has taken on
    next_due: datetime | None  # what of all that waits for a moment comes first; past where we are late
    notices: Mapping[str, int]  # open, by kind
    outages: int  # of the last months
    outage_time: timedelta
    last_beat: datetime | None  # when the bot was last alive


def read(db: sqlite3.Connection) -> Figures:
    """Count, without a key."""
    count, length = _queries.outages(db)
    due = [moment for moment in (alerts.next_due(db), timers.next_due(db)) if moment is not None]
    return Figures(
        waiting=dict(_queries.waiting_by_priority(db)),
        open_alerts={(state, level): rows for state, level, rows in _queries.open_alerts(db)},
        unacknowledged_since=to_moment_or_none(_queries.oldest_unacknowledged(db)),
        next_due=min(due, default=None),
        notices=dict(_queries.notices_by_kind(db)),
        outages=count,
        outage_time=timedelta(milliseconds=length),
        last_beat=outages.last_beat(db),
    )


def free_bytes(folder: Path) -> int:
    """Return how much room the disk has that `folder` is on; raises `OSError`."""
    return shutil.disk_usage(folder).free
