"""
`vidare demo`: the whole thing on this machine, for a newcomer: sandbox, bot, a page with two phones.

The bot is the real one and talks to the sandbox over HTTP. Nothing leaves the machine, and nothing is kept
unless a folder is named.
"""

import argparse
import asyncio
import os
import signal
import sqlite3
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, nullcontext, suppress
from dataclasses import replace
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from pydantic import SecretStr

from bot.clock import Clock
from bot.commands.desk import served
from bot.desk.signing_in import link_for
from bot.house import House
from bot.inviting import NameInUse, invite
from bot.logs import setup_logs
from bot.sandbox.server import PortTaken, Sandbox
from bot.settings import Settings, load_settings
from bot.wiring import Running, opened, read_texts, running
from dialogs.people import Contact, Place, Role
from storage import people
from storage.master_key import create_key_file

PORT: Final = 8433
TOKEN: Final = "100000001:DEMO-token-for-the-sandbox-on-this-machine"  # noqa: S105 -- opens nothing but the sandbox
CAST: Final = (("Mina", Role.CONTACT, "sv"), ("Leyla", Role.RESIDENT, "ar"))


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Where to listen, and where to keep what happens."""
    parser = subparsers.add_parser(
        "demo", help="run everything on this machine and open a page with two phones"
    )
    parser.add_argument("--port", type=int, default=PORT, help=f"port of the page (default {PORT})")
    parser.add_argument(
        "--data", type=Path, help="keep the demo's data in this folder; default: a temporary one"
    )
    parser.add_argument(
        "--desk",
        action="store_true",
        help="a coordinator too, and her desk on the next port; needs an app for codes",
    )
    parser.set_defaults(run=lambda given: asyncio.run(_demo(given.port, given.data, desk=given.desk)))


async def _demo(port: int, data: Path | None, *, desk: bool = False) -> int:
    setup_logs("WARNING")
    stop = _stop_signal()
    if data is not None and not _writable(data):
        print(
            f"vidare: the data directory {data} cannot be written. Choose another with --data.",
            file=sys.stderr,
        )
        return 2
    with (
        nullcontext(data)
        if data is not None
        else tempfile.TemporaryDirectory(prefix="vidare-demo-") as folder
    ):
        try:
            async with played(Path(folder), port) as sandbox:
                print(f"Vidare runs at {sandbox.url} - open it in a browser. Ctrl-C ends it.", flush=True)
                async with _desk(Path(folder), sandbox) if desk else nullcontext() as link:
                    if link is not None:
                        print(f"Karin's desk, once within ten minutes: {link}", flush=True)
                    await stop.wait()
                print("\nStopping.", flush=True)
        except PortTaken:
            print(
                f"vidare: port {port} is taken. Stop what uses it, or choose another: make demo PORT=8434",
                file=sys.stderr,
            )
            return 2
    return 0


@asynccontextmanager
async def played(folder: Path, port: int) -> AsyncIterator[Sandbox]:
    """The sandbox and the bot, with two people who hold invitations."""
    clock = Clock()
    sandbox = Sandbox(TOKEN, clock, port=port)
    sandbox.profile.names[""] = "Vidare"
    await sandbox.start()
    try:
        settings = _settings(folder, sandbox.url)
        async with running(settings, clock, read_texts(settings)) as bot:
            sandbox.on_clock_moved = bot.due.look
            await _invite_cast(bot, sandbox)
            yield sandbox
    finally:
        await sandbox.stop()


@asynccontextmanager
async def _desk(folder: Path, sandbox: Sandbox, port: int | None = None) -> AsyncIterator[str]:
    """Karin, who has joined, and her desk; on a connection of its own, as in earnest. Yields her first link."""
    settings = _settings(folder, sandbox.url)
    async with opened(settings, read_texts(settings)) as (db, house):
        chat = sandbox.add_person("Karin", language_code="sv")
        karin = await db.run(_coordinator, house, chat.id, sandbox.clock.now())
        sandbox.start_bot(chat.id)
        async with served(settings, sandbox.clock, db, house, port) as desk:
            yield await db.run(link_for, desk.house, karin, Clock().now())


def _coordinator(db: sqlite3.Connection, house: House, chat: int, now: datetime) -> int:
    """As if she had answered everything that is asked first."""
    _name, karin, _code = _invited(db, house, Role.COORDINATOR, "Karin", now)
    known = people.get(db, house.keyring, karin)
    if isinstance(known.person, Contact):
        joined = replace(known.person, locale="sv", place=Place.MENU, joined=True, tested_at=now)
        people.save_person(db, known.box, joined, now)
    people.bind_chat(db, house.doors, known.box, karin, chat, now)
    people.set_state(db, karin, "active", now)
    return karin


def _settings(folder: Path, url: str) -> Settings:
    """The key lies beside the data, not in it, as in earnest; only that both are temporary here."""
    key_file = folder / "keys" / "master.key"
    if not key_file.exists():
        key_file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        create_key_file(key_file)
    return load_settings(
        telegram_token=SecretStr(TOKEN),
        telegram_api=url,
        data_dir=folder / "data",
        master_key_file=key_file,
        desk_port=min((urlsplit(url).port or PORT) + 1, 65535),
        organisation="Kvinnojouren Exempel",
    )


async def _invite_cast(bot: Running, sandbox: Sandbox) -> None:
    """Mina first, so that Leyla can be offered her as a contact person, although she has not come yet."""
    contacts: list[str] = []
    for name, role, language in CAST:
        shown, number, code = await bot.db.run(_invited, bot.house, role, name, bot.clock.now(), contacts)
        contacts += [str(number)] if role is Role.CONTACT else []
        sandbox.add_person(shown, language_code=language, start_payload=code)


def _invited(
    db: sqlite3.Connection, house: House, role: Role, name: str, now: datetime, contacts: Sequence[str] = ()
) -> tuple[str, int, str]:
    """Where the data was kept there is a Mina already, whose phone went with the sandbox it was in: Mina 2."""
    for again in count(1):
        shown = name if again == 1 else f"{name} {again}"
        with suppress(NameInUse):
            return shown, *invite(db, house, role, shown, now, contacts)
    raise AssertionError("numbers do not end")


def _writable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK | os.X_OK)


def _stop_signal() -> asyncio.Event:
    """Set by Ctrl-C from the first moment on, so that it always ends in good order."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    return stop
