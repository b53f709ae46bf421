"""
Notices: what an operator is to look at, once for each subject, until it has ended.
"""

import sqlite3
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import NamedTuple

from dialogs.notices import NoticeKind
from storage.database import load_queries
from storage.moments import to_integer, to_moment, to_moment_or_none

_queries = load_queries("notices")


class Notice(NamedTuple):
    """An open notice. `kind` is text, since a newer or older program may know other kinds."""

    id: int
    kind: str
    subject: str
    first_at: datetime
    last_at: datetime
    times: int
    told_at: datetime | None


def report(db: sqlite3.Connection, kind: NoticeKind, now: datetime, subject: str = "") -> bool:
    """Open a notice, or count one that is open once more; returns whether it is new."""
    return bool(_queries.report(db, kind=kind.value, subject=subject, now=to_integer(now)) == 1)


def end(db: sqlite3.Connection, kind: NoticeKind, now: datetime, subject: str = "") -> bool:
    """What it was about is over; returns whether one was open."""
    return bool(_queries.end(db, kind=kind.value, subject=subject, now=to_integer(now)))


def agree(db: sqlite3.Connection, kind: NoticeKind, subjects: Collection[str], now: datetime) -> list[str]:
    """Make the open notices of a kind be about exactly these subjects; returns those that are new."""
    known = {each.subject for each in open_notices(db) if each.kind == kind.value}
    for subject in known - set(subjects):
        end(db, kind, now, subject)
    fresh = sorted(set(subjects) - known)
    for subject in fresh:
        report(db, kind, now, subject)
    return fresh


def open_notices(db: sqlite3.Connection) -> list[Notice]:
    """Return what is open, the oldest first."""
    return [
        Notice(row, kind, subject, to_moment(first), to_moment(last), times, to_moment_or_none(told))
        for row, kind, subject, first, last, times, told in _queries.open_notices(db)
    ]


def mark_told(db: sqlite3.Connection, ids: Iterable[int], now: datetime) -> None:
    """The coordinators have heard of these."""
    _queries.mark_told(db, [{"id": row, "now": to_integer(now)} for row in ids])


def end_quiet(db: sqlite3.Connection, kinds: Iterable[NoticeKind], before: datetime, now: datetime) -> int:
    """End the notices of these kinds to which nothing was added since `before`; returns how many."""
    return sum(
        int(_queries.end_quiet(db, kind=kind.value, before=to_integer(before), now=to_integer(now)))
        for kind in kinds
    )


def forget_older(db: sqlite3.Connection, before: datetime) -> int:
    """Delete what ended before `before`; returns how many."""
    return int(_queries.forget_older(db, before=to_integer(before)))
