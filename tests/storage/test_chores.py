"""Chores: a row with a time."""

import sqlite3
from datetime import datetime, timedelta

from storage import chores


def test_a_chore_keeps_the_last_time_it_was_planned_for(db: sqlite3.Connection, now: datetime) -> None:
    """A restart finds it where it was; planning anew moves it, and adds no second one."""
    assert chores.due_at(db, "audit") is None
    chores.plan(db, "audit", now)
    chores.plan(db, "backup", now)
    chores.plan(db, "audit", now + timedelta(days=1))
    assert chores.due_at(db, "audit") == now + timedelta(days=1)
    assert chores.due_at(db, "backup") == now
