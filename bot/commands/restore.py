"""`vidare restore FILE`: put a backup in place, after taking out again whom the tombstones name."""

import argparse
import sqlite3
import sys
from datetime import timedelta
from pathlib import Path
from typing import Final

from bot.clock import Clock
from bot.settings import Settings, load_settings
from bot.wiring import DATABASE, TOMBSTONES, master_keys
from storage import backups, outages
from storage.sealing import Keyring, passphrase_salt
from storage.tombstones import TombstoneFile

STILL_ALIVE: Final = timedelta(minutes=2)


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The backup, and a word for the careful."""
    parser = subparsers.add_parser("restore", help="put a backup in place; stop the bot first")
    parser.add_argument("backup", type=Path)
    parser.add_argument(
        "--bot-is-stopped", action="store_true", help="the last heartbeat is recent, but it is stopped"
    )
    parser.set_defaults(run=lambda arguments: _restore(load_settings(), arguments))


def _restore(settings: Settings, arguments: argparse.Namespace) -> int:
    database, now = settings.data_dir / DATABASE, Clock().now()
    if not arguments.bot_is_stopped and _beats(database):
        print("vidare: the bot was alive a moment ago. Stop it, then add --bot-is-stopped.", file=sys.stderr)
        return 2
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    keyring = Keyring(master_keys(settings, _salt(arguments.backup)))
    erased, beside = (
        TombstoneFile(each / TOMBSTONES) for each in (settings.data_dir, arguments.backup.parent)
    )
    gone = backups.restore(arguments.backup, database, keyring, {*erased, *beside}, now)
    erased.take_over(beside)
    print(
        f"Restored; {gone} people who had been erased were taken out again. What was there is kept beside it."
    )
    return 0


def _beats(database: Path) -> bool:
    if not database.is_file():
        return False
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        last = outages.last_beat(connection)
    except sqlite3.Error:
        return False  # too damaged to be alive
    finally:
        connection.close()
    return last is not None and Clock().now() - last < STILL_ALIVE


def _salt(backup: Path) -> bytes:
    if not backup.is_file():
        return b""
    connection = sqlite3.connect(f"file:{backup}?mode=ro", uri=True)
    try:
        return passphrase_salt(connection)
    except sqlite3.Error:
        return b""
    finally:
        connection.close()
