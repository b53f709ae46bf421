"""`vidare keys create|rotate`: the master key, which lives outside the data folder."""

import argparse
import asyncio
import sqlite3
import sys
from pathlib import Path

from bot.settings import Settings, load_settings
from bot.wiring import opened, read_texts
from storage import people
from storage.master_key import create_key_file
from storage.sealing import Keyring, rewrap_doors


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Two subcommands."""
    parser = subparsers.add_parser("keys", help="make or turn the master key")
    commands = parser.add_subparsers(required=True, metavar="WHAT")
    create = commands.add_parser("create", help="write a new key file (mode 0600)")
    create.add_argument("file", type=Path)
    create.set_defaults(run=lambda arguments: _create(arguments.file))
    commands.add_parser(
        "rotate", help="bring every person's key under the first key of the file; the bot may go on running"
    ).set_defaults(run=lambda _arguments: asyncio.run(_rotate(load_settings())))


def _create(file: Path) -> int:
    try:
        create_key_file(file)
    except FileExistsError:
        print(f"vidare: {file} is there already; a key is never overwritten", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"vidare: {file} cannot be written: {error.strerror}", file=sys.stderr)
        return 2
    print(f"{file}. Keep a copy where the backups are not: without it nothing can be read again.")
    return 0


async def _rotate(settings: Settings) -> int:
    async with opened(settings, read_texts(settings)) as (db, house):
        await db.run(rewrap_doors, house.keyring)
        last: int | None = 0
        while last is not None:
            last = await db.run(_some, house.keyring, last)
        damaged = await db.run(people.unreadable, house.keyring)
    print(
        "Every key is under the newest master key. Older lines of the key file can go, once no backup needs them."
    )
    for person in damaged:
        print(f"vidare: person {person} cannot be read; her key was left as it is", file=sys.stderr)
    return 0


def _some(db: sqlite3.Connection, keyring: Keyring, after: int) -> int | None:
    return people.rewrap(db, keyring, after)
