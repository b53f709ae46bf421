"""Deeds are kept as ids."""

import sqlite3
from datetime import datetime

from storage import audit


def test_a_deed_is_kept_with_who_and_about_whom(db: sqlite3.Connection, now: datetime) -> None:
    """S10: every opening of a page."""
    audit.note(db, now, actor=2, did="opened-resident", about="person:1")
    assert db.execute("SELECT actor, did, about FROM audit").fetchall() == [
        (2, "opened-resident", "person:1")
    ]
