"""
Backups: a consistent copy while the bot runs, and back again without bringing back who was erased.

A backup is as sealed as the database: it opens with the master key only, which is never in it. Restoring checks
the copy and the key first, erases again whom the tombstones name, and only then puts the file in its place; the
database that was there is moved aside, never overwritten.
"""

import os
import sqlite3
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Final

from storage import people
from storage.database import DatabaseDamaged, StorageError, ours
from storage.sealing import Keyring, unlock

PATTERN: Final = "vidare-*.db"
PAGES_A_STEP: Final = 256
"""The copy is made in steps, so that the bot can write in between."""


def name_for(now: datetime) -> str:
    """Return a file name that sorts by time."""
    return f"vidare-{now:%Y%m%d-%H%M%S}.db"


def write(database: Path, target: Path) -> None:
    """Copy `database` to `target`, whole or not at all; raises a `StorageError`."""
    partial = target.with_suffix(".partial")
    partial.unlink(missing_ok=True)
    try:
        os.close(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        _copy(database, partial)
        _flush(partial)
        partial.replace(target)
        _flush(target.parent)
    except sqlite3.Error as error:
        partial.unlink(missing_ok=True)
        raise ours(error) from error
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise StorageError(f"the backup {target} cannot be written: {error.strerror}") from error


def _copy(source: Path, target: Path) -> None:
    reading = sqlite3.connect(f"file:{source}?mode=ro", uri=True)
    writing = sqlite3.connect(target)
    try:
        reading.backup(writing, pages=PAGES_A_STEP)
        writing.execute("PRAGMA journal_mode = DELETE")  # one file, nothing beside it
        _check(writing, target)
    finally:
        writing.close()
        reading.close()


def _check(connection: sqlite3.Connection, path: Path) -> None:
    answer = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if answer != "ok":
        raise DatabaseDamaged(f"{path} is damaged")


def _flush(path: Path) -> None:
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def rotate(folder: Path, keep: int) -> int:
    """Delete all but the newest `keep` backups of a folder; returns how many went."""
    old = sorted(folder.glob(PATTERN), reverse=True)[keep:]
    for path in old:
        path.unlink()
    return len(old)


def restore(backup: Path, database: Path, keyring: Keyring, erased: Iterable[int], now: datetime) -> int:
    """
    Put `backup` in the place of `database`; returns how many erased people were taken out again.

    Raises `WrongKey`, `DatabaseDamaged` or another `StorageError`, and has changed nothing then. The bot must
    not be running.
    """
    if not backup.is_file():
        raise StorageError(f"there is no backup {backup}")
    fresh = database.with_suffix(".restoring")
    fresh.unlink(missing_ok=True)
    write(backup, fresh)
    try:
        gone = _prepare(fresh, keyring, erased)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    _set_aside(database, now)
    fresh.replace(database)
    _flush(database.parent)
    return gone


def _prepare(path: Path, keyring: Keyring, erased: Iterable[int]) -> int:
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("BEGIN IMMEDIATE")
        unlock(connection, keyring)
        gone = sum(people.erase(connection, person) for person in erased)
        connection.execute("COMMIT")
    except sqlite3.Error as error:
        raise ours(error) from error
    finally:
        connection.close()
    return gone


def _set_aside(database: Path, now: datetime) -> None:
    for suffix in ("", "-wal", "-shm"):
        path = database.with_name(database.name + suffix)
        if path.exists():
            path.rename(path.with_name(f"{path.name}.before-{now:%Y%m%d-%H%M%S}"))
