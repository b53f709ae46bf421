"""
Chores: what the clock does that concerns nobody in particular, such as the nightly backup.

When each is due is a row: a night that was missed is made up for at the next start, and one that was done is not
done again. Before a chore begins, its row says "in an hour": so one that fails, or ends the program, is tried again
then and holds up no other. Failing is a notice to the operator, which ends with the next success.
"""

import asyncio
import logging
import sqlite3
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial
from typing import Final

from bot.clock import Clock
from dialogs.notices import NoticeKind
from dialogs.notices import chore as subject_of
from dialogs.people import Rhythm
from dialogs.schedule import next_moment
from storage import chores, notices
from storage.database import Database, StorageError

log = logging.getLogger(__name__)

RETRY_AFTER: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Chore:
    """
    `next_at(after)` is the first moment later than `after` at which it is to be done.

    `work` may raise what it likes; what takes long does not belong on the event loop. It is cancelled when the bot
    is stopped.
    """

    name: str
    next_at: Callable[[datetime], datetime]
    work: Callable[[], Awaitable[object]]
    notice: NoticeKind = NoticeKind.CHORE_FAILED


def daily(at: time, zone: str) -> Callable[[datetime], datetime]:
    """Once a day, when the clocks of `zone` show `at`."""
    return partial(next_moment, Rhythm(at, zone=zone))


def every(period: timedelta) -> Callable[[datetime], datetime]:
    """Again and again."""
    return lambda after: after + period


class Chores:
    """`add` them, then `look` as often as you like: what is due is begun beside whatever else goes on."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db, self._clock = db, clock
        self._chores: list[Chore] = []
        self._due: dict[str, datetime] = {}
        self._under_way: dict[str, asyncio.Task[None]] = {}

    def add(self, chore: Chore) -> None:
        """Look after this one too."""
        self._chores.append(chore)

    @property
    def idle(self) -> bool:
        """Whether none is under way."""
        return not self._under_way

    async def look(self) -> None:
        """Begin what is due, and wait for none of it; raises `StorageError`, and has begun nothing then."""
        for chore in self._chores:
            now = self._clock.now()
            if chore.name not in self._under_way and await self._due_at(chore, now) <= now:
                await self._begin(chore, now)

    async def stop(self) -> None:
        """Cut short what is under way; it is tried again after the next start."""
        for task in self._under_way.values():
            task.cancel()
        await asyncio.gather(*self._under_way.values(), return_exceptions=True)

    async def _due_at(self, chore: Chore, now: datetime) -> datetime:
        if chore.name not in self._due:
            self._due[chore.name] = await self._db.run(_planned, chore, now)
        if chore.next_at(now) < self._due[chore.name]:  # somebody set the clock back
            self._due[chore.name] = chore.next_at(now)
        return self._due[chore.name]

    async def _begin(self, chore: Chore, now: datetime) -> None:
        await self._plan(chore, min(now + RETRY_AFTER, chore.next_at(now)))
        task = asyncio.create_task(self._do(chore, now), name=f"chore {chore.name}")
        self._under_way[chore.name] = task
        task.add_done_callback(lambda _task: self._under_way.pop(chore.name))

    async def _plan(self, chore: Chore, at: datetime) -> None:
        await self._db.run(chores.plan, chore.name, at)
        self._due[chore.name] = at

    async def _do(self, chore: Chore, now: datetime) -> None:
        try:
            await chore.work()
        except Exception:
            log.exception("a chore failed and is tried again", extra={"chore": chore.name})
            await self._write(_failed, chore)
        else:
            self._due[chore.name] = chore.next_at(now)
            await self._write(_done, chore, self._due[chore.name])

    async def _write(self, what: Callable[..., object], *values: object) -> None:
        try:
            await self._db.run(what, *values, self._clock.now())
        except StorageError as error:
            log.error("what became of a chore cannot be stored", extra={"error": type(error).__name__})


def _planned(db: sqlite3.Connection, chore: Chore, now: datetime) -> datetime:
    """When the row says; a chore that has none is due at its first moment from now on."""
    at = chores.due_at(db, chore.name)
    if at is None:
        at = chore.next_at(now)
        chores.plan(db, chore.name, at)
    return at


def _failed(db: sqlite3.Connection, chore: Chore, now: datetime) -> None:
    notices.report(db, chore.notice, now, subject_of(chore.name))


def _done(db: sqlite3.Connection, chore: Chore, due_at: datetime, now: datetime) -> None:
    chores.plan(db, chore.name, due_at)
    notices.end(db, chore.notice, now, subject_of(chore.name))
