"""
Invitations: a code that opens once, for one person, for a while. Only its hash is kept.
"""

import secrets
import sqlite3
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from storage.database import load_queries
from storage.moments import to_integer, to_moment
from storage.sealing import Doors

CODE_BYTES: Final = 18  # 144 bits, 24 letters; a deep link takes 64

_queries = load_queries("invitations")


class InvitationUnknown(Exception):
    """No such code, or one that was replaced by a newer one."""


class InvitationUsed(Exception):
    """Somebody came with this code already."""

    def __init__(self, person_id: int, at: datetime) -> None:
        super().__init__(f"the invitation of person {person_id} was used at {at:%Y-%m-%d %H:%M}")
        self.person_id, self.at = person_id, at


class InvitationExpired(Exception):
    """The code was not used in time."""

    def __init__(self, person_id: int, at: datetime) -> None:
        super().__init__(f"the invitation of person {person_id} expired at {at:%Y-%m-%d %H:%M}")
        self.person_id, self.at = person_id, at


def create(db: sqlite3.Connection, doors: Doors, person_id: int, now: datetime, lifetime: timedelta) -> str:
    """Return a new code; the person's earlier one, if it was never used, stops working."""
    code = secrets.token_urlsafe(CODE_BYTES)
    _queries.withdraw(db, person_id=person_id)
    _queries.insert(
        db, code_hash=doors.code_hash(code), person_id=person_id, expires_at=to_integer(now + lifetime)
    )
    return code


class Unused(NamedTuple):
    """An invitation nobody has used; after `expires_at` nobody can."""

    person_id: int
    expires_at: datetime


def unused(db: sqlite3.Connection) -> list[Unused]:
    """Return what nobody has used, also where it has expired, the earliest to expire first."""
    return [Unused(person, to_moment(expires)) for person, expires in _queries.unused(db)]


def count(db: sqlite3.Connection, person_id: int) -> int:
    """Return how many are stored for this person, used or not."""
    return int(_queries.count(db, person_id=person_id))


def withdraw(db: sqlite3.Connection, person_id: int) -> bool:
    """Make the person's unused code worthless; returns whether there was one."""
    return bool(_queries.withdraw(db, person_id=person_id))


def forget_older(db: sqlite3.Connection, before: datetime) -> int:
    """Delete what was used or expired before `before`; returns how many."""
    return int(_queries.forget_older(db, before=to_integer(before)))


def redeem(db: sqlite3.Connection, doors: Doors, code: str, now: datetime) -> int:
    """
    Use the code up and return whose it was.

    A wrong code causes the same statements as a right one, so that the time taken says nothing.
    """
    code_hash, moment = doors.code_hash(code), to_integer(now)
    row = _queries.by_code(db, code_hash=code_hash)
    used = _queries.use(db, code_hash=code_hash, now=moment)
    if row is None:
        raise InvitationUnknown("no such invitation")
    person_id, expires_at, used_at = row
    if used_at is not None:
        raise InvitationUsed(person_id, to_moment(used_at))
    if used == 0:
        raise InvitationExpired(person_id, to_moment(expires_at))
    return int(person_id)
