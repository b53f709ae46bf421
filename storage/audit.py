"""
Audit: who did what at the desk or on the machine, as ids and fixed codes, never a name or a word.

Each row is bound to the one before by a hash, so that a row that was changed, moved or taken out is seen. Whoever
can write the whole file can make a new chain; the last hash, written down elsewhere, shows that too.
"""

import hashlib
import re
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, NamedTuple

from storage.database import load_queries
from storage.moments import to_integer, to_moment

_queries = load_queries("audit")

BEGINNING: Final = bytes(32)
PAGE: Final = 1_000
_CODE: Final = re.compile(r"[a-z]+(-[a-z]+)*")
_ABOUT: Final = re.compile(r"([a-z]+:[0-9]+)?")


class Did(StrEnum):
    """What can be noted. The value stands in the database, so it is never given a new meaning."""

    SIGNED_IN = "signed-in"
    SIGN_IN_FAILED = "sign-in-failed"
    SIGNED_OUT = "signed-out"
    SIGNED_OUT_EVERYWHERE = "signed-out-everywhere"
    LINK_MADE = "link-made"
    ACCOUNT_RESET = "account-reset"
    PERSON_OPENED = "person-opened"
    CASE_OPENED = "case-opened"
    CASE_TAKEN = "case-taken"
    CASE_TAKEN_OVER = "case-taken-over"
    CASE_ANSWERED = "case-answered"
    CASE_ENDED = "case-ended"  # because its record is damaged
    INVITED = "invited"
    INVITATION_REVOKED = "invitation-revoked"
    HOURS_SET = "hours-set"
    AWAY_SET = "away-set"
    BACK_SET = "back-set"
    LIMIT_SET = "limit-set"
    POLICY_SET = "policy-set"
    PLAN_OPENED = "opened-plan"  # by a contact person, in her chat; so the three below
    RESIDENT_OPENED = "opened-resident"
    TREND_OPENED = "opened-trend"
    NOTES_OPENED = "opened-notes"
    TALK_BEGUN = "talk-begun"
    NOTE_WRITTEN = "note-written"  # at the desk
    CONTACT_PROPOSED = "contact-proposed"
    ORDER_SET = "order-set"
    PERSON_REMOVED = "person-removed"
    PERSON_FROZEN = "person-frozen"
    PERSON_UNFROZEN = "person-unfrozen"
    INVITATION_RENEWED = "invitation-renewed"
    CODE_RESET = "code-reset"  # a resident's check who is reading was taken away
    ERASED = "erased"  # by the operator
    PRUNED = "pruned"  # by the clock: rows up to the one it names are gone


class Entry(NamedTuple):
    """One row; `actor` None is the operator."""

    id: int
    at: datetime
    actor: int | None
    did: str
    about: str
    hash: bytes


def person(person_id: int) -> str:
    """What a row about a person is about."""
    return f"person:{person_id}"


def case(alert_id: int) -> str:
    """What a row about a case is about."""
    return f"case:{alert_id}"


def note(db: sqlite3.Connection, now: datetime, actor: int | None, did: str, about: str = "") -> int:
    """Add a row and return its id; what is no code and no id is refused, since it may be a name."""
    if not (_CODE.fullmatch(did) and _ABOUT.fullmatch(about)):
        raise ValueError("the audit takes codes and ids only")
    last_id, last_hash = _queries.last(db) or (0, BEGINNING)
    row, at = last_id + 1, to_integer(now)
    _queries.insert(
        db,
        id=row,
        at=at,
        actor=actor,
        did=did,
        about=about,
        hash=_hash(last_hash, row, at, actor, did, about),
    )
    return int(row)


def _hash(before: bytes, row: int, at: int, actor: int | None, did: str, about: str) -> bytes:
    """No code holds a line break, so that no two rows have the same bytes."""
    written = "\n".join((str(row), str(at), "" if actor is None else str(actor), did, about))
    return hashlib.sha256(before + written.encode()).digest()


def verify(db: sqlite3.Connection) -> int | None:
    """
    Return the id of the first row that does not follow from the one before; None where all do.

    Rows that the clock has pruned may be missing, and no others: each pruning is a row of the chain itself.
    """
    pruned_to, before = _anchor(db)
    expected, noted = pruned_to + 1, 0
    for row, at, actor, did, about, found in _all(db):
        if row != expected:
            return expected
        before = _hash(before, row, at, actor, did, about)
        if found != before:
            return int(row)
        noted = int(about.partition(":")[2]) if did == Did.PRUNED else noted
        expected += 1
    return None if noted == pruned_to else 1


def _anchor(db: sqlite3.Connection) -> tuple[int, bytes]:
    """The last row that was pruned, and its hash."""
    row, found = _queries.anchor(db) or (0, BEGINNING)
    return int(row), bytes(found)


def prune(db: sqlite3.Connection, now: datetime, before: datetime, limit: int = PAGE) -> int:
    """
    Delete up to `limit` rows noted before `before`, and note that; returns how many are gone.

    What is left stays a chain that can be checked, and one from which somebody else took the beginning is seen.
    """
    last, gone = None, 0
    for row in _queries.after(db, id=_anchor(db)[0], limit=limit):
        if row[1] >= to_integer(before):
            break
        last, gone = row, gone + 1
    if last is None:
        return 0
    note(db, now, None, Did.PRUNED, f"row:{last[0]}")
    _queries.move_anchor(db, row_id=last[0], hash=last[5])
    _queries.prune(db, up_to=last[0])
    return gone


def _all(db: sqlite3.Connection) -> Iterator[tuple[Any, ...]]:
    after = 0
    while page := list(_queries.after(db, id=after, limit=PAGE)):
        yield from page
        after = page[-1][0]


def count_about(db: sqlite3.Connection, about: str) -> int:
    """Return how many rows are about this."""
    return int(_queries.count_about(db, about=about))


def entries(db: sqlite3.Connection, limit: int = 100, before: int = 2**62) -> list[Entry]:
    """Return the latest rows with ids below `before`, the latest first."""
    return [
        Entry(row, to_moment(at), actor, did, about, found)
        for row, at, actor, did, about, found in _queries.latest(db, before=before, limit=limit)
    ]
