"""
Webhooks as Telegram's server delivers them: one update in flight per chat and kind, again until a 2xx.

The sandbox talks to this machine only, so a webhook is an `http://` address on the loopback. Waiting between tries
is on the movable clock. Left out: method calls in the reply, and the switching off after 23 hours of 410.
"""

import asyncio
import contextlib
import ipaddress
import re
from collections.abc import Iterator
from functools import partial
from typing import Any

import aiohttp
from yarl import URL

from bot.clock import Clock
from bot.sandbox.parameters import Parameters
from bot.sandbox.people import Json
from bot.sandbox.refusals import bad
from bot.sandbox.updates import Queued, UpdateQueue

MAX_CONNECTIONS = 40
LONGEST_PAUSE = 60.0
ANSWER_WITHIN = aiohttp.ClientTimeout(total=60)
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


class Webhook:
    """Where updates are sent instead of waiting for getUpdates."""

    def __init__(self, queue: UpdateQueue, clock: Clock) -> None:
        self._queue, self._clock = queue, clock
        self._task: asyncio.Task[None] | None = None
        self.url = ""
        self._secret: str | None = None
        self._max_connections = MAX_CONNECTIONS
        self._last_error: Json = {}

    def set(self, p: Parameters) -> bool:
        """Start delivering to `url`; an empty one is the same as deleting."""
        url, secret = p["url"], p.get("secret_token")
        connections = p.get("max_connections", MAX_CONNECTIONS)
        if url and not _is_loopback(url):
            raise bad("bad webhook: the sandbox delivers to http:// addresses of this machine only")
        if secret is not None and not _SECRET.fullmatch(secret):
            raise bad("secret token contains unallowed characters")
        if not 1 <= connections <= 100:
            raise bad("bad webhook: max_connections must be between 1 and 100")
        self._stop()
        self._queue.allow(p.get("allowed_updates"))
        if p.get("drop_pending_updates"):
            self._queue.clear()
        self.url, self._secret, self._max_connections, self._last_error = url, secret, connections, {}
        if url:
            self._task = asyncio.create_task(self._deliver_all())
        return True

    def delete(self, p: Parameters) -> bool:
        """Go back to getUpdates."""
        if p.get("drop_pending_updates"):
            self._queue.clear()
        self._stop()
        self.url = ""
        return True

    def info(self, _: Parameters) -> Json:
        """Describe the webhook and what went wrong last."""
        info: Json = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self._queue.waiting()),
            **self._last_error,
        }
        if self.url:
            info["max_connections"] = self._max_connections
        if self._queue.allowed is not None:
            info["allowed_updates"] = sorted(self._queue.allowed)
        return info

    async def close(self) -> None:
        """Stop delivering and wait until nothing runs any more."""
        task = self._task
        self._stop()
        if task is not None:
            with contextlib.suppress(asyncio.CancelledError):
                await task

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None

    async def _deliver_all(self) -> None:
        busy: dict[Any, asyncio.Task[None]] = {}
        arrived = self._queue.arrived
        try:
            async with aiohttp.ClientSession(timeout=ANSWER_WITHIN) as session:
                while True:
                    arrived.clear()
                    self._start_free_lanes(session, busy)
                    await arrived.wait()
        finally:
            for task in busy.values():
                task.cancel()

    def _start_free_lanes(self, session: aiohttp.ClientSession, busy: dict[Any, asyncio.Task[None]]) -> None:
        for update in self._queue.waiting():
            if len(busy) >= self._max_connections:
                return
            # Messages and presses of one chat are different lanes: a press can overtake a message.
            lane = (update.chat_id, update.kind == "callback_query")
            if lane not in busy:
                busy[lane] = asyncio.create_task(self._deliver(session, update))
                busy[lane].add_done_callback(partial(self._free, busy, lane))

    def _free(self, busy: dict[Any, asyncio.Task[None]], lane: Any, _: asyncio.Task[None]) -> None:
        del busy[lane]
        self._queue.arrived.set()

    async def _deliver(self, session: aiohttp.ClientSession, update: Queued) -> None:
        pauses = _pauses()
        while update in self._queue.waiting():
            update.sticky = False
            retry_after = await self._post(session, update)
            if retry_after is None:
                self._queue.forget(update)
                return
            await self._clock.sleep(max(next(pauses), retry_after))

    async def _post(self, session: aiohttp.ClientSession, update: Queued) -> float | None:
        """Return None once the update was accepted, else the seconds the bot's server asks us to wait."""
        headers = {"Content-Type": "application/json"}
        if self._secret is not None:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self._secret
        try:
            async with session.post(
                self.url, data=update.body, headers=headers, allow_redirects=False
            ) as answer:
                if 200 <= answer.status < 300:
                    return None
                self._failed(f"Wrong response from the webhook: {answer.status} {answer.reason}")
                return _retry_after(answer.headers.get("Retry-After", ""))
        except aiohttp.ClientError as error:
            self._failed(f"Connection failed: {type(error).__name__}")
        except TimeoutError:
            self._failed("Read timeout expired")
        return 0.0

    def _failed(self, reason: str) -> None:
        now = int(self._clock.now().timestamp())
        self._last_error = {"last_error_date": now, "last_error_message": reason}


def _is_loopback(address: str) -> bool:
    try:
        url = URL(address)
        return url.scheme == "http" and (
            url.host == "localhost" or ipaddress.ip_address(url.host or "").is_loopback
        )
    except ValueError:
        return False


def _pauses() -> Iterator[float]:
    """Again at once, then after 2, 4, 8 … seconds, as the real server's WebhookActor does."""
    yield 0.0
    pause = 2.0
    while True:
        yield pause
        pause = min(pause * 2, LONGEST_PAUSE)


def _retry_after(header: str) -> float:
    return min(float(header), 3600.0) if header.isdecimal() else 0.0
