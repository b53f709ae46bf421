"""
Whether the bot is well, for whoever watches over it: `/health` and `/metrics`, on this machine only.

`/health` reads signs of life and asks nobody, so it answers also where the storage hangs. It is 200 only while every
part has shown lately that it works: so not in the first moments of a start either. Neither page holds anything about
anybody; and only this machine is answered, also where a web page elsewhere rebinds its own name to it.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib import metadata
from typing import Final

import msgspec
from aiohttp import web

from bot.loopback import is_local
from bot.pulse import Pulse

NO_STORE: Final = {"Cache-Control": "no-store"}
METRICS_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"


class Part(StrEnum):
    """What must work for anybody to be heard and helped. Stands in metrics, so it is never given a new meaning."""

    INTAKE = "intake"  # what people write is heard
    SENDER = "sender"  # what is to be sent leaves
    DUE = "due"  # what is due is looked at
    STORAGE = "storage"  # the disk takes what is written


@dataclass(frozen=True, slots=True)
class Health:
    """The pulses of all parts."""

    pulses: Mapping[Part, Pulse]

    @property
    def well(self) -> bool:
        """Whether every part has shown lately that it works."""
        return all(pulse.well for pulse in self.pulses.values())

    def failing(self) -> list[Part]:
        """Return the parts something is wrong with; none where one has only just begun."""
        return [part for part, pulse in self.pulses.items() if pulse.failing]

    def report(self) -> bytes:
        """Return it as JSON."""
        parts = {
            part.value: {"well": pulse.well, "age_seconds": round(pulse.age, 1)}
            for part, pulse in self.pulses.items()
        }
        return msgspec.json.encode({"well": self.well, "version": version(), "parts": parts})


def version() -> str:
    """Return which Vidare this is."""
    try:
        return metadata.version("vidare")
    except metadata.PackageNotFoundError:
        return "unknown"


def pages(health: Health, metrics: Callable[[], Awaitable[bytes]]) -> web.Application:
    """Return the two pages; `metrics` writes the second one anew each time."""

    async def show_health(_request: web.Request) -> web.Response:
        status = 200 if health.well else 503
        return web.Response(
            body=health.report(), status=status, content_type="application/json", headers=NO_STORE
        )

    async def show_metrics(_request: web.Request) -> web.Response:
        return web.Response(body=await metrics(), headers={"Content-Type": METRICS_TYPE, **NO_STORE})

    application = web.Application(middlewares=[_for_this_machine])
    application.router.add_get("/health", show_health, allow_head=False)
    application.router.add_get("/metrics", show_metrics, allow_head=False)
    return application


@web.middleware
async def _for_this_machine(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    if not is_local(request.host):
        return web.Response(status=403, text="this answers 127.0.0.1 and localhost only")
    return await handler(request)
