"""
Who may sign in at the desk: a secret for one-time codes, sealed with the coordinator's key.

Each code works once; five wrong ones in a row lock the account for a while, counted here so that a new start of
the program forgives nothing.
"""

import hmac
import sqlite3
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Final, NamedTuple

import pyotp

from storage.database import load_queries
from storage.moments import to_integer, to_moment_or_none
from storage.sealing import Box

_queries = load_queries("desk_accounts")

STEP: Final = timedelta(seconds=30)
DIGITS: Final = 6
WRONG_AT_MOST: Final = 5
LOCKED_FOR: Final = timedelta(minutes=15)


class Answer(Enum):
    """What became of a code."""

    RIGHT = auto()
    WRONG = auto()
    LOCKED = auto()


class Account(NamedTuple):
    """An account, opened; never print it."""

    secret: str
    enrolled: bool
    last_step: int
    locked_until: datetime | None


def enrolled(db: sqlite3.Connection, person_id: int) -> bool:
    """Whether this coordinator has shown a code before."""
    row = _queries.by_person(db, person_id=person_id)
    return row is not None and row[1] is not None


def get(db: sqlite3.Connection, box: Box, person_id: int) -> Account | None:
    """Return the account, or None where there is none yet."""
    row = _queries.by_person(db, person_id=person_id)
    if row is None:
        return None
    sealed, enrolled_at, last_step, locked_until = row
    secret = box.open(sealed, _place(person_id)).decode()
    return Account(secret, enrolled_at is not None, last_step, to_moment_or_none(locked_until))


def begin(db: sqlite3.Connection, box: Box, person_id: int) -> str:
    """Return the secret to be shown at enrolment; the same again until a code from it was seen."""
    secret = pyotp.random_base32()
    _queries.begin(db, person_id=person_id, sealed_secret=box.seal(secret.encode(), _place(person_id)))
    found = get(db, box, person_id)
    return found.secret if found is not None else secret


def _place(person_id: int) -> str:
    return f"desk_accounts.sealed_secret:{person_id}"


def check(db: sqlite3.Connection, box: Box, person_id: int, code: str, now: datetime) -> Answer:
    """Take a code: that of this half minute, or the one before or after it, never one that was used."""
    account = get(db, box, person_id)
    if account is None:
        return Answer.WRONG
    if account.locked_until is not None and account.locked_until > now:
        return Answer.LOCKED
    step = _step_of(account, code, now)
    if step is not None:
        _queries.worked(db, person_id=person_id, step=step, now=to_integer(now))
        return Answer.RIGHT
    if _queries.failed(db, person_id=person_id) >= WRONG_AT_MOST:
        _queries.lock(db, person_id=person_id, until=to_integer(now + LOCKED_FOR))
        return Answer.LOCKED
    return Answer.WRONG


def _step_of(account: Account, code: str, now: datetime) -> int | None:
    """All three are compared, whichever fits, so that the time taken says nothing."""
    made, here = pyotp.TOTP(account.secret), int(now.timestamp()) // int(STEP.total_seconds())
    fitting = [
        step
        for step in (here - 1, here, here + 1)
        if hmac.compare_digest(made.generate_otp(step).encode(), code.encode())
    ]
    return next((step for step in fitting if step > account.last_step), None)


def forget(db: sqlite3.Connection, person_id: int) -> bool:
    """A lost phone: the next link enrols anew. Returns whether there was an account."""
    return bool(_queries.forget(db, person_id=person_id))


def forget_pending(db: sqlite3.Connection, person_id: int) -> None:
    """A secret that was shown under an older link, and never used, is no secret for the next one."""
    _queries.forget_pending(db, person_id=person_id)
