"""
Internal notes, sealed with the key of the resident they are about: when she is erased, they are.
"""

import logging
import sqlite3
from datetime import datetime
from typing import Final

from dialogs.internal_notes import InternalNote
from storage.database import load_queries
from storage.moments import to_integer, to_moment
from storage.sealing import Box, SealBroken

log = logging.getLogger(__name__)

NEWEST: Final = 2**62
"""Before this row stands every note there is."""
_queries = load_queries("internal_notes")


def write(db: sqlite3.Connection, box: Box, resident_id: int, note: InternalNote) -> int:
    """Keep a note; `box` is the resident's."""
    values = {"resident_id": resident_id, "author_id": note.author, "now": to_integer(note.at)}
    row = int(_queries.write(db, nothing=b"", **values))
    _queries.fill(db, id=row, sealed_note=box.seal(note.words.encode(), _place(row)))
    return row


def about(db: sqlite3.Connection, box: Box, resident_id: int, limit: int) -> list[InternalNote]:
    """Return the latest notes about her, the latest first; one that does not open is passed over."""
    return page(db, box, resident_id, limit)[0]


def page(
    db: sqlite3.Connection, box: Box, resident_id: int, limit: int, before: int = NEWEST
) -> tuple[list[InternalNote], int | None]:
    """Return the same of those before a row, and before which row the next page begins; None where this is the last."""
    rows = list(_queries.about(db, resident_id=resident_id, before=before, limit=limit + 1))
    found = []
    for row, author, at, sealed in rows[:limit]:
        try:
            found.append(InternalNote(box.open(sealed, _place(row)).decode(), to_moment(at), author))
        except (SealBroken, UnicodeDecodeError) as error:
            log.error("an internal note cannot be opened", extra={"note": row, "error": type(error).__name__})
    return found, rows[limit - 1][0] if len(rows) > limit else None


def _place(row: int) -> str:
    return f"internal_notes.sealed_note:{row}"


def count(db: sqlite3.Connection, resident_id: int) -> int:
    """Return how many there are about her."""
    return int(_queries.count(db, resident_id=resident_id))


def forget_older(db: sqlite3.Connection, before: datetime, limit: int = 1000) -> int:
    """Delete up to `limit` notes written before `before`; returns how many. Call it until that is 0."""
    return int(_queries.forget_older(db, before=to_integer(before), limit=limit))
