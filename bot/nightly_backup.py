"""
The backup the clock makes: written in a thread of its own, beside a bot that goes on.

Whom the tombstones name is written beside the backups as well: where the data is lost, a restore must still know.

The folder is never made here. A disk that is not mounted is then a failure somebody hears of, and not a copy on
the disk it was to be safe from. Old backups go only after a new one was written and checked.
"""

import asyncio
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from bot.clock import Clock
from storage import backups
from storage.database import StorageError
from storage.tombstones import TombstoneFile


class BackupFolderMissing(StorageError):
    """There is nowhere to write to."""


class NightlyBackup:
    """`write` and `carry_tombstones` are chores."""

    def __init__(self, database: Path, tombstones: Path, folder: Path, keep: int, clock: Clock) -> None:
        self._database, self._tombstones, self._folder = database, TombstoneFile(tombstones), folder
        self._beside = TombstoneFile(folder / tombstones.name)
        self._keep, self._clock = keep, clock

    async def write(self) -> None:
        """Return once there is a new backup; raises a `StorageError`. Being cancelled cuts it short."""
        stopped = threading.Event()
        thread = asyncio.create_task(asyncio.to_thread(self._write, self._clock.now(), stopped.is_set))
        try:
            await asyncio.shield(thread)
        except asyncio.CancelledError:
            stopped.set()
            await asyncio.gather(thread, return_exceptions=True)
            raise

    async def carry_tombstones(self) -> None:
        """Write down beside the backups who was erased since."""
        await asyncio.to_thread(self._carry)

    def _carry(self) -> None:
        if not self._folder.is_dir():
            raise BackupFolderMissing(f"there is no folder {self._folder}: make it, or mount its disk")
        self._beside.take_over(self._tombstones)

    def _write(self, now: datetime, stopped: Callable[[], bool]) -> None:
        self._carry()
        written = self._folder / backups.name_for(now)
        backups.write(self._database, written, stopped)
        backups.rotate(written, self._keep)
