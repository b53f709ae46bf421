"""
What is looked at, and how often.

A ticker only says "look now": what is due is a row with a time, so a restart, a crash or a late tick changes
nothing. Each look takes a bounded number of rows a transaction, so a wave never holds the storage thread long.
"""

import asyncio
import logging
from collections import Counter
from datetime import datetime, timedelta
from typing import Final

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot import auditing, tidying
from bot.chores import Chores
from bot.clock import Clock
from bot.excuses import News
from bot.handling import Handler
from bot.pulse import Pulse
from bot.sender import Sender
from storage.database import Database, StorageError

log = logging.getLogger(__name__)

LOOK_EVERY: Final = 1.0
ROWS_A_TRANSACTION: Final = 20
"""A cry for help waits for one transaction, twice; a wave takes an hour to send, so nobody waits for its claims."""
REST: Final = 0.01
"""Seconds between two transactions of a wave: about as long as one takes, so that half of the time is free."""
BEAT_EVERY: Final = timedelta(seconds=30)
PATIENCE: Final = 90.0
"""Seconds without a look that was whole: one is taken every second, the first when what waited was fetched."""
HEART_PATIENCE: Final = 90.0
"""Seconds without a heartbeat that reached the disk."""
LOOK_AGAIN_EVERY: Final = timedelta(minutes=1)
COMPLAIN_EVERY: Final = timedelta(minutes=1)


class Due:
    """
    `start` ticks by itself; `look`, `tidy` and `tell_notices` may be called at any time.

    `heart` is the pulse of the disk: a heartbeat is written every half minute, whether there is anything else or not.
    """

    def __init__(self, db: Database, handler: Handler, sender: Sender, clock: Clock) -> None:
        self._db, self._handler, self._sender, self._clock = db, handler, sender, clock
        self._looking = asyncio.Lock()
        self._scheduler: AsyncIOScheduler | None = None
        self._beaten_at: datetime | None = None
        self._looked_again_at: datetime | None = None
        self._complained_at: datetime | None = None
        self._news = News(db, handler.house, sender, clock)
        self.chores = Chores(db, clock)
        self.pulse = Pulse(clock, PATIENCE)
        self.heart = Pulse(clock, HEART_PATIENCE)
        self.tally: Counter[str] = Counter()

    def start(self) -> None:
        """Look every second, from now on."""
        self._scheduler = AsyncIOScheduler()
        how = {"max_instances": 1, "coalesce": True, "misfire_grace_time": None}
        self._scheduler.add_job(self.look, "interval", seconds=LOOK_EVERY, **how)
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
            await self.chores.stop()

    async def look(self) -> int:
        """Handle everything that is due now, and begin the chores that are; returns how much was handled."""
        async with self._looking:
            total = 0
            try:
                while done := await self._some():
                    total += done
                    if done >= ROWS_A_TRANSACTION:
                        await asyncio.sleep(REST)
                await self._vanish()
                await self.chores.look()
                await self._look_again()
                await self._bury()
                self._sender.trouble.worked("due")
            except StorageError as error:
                self._sender.trouble.failed("due", error, self._clock.now())
                self._complain(error)
            await self._news.look()
            return total

    def _complain(self, error: StorageError) -> None:
        """Once a minute: a look comes every second, and the log may lie on the disk that is full."""
        now = self._clock.now()
        if self._complained_at is None or abs(now - self._complained_at) >= COMPLAIN_EVERY:
            self._complained_at = now
            log.error("what is due cannot be stored; it stays due", extra={"error": type(error).__name__})

    async def _beat(self) -> None:
        now = self._clock.now()
        if self._beaten_at is None or abs(now - self._beaten_at) >= BEAT_EVERY:
            await self._db.run(self._handler.beat, now)
            self._beaten_at = now
            self.heart.beat()

    async def _look_again(self) -> None:
        now = self._clock.now()
        if self._looked_again_at is None or abs(now - self._looked_again_at) >= LOOK_AGAIN_EVERY:
            handled = await self._db.run(self._handler.look_again, now)
            self._looked_again_at = now
            self._sender.offer(handled.ordered)

    async def _bury(self) -> None:
        """Whoever was erased stands in the log beside the database until it is cut off, now or once nobody reads it."""
        if self._sender.erased and await self._db.empty_log():
            self._sender.erased = False

    async def _some(self) -> int:
        """One transaction; a long wave is many, and each of them shows that we live."""
        await self._beat()
        handled = await self._db.run(self._handler.due, self._clock.now(), ROWS_A_TRANSACTION)
        if handled.done:
            self._handler.probe("due-committed")
        self._sender.offer(handled.ordered)
        if handled.done:
            self._handler.probe("due-offered")
        self.tally["handled"] += handled.done - handled.failed
        self.tally["put-off"] += handled.failed
        self.pulse.beat()
        return handled.done

    async def _vanish(self) -> None:
        """Some chats a look: after an outage many wait, and Telegram answers haste with a pause for everybody."""
        handled = await self._db.run(self._handler.vanish, self._clock.now())
        if handled.done:
            self._handler.probe("due-committed")
            self._sender.offer(handled.ordered)
            self.tally["swept"] += handled.done - handled.failed

    async def audit(self) -> None:
        """Ask who would be told now, and leave a notice for each hole (R28)."""
        await self._db.run(auditing.record, self._handler.house, self._clock.now())

    async def tell_notices(self) -> None:
        """Tell the coordinators what is wrong with the bot itself."""
        handled = await self._db.run(self._handler.tell_notices, self._clock.now())
        self._sender.offer(handled.ordered)

    async def tidy(self) -> None:
        """Delete what nothing needs any more, a little at a time: each hop lets others in between."""
        try:
            handled = await self._db.run(self._handler.unopened_letters, self._clock.now())
            self._sender.offer(handled.ordered)
            await tidying.tidy(self._db, self._handler.house, self._clock)
        except StorageError as error:
            log.warning("tidying failed", extra={"error": type(error).__name__})
