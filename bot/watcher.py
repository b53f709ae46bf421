"""
The outside watcher: whoever hears nothing more from us calls for help (R40).

The address belongs to a service such as Healthchecks. It hears from us every minute while every part works, once
when something goes wrong, and then nothing until all is well again: silence is the alarm, and it works also where
the machine is gone. The address is as good as a password and is in no log.
"""

import asyncio
import logging
from typing import Final
from urllib.parse import urlsplit

import msgspec

from bot.health import Health
from bot.request import AiohttpRequest, NotSent, Unclear

log = logging.getLogger(__name__)

PERIOD: Final = 60.0
ANSWER_WITHIN: Final = 15.0


class Watcher:
    """`run` until it is cancelled. Whatever befalls it stays its own trouble."""

    def __init__(
        self, url: str, health: Health, request: AiohttpRequest, period: float | None = None
    ) -> None:
        self._url, self._health, self._request = url, health, request
        self._period = PERIOD if period is None else period
        self._told_bad = False
        self._trouble: str | None = None

    def __repr__(self) -> str:
        return "Watcher()"

    async def run(self) -> None:
        """Look and tell, for ever; the first time after one period, so that a bot that dies young is not heard."""
        while True:
            await asyncio.sleep(self._period)
            await self.look()

    async def look(self) -> None:
        """Tell the watcher how we are, unless it is to be left in silence."""
        failing = self._health.failing()
        if self._health.well:
            self._told_bad = False
            await self._tell(self._url, [])
        elif failing and not self._told_bad:
            log.error("the bot is not well", extra={"parts": [part.value for part in failing]})
            self._told_bad = await self._tell(_failed(self._url), [part.value for part in failing])

    async def _tell(self, url: str, parts: list[str]) -> bool:
        """Return whether it was heard."""
        try:
            status, _answer = await self._request.call(url, msgspec.json.encode(parts), ANSWER_WITHIN)
        except (NotSent, Unclear) as error:
            trouble: str | None = error.cause
        except Exception as error:  # noqa: BLE001 -- the watcher's trouble must not become the bot's
            trouble = type(error).__name__
        else:
            trouble = None if 200 <= status <= 299 else f"status {status}"
        self._note(trouble)
        return trouble is None

    def _note(self, trouble: str | None) -> None:
        """Say what is new, once."""
        if trouble != self._trouble and trouble is not None:
            log.warning("the outside watcher does not hear us", extra={"failure": trouble})
        elif trouble is None and self._trouble is not None:
            log.info("the outside watcher hears us again")
        self._trouble = trouble


def _failed(url: str) -> str:
    """Return where a failure is told: the address with /fail, before a query if it has one."""
    parts = urlsplit(url)
    return parts._replace(path=f"{parts.path.rstrip('/')}/fail").geturl()
