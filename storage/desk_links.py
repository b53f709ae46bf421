"""
One-time links to the desk: only a hash is kept. Looking at one uses nothing up, because previews look at links.
"""

import secrets
import sqlite3
from datetime import datetime, timedelta
from typing import Final

from storage.database import load_queries
from storage.moments import to_integer
from storage.sealing import Doors

_queries = load_queries("desk_links")

CODE_BYTES: Final = 24
BY_OPERATOR: Final = timedelta(minutes=10)
BY_BOT: Final = timedelta(minutes=5)


def create(db: sqlite3.Connection, doors: Doors, person_id: int, now: datetime, lifetime: timedelta) -> str:
    """Return a new code; every earlier one of this person stops working."""
    code = secrets.token_urlsafe(CODE_BYTES)
    _queries.withdraw(db, person_id=person_id)
    _queries.insert(
        db, code_hash=_hash(doors, code), person_id=person_id, expires_at=to_integer(now + lifetime)
    )
    return code


def address(desk: str, code: str) -> str:
    """Return the link itself."""
    return f"{desk}/in/{code}"


def _hash(doors: Doors, code: str) -> bytes:
    """No invitation opens the desk, and no link to the desk lets anybody in elsewhere."""
    return doors.code_hash(f"desk {code}")


def whose(db: sqlite3.Connection, doors: Doors, code: str, now: datetime) -> int | None:
    """Return whose link this is, while it works; nothing changes."""
    found: int | None = _queries.whose(db, code_hash=_hash(doors, code), now=to_integer(now))
    return found


def use(db: sqlite3.Connection, doors: Doors, code: str, now: datetime) -> bool:
    """Use it up; False where somebody was faster, or it is too late."""
    return bool(_queries.use(db, code_hash=_hash(doors, code), now=to_integer(now)))


def forget_older(db: sqlite3.Connection, before: datetime) -> int:
    """Delete what expired before `before`, used or not; returns how many."""
    return int(_queries.forget_older(db, before=to_integer(before)))


def withdraw(db: sqlite3.Connection, person_id: int) -> None:
    """Make every link of this person worthless."""
    _queries.withdraw(db, person_id=person_id)
