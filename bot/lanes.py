"""
What waits to be sent, in the order it may leave.

Each person has a lane: her messages keep their order, and one is under way at a time, except that nothing on its
way holds up what is urgent. Between persons the most urgent head goes first, so an alert passes a hundred thousand
check-ins. Nothing is here that the outbox does not have as well, except what belongs to nobody (words to strangers).
"""

import heapq
from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, NamedTuple, TypeAlias

from bot.limits import Limits
from bot.ordering import Queued
from bot.outgoing import AnswerPress, Forwarded, MyFile, Outgoing, Photo, Picture, Send, Trend
from dialogs.effects import Priority, Purpose
from storage.outbox import Waiting

TEXTS_KEPT: Final = 2_000
"""So many messages are held with their text; behind them only ids wait, and the text is read when it is due."""

EXPIRY: Final = {
    Purpose.REPLY.value: timedelta(minutes=10),
    Purpose.ROUTINE.value: timedelta(hours=6),
    Purpose.CHECK_IN.value: timedelta(hours=6),
    "press": timedelta(seconds=60),
}
"""What is older than this is dropped unsent (design.md 4); what is not named here never is."""


@dataclass(slots=True)
class Entry:
    """One message on its way. `id` None: it is in no table."""

    id: int | None
    lane: Hashable
    person_id: int
    purpose: str
    priority: int
    due_at: datetime
    created_at: datetime
    alert_id: int | None = None
    step: int = 0
    repeat: bool = False
    attempts: int = 0
    outgoing: Outgoing | None = field(default=None, repr=False)

    @property
    def urgent(self) -> bool:
        """Whether it waits for nothing but what is urgent as well."""
        return self.priority <= Priority.URGENT

    @property
    def pace(self) -> int:
        """Whose messages a second are counted: a person's, or a stranger's chat (below zero, so they never meet)."""
        return self.person_id or -abs(getattr(self.outgoing, "chat_id", 0))

    @property
    def counts(self) -> bool:
        """Whether Telegram counts it as a message of the chat."""
        return self.outgoing is None or isinstance(
            self.outgoing, Send | Photo | Picture | Trend | Forwarded | MyFile
        )

    def expired(self, now: datetime) -> bool:
        """Whether it is too old to be worth sending; of a message whose text is not at hand, as far as one can tell."""
        limit, until = EXPIRY.get(self.purpose), getattr(self.outgoing, "until", None)
        return (limit is not None and now - self.created_at > limit) or (until is not None and now > until)


def from_queued(queued: Queued) -> Entry:
    """A message that was put into the outbox a moment ago."""
    lane = ("press", queued.id) if isinstance(queued.outgoing, AnswerPress) else queued.person_id
    return Entry(
        queued.id,
        lane,
        queued.person_id,
        queued.purpose,
        queued.priority,
        queued.due_at,
        queued.due_at,
        queued.alert_id,
        queued.step,
        outgoing=queued.outgoing,
    )


def from_waiting(waiting: Waiting) -> Entry:
    """A message found in the outbox after a start."""
    lane = ("press", waiting.id) if waiting.purpose == "press" else waiting.person_id
    return Entry(
        waiting.id,
        lane,
        waiting.person_id,
        waiting.purpose,
        waiting.priority,
        waiting.due_at,
        waiting.due_at,
        waiting.alert_id,
        waiting.step,
        waiting.repeat,
        waiting.attempts,
    )


def from_loose(outgoing: Outgoing, now: datetime, number: int) -> Entry:
    """Words to somebody who has no row."""
    lane = ("loose", getattr(outgoing, "chat_id", number))
    return Entry(None, lane, 0, Purpose.REPLY.value, 1, now, now, outgoing=outgoing)


_Place: TypeAlias = tuple[int, int, int, Entry]
"""Priority, order within it, and a number nobody else has, so that two entries are never compared."""


class Room(NamedTuple):
    """How many more may be under way, and how many of them may be `other` than urgent."""

    all: int
    other: int


class Lanes:
    """Moments are arguments; nothing waits here."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._lanes: dict[Hashable, list[_Place]] = {}
        self._busy: set[tuple[Hashable, bool]] = set()  # the lane, and whether what is under way is urgent
        self._ready: list[tuple[int, int, int, Hashable]] = []
        self._later: list[tuple[datetime, int, Hashable]] = []
        self._number = 0
        self._waiting: Counter[int] = Counter()
        self._held: Counter[int] = Counter()

    def __len__(self) -> int:
        return self._waiting.total()

    def count(self, priority: int) -> int:
        """How many of this priority wait."""
        return self._waiting[priority]

    def holds(self, row: int) -> bool:
        """Whether this row of the outbox waits here, or is under way."""
        return row in self._held

    def put(self, entry: Entry) -> None:
        """Add a message behind those of its lane that are as urgent."""
        if len(self) >= TEXTS_KEPT and entry.id is not None and entry.lane == entry.person_id:
            entry.outgoing = None
        self._number += 1
        order = entry.id if entry.id is not None else self._number
        place = (entry.priority, order, self._number, entry)
        heapq.heappush(self._lanes.setdefault(entry.lane, []), place)
        self._waiting[entry.priority] += 1
        if entry.id is not None:
            self._held[entry.id] += 1
        self._offer(entry.lane)

    def take(self, room: Room, now: datetime) -> list[Entry]:
        """Return what may leave now, as far as there is room; each keeps its lane busy until `done`."""
        while self._later and self._later[0][0] <= now:
            self._offer(heapq.heappop(self._later)[2])
        taken: list[Entry] = []
        while self._ready and self._fits(room) and self._limits.opens_at(now, urgent=self._urgent) <= now:
            *place, lane = heapq.heappop(self._ready)
            waiting = self._lanes.get(lane)
            if not waiting or list(waiting[0][:3]) != place or self._must_wait(waiting[0][3]):
                continue
            entry = self._leave(waiting, now)
            if entry is not None:
                taken.append(entry)
                room = Room(room.all - 1, room.other - (not entry.urgent))
        return taken

    def _fits(self, room: Room) -> bool:
        """Whether there is room for the first of those that are ready; those behind it are no more urgent."""
        return room.all > 0 and (room.other > 0 or self._urgent)

    @property
    def _urgent(self) -> bool:
        return self._ready[0][0] <= Priority.URGENT

    def _must_wait(self, entry: Entry) -> bool:
        """What is urgent waits for the urgent only, so that no message that hangs holds up an alert."""
        return (entry.lane, True) in self._busy or (not entry.urgent and (entry.lane, False) in self._busy)

    def _leave(self, waiting: list[_Place], now: datetime) -> Entry | None:
        entry = waiting[0][3]
        at = entry.due_at
        if entry.counts:
            at = max(at, self._limits.ready_at(entry.pace, now, urgent=entry.urgent))
        if at > now and not entry.expired(now):
            self._number += 1
            heapq.heappush(self._later, (at, self._number, entry.lane))
            return None
        heapq.heappop(waiting)
        self._waiting[entry.priority] -= 1
        self._busy.add((entry.lane, entry.urgent))
        if entry.counts and not entry.expired(now):
            self._limits.take(entry.pace, now)
        return entry

    def done(self, entry: Entry) -> None:
        """The message left, or was put back: the next of its lane may go."""
        self._busy.discard((entry.lane, entry.urgent))
        if entry.id is not None:
            self._held[entry.id] -= 1
            if not self._held[entry.id]:
                del self._held[entry.id]
        if not self._lanes.get(entry.lane):
            self._lanes.pop(entry.lane, None)
        self._offer(entry.lane)

    def clock_set_back(self, by: timedelta, now: datetime) -> None:
        """What was to leave in five seconds leaves in five seconds, and not in two hours and five seconds."""
        for waiting in self._lanes.values():
            for *_place, entry in waiting:
                if entry.due_at > now:
                    entry.due_at -= by
        self._later.clear()
        for lane in tuple(self._lanes):
            self._offer(lane)

    def opens_at(self, now: datetime, room: Room) -> datetime | None:
        """When there may be something to take that there is not now; None: only when something is put or done."""
        if self._ready and self._fits(room):
            return self._limits.opens_at(now, urgent=self._urgent)
        return self._later[0][0] if self._later else None

    def _offer(self, lane: Hashable) -> None:
        waiting = self._lanes.get(lane)
        if waiting and not self._must_wait(waiting[0][3]):
            priority, order, number, _entry = waiting[0]
            heapq.heappush(self._ready, (priority, order, number, lane))
