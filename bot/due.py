"""
What is looked at, and how often.

A ticker only says "look now": what is due is a row with a time, so a restart, a crash or a late tick changes
nothing. Each look takes a bounded number of rows a transaction, so a wave never holds the storage thread long.
"""

import asyncio
import logging
import sqlite3
from datetime import datetime, timedelta
from typing import Final

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import Clock
from bot.handling import Handler
from bot.sender import Sender
from storage import outbox, set_aside, updates
from storage.database import Database, StorageError

log = logging.getLogger(__name__)

LOOK_EVERY: Final = 1.0
ROWS_A_TRANSACTION: Final = 100
BEAT_EVERY: Final = timedelta(seconds=30)
TIDY_EVERY: Final = 3600.0
KEPT: Final = timedelta(days=3)
"""Telegram repeats an update for 24 hours and lets us delete messages for 48: nothing needs these rows longer."""
SET_ASIDE_KEPT: Final = timedelta(days=30)


class Due:
    """`start` ticks by itself; `look` and `tidy` may be called at any time."""

    def __init__(self, db: Database, handler: Handler, sender: Sender, clock: Clock) -> None:
        self._db, self._handler, self._sender, self._clock = db, handler, sender, clock
        self._looking = asyncio.Lock()
        self._scheduler: AsyncIOScheduler | None = None
        self._beaten_at: datetime | None = None
        self.alive_at = clock.now()

    def start(self) -> None:
        """Look every second and tidy every hour, from now on."""
        self._scheduler = AsyncIOScheduler()
        how = {"max_instances": 1, "coalesce": True, "misfire_grace_time": None}
        self._scheduler.add_job(self.look, "interval", seconds=LOOK_EVERY, **how)
        self._scheduler.add_job(self.tidy, "interval", seconds=TIDY_EVERY, **how)
        self._scheduler.start()

    def tick_anew(self) -> None:
        """The clock was set back: the scheduler waits for a moment on it, and would wait for hours."""
        for job in self._scheduler.get_jobs() if self._scheduler is not None else ():
            job.reschedule("interval", seconds=job.trigger.interval.total_seconds())

    async def stop(self) -> None:
        """End the ticking and wait for a look that is under way."""
        if self._scheduler is not None:
            self._scheduler.shutdown(wait=False)
            self._scheduler = None
        async with self._looking:
            return

    async def look(self) -> int:
        """Handle everything that is due now; returns how much that was."""
        async with self._looking:
            total = 0
            try:
                await self._beat()
                while done := await self._some():
                    total += done
            except StorageError as error:
                log.error("what is due cannot be stored; it stays due", extra={"error": type(error).__name__})
            self.alive_at = self._clock.now()
            return total

    async def _beat(self) -> None:
        now = self._clock.now()
        if self._beaten_at is None or abs(now - self._beaten_at) >= BEAT_EVERY:
            await self._db.run(self._handler.beat, now)
            self._beaten_at = now

    async def _some(self) -> int:
        handled = await self._db.run(self._handler.due, self._clock.now(), ROWS_A_TRANSACTION)
        if handled.done:
            self._handler.probe("due-committed")
        self._sender.offer(handled.ordered)
        if handled.done:
            self._handler.probe("due-offered")
        return handled.done

    async def tidy(self) -> None:
        """Delete what nothing needs any more, a little at a time."""
        try:
            while await self._db.run(_tidy, self._clock.now()):
                pass  # each hop lets others in between
        except StorageError as error:
            log.warning("tidying failed", extra={"error": type(error).__name__})


def _tidy(db: sqlite3.Connection, now: datetime) -> int:
    gone = updates.forget_older(db, now - KEPT) + outbox.forget_older(db, now - KEPT)
    set_aside.forget_older(db, now - SET_ASIDE_KEPT)
    return gone
