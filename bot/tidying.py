"""
What nothing needs any more goes (`dialogs/retention.py` says when), a bounded piece a transaction.

A record that does not open keeps no other from being tidied. What was freed in the file is given back to the disk.
"""

import logging
import sqlite3
from collections.abc import Callable
from datetime import datetime
from typing import Final, TypeAlias

from bot.clock import Clock
from bot.house import House
from dialogs import retention
from dialogs.schedule import local_day
from storage import (
    activities,
    alerts,
    audit,
    channels,
    check_ins,
    desk_links,
    desk_sessions,
    internal_notes,
    invitations,
    notices,
    outages,
    outbox,
    people,
    rings,
    set_aside,
    talks,
    updates,
)
from storage.database import Database, shrink

log = logging.getLogger(__name__)

PIECE: Final = 500
"""Rows that are only deleted, in one transaction."""
OPENED: Final = 50
"""Records that are opened and sealed again, in one transaction."""
PAGES: Final = 500
"""Of 4 KiB; moving one costs about as much as writing it."""

Work: TypeAlias = Callable[[sqlite3.Connection, House, datetime], int]


async def tidy(db: Database, house: House, clock: Clock) -> None:
    """All of it, until nothing that is too old is left; raises `StorageError`."""
    for piece in PIECES:
        while await db.run(piece, house, clock.now()):
            pass
    after = 0
    while (last := await db.run(prune_people, house, clock.now(), after)) is not None:
        after = last
    await _give_back(db)
    await db.empty_log()


async def _give_back(db: Database) -> None:
    """Ends too where the file was made by a program that could not shrink it."""
    before, left = -1, await db.run(shrink, PAGES)
    while left not in (0, before):
        before, left = left, await db.run(shrink, PAGES)


def _traffic(db: sqlite3.Connection, _house: House, now: datetime) -> int:
    before = now - retention.TO_REPEAT
    gone = updates.forget_older(db, before, PIECE) + outbox.forget_older(db, before, PIECE)
    rings.forget_older(db, before)
    talks.forget_older(db, before)
    return gone


def _operators(db: sqlite3.Connection, _house: House, now: datetime) -> int:
    """What operators look into; there is never much of it."""
    set_aside.empty_older(db, now - retention.WORDS)
    set_aside.forget_older(db, now - retention.TO_LOOK_INTO)
    channels.report_failing(db, now)  # one that left with its person fails no more
    for part in (notices, activities, outages):
        part.forget_older(db, now - retention.PAST)
    for part in (invitations, desk_links):
        part.forget_older(db, now - retention.TO_LOOK_INTO)
    desk_sessions.forget_over(db, now)
    return 0


def _answers(db: sqlite3.Connection, house: House, now: datetime) -> int:
    oldest = local_day(now - house.knowledge.keep.answers, house.default_zone)
    return check_ins.forget_older(db, oldest, PIECE)


def _words_of_cases(db: sqlite3.Connection, house: House, now: datetime) -> int:
    found = alerts.closed_with_words(db, now - retention.WORDS, OPENED)
    for each in found:
        try:
            box = people.get(db, house.keyring, each.resident_id).box
        except people.PersonUnreadable:
            box = None
        alerts.take_words_out(db, box, each.alert_id)
    return len(found)


def _cases(db: sqlite3.Connection, house: House, now: datetime) -> int:
    return alerts.forget_older(db, now - house.knowledge.keep.alerts, PIECE)


def _notes(db: sqlite3.Connection, house: House, now: datetime) -> int:
    return internal_notes.forget_older(db, now - house.knowledge.keep.notes, PIECE)


def _audit(db: sqlite3.Connection, house: House, now: datetime) -> int:
    """By whole days: each pruning leaves a row, and one a day is enough."""
    before = (now - house.knowledge.keep.audit).replace(hour=0, minute=0, second=0, microsecond=0)
    return audit.prune(db, now, before, PIECE)


PIECES: Final[tuple[Work, ...]] = (_traffic, _operators, _answers, _words_of_cases, _cases, _notes, _audit)
"""Each is called until it finds nothing more."""


def prune_people(db: sqlite3.Connection, house: House, now: datetime, after: int) -> int | None:
    """Look at the next people's own records; returns the last one looked at, None when that were all."""
    page = people.page(db, after, OPENED)
    for person_id in page:
        try:
            known = people.get(db, house.keyring, person_id)
        except people.PersonUnreadable:
            continue  # whose moment comes reports it
        fresh = retention.pruned(known.person, now)
        if fresh != known.person:
            people.save_person(db, known.box, fresh, now)
    return page[-1] if page else None
