"""
How things stand between her and whoever holds her phone: open, closed, covered, or shut for a while after guessing.

Moments go in and a lock comes out; nothing here says or shows anything (`dialogs/who_reads.py` does). All of it is
sealed with her. Where she chose no check there is no lock.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from dialogs.codes import NO_CODE, Derived, same

LONG_SILENCE: Final = timedelta(hours=12)
ASKED_FOR: Final = timedelta(minutes=10)
"""What she writes so long after the question is taken for an answer to it."""
MOST_WRONG: Final = 5
WRONG_WITHIN: Final = timedelta(minutes=15)
SHUT_FOR: Final = timedelta(minutes=15)
LONGEST_SHUT: Final = timedelta(hours=4)
"""Each time without the right one in between it is shut twice as long: guessing gets slower, never endless."""
LATELY: Final = timedelta(days=30)
MINUTES: Final = (5, 30, 240, 0)
"""After how long without a sign it closes; 0: only after a long silence."""
USUAL_MINUTES: Final = 30
TRIED: Final = "tried"


class Entry(StrEnum):
    """What a code turned out to be."""

    OWN = "own"
    SECOND = "second"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Lock:
    """
    `own` opens, `second` covers: both are digests under one `salt`, so that one working of scrypt answers for both.

    `pending`: written once while she chooses, waits to be written again. `calls`: reasons of an alert that is to be
    raised at the next moment; it is never raised in the answer itself, which takes as long for the one as the other.
    """

    salt: bytes = field(default=b"", repr=False)
    own: bytes = field(default=NO_CODE, repr=False)
    second: bytes = field(default=NO_CODE, repr=False)
    pending: bytes = field(default=NO_CODE, repr=False)
    own_digits: bool = True
    second_digits: bool = True
    minutes: int = USUAL_MINUTES
    open_at: datetime | None = None  # her last act while it was open; None: closed
    acted_at: datetime | None = None  # anybody's last act
    asked_at: datetime | None = None  # the question stands since then
    covered: bool = False  # the second was written: only harmless things until the own one is
    wrong: tuple[datetime, ...] = ()
    shuts: int = 0
    shut_until: datetime | None = None
    scripts: tuple[tuple[str, datetime], ...] = ()  # what was written in while it was open, and when last
    calls: tuple[str, ...] = ()

    @property
    def is_set(self) -> bool:
        """Whether she has chosen a check."""
        return self.own != NO_CODE

    def is_shut(self, now: datetime) -> bool:
        """Whether too much was guessed: nothing that is typed is looked at."""
        return self.shut_until is not None and now < self.shut_until

    def is_open(self, now: datetime) -> bool:
        """Whether whoever acts now has shown that it is her, a short while ago."""
        if self.covered or self.is_shut(now) or self.open_at is None:
            return False
        return now - self.open_at < self._window

    @property
    def _window(self) -> timedelta:
        return timedelta(minutes=self.minutes) if self.minutes else LONG_SILENCE

    def is_asked(self, now: datetime) -> bool:
        """Whether the question stands."""
        return self.asked_at is not None and now - self.asked_at < ASKED_FOR

    def is_back(self, now: datetime) -> bool:
        """Whether nobody did anything here for long."""
        return self.acted_at is None or now - self.acted_at >= LONG_SILENCE

    def in_another_hand(self, script: str, now: datetime) -> bool:
        """Whether this is a script that was not written in lately, though another one was."""
        lately = {each for each, at in self.scripts if now - at < LATELY}
        return script != "" and bool(lately) and script not in lately


def entered(lock: Lock, derived: Derived) -> Entry:
    """Compare with both, always, and only then look at what came of it."""
    own, second = same(lock.own, derived), same(lock.second, derived)
    if derived.salt != lock.salt or not (own or second):
        return Entry.WRONG
    return Entry.OWN if own else Entry.SECOND


def opened(lock: Lock, now: datetime) -> Lock:
    """Her own one was written."""
    return replace(_settled(lock, now), open_at=now, covered=False)


def covered(lock: Lock, now: datetime, calls: tuple[str, ...]) -> Lock:
    """The second one was written; people are to be told."""
    return replace(_settled(lock, now), open_at=None, covered=True, calls=calls)


def _settled(lock: Lock, now: datetime) -> Lock:
    return replace(lock, acted_at=now, asked_at=None, wrong=(), shuts=0, shut_until=None)


def missed(lock: Lock, now: datetime) -> Lock:
    """Another one was written; after too many it is shut for a while."""
    wrong = (*(each for each in lock.wrong if now - each < WRONG_WITHIN), now)
    if len(wrong) < MOST_WRONG:
        return replace(lock, wrong=wrong)
    until = now + min(SHUT_FOR * 2**lock.shuts, LONGEST_SHUT)
    shut = replace(lock, wrong=(), shut_until=until, open_at=None, asked_at=None)
    if lock.covered:  # people know already that somebody else may be writing there
        return shut
    return replace(shut, shuts=min(lock.shuts + 1, MOST_WRONG), calls=(*lock.calls, TRIED))


def acted(lock: Lock, now: datetime) -> Lock:
    """Something was done; where it is open it stays open for so much longer."""
    return replace(lock, acted_at=now, open_at=now if lock.is_open(now) else None)


def written(lock: Lock, script: str, now: datetime) -> Lock:
    """Remember the script of what she writes while it is open."""
    if not script:
        return lock
    others = tuple(each for each in lock.scripts if each[0] != script and now - each[1] < LATELY)
    return replace(lock, scripts=(*others, (script, now)))


def closed(lock: Lock) -> Lock:
    """The question comes before the next thing that is hers alone."""
    return replace(lock, open_at=None)
