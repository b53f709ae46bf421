"""
How often strangers are answered: whoever tries out codes, or only knocks all day, costs little and delays nobody.

An invitation opens however much is going on: every code is looked up, and only the answer to a stranger may be left
out. So nobody who was invited can be kept out by somebody who was not. A code has 144 bits; not the limit, but their
number keeps guessers out. Kept in memory: a restart forgives, and no chat of a stranger is stored.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

PER_CHAT: Final = 5
CHAT_WINDOW: Final = timedelta(hours=1)
OVER_ALL: Final = 60
ALL_WINDOW: Final = timedelta(minutes=1)
CHATS_KEPT: Final = 10_000


@dataclass(slots=True)
class Window:
    """How many there were since it began."""

    began_at: datetime
    count: int = 0

    def is_over(self, now: datetime, length: timedelta) -> bool:
        """Also where the clock was set back behind its beginning."""
        return not self.began_at <= now < self.began_at + length


@dataclass(slots=True)
class Threshold:
    """One for a running bot."""

    _chats: dict[int, Window] = field(default_factory=dict, repr=False)
    _all: Window | None = None

    def answers(self, chat_id: int, now: datetime, *, had_a_code: bool = False) -> bool:
        """
        Whether this stranger is answered once more; an answer is counted.

        `had_a_code`: she came with a code that was good once, which nobody guesses: a crowd of others is no reason not
        to tell her that it is too old.
        """
        chat = self._of_chat(chat_id, now)
        if self._all is None or self._all.is_over(now, ALL_WINDOW):
            self._all = Window(now)
        if chat.count >= PER_CHAT or (self._all.count >= OVER_ALL and not had_a_code):
            return False
        chat.count += 1
        self._all.count += 1
        return True

    def _of_chat(self, chat_id: int, now: datetime) -> Window:
        window = self._chats.get(chat_id)
        if window is None or window.is_over(now, CHAT_WINDOW):
            self._chats.pop(chat_id, None)
            window = self._chats[chat_id] = Window(now)
            self._forget_the_oldest()
        return window

    def _forget_the_oldest(self) -> None:
        while len(self._chats) > CHATS_KEPT:
            del self._chats[next(iter(self._chats))]
