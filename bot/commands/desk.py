"""
`vidare desk`: the coordinator's pages, beside `vidare run`, for browsers on this machine.

`vidare desk link PERSON_ID` makes a one-time link for a coordinator, `vidare desk reset PERSON_ID` takes her access
back where a phone was lost.
"""

import argparse
import asyncio
import logging
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial

from aiohttp import web

from bot.clock import Clock
from bot.desk import signing_in
from bot.desk.app import application
from bot.desk.rendering import Paper
from bot.desk.signing_in import NoCoordinator
from bot.desk.visit import Desk
from bot.house import House
from bot.logs import setup_logs
from bot.loopback import ADDRESS, listen
from bot.removing import farewell
from bot.settings import Settings, load_settings
from bot.telegram_out import Telegram
from bot.wiring import opened, read_texts
from storage.database import Database

log = logging.getLogger(__name__)


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Serving, and two subcommands."""
    parser = subparsers.add_parser("desk", help="serve the coordinator's pages on this machine")
    parser.add_argument("--port", type=int, help="instead of VIDARE_DESK_PORT (8434)")
    parser.set_defaults(run=lambda given: asyncio.run(_serve(_with_port(given.port))))
    commands = parser.add_subparsers(required=False, metavar="WHAT")
    link = commands.add_parser("link", help="print a link that works once, within ten minutes")
    link.add_argument("person", type=int, metavar="PERSON_ID")
    link.set_defaults(run=lambda given: asyncio.run(_link(_with_port(given.port), given.person)))
    reset = commands.add_parser("reset", help="sign a coordinator out everywhere; her next link enrols anew")
    reset.add_argument("person", type=int, metavar="PERSON_ID")
    reset.set_defaults(run=lambda given: asyncio.run(_reset(_with_port(given.port), given.person)))


def _with_port(port: int | None) -> Settings:
    return load_settings() if port is None else load_settings(desk_port=port)


async def _serve(settings: Settings) -> int:
    setup_logs(settings.log_level)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with opened(settings, read_texts(settings)) as (db, house), served(settings, Clock(), db, house):
        log.info("the desk is open", extra={"port": settings.desk_port})
        await stop.wait()
    return 0


@asynccontextmanager
async def served(
    settings: Settings, clock: Clock, db: Database, house: House, port: int | None = None
) -> AsyncIterator[Desk]:
    """Serve as long as the context lasts; `port` 0 is any free one. Raises `SettingsFaulty` where it is taken."""
    paper, goodbye = Paper(house.translator), partial(farewell, settings)
    desk = Desk(settings, clock, db, house, paper, _name_of(settings), Clock(), goodbye)
    server = await listen(application(desk), settings.desk_port if port is None else port, "DESK_PORT")
    desk.house = replace(house, desk=_address(server))
    try:
        yield desk
    finally:
        await server.cleanup()


def _address(server: web.AppRunner) -> str:
    return f"http://{ADDRESS}:{server.addresses[0][1]}"


def _name_of(settings: Settings) -> Callable[[], Awaitable[str]]:
    async def ask() -> str:
        """What Telegram calls the bot; asked each time, so that a link never leads to another one."""
        async with Telegram(settings.telegram_token.get_secret_value(), settings.telegram_api) as telegram:
            return (await telegram.get_me()).username

    return ask


async def _link(settings: Settings, person: int) -> int:
    async with opened(settings, read_texts(settings)) as (db, house):
        try:
            link = await db.run(signing_in.link_for, house, person, Clock().now())
        except NoCoordinator as error:
            print(f"vidare: {error}", file=sys.stderr)
            return 2
    print(f"The link works once, within ten minutes, in a browser on this machine:\n\n{link}")
    return 0


async def _reset(settings: Settings, person: int) -> int:
    async with opened(settings, read_texts(settings)) as (db, _house):
        had = await db.run(signing_in.reset, person, Clock().now())
    print(f"person {person} is signed out everywhere" + ("" if had else "; there was no access to take back"))
    return 0
