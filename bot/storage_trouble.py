"""
Whether what happens can be stored at the moment, and since when not; in memory only, since nothing else can remember.

Intake, sender and due each say whether what they had to write was written. The trouble is over when none of them
still fails: a heartbeat that finds room on an old page does not mean that there is room for what she wrote.
"""

from datetime import datetime, timedelta
from typing import Final

from storage.database import StorageBusy, StorageError

HELD_FOR_LONG: Final = timedelta(minutes=1)
"""Another program that holds the database for a moment is no trouble; one that does not let go is."""


class StorageTrouble:
    """`since` is None while all is well."""

    def __init__(self) -> None:
        self.since: datetime | None = None
        self._failing: set[str] = set()
        self._only_held = True

    def failed(self, part: str, error: StorageError, now: datetime) -> None:
        """A part of the bot could not write."""
        self._failing.add(part)
        self._only_held = self._only_held and isinstance(error, StorageBusy)
        if self.since is None:
            self.since = now

    def worked(self, part: str) -> None:
        """It could, or has nothing left that it could not."""
        self._failing.discard(part)
        if not self._failing:
            self.since, self._only_held = None, True

    def is_worth_telling(self, now: datetime) -> bool:
        """Whether people shall hear of it."""
        if self.since is None:
            return False
        return not self._only_held or now - self.since >= HELD_FOR_LONG
