"""
Signs of life: when a part of the bot last did its work.

A sign is work that succeeded. A part that waits for a full disk or a Telegram that does not answer grows old like
one that has stopped, and a part that just began has not shown anything yet. Ages are seconds that pass whatever is
done to the machine's clock.
"""

from typing import Final

from bot.clock import Clock

SAID_EVERY: Final = 60.0
REFUSED_FOR: Final = 120.0
"""Seconds. Of two programs with one token each is refused only every few asks, so one refusal counts for a while."""


class Pulse:
    """`patience`: how many seconds may pass between two signs before something is wrong."""

    def __init__(self, clock: Clock, patience: float) -> None:
        self._clock, self._patience = clock, patience
        self._since = clock.monotonic()
        self._beaten = False
        self._refused_at: float | None = None
        self._said_at: float | None = None

    def beat(self) -> None:
        """The part did its work a moment ago."""
        self._since = self._clock.monotonic()
        self._beaten = True

    def refused(self) -> bool:
        """Telegram turned the part away; returns whether that is worth a line, which it is once a minute."""
        self._refused_at = now = self._clock.monotonic()
        worth = self._said_at is None or now - self._said_at >= SAID_EVERY
        if worth:
            self._said_at = now
        return worth

    @property
    def age(self) -> float:
        """Seconds since the last sign, or since the part was made."""
        return self._clock.monotonic() - self._since

    @property
    def turned_away(self) -> bool:
        """Whether Telegram refused the part a short while ago."""
        return self._refused_at is not None and self._clock.monotonic() - self._refused_at < REFUSED_FOR

    @property
    def well(self) -> bool:
        """Whether the part has shown that it works, and not too long ago."""
        return self._beaten and not self.failing

    @property
    def failing(self) -> bool:
        """Whether something is wrong; a part that has just begun is neither well nor failing."""
        return self.turned_away or self.age > self._patience
