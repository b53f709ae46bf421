"""
A clock that is set back makes nobody wait: who was to be told in two minutes is told in two minutes.

Moments in the database are read off the clock of the machine, and a machine that had it wrong sets it right one
day. Set forward, it lets things come early, which harms nobody. Set back by two hours, it would let every alert,
every repeat and every look at what is due wait for two hours more; so whatever measures a time from an event is
brought forward by as much. What is an hour on her own clock, as the next check-in, stays where it is.
"""

import asyncio
import logging
import sqlite3
from datetime import datetime, timedelta
from typing import Final

from bot.clock import Clock
from bot.due import Due
from bot.house import House
from bot.sender import Sender
from dialogs.escalation import clock_set_back
from dialogs.events import WAITING_FOR_HER, Timer
from storage import alerts, outages, outbox, people, rings, timers, updates
from storage.alerts import OpenAlert
from storage.database import Database, StorageError

log = logging.getLogger(__name__)

LOOK_EVERY: Final = 1.0
SHORTEST: Final = timedelta(minutes=1)
"""Less makes nothing late that matters, and clocks are set by seconds all the time."""
MEASURED: Final = (*WAITING_FOR_HER, Timer.SNOOZE)
"""Timers that say how long after something, and not at what hour."""


class ClockWatch:
    """`run` looks every second, by a time that nobody sets; `look` may be called at any time."""

    def __init__(self, db: Database, house: House, sender: Sender, due: Due, clock: Clock) -> None:
        self._db, self._house, self._sender, self._due, self._clock = db, house, sender, due, clock
        self._now, self._passed = clock.now(), clock.monotonic()

    async def run(self) -> None:
        """Look for ever; what cannot be stored is tried again."""
        while True:
            await asyncio.sleep(LOOK_EVERY)
            try:
                await self.look()
            except StorageError as error:
                log.error(
                    "the clock was set back, and that cannot be stored", extra={"error": type(error).__name__}
                )

    async def look(self) -> None:
        """Compare the clock with the time that has passed since the last look."""
        now, passed = self._clock.now(), self._clock.monotonic()
        by = self._now + timedelta(seconds=passed - self._passed) - now
        if by >= SHORTEST:
            self._due.tick_anew()
            await self._db.run(bring_forward, self._house, by, now)
            self._sender.clock_set_back(by)
        self._now, self._passed = now, passed


def at_start(db: sqlite3.Connection, house: House, now: datetime) -> None:
    """A last sign of life that lies ahead: the clock was set back while we were down, by that much or more."""
    last = outages.last_beat(db)
    if last is not None and last - now >= SHORTEST:
        bring_forward(db, house, last - now, now)


def bring_forward(db: sqlite3.Connection, house: House, by: timedelta, now: datetime) -> None:
    """Let everything that was to come some time after something come that much after it."""
    log.warning("the clock was set back", extra={"minutes": int(by.total_seconds() // 60)})
    outages.beat(db, now)  # or a start would do all this once more
    timers.shift(db, MEASURED, now, -by)
    outbox.bring_forward(db, now, by)
    rings.bring_forward(db, now, by)
    outbox.vanish_sooner(db, now, by)
    updates.vanish_sooner(db, now, by)
    for each in alerts.open_alerts(db):
        _bring_forward(db, house, each, by, now)


def _bring_forward(
    db: sqlite3.Connection, house: House, found: OpenAlert, by: timedelta, now: datetime
) -> None:
    try:
        box = people.get(db, house.keyring, found.resident_id).box
        alert = alerts.get(db, box, found.id)
    except (people.PersonNotFound, people.PersonUnreadable, alerts.AlertUnreadable):
        if found.next_step_at is not None and found.next_step_at > now:
            alerts.put_off(db, found.id, found.next_step_at - by)
    else:
        alerts.save(db, box, clock_set_back(alert, by, now))
