"""
Check-ins: each is asked once, because the table says so, and its answer is sealed with the resident's key.
"""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from typing import Any, NamedTuple

from storage.database import load_queries
from storage.moments import to_integer, to_moment
from storage.sealing import Box, SealBroken

log = logging.getLogger(__name__)
_queries = load_queries("check_ins")


class PastCheckIn(NamedTuple):
    """What became of a check-in. `day` is a day on the resident's own calendar."""

    day: date
    slot: str
    state: str
    changed_at: datetime
    answer: str | None


def record(
    db: sqlite3.Connection,
    box: Box,
    resident_id: int,
    day: date,
    slot: str,
    state: str,
    answer: str | None,
    now: datetime,
) -> bool:
    """
    Write what became of the check-in; returns False where it is to be asked and was asked before.

    Without a new answer, one that was given stays.
    """
    values = {"resident_id": resident_id, "local_date": day.isoformat(), "slot": slot, "now": to_integer(now)}
    if state == "asked":
        return bool(_queries.ask(db, **values))
    check_in_id = _queries.settle(db, state=state, **values)
    if answer is not None:
        sealed = box.seal(answer.encode(), f"check_ins.sealed_answer:{check_in_id}")
        _queries.answer(db, id=check_in_id, sealed_answer=sealed)
    return True


def history(db: sqlite3.Connection, box: Box, resident_id: int, limit: int = 100) -> list[PastCheckIn]:
    """Return the latest check-ins with their answers, the latest first; one that cannot be read is passed over."""
    return list(_readable(_queries.history(db, resident_id=resident_id, limit=limit), box))


def _readable(rows: Iterator[tuple[Any, ...]], box: Box) -> Iterator[PastCheckIn]:
    for row, local_date, slot, state, changed_at, sealed in rows:
        try:
            day, answer = date.fromisoformat(local_date), _open(box, row, sealed)
        except (ValueError, SealBroken) as error:
            log.warning("a check-in cannot be read", extra={"check_in": row, "error": type(error).__name__})
            continue
        yield PastCheckIn(day, slot, state, to_moment(changed_at), answer)


def _open(box: Box, check_in_id: int, sealed: bytes | None) -> str | None:
    return None if sealed is None else box.open(sealed, f"check_ins.sealed_answer:{check_in_id}").decode()


def unanswered_since(db: sqlite3.Connection, day: date) -> dict[int, list[tuple[date, str]]]:
    """Return, for each resident, the days since `day` that were missed, or on which nothing arrived."""
    found: dict[int, list[tuple[date, str]]] = {}
    for resident, local_date, state in _queries.unanswered_since(db, local_date=day.isoformat()):
        with suppress(ValueError):
            found.setdefault(resident, []).append((date.fromisoformat(local_date), state))
    return found


def states_since(db: sqlite3.Connection, day: date) -> list[tuple[date, str, int]]:
    """Return how many check-ins of each day since `day` are in which state; nobody is opened."""
    found = []
    for local_date, state, count in _queries.states_since(db, local_date=day.isoformat()):
        with suppress(ValueError):
            found.append((date.fromisoformat(local_date), state, int(count)))
    return found


def count(db: sqlite3.Connection, resident_id: int) -> int:
    """Return how many are stored about her."""
    return int(_queries.count(db, resident_id=resident_id))


def forget_older(db: sqlite3.Connection, before: date, limit: int = 1000) -> int:
    """Delete up to `limit` check-ins of days before `before`; returns how many. Call it until that is 0."""
    return int(_queries.forget_older(db, before=before.isoformat(), limit=limit))
