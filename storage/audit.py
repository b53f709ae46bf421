"""Audit: who opened or changed what, by ids and kinds, in order."""

import sqlite3
from datetime import datetime

from storage.database import load_queries
from storage.moments import to_integer

_queries = load_queries("audit")


def note(db: sqlite3.Connection, now: datetime, actor: int | None, did: str, about: str) -> None:
    """Write one line; `about` names a kind and an id, such as `person:7`."""
    _queries.note(db, at=to_integer(now), actor=actor, did=did, about=about)
