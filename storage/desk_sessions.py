"""
Who is signed in at the desk. The browser has a random token, the table only its SHA-256.

A session ends after half an hour without anybody doing something, and after a working day in any case.
"""

import hashlib
import secrets
import sqlite3
from datetime import datetime, timedelta
from typing import Final

from storage.database import load_queries
from storage.moments import to_integer, to_moment

_queries = load_queries("desk_sessions")

TOKEN_BYTES: Final = 32
IDLE: Final = timedelta(minutes=30)
LONGEST: Final = timedelta(hours=8)
WRITE_EVERY: Final = timedelta(minutes=1)
"""How exactly we know when she last did something; each request would otherwise be a write."""


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def begin(db: sqlite3.Connection, person_id: int, now: datetime) -> str:
    """Return a new token, and forget the sessions that are over."""
    forget_over(db, now)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    _queries.insert(db, token_hash=_hash(token), person_id=person_id, now=to_integer(now))
    return token


def forget_over(db: sqlite3.Connection, now: datetime) -> int:
    """Delete the sessions that are over; returns how many."""
    over = {"began_before": to_integer(now - LONGEST), "seen_before": to_integer(now - IDLE)}
    return int(_queries.forget_over(db, **over))


def whose(db: sqlite3.Connection, token: str, now: datetime, *, active: bool = True) -> int | None:
    """Return whose session it is; `active`: somebody did something, and it was not the page that looked again."""
    row = _queries.by_token(db, token_hash=_hash(token))
    if row is None:
        return None
    person_id, began_at, seen_at = row[0], to_moment(row[1]), to_moment(row[2])
    if now - began_at >= LONGEST or now - seen_at >= IDLE:
        end(db, token)
        return None
    if active and now - seen_at >= WRITE_EVERY:
        _queries.touch(db, token_hash=_hash(token), now=to_integer(now))
    return int(person_id)


def end(db: sqlite3.Connection, token: str) -> None:
    """Sign out here."""
    _queries.end(db, token_hash=_hash(token))


def end_all(db: sqlite3.Connection, person_id: int) -> int:
    """Sign out on every device; returns how many there were."""
    return int(_queries.end_all(db, person_id=person_id))


def end_everybodys(db: sqlite3.Connection) -> None:
    """After a restore: who signed out since must not be signed in again. A backup may be older than the desk."""
    if _queries.is_there(db) is not None:
        _queries.end_everybodys(db)
