"""
Updates in: fetch a batch, handle it in one transaction, commit, and only then confirm it.

Telegram forgets an update once a higher offset is asked for; so the offset moves after the commit, never
before. What a crash leaves unconfirmed comes again and changes nothing, because its id is stored with what it
did. The same handling serves webhooks, which are answered 200 after the commit.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Sequence
from typing import Final, Protocol

import msgspec

from bot.clock import Clock
from bot.codes import CodesWanted, Prepared
from bot.excuses import Excuses
from bot.fetching import FetchFailed
from bot.handling import REFUSALS, Handled, Handler
from bot.outgoing import Failure
from bot.pulse import Pulse
from bot.sender import Sender
from storage.database import Database, StorageError

log = logging.getLogger(__name__)

FIRST_PAUSE: Final = 1.0
LONGEST_PAUSE: Final = 30.0
LONG_POLL: Final = 50.0
BATCH: Final = 100
PATIENCE: Final = 120.0
"""Seconds without an answer of Telegram that was handled; a long poll takes fifty."""


class UpdateSource(Protocol):
    """`bot.fetching.Fetcher`, or a stand-in of a test."""

    async def fetch(
        self,
        offset: int | None,
        limit: int = 100,
        timeout: float = LONG_POLL,  # noqa: ASYNC109 -- Telegram's wait, not ours
    ) -> list[msgspec.Raw]:
        """Asking with a higher offset confirms all below it; raises `FetchFailed`."""


class Intake:
    """
    `run` asks for updates until it is cancelled; `take` is what a webhook calls.

    `caught_up` is set once what waited at the start is handled: before that nobody's silence can be judged.
    """

    def __init__(
        self, source: UpdateSource, db: Database, handler: Handler, sender: Sender, clock: Clock
    ) -> None:
        self._source, self._db, self._handler = source, db, handler
        self._sender, self._clock = sender, clock
        self._excuses = Excuses(db, handler.house, sender, clock)
        self._offset: int | None = None
        self._answered = False
        self._working = asyncio.Lock()
        self.pulse = Pulse(clock, PATIENCE)
        self.tally: Counter[str] = Counter()
        self.caught_up = asyncio.Event()

    async def run(self) -> None:
        """Fetch and handle for ever. Trouble makes it wait longer and longer, and nothing is confirmed meanwhile."""
        pause = FIRST_PAUSE
        while True:
            try:
                await self._once()
                pause = FIRST_PAUSE
            except FetchFailed as failed:
                self._answered = False
                pause = await self._rest(pause, failed.kind, failed.retry_after)
            except StorageError as error:
                log.error(
                    "updates cannot be stored and are not confirmed", extra={"error": type(error).__name__}
                )
                pause = await self._rest(pause, None, None)

    async def _once(self) -> None:
        patience = (
            LONG_POLL if self._answered and self.caught_up.is_set() else 0
        )  # 0: hear at once that it is back
        if self._offset is not None:
            self._handler.probe("confirming")
        raws = await self._source.fetch(self._offset, BATCH, patience)
        if raws:
            self._handler.probe("fetched")
            await self.take(raws)
        self._answered = True
        self.pulse.beat()
        if not raws:
            self._sender.trouble.worked("intake")  # nothing waits that could not be kept
        if len(raws) < BATCH:
            self.caught_up.set()

    async def _rest(self, pause: float, kind: Failure | None, retry_after: float | None) -> float:
        """A long poll that ends without an answer is ordinary; a wrong token or a second bot is not."""
        if kind in (Failure.UNAUTHORISED, Failure.CONFLICT):
            await self.refused(kind)
        elif kind is not None:
            log.warning("no updates this time", extra={"failure": str(kind)})
        await asyncio.sleep(retry_after if retry_after is not None else pause)
        return min(pause * 2, LONGEST_PAUSE)

    def heard(self) -> None:
        """Telegram said that it would bring us updates, if it had some: all there is to hear with a webhook."""
        self.pulse.beat()

    async def refused(self, kind: Failure) -> None:
        """Where our token is the reason, somebody must put it right: that is said once a minute."""
        if kind not in REFUSALS or not self.pulse.refused():
            return
        log.error("Telegram gives no updates", extra={"failure": str(kind)})
        try:
            await self._db.run(self._handler.refused, kind, self._clock.now())
        except StorageError as error:
            log.error("a notice cannot be stored", extra={"error": type(error).__name__})

    async def take(self, raws: Sequence[msgspec.Raw | bytes]) -> None:
        """Handle a batch; returns after the commit. Being cancelled does not tear a batch apart."""
        await asyncio.shield(asyncio.ensure_future(self._take(raws)))

    async def _take(self, raws: Sequence[msgspec.Raw | bytes]) -> None:
        async with self._working:
            try:
                handled = await self._handled(raws)
            except StorageError as error:
                self._sender.trouble.failed("intake", error, self._clock.now())
                await self._excuses.say(raws)
                raise
            self._handler.probe("committed")
            self._sender.trouble.worked("intake")
            self._sender.offer(handled.ordered)
            self._handler.probe("offered")
            self.tally["handled"] += handled.done - handled.failed
            self.tally["set-aside"] += handled.failed
            if handled.next_offset is not None:
                self._offset = handled.next_offset

    async def _handled(self, raws: Sequence[msgspec.Raw | bytes]) -> Handled:
        """Again and again until every code in it is known: each time at least one more is."""
        codes = Prepared()
        while True:
            try:
                return await self._db.run(self._handler.updates, raws, self._clock.now(), codes)
            except CodesWanted:
                await codes.prepare()

    async def settled(self) -> None:
        """Return when no batch is half handled."""
        async with self._working:
            return
