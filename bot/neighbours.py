"""
Neighbours: another process wrote into the database, so what it ordered leaves now and not after the next start.

The desk, and commands an operator types, have connections of their own. SQLite counts what others wrote; asking it
is one short hop to the storage thread, five times a second (`tests/bot/test_neighbours.py` holds how short).
"""

import asyncio
import logging
from collections.abc import Callable
from typing import Final, Protocol

from storage.database import Database, StorageError

log = logging.getLogger(__name__)

LOOK_EVERY: Final = 0.2
"""Seconds. Real time: a process beside us does not live by our clock."""
STORAGE_PAUSE: Final = 5.0


class Taker(Protocol):
    """`bot.sender.Sender`, as far as it is needed here."""

    async def take_in_others(self) -> int:
        """Take in what others wrote into the outbox."""


class Neighbours:
    """One for a database, beside the sender. `begin` before the sender recovers, then `run` until it is cancelled."""

    def __init__(self, db: Database, sender: Taker, wake_ringer: Callable[[], None]) -> None:
        self._db, self._sender, self._wake_ringer = db, sender, wake_ringer
        self._version: int | None = None

    async def begin(self) -> None:
        """What others wrote up to now is for the sender to recover."""
        self._version = await self._db.version()

    async def run(self) -> None:
        """Look again and again; a disk that fails makes it wait, not end."""
        while True:
            pause = LOOK_EVERY
            try:
                await self.look()
            except StorageError as error:
                log.error("what others wrote cannot be looked for", extra={"error": type(error).__name__})
                pause = STORAGE_PAUSE
            await asyncio.sleep(pause)

    async def look(self) -> bool:
        """Look once; returns whether somebody else wrote something, or nobody has looked before."""
        version = await self._db.version()
        if version == self._version:
            return False
        await self._sender.take_in_others()
        self._wake_ringer()
        self._version = version  # only now: where that failed it is looked for again
        return True
