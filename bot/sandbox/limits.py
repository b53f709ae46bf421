"""
How fast a bot may send: about one message a second in a chat with short bursts, about thirty a second overall.

Telegram does not publish its real numbers; these are the ones its FAQ gives. Time is the movable clock, so a
test that moves it past `retry_after` may send again.
"""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.sandbox.refusals import too_many


@dataclass(frozen=True, slots=True)
class Limits:
    """Messages per second, and how many may come at once before that counts."""

    chat_per_second: float = 1.0
    chat_burst: int = 5
    overall_per_second: float = 30.0
    overall_burst: int = 30


class _Meter:
    """Counts one stream: each message takes its interval, and `burst` intervals may be taken in advance."""

    __slots__ = ("_busy_until", "_interval", "_tolerance")

    def __init__(self, per_second: float, burst: int) -> None:
        self._interval = 1.0 / per_second
        self._tolerance = self._interval * (burst - 1)
        self._busy_until = 0.0

    def wait(self, now: float) -> float:
        """Return the seconds to wait, 0 or less when a message may go."""
        # A clock moved back must not lock the chat until the old time comes again.
        self._busy_until = min(self._busy_until, now + self._tolerance + self._interval)
        return self._busy_until - self._tolerance - now

    def take(self, now: float) -> None:
        self._busy_until = max(self._busy_until, now) + self._interval


class RateLimiter:
    """Refuses what comes too fast, and everything to a chat that a test has declared flooded."""

    def __init__(self, limits: Limits | None) -> None:
        self._limits = limits
        self._overall = _Meter(limits.overall_per_second, limits.overall_burst) if limits else None
        self._chats: dict[int, _Meter] = {}
        self._flooded: dict[int, datetime] = {}

    def flood(self, chat_id: int, until: datetime) -> None:
        """Refuse every message to this chat until then, as after more than 310 unsent ones."""
        self._flooded[chat_id] = until

    def take(self, chat_id: int, now: datetime) -> None:
        """Count one message, or refuse it with 429."""
        if self._flooded:
            self._refuse_flooded(chat_id, now)
        if self._limits is None or self._overall is None:
            return
        chat = self._chats.get(chat_id)
        if chat is None:
            chat = _Meter(self._limits.chat_per_second, self._limits.chat_burst)
            self._chats[chat_id] = chat
        moment = now.timestamp()
        wait = max(chat.wait(moment), self._overall.wait(moment))
        if wait > 1e-6:  # floating point: a whole interval later is later enough
            raise too_many(math.ceil(wait))
        chat.take(moment)
        self._overall.take(moment)

    def _refuse_flooded(self, chat_id: int, now: datetime) -> None:
        left = self._flooded.get(chat_id, now) - now
        if left > timedelta(0):
            raise too_many(math.ceil(left.total_seconds()))
        self._flooded.pop(chat_id, None)
