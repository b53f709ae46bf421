"""
Updates that could not be handled: set aside under the system key, so that one of them stops nobody else.
"""

import sqlite3
from datetime import datetime
from typing import NamedTuple

from storage.database import load_queries
from storage.moments import to_integer, to_moment
from storage.sealing import Box, SealBroken

_queries = load_queries("set_aside")


class SetAside(NamedTuple):
    """What was set aside, without its content."""

    id: int
    update_id: int | None
    set_aside_at: datetime
    error: str


def put(
    db: sqlite3.Connection, system: Box, update_id: int | None, error: str, raw: bytes, now: datetime
) -> int:
    """Keep the raw update. `error` is the name of a class: what an error says may quote the update."""
    row: int = _queries.insert(db, update_id=update_id, now=to_integer(now), error=error, nothing=b"")
    _queries.fill(db, id=row, sealed_update=system.seal(raw, _place(row)))
    return row


def _place(row: int) -> str:
    return f"set_aside.sealed_update:{row}"


def latest(db: sqlite3.Connection, limit: int = 20) -> list[SetAside]:
    """Return what was set aside, the latest first."""
    return [
        SetAside(row, update_id, to_moment(at), error)
        for row, update_id, at, error in _queries.latest(db, limit=limit)
    ]


def raw_update(db: sqlite3.Connection, system: Box, row: int) -> bytes | None:
    """Return the raw update, opened, or None where there is none any more; for whoever looks for the reason by hand."""
    sealed = _queries.sealed_update(db, id=row)
    return system.open(sealed, _place(row)) if sealed else None


def count(db: sqlite3.Connection) -> int:
    """Return how many there are."""
    return int(_queries.count(db))


def empty_of(db: sqlite3.Connection, system: Box, chat_id: int) -> None:
    """Empty what came from this chat, and what does not open: it may have."""
    for row, sealed in list(_queries.with_content(db, nothing=b"")):
        try:
            hers = b"%d" % chat_id in system.open(sealed, _place(row))
        except SealBroken:
            hers = True
        if hers:
            _queries.empty(db, id=row, nothing=b"")


def empty_older(db: sqlite3.Connection, before: datetime) -> int:
    """Empty what was set aside before `before`: that something failed, and how, stays; returns how many had content."""
    return int(_queries.empty_older(db, before=to_integer(before), nothing=b""))


def forget_older(db: sqlite3.Connection, before: datetime) -> int:
    """Delete what was set aside before `before`; returns how many."""
    return int(_queries.forget_older(db, before=to_integer(before)))
