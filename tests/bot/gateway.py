"""
A web server on this machine that real rings of the real Apprise arrive at (`json://`).

`answer` is the status it gives; None lets it hang, "close" hangs up without a word.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Literal

from aiohttp import web

ROUTE = "/hook"


class Gateway:
    """What arrived is in `took`, in order; `asked` counts what arrived or hangs."""

    def __init__(self) -> None:
        self.took: list[dict[str, Any]] = []
        self.asked = 0
        self.answer: int | Literal["close"] | None = 200
        self.port = 0
        self.released = asyncio.Event()

    @property
    def address(self) -> str:
        """How Apprise finds it; it waits long, so that hanging is ours to end."""
        return f"json://bot:door-secret@127.0.0.1:{self.port}{ROUTE}?rto=60"

    @property
    def words(self) -> list[tuple[str, str]]:
        """Titles and bodies."""
        return [(each["title"], each["message"]) for each in self.took]

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Take it, then do as told."""
        self.asked += 1
        answer = self.answer
        if answer is None:
            await self.released.wait()
        if answer == "close" and request.transport is not None:
            request.transport.close()
        if answer == 302:
            raise web.HTTPFound("/elsewhere")
        if answer == 200:
            self.took.append(await request.json())
        return web.Response(status=answer if isinstance(answer, int) else 503)


@asynccontextmanager
async def opened() -> AsyncIterator[Gateway]:
    """A gateway on a free port."""
    gateway = Gateway()
    application = web.Application()
    application.router.add_post("/{where:.*}", gateway.handle)
    application.router.add_get("/{where:.*}", gateway.handle)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    gateway.port = runner.addresses[0][1]
    try:
        yield gateway
    finally:
        gateway.released.set()
        await runner.cleanup()
