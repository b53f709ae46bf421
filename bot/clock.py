"""
The time the bot lives by: real time plus an offset that the demo and the tests move.

Everything that waits for a moment waits here, so that a moved clock moves all of it. Waiting for the network
is real time and does not come here.
"""

import asyncio
import time
from datetime import UTC, datetime, timedelta


class Clock:
    """Moments are aware and in UTC. `move` wakes every sleeper whose moment has come."""

    def __init__(self, offset: timedelta = timedelta(0)) -> None:
        self._offset = offset
        self._moved_on = 0.0
        self._moved = asyncio.Event()

    def now(self) -> datetime:
        """Return the present moment, in UTC."""
        return datetime.now(UTC) + self._offset

    def monotonic(self) -> float:
        """Return seconds that only pass, also while somebody sets the machine's clock; moving on counts as passing."""
        return time.monotonic() + self._moved_on

    def move(self, by: timedelta) -> None:
        """Set the clock forward, or back where `by` is negative."""
        self._offset += by
        self._moved_on += max(by.total_seconds(), 0.0)
        self._moved.set()
        self._moved = asyncio.Event()

    async def sleep_until(self, moment: datetime) -> None:
        """Return once `moment` has come, by itself or because the clock was moved."""
        while (left := (moment - self.now()).total_seconds()) > 0:
            moved = self._moved
            try:
                await asyncio.wait_for(moved.wait(), timeout=left)
            except TimeoutError:
                continue

    async def sleep(self, seconds: float) -> None:
        """Return when `seconds` have passed on this clock."""
        await self.sleep_until(self.now() + timedelta(seconds=seconds))

    async def wait(self, event: asyncio.Event, until: datetime | None) -> None:
        """
        Return when `event` is set, or when `until` has come; early where the clock was moved, so look again then.

        A clock that somebody sets back meanwhile makes nobody wait longer than was meant.
        """
        if until is None:
            await event.wait()
            return
        left = max((until - self.now()).total_seconds(), 0.0)
        pending = {asyncio.ensure_future(event.wait()), asyncio.ensure_future(self._moved.wait())}
        try:
            await asyncio.wait(pending, timeout=left, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in pending:
                task.cancel()
            await asyncio.gather(*pending, return_exceptions=True)
