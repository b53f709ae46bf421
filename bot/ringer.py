"""
Rings out: what waits for second channels is rung, tried again, and given up after a day.

The small sister of `bot/sender.py`. Before a ring leaves, its row says "sending", in a committed transaction; a
crash in between rings once more rather than never, and says so. One at a time for each channel, so that a server
that hangs is asked once; a ring whose alert somebody took on meanwhile is ended where it stands (R30).
"""

import asyncio
import logging
import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from bot.channels import Line, RingFailed
from bot.clock import Clock
from bot.house import House
from bot.translating import Reader
from dialogs import ring_texts
from dialogs.text import Message
from storage import channels, people, rings
from storage.database import Database, StorageError
from storage.rings import Due
from storage.sealing import SealBroken, WrongKey

log = logging.getLogger(__name__)

AT_ONCE: Final = 4
"""Each is a process of 55 MB for about a third of a second, or for as long as a server takes."""
PAGE: Final = 100
LOOK_EVERY: Final = timedelta(seconds=2)
PAUSES: Final = tuple(timedelta(seconds=each) for each in (5, 15, 60, 300, 900))
GIVE_UP_AFTER: Final = timedelta(hours=24)
STORAGE_PAUSE: Final = 5.0
FINISH_WITHIN: Final = 5.0
"""Seconds. Whoever stops us waits ten."""


@dataclass(frozen=True, slots=True)
class Call:
    """A ring that was claimed, with what the line needs; never print it."""

    ring: Due
    address: str = field(repr=False)
    body: str


class Ringer:
    """One for a database. `recover` once, then `run`; `wake` when a transaction wrote or dropped rings."""

    def __init__(self, db: Database, house: House, line: Line, clock: Clock) -> None:
        self._db, self._house, self._line, self._clock = db, house, line, clock
        self._ringing: dict[int, asyncio.Task[None]] = {}
        self._results: list[tuple[Due, bool]] = []
        self._wake = asyncio.Event()
        self._stopping = self._in_round = False
        self._look_at = self.alive_at = clock.now()

    def wake(self) -> None:
        """Look now."""
        self._wake.set()

    def stop(self) -> None:
        """Ring nobody new; `run` ends when what is ringing is done with, or soon after."""
        self._stopping = True
        self._wake.set()

    @property
    def idle(self) -> bool:
        """Whether nothing could move without time passing."""
        underway = self._in_round or self._ringing or self._results or self._wake.is_set()
        return not underway and self._look_at > self._clock.now()

    async def recover(self) -> None:
        """After a start: what was ringing when a crash came rings again."""
        again = await self._db.run(rings.recover)
        if again:
            log.warning(
                "a crash left it unclear whether rings arrived; they go again", extra={"rings": again}
            )

    async def run(self) -> None:
        """Ring until `stop`; a failing disk makes it wait, not end."""
        while not self._stopping:
            self.alive_at = self._clock.now()
            self._wake.clear()
            try:
                await self._round()
            except StorageError as error:
                log.error("rings cannot be written: they wait", extra={"error": type(error).__name__})
                await asyncio.sleep(STORAGE_PAUSE)
                continue
            await self._rest()
        await self._finish()

    async def _rest(self) -> None:
        """Until woken, or the next look: by our clock, and by real time where that clock was set back."""
        with suppress(TimeoutError):
            async with asyncio.timeout(LOOK_EVERY.total_seconds()):
                await self._clock.wait(self._wake, self._look_at)

    async def _round(self) -> None:
        """Write what came back, end what was dropped, let what is due ring."""
        self._in_round = True
        try:
            calls, over = await self._write()
            for ring in over & self._ringing.keys():
                self._ringing[ring].cancel()
            for call in calls:
                self._begin(call)
            self._look_at = self._clock.now() + LOOK_EVERY
        finally:
            self._in_round = False

    async def _write(self) -> tuple[list[Call], set[int]]:
        results, self._results = self._results, []
        try:
            return await self._db.run(self._hop, results, set(self._ringing), self._clock.now())
        except BaseException:
            self._results = results + self._results
            raise

    def _hop(
        self, db: sqlite3.Connection, results: Sequence[tuple[Due, bool]], ringing: set[int], now: datetime
    ) -> tuple[list[Call], set[int]]:
        """One transaction: what came back, what is over, what is to ring."""
        for ring, taken in results:
            settle(db, ring, taken, now)
        rings.drop_over(db)
        calls = [] if self._stopping else self._claim(db, AT_ONCE - len(ringing), now)
        if results:
            channels.report_failing(db, now)
        return calls, ringing - rings.underway(db) - {ring.id for ring, _taken in results}

    def _claim(self, db: sqlite3.Connection, most: int, now: datetime) -> list[Call]:
        calls: list[Call] = []
        for ring in rings.due(db, now, PAGE):
            if len(calls) >= most:
                break
            if not rings.claim(db, ring.id):
                continue
            call = self._call(db, ring, now)
            if call is None:
                settle(db, ring, False, now)
                channels.report_failing(db, now)
            else:
                calls.append(call)
        return calls

    def _call(self, db: sqlite3.Connection, ring: Due, now: datetime) -> Call | None:
        """None where the address does not open; that may be mended, so it counts as a failure like others."""
        try:
            address = channels.address(db, self._house.keyring, ring.channel_id)
        except (channels.ChannelNotFound, SealBroken, WrongKey, UnicodeDecodeError) as error:
            extra = {"channel": ring.channel_id, "error": type(error).__name__}
            log.error("the address of a second channel cannot be opened", extra=extra)
            return None
        message = (
            ring_texts.technical() if ring.alert_id is None else ring_texts.case(ring.alert_id, ring.again)
        )
        return Call(ring, address, in_her_language(db, self._house, ring.person_id, message, now))

    def _begin(self, call: Call) -> None:
        task = asyncio.create_task(self._ring(call))
        self._ringing[call.ring.id] = task
        task.add_done_callback(lambda _task: self._ended(call.ring.id))

    def _ended(self, ring: int) -> None:
        del self._ringing[ring]
        self._wake.set()

    async def _ring(self, call: Call) -> None:
        extra = {"ring": call.ring.id, "channel": call.ring.channel_id, "alert": call.ring.alert_id}
        taken = False
        try:
            await self._line.ring(call.address, ring_texts.TITLE, call.body)
            taken = True
        except RingFailed as failed:
            what = {**extra, "failure": str(failed.kind), "status": failed.status}
            log.warning("a second channel did not take a ring", extra=what)
        except Exception as error:  # noqa: BLE001 -- whatever breaks, the row must not stay "sending"
            log.error("a ring failed", extra={**extra, "error": type(error).__name__})
        self._results.append((call.ring, taken))

    async def _finish(self) -> None:
        """What does not end in time stays "sending" and rings again after the next start."""
        ringing = list(self._ringing.values())
        if ringing:
            await asyncio.wait(ringing, timeout=FINISH_WITHIN)
        for task in ringing:
            task.cancel()
        await asyncio.gather(*ringing, return_exceptions=True)
        try:
            await self._write()
        except StorageError as error:
            log.error("the last rings could not be written", extra={"error": type(error).__name__})


def settle(db: sqlite3.Connection, ring: Due, taken: bool, now: datetime) -> None:
    """Write down what became of a ring: taken, to be tried again, or given up."""
    if taken:
        rings.sent(db, ring.id)
        channels.worked(db, ring.channel_id, now)
        return
    channels.failed(db, ring.channel_id)
    if now - ring.created_at < GIVE_UP_AFTER:
        rings.put_back(db, ring.id, now + PAUSES[min(ring.attempts, len(PAUSES) - 1)])
        return
    rings.give_up(db, ring.id)
    log.error(
        "a ring is given up", extra={"ring": ring.id, "channel": ring.channel_id, "alert": ring.alert_id}
    )


def in_her_language(
    db: sqlite3.Connection, house: House, person_id: int, message: Message, now: datetime
) -> str:
    """Say it in this person's language, or in the default one where her row cannot be read."""
    try:
        locale = people.get(db, house.keyring, person_id).person.locale
    except (people.PersonNotFound, people.PersonUnreadable):
        locale = house.translator.default
    return house.translator.text((message,), Reader(locale, house.default_zone, now))
