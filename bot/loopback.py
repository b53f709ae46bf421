"""
Doors to this machine only: what listens on 127.0.0.1, and how a guest from elsewhere is told apart.
"""

from typing import Final
from urllib.parse import urlsplit

from aiohttp import web

from bot.settings import PREFIX, SettingsFaulty

ADDRESS: Final = "127.0.0.1"
NAMES: Final = frozenset({ADDRESS, "localhost", "::1"})
FINISH_WITHIN: Final = 2.0
"""Seconds for a guest who is being served when we stop; whoever stops us waits ten for everything."""


def is_local(host: str) -> bool:
    """Whether a Host header names this machine; a web page that rebinds its own name to it does not."""
    try:
        return urlsplit(f"http://{host}").hostname in NAMES
    except ValueError:
        return False


async def listen(application: web.Application, port: int, setting: str) -> web.AppRunner:
    """Serve on `port`; raises `SettingsFaulty`, which names the setting, where it cannot be used."""
    server = web.AppRunner(application, access_log=None, shutdown_timeout=FINISH_WITHIN)
    await server.setup()
    try:
        await web.TCPSite(server, ADDRESS, port).start()
    except OSError as error:
        await server.cleanup()
        raise SettingsFaulty(f"port {port} ({PREFIX}{setting}) cannot be used: choose another") from error
    return server
