"""
Updates in: fetch a batch, handle it in one transaction, commit, and only then confirm it.

Telegram forgets an update once a higher offset is asked for; so the offset moves after the commit, never
before. What a crash leaves unconfirmed comes again and changes nothing, because its id is stored with what it
did. The same handling serves webhooks, which are answered 200 after the commit.
"""

import asyncio
import logging
from collections.abc import Sequence
from typing import Final, Protocol

import msgspec

from bot.clock import Clock
from bot.fetching import FetchFailed
from bot.handling import Handler
from bot.outgoing import Failure
from bot.sender import Sender
from storage.database import Database, StorageError

log = logging.getLogger(__name__)

FIRST_PAUSE: Final = 1.0
LONGEST_PAUSE: Final = 30.0
LONG_POLL: Final = 50.0
BATCH: Final = 100


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
        self._offset: int | None = None
        self._working = asyncio.Lock()
        self.alive_at = clock.now()
        self.caught_up = asyncio.Event()

    async def run(self) -> None:
        """Fetch and handle for ever. Trouble makes it wait longer and longer, and nothing is confirmed meanwhile."""
        pause = FIRST_PAUSE
        while True:
            try:
                await self._once()
                pause = FIRST_PAUSE
            except FetchFailed as failed:
                pause = await self._rest(pause, failed.kind, failed.retry_after)
            except StorageError as error:
                log.error(
                    "updates cannot be stored and are not confirmed", extra={"error": type(error).__name__}
                )
                pause = await self._rest(pause, None, None)

    async def _once(self) -> None:
        patience = LONG_POLL if self.caught_up.is_set() else 0
        if self._offset is not None:
            self._handler.probe("confirming")
        raws = await self._source.fetch(self._offset, BATCH, patience)
        self.alive_at = self._clock.now()
        if raws:
            self._handler.probe("fetched")
            await self.take(raws)
        if len(raws) < BATCH:
            self.caught_up.set()

    async def _rest(self, pause: float, kind: Failure | None, retry_after: float | None) -> float:
        """A long poll that ends without an answer is ordinary; a wrong token or a second bot is not."""
        if kind in (Failure.UNAUTHORISED, Failure.CONFLICT):
            log.error("Telegram gives no updates", extra={"failure": str(kind)})
        elif kind is not None:
            log.warning("no updates this time", extra={"failure": str(kind)})
        await asyncio.sleep(retry_after if retry_after is not None else pause)
        return min(pause * 2, LONGEST_PAUSE)

    async def take(self, raws: Sequence[msgspec.Raw | bytes]) -> None:
        """Handle a batch; returns after the commit. Being cancelled does not tear a batch apart."""
        await asyncio.shield(asyncio.ensure_future(self._take(raws)))

    async def _take(self, raws: Sequence[msgspec.Raw | bytes]) -> None:
        async with self._working:
            handled = await self._db.run(self._handler.updates, raws, self._clock.now())
            self._handler.probe("committed")
            self._sender.offer(handled.ordered)
            self._handler.probe("offered")
            if handled.next_offset is not None:
                self._offset = handled.next_offset

    async def settled(self) -> None:
        """Return when no batch is half handled."""
        async with self._working:
            return
