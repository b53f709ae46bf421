"""
Who did what about whom, as ids: a deed is written in the transaction that does it.
"""

import sqlite3
from datetime import datetime

from storage.database import load_queries
from storage.moments import to_integer

_queries = load_queries("audit")


def note(db: sqlite3.Connection, now: datetime, actor: int, did: str, about: str) -> None:
    """Write down that person `actor` did something about somebody."""
    _queries.note(db, at=to_integer(now), actor=actor, did=did, about=about)
