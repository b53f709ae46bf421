"""Which steps of the guides help and which fail: numbers without persons and without days."""

import sqlite3
from collections.abc import Mapping

from storage.database import load_queries

_queries = load_queries("guide_counts")


def add(db: sqlite3.Connection, guide: str, step: str, what: str) -> None:
    """One more; `what` is a `dialogs.effects.StepCount`."""
    _queries.add(db, guide=guide, step=step, what=what)


def totals(db: sqlite3.Connection) -> Mapping[tuple[str, str], Mapping[str, int]]:
    """Return the counts of each step that has any."""
    found: dict[tuple[str, str], dict[str, int]] = {}
    for guide, step, what, times in _queries.totals(db):
        found.setdefault((guide, step), {})[what] = times
    return found
