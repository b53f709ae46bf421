"""
The queue of updates, as the Bot API server keeps it: by kind for 24 hours or 150 seconds, until confirmed.

Times come from the caller's clock. Left out: the real server's pauses when the same offset is asked for
again within three seconds.
"""

import asyncio
import secrets
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import msgspec

DAY = timedelta(hours=24)
LIFETIMES = {"callback_query": timedelta(seconds=150)}  # every other kind lives a day
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
HISTORY = 10_000
IDS_JUMP_AFTER = timedelta(weeks=1)  # "If there are no new updates for at least a week, … chosen randomly"
FUTURE = 10  # an offset further than this beyond the last update is taken for a stranger's


@dataclass(slots=True, eq=False)
class Queued:
    """One update. `sticky` ones were put back on purpose and stay until they have been handed out."""

    update_id: int
    kind: str
    chat_id: int | None
    expires_at: datetime
    body: bytes
    sticky: bool = False


class UpdateQueue:
    """Updates the bot has not confirmed, in the order they come."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._waiting: deque[Queued] = deque()
        self._confirmed: deque[Queued] = deque(maxlen=HISTORY)
        self._last_id = _random_id()
        self._last_at: datetime | None = None
        self._next_expiry: datetime | None = None
        self._out_of_order = False  # only after something was put back
        self.allowed: frozenset[str] | None = None  # None: all but NOT_BY_DEFAULT
        self.arrived = asyncio.Event()

    def push(self, kind: str, content: dict[str, Any], chat_id: int | None) -> int:
        """Queue an update and return its id; 0 where `allowed_updates` leaves its kind out."""
        if not self.allows(kind):
            return 0
        now = self._now()
        if self._last_at is not None and now - self._last_at >= IDS_JUMP_AFTER:
            self._last_id = _random_id()
        self._last_id, self._last_at = self._last_id + 1, now
        body = msgspec.json.encode({"update_id": self._last_id, kind: content})
        self._add(Queued(self._last_id, kind, chat_id, now + LIFETIMES.get(kind, DAY), body))
        return self._last_id

    def inject(self, update: dict[str, Any], update_id: int | None = None) -> int:
        """Queue anything at all, however malformed; with an id given, it comes even if that id is old."""
        sticky = update_id is not None
        self._out_of_order |= sticky
        if update_id is None:
            update_id = self._last_id = self._last_id + 1
        self._last_id = max(self._last_id, update_id)
        kind = next((key for key in update if key != "update_id"), "unknown")
        body = msgspec.json.encode({**update, "update_id": update_id})
        expires_at = self._now() + LIFETIMES.get(kind, DAY)
        self._add(Queued(update_id, kind, None, expires_at, body, sticky=sticky))
        return update_id

    def inject_bytes(self, make: Callable[[int], bytes]) -> int:
        """Queue what `make` makes of the update's id, byte by byte as it is; returns the id."""
        self._last_id += 1
        self._add(Queued(self._last_id, "unknown", None, self._now() + DAY, make(self._last_id)))
        return self._last_id

    def redeliver(self, from_update_id: int) -> int:
        """Make confirmed updates from that id on come again, first of all; return how many."""
        again = [update for update in self._confirmed if update.update_id >= from_update_id]
        for update in reversed(again):
            self._confirmed.remove(update)
            update.sticky = True
            self._waiting.appendleft(update)
            self._watch_expiry(update)
        self._out_of_order = True
        self.arrived.set()
        return len(again)

    def allows(self, kind: str) -> bool:
        """Tell whether the bot wants updates of this kind."""
        return kind not in NOT_BY_DEFAULT if self.allowed is None else kind in self.allowed

    def allow(self, kinds: Iterable[str] | None) -> None:
        """Remember `allowed_updates`; an empty list means the default, and queued updates stay."""
        if kinds is not None:
            self.allowed = frozenset(kinds) or None

    def waiting(self) -> deque[Queued]:
        """Return what is not confirmed and not expired."""
        now = self._now()
        if self._next_expiry is not None and now >= self._next_expiry:
            alive = [update for update in self._waiting if update.expires_at > now]
            self._waiting = deque(alive)
            self._next_expiry = min((update.expires_at for update in alive), default=None)
        return self._waiting

    def confirm(self, offset: int) -> None:
        """Forget what the bot has: all below `offset`, or all but the last few where it is negative."""
        waiting = self.waiting()
        if offset < 0:
            while len(waiting) > -offset:
                self._forget(waiting[0])
        elif offset <= self._last_id + FUTURE:
            self._forget_below(offset)

    def _forget_below(self, offset: int) -> None:
        waiting = self._waiting
        while waiting and waiting[0].update_id < offset and not waiting[0].sticky:
            self._forget(waiting[0])
        if self._out_of_order:
            for update in [each for each in waiting if each.update_id < offset and not each.sticky]:
                self._forget(update)
            self._out_of_order = bool(waiting)

    def forget(self, update: Queued) -> None:
        """Confirm one update, as a webhook's 200 does."""
        if update in self._waiting:
            self._forget(update)

    def clear(self) -> None:
        """Drop everything, as `drop_pending_updates` does."""
        self._waiting.clear()

    def take(self, limit: int) -> list[bytes]:
        """Return the first updates; they stay until confirmed."""
        waiting = self.waiting()
        if not waiting:
            self.arrived.clear()
            return []
        taken: list[bytes] = []
        for update in waiting:
            if len(taken) == limit:
                break
            update.sticky = False
            taken.append(update.body)
        return taken

    def _add(self, update: Queued) -> None:
        self._waiting.append(update)
        self._watch_expiry(update)
        self.arrived.set()

    def _watch_expiry(self, update: Queued) -> None:
        if self._next_expiry is None or update.expires_at < self._next_expiry:
            self._next_expiry = update.expires_at

    def _forget(self, update: Queued) -> None:
        if self._waiting[0] is update:  # the usual case, and the quick one
            self._waiting.popleft()
        else:
            self._waiting.remove(update)
        self._confirmed.append(update)


def _random_id() -> int:
    return 100_000_000 + secrets.randbelow(800_000_000)
