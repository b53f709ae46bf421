"""
The outbox out: priority, rate, repetition, and what is unclear (design.md 4).

Before a message leaves, its row says "sending", in a committed transaction: so after a crash we know which
messages may have arrived. What became of a round of messages is written in the same hop that claims the next.
Alerts are sent again when it is unclear whether they arrived, and then say so; check-ins never are.
"""

import asyncio
import logging
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Final, Protocol

import msgspec

from bot.clock import Clock
from bot.handling import REFUSALS, Delivered, Handled, Handler
from bot.lanes import Entry, Lanes, Room, from_loose, from_queued, from_waiting
from bot.limits import Limits
from bot.ordering import Ordered
from bot.outgoing import DeliveryFailed, Failure, Outgoing, Send, decode
from bot.pulse import Pulse
from bot.storage_trouble import StorageTrouble
from bot.tally import Spread
from dialogs.effects import Priority, Purpose
from storage import outbox
from storage.database import Database, StorageError
from storage.sealing import Keyring, SealBroken, WrongKey

log = logging.getLogger(__name__)

IN_FLIGHT: Final = 64
URGENT_PLACES: Final = 32
"""So many more may be under way where they are urgent: a Telegram that hangs on check-ins must not hold an alert."""
PAGE: Final = 1_000
HELD: Final = 2_000
"""So many routine messages wait in memory; a greater wave stays in the outbox and is taken from there as it ebbs."""
LONGEST_PAUSE: Final = timedelta(seconds=60)
FIRST_PAUSE: Final = timedelta(seconds=1)
UNCLEAR_PAUSE: Final = timedelta(seconds=5)
STORAGE_PAUSE: Final = 5.0
FINISH_WITHIN: Final = 8.0
"""Seconds. Whoever stops us waits ten."""
PATIENCE: Final = 60.0
"""Seconds without a look at what waits, which is taken every ten, or without one whose results could be stored."""
ALERT_SECONDS: Final = (0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 120, 300, 900)
REPEATED: Final = frozenset({Purpose.ALERT.value, Purpose.EMERGENCY.value, Purpose.NOTE.value})
REPEATABLE: Final = frozenset({"edit"})


class Door(Protocol):
    """`bot.telegram_out.Telegram`, or a stand-in of a test."""

    async def deliver(self, outgoing: Outgoing) -> int | None:
        """Return Telegram's message id, or None where there is none; raises `DeliveryFailed`."""


@dataclass(frozen=True, slots=True)
class PutBack:
    """A message that is to be tried again at `at`."""

    entry: Entry
    at: datetime
    repeat: bool


class Sender:
    """One for a database. `offer` what a transaction ordered, after its commit; `run` does the rest."""

    def __init__(
        self,
        db: Database,
        handler: Handler,
        keyring: Keyring,
        door: Door,
        limits: Limits,
        clock: Clock,
        wake_ringer: Callable[[], None] = lambda: None,
    ) -> None:
        self._db, self._handler, self._keyring = db, handler, keyring
        self._door, self._limits, self._clock = door, limits, clock
        self._wake_ringer = wake_ringer
        self._queue = Lanes(limits)
        self._flying: set[asyncio.Task[None]] = set()
        self._flying_other = 0
        self._results: list[Delivered] = []
        self._put_back: list[PutBack] = []
        self._done: list[Entry] = []
        self._wake = asyncio.Event()
        self._stopping = self._in_round = False
        self._loose = 0
        self._left_behind = 0
        self._more = False  # routine rows of the outbox are behind `_read_to` that are not here
        self._read_to = 0
        self._known_to: dict[Priority, int] = {}  # rows up to here are ours, or were taken in
        self.erased = False  # somebody was, and the log beside the database was not cut off since
        self.trouble = StorageTrouble()  # of all parts: each of them has the sender at hand
        self._refusals: set[Failure] = set()
        self.pulse = Pulse(clock, PATIENCE)
        self.tally: Counter[tuple[str, str]] = Counter()
        self.alert_seconds = Spread(ALERT_SECONDS)

    def offer(self, ordered: Ordered) -> None:
        """Take over what a committed transaction wants sent."""
        for queued in ordered.queued:
            if self._queue.holds(queued.id):
                continue  # `take_in_others` was faster
            if queued.priority == Priority.ROUTINE and self._is_full:
                self._left_behind += 1
                self._more = True
            else:
                self._queue.put(from_queued(queued))
        for outgoing in ordered.loose:
            self._loose += 1
            self._queue.put(from_loose(outgoing, self._clock.now(), self._loose))
        self._wake.set()
        self.erased |= ordered.erased
        if ordered.ringing:
            self._wake_ringer()

    @property
    def idle(self) -> bool:
        """Whether nothing is on its way that could move without time passing."""
        underway = self._in_round or self._flying or self._results or self._put_back or self._done
        return not (underway or self._ebbs or self._can_take())

    @property
    def held(self) -> int:
        """How many messages wait here; more may wait in the outbox."""
        return len(self._queue)

    @property
    def _is_full(self) -> bool:
        """Once something was left behind, what comes after it is too: order is order."""
        return self._more or self._queue.count(Priority.ROUTINE) >= HELD

    @property
    def _ebbs(self) -> bool:
        return self._more and self._queue.count(Priority.ROUTINE) <= HELD // 2

    def _can_take(self) -> bool:
        at = self._queue.opens_at(self._clock.now(), self._room)
        return at is not None and at <= self._clock.now()

    @property
    def _room(self) -> Room:
        return Room(IN_FLIGHT + URGENT_PLACES - len(self._flying), IN_FLIGHT - self._flying_other)

    async def recover(self) -> None:
        """After a start: find what a crash left behind, and go on with it."""
        found = await self._db.run(self._handler.recover, self._clock.now())
        self._handler.probe("recovered")
        for unclear in found.unclear:
            extra = {"outbox": unclear.id, "person": unclear.person_id, "purpose": unclear.purpose}
            log.warning(
                "a crash left it unclear whether a message arrived; it is not sent again", extra=extra
            )
        last = await self._db.run(outbox.last_id)
        self._known_to = dict.fromkeys(Priority, last)
        position = outbox.FIRST
        while not self._is_full and (page := await self._db.run(outbox.waiting, PAGE, after=position)):
            self._take_in(page)
            position = outbox.Position(page[-1].priority, page[-1].id)
        self._more = self._is_full
        self._wake.set()

    def _take_in(self, page: Sequence[outbox.Waiting]) -> None:
        """Rows come in the order of sending, so routine ones come last; `_read_to` is the last of them taken in."""
        for waiting in page:
            if not self._queue.holds(waiting.id):
                self._queue.put(from_waiting(waiting))
            if waiting.priority == Priority.ROUTINE:
                self._read_to = waiting.id

    async def take_in_others(self) -> int:
        """Take in what another process wrote into the outbox, the urgent first; returns how many messages that were."""
        taken = 0
        for priority in Priority:
            while True:
                after = self._known_to.get(priority, 0)
                page, last = await self._db.read(_written_since, priority, after)
                self._known_to[priority] = page[-1].id if len(page) == PAGE else last
                taken += self._take_in_new(page)
                if len(page) < PAGE:
                    break
        if taken:
            self._wake.set()
        return taken

    def _take_in_new(self, page: Sequence[outbox.Waiting]) -> int:
        """Routine rows that find no room stay in the outbox, behind `_read_to`, like our own."""
        new = [waiting for waiting in page if not self._queue.holds(waiting.id)]
        for waiting in new:
            if waiting.priority == Priority.ROUTINE and self._is_full:
                self._left_behind += 1
                self._more = True
            else:
                self._queue.put(from_waiting(waiting))
        return len(new)

    async def _refill(self) -> bool:
        """Take in what was left behind where there is room; what is left behind meanwhile may not have been read."""
        if not self._ebbs:
            return False
        before = self._left_behind
        position = outbox.Position(Priority.ROUTINE, self._read_to)
        page = await self._db.run(outbox.waiting, PAGE, after=position)
        self._take_in(page)
        self._more = len(page) == PAGE or self._left_behind != before
        return True

    async def run(self) -> None:
        """Send until `stop`; a failing disk makes it wait, not end."""
        while not self._stopping:
            self._wake.clear()
            try:
                moved = await self._round()
            except StorageError as error:
                self.trouble.failed("sender", error, self._clock.now())
                log.error(
                    "the outbox cannot be written: sending waits", extra={"error": type(error).__name__}
                )
                await asyncio.sleep(STORAGE_PAUSE)
                continue
            self.pulse.beat()
            if not moved:
                await self._clock.wait(self._wake, self._next_look())
        await self._finish()

    def clock_set_back(self, by: timedelta) -> None:
        """Let what waits for a moment wait no longer than was meant; the rows are somebody else's."""
        now = self._clock.now()
        self._limits.clock_set_back(by, now)
        self._put_back = [
            replace(each, at=each.at - by) if each.at > now else each for each in self._put_back
        ]
        self._queue.clock_set_back(by, now)
        self._wake.set()

    def _next_look(self) -> datetime:
        soon = self._clock.now() + timedelta(seconds=10)
        at = self._queue.opens_at(self._clock.now(), self._room)
        return min(at, soon) if at is not None else soon

    def stop(self) -> None:
        """Take nothing more; `run` ends when what is being sent has arrived and that is written down."""
        self._stopping = True
        self._wake.set()

    async def _finish(self) -> None:
        """What does not land in time is unclear, and is written down as that."""
        if self._flying:
            await asyncio.wait(self._flying, timeout=FINISH_WITHIN)
        for task in self._flying:
            task.cancel()
        await asyncio.gather(*self._flying, return_exceptions=True)
        try:
            await self._write([])
        except StorageError as error:
            log.error("the last results could not be written", extra={"error": type(error).__name__})

    async def _round(self) -> bool:
        """Claim what may leave, write what came back, let it fly; False where there was nothing to do."""
        now = self._clock.now()
        self._in_round = True
        try:
            return await self._move(now)
        finally:
            self._in_round = False

    async def _move(self, now: datetime) -> bool:
        taken = self._queue.take(self._room, now)
        expired = [entry for entry in taken if entry.expired(now)]
        leaving = [entry for entry in taken if not entry.expired(now)]
        if not (taken or self._results or self._put_back):
            self._release()
            if not len(self._queue):
                self.trouble.worked("sender")  # nothing waits that could not be written down
            return await self._refill()
        try:
            claimed = await self._write(leaving, expired)
        except StorageError:
            for entry in taken:
                self._keep(entry)
            raise
        for entry in taken:
            if id(entry) in claimed:
                self._fly(entry)
            else:
                self._queue.done(entry)
        await self._refill()
        return True

    def _keep(self, entry: Entry) -> None:
        """While nothing can be written down: what is in no table may leave all the same, the rest waits."""
        if entry.id is None and not entry.expired(self._clock.now()):
            self._fly(entry)
            return
        if entry.id is not None:
            self._queue.put(entry)
        self._queue.done(entry)

    async def _write(self, leaving: Sequence[Entry], expired: Sequence[Entry] = ()) -> set[int]:
        results, self._results = self._results, []
        put_back, self._put_back = self._put_back, []
        refusals, self._refusals = self._refusals, set()
        try:
            claimed, handled = await self._db.run(
                self._hop, leaving, expired, results, put_back, refusals, self._clock.now()
            )
        except BaseException:
            self._results, self._put_back = results + self._results, put_back + self._put_back
            self._refusals |= refusals
            raise
        self.trouble.worked("sender")
        if results:
            self._handler.probe("settle-committed")
        if claimed:
            self._handler.probe("claim-committed")
        for each in put_back:
            self._queue.put(replace(each.entry, due_at=each.at, repeat=each.repeat))
        self._release()
        self.offer(handled.ordered)
        return claimed

    def _release(self) -> None:
        """Lanes open only once it is written what became of their message, so that order survives a crash."""
        done, self._done = self._done, []
        for entry in done:
            self._queue.done(entry)

    def _hop(
        self,
        db: sqlite3.Connection,
        leaving: Sequence[Entry],
        expired: Sequence[Entry],
        results: Sequence[Delivered],
        put_back: Sequence[PutBack],
        refusals: Iterable[Failure],
        now: datetime,
    ) -> tuple[set[int], Handled]:
        """One transaction: what came back, what goes again, what was too late, what leaves."""
        handled = self._handler.settle(db, results, now) if results else Handled()
        for kind in refusals:
            self._handler.refused(db, kind, now)
        if results:
            self._handler.probe("settled")
        for each in put_back:
            if each.entry.id is not None:
                attempts = each.entry.attempts
                outbox.put_back(db, each.entry.id, each.at, repeat=each.repeat, attempts=attempts)
        if put_back:
            outbox.drop_answered(db)
        loaded = [
            entry for entry in leaving if entry.outgoing is not None or self._load(db, entry, entry.id or 0)
        ]
        late = [entry for entry in loaded if entry.expired(now)]  # what only the text could tell
        for entry in (*expired, *late):
            if entry.id is not None:
                log.warning(
                    "a message was too old to be sent", extra={"outbox": entry.id, "purpose": entry.purpose}
                )
                outbox.drop(db, entry.id)
        handled.ordered.add(self._handler.not_sent(db, (*expired, *late), now).ordered)
        going = [entry for entry in loaded if not entry.expired(now)]
        rows = [entry.id for entry in going if entry.id is not None and not _free(entry)]
        kept = set(outbox.claim(db, rows)) if rows else set()
        claimed = {id(entry) for entry in going if entry.id is None or _free(entry) or entry.id in kept}
        if claimed:
            self._handler.probe("claimed")
        return claimed, handled

    def _load(self, db: sqlite3.Connection, entry: Entry, row: int) -> bool:
        try:
            entry.outgoing = decode(outbox.content(db, self._keyring, row))
        except outbox.MessageGone:
            return False
        except (SealBroken, WrongKey, ValueError) as error:
            log.error(
                "a message cannot be opened and is dropped",
                extra={"outbox": entry.id, "error": type(error).__name__},
            )
            outbox.mark_refused(db, row)
            return False
        return True

    def _fly(self, entry: Entry) -> None:
        task = asyncio.create_task(self._send(entry))
        self._flying.add(task)
        self._flying_other += not entry.urgent
        task.add_done_callback(partial(self._landed, entry))

    def _landed(self, entry: Entry, task: asyncio.Task[None]) -> None:
        self._flying.discard(task)
        self._flying_other -= not entry.urgent
        self._wake.set()

    async def _send(self, entry: Entry) -> None:
        outgoing = entry.outgoing
        if outgoing is None:
            return  # `_load` has seen to it that there is none of these
        if entry.repeat and isinstance(outgoing, Send) and outgoing.if_repeated:
            outgoing = _marked(outgoing)
        self._handler.probe("sending")
        try:
            message_id = await self._door.deliver(outgoing)
        except DeliveryFailed as failed:
            self._failed(entry, failed)
        except asyncio.CancelledError:
            self._failed(entry, DeliveryFailed(Failure.UNCLEAR))
        else:
            self._count(entry, "sent")
            self._result(entry, message_id, None)
        self._handler.probe("answered")
        if entry.id is None:
            self._queue.done(entry)  # nothing is to be written down about it
        else:
            self._done.append(entry)

    def _count(self, entry: Entry, result: str) -> None:
        self.tally[entry.purpose, result] += 1
        if result == "sent" and entry.purpose == Purpose.ALERT:
            self.alert_seconds.add((self._clock.now() - entry.created_at).total_seconds())

    def _refused(self, kind: Failure) -> None:
        """Somebody must put this right; it is said once a minute, and written down with what comes back."""
        if self.pulse.refused():
            log.error("Telegram takes no messages", extra={"failure": str(kind)})
            self._refusals.add(kind)

    def _result(self, entry: Entry, message_id: int | None, failure: Failure | None) -> None:
        if entry.id is not None:
            result = Delivered(
                entry.id, entry.person_id, entry.purpose, entry.alert_id, entry.step, message_id, failure
            )
            self._results.append(result)

    def _failed(self, entry: Entry, failed: DeliveryFailed) -> None:
        now = self._clock.now()
        self._count(entry, failed.kind.value)
        if failed.kind in REFUSALS:
            self._refused(failed.kind)
        match failed.kind:
            case Failure.LIMITED:
                seconds = failed.retry_after or 1
                log.warning(
                    "Telegram asks for a pause: nothing is sent meanwhile", extra={"seconds": seconds}
                )
                self._limits.halt(now + timedelta(seconds=seconds))
                self._again(entry, now + timedelta(seconds=seconds), repeat=entry.repeat)
            case Failure.NOT_SENT | Failure.UNAUTHORISED | Failure.CONFLICT:
                log.warning("a message could not leave; it is tried again", extra=_named(entry, failed))
                self._later(entry, now, FIRST_PAUSE, repeat=entry.repeat)
            case Failure.UNCLEAR if entry.purpose in REPEATED:
                log.warning(
                    "it is unclear whether a message arrived; it is sent again and says so",
                    extra=_named(entry, failed),
                )
                self._later(entry, now, UNCLEAR_PAUSE, repeat=True)
            case Failure.UNCLEAR if entry.purpose in REPEATABLE:
                self._later(entry, now, UNCLEAR_PAUSE, repeat=entry.repeat)
            case _:
                self._result(entry, None, failed.kind)

    def _later(self, entry: Entry, now: datetime, pause: timedelta, *, repeat: bool) -> None:
        """Each try waits twice as long as the one before."""
        wait = min(LONGEST_PAUSE, pause * 2**entry.attempts)
        self._again(replace(entry, attempts=min(entry.attempts + 1, 10)), now + wait, repeat=repeat)

    def _again(self, entry: Entry, at: datetime, *, repeat: bool) -> None:
        if entry.id is not None or not entry.expired(at):
            self._put_back.append(PutBack(entry, at, repeat))


def _written_since(
    db: sqlite3.Connection, priority: Priority, after: int
) -> tuple[list[outbox.Waiting], int]:
    """Both are of one moment: what is written later has a higher id."""
    return outbox.written_since(db, priority, after, PAGE), outbox.last_id(db)


def _named(entry: Entry, failed: DeliveryFailed) -> dict[str, object]:
    """What a log may say about a message."""
    named = {"outbox": entry.id, "person": entry.person_id, "purpose": entry.purpose}
    return {**named, "failure": str(failed.kind)}


def _free(entry: Entry) -> bool:
    """What may be repeated freely needs no claim before it leaves."""
    return entry.purpose in ("press", "edit")


def _marked(send: Send) -> Send:
    """Say that this may have arrived before; the text is the same below."""
    return msgspec.structs.replace(send, text=f"{send.if_repeated}\n\n{send.text}")
