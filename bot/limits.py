"""
How fast we send: Telegram's unwritten 30 a second over all and one a second in a chat, and the pauses it asks for.

Moments are given as arguments. Each bucket is one moment, when it will be full again (the "generic cell rate
algorithm"): a bucket that is full is the same as none, so idle chats are forgotten.
"""

import math
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)
SWEEP_FROM: Final = 1024


@dataclass(frozen=True, slots=True)
class _Rate:
    """One token each `interval`, at most `burst` of them saved up; `kept` are left there. No interval: no limit."""

    interval: timedelta
    burst: int

    @property
    def depth(self) -> timedelta:
        return self.interval * self.burst

    def ready_at(self, full_at: datetime, now: datetime, kept: int = 0) -> datetime:
        """Return when there is a token, and `kept` more."""
        return max(now, self._known(full_at, now) + self.interval * (1 + kept) - self.depth)

    def taken(self, full_at: datetime, now: datetime) -> datetime:
        """Return when the bucket will be full again once a token is taken."""
        return self._known(full_at, now) + self.interval

    def _known(self, full_at: datetime, now: datetime) -> datetime:
        """A bucket emptier than empty was used before the clock was set back: then it is just empty."""
        return min(max(full_at, now), now + self.depth)


def _rate(per_second: float, burst: int) -> _Rate:
    microseconds = math.ceil(1_000_000 / per_second) if per_second > 0 else 0  # up: never faster than asked
    return _Rate(timedelta(microseconds=microseconds), max(burst, 1))


@dataclass(slots=True)
class Limits:
    """
    Over all and for each chat; 0 a second means no limit.

    The burst over all is a tenth of a second's messages: enough that a sleeper who wakes late loses no pace. As many
    again are saved up for what is urgent, so that an alert behind a wave does not wait for its turn. In any window at
    most `rate x window + burst` ordinary messages pass, and with the urgent ones at most `burst` more, where each is
    sent no earlier than `ready_at` says.
    """

    per_second: float
    per_chat_per_second: float
    burst_per_chat: int = 1
    _chats: dict[int, datetime] = field(default_factory=dict)
    _all: datetime = LONG_AGO
    _halted_until: datetime = LONG_AGO
    _sweep_at: int = SWEEP_FROM

    @property
    def burst(self) -> int:
        """How many may leave at once, whomever they go to."""
        return max(1, int(self.per_second / 10))

    def ready_at(self, chat: int, now: datetime, *, urgent: bool = False) -> datetime:
        """Return when the next message to `chat` may leave: `now`, or later."""
        own = self._per_chat().ready_at(self._chats.get(chat, LONG_AGO), now)
        return max(self.opens_at(now, urgent=urgent), own)

    def opens_at(self, now: datetime, *, urgent: bool = False) -> datetime:
        """Return when anything at all may leave: `now`, or later."""
        kept = 0 if urgent else self.burst
        return max(self._halted_until, self._over_all().ready_at(self._all, now, kept))

    def take(self, chat: int, now: datetime) -> None:
        """Count a message to `chat` that leaves now."""
        self._all = self._over_all().taken(self._all, now)
        if self.per_chat_per_second > 0:
            self._chats[chat] = self._per_chat().taken(self._chats.get(chat, LONG_AGO), now)
            if len(self._chats) >= self._sweep_at:
                self._forget_idle(now)

    def halt(self, until: datetime) -> None:
        """Let nothing leave before `until`: Telegram said 429. A longer halt is never cut short."""
        self._halted_until = max(self._halted_until, until)

    def clock_set_back(self, by: timedelta, now: datetime) -> None:
        """A halt lasts as long as Telegram asked for, whatever the clock on the wall says since."""
        if self._halted_until > now:
            self._halted_until = max(self._halted_until - by, now)

    @property
    def chats_remembered(self) -> int:
        """How many chats are not idle, or not yet forgotten."""
        return len(self._chats)

    def _over_all(self) -> _Rate:
        return _rate(self.per_second, 2 * self.burst)

    def _per_chat(self) -> _Rate:
        return _rate(self.per_chat_per_second, self.burst_per_chat)

    def _forget_idle(self, now: datetime) -> None:
        self._chats = {chat: full_at for chat, full_at in self._chats.items() if full_at > now}
        self._sweep_at = max(SWEEP_FROM, 2 * len(self._chats))
