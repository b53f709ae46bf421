"""
Backups: a consistent copy while the bot runs, and back again without bringing back who was erased.

A backup is as sealed as the database: it opens with the master key only, which is never in it. Restoring checks
the copy and the key first, erases again whom the tombstones name, and only then puts the file in its place; the
database that was there is moved aside, never overwritten.
"""

import os
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, NamedTuple

from dialogs import letting_go
from dialogs.people import Contact
from storage import desk_sessions, outbox, people
from storage.database import DatabaseDamaged, StorageError, ours
from storage.sealing import Keyring, unlock

PATTERN: Final = "vidare-*.db"
IDS_LEFT_OUT: Final = 1_000
"""
Ids given after the backup was made are lost with the rest, and stand in tombstones and on buttons in chats. They are
not given again: else the next restore would erase somebody else, and an old button would mean another case.
"""
_HEAD: Final = 100
"""Bytes before the first page of a database, its size among them."""
PARTIAL: Final = ".partial"
PARTIAL_LASTS: Final = timedelta(days=1)
PAGES_A_STEP: Final = 256
"""Between two steps we look whether to stop."""
_NAME: Final = "vidare-%Y%m%d-%H%M%S"


class BackupStopped(StorageError):
    """Somebody stopped the copying; nothing of it is left."""


class Backup(NamedTuple):
    """A backup in its folder, and the moment it holds."""

    path: Path
    written_at: datetime


def _never() -> bool:
    return False


def name_for(now: datetime) -> str:
    """Return a file name that sorts by time."""
    return f"{now.astimezone(UTC):{_NAME}}.db"


def newest(folder: Path) -> Backup | None:
    """Return the newest backup of a folder; None where there is none, or no folder."""
    found = (_dated(path) for path in sorted(folder.glob(PATTERN), reverse=True))
    return next((each for each in found if each is not None), None)


def _dated(path: Path) -> Backup | None:
    try:
        return Backup(path, datetime.strptime(path.stem, _NAME).replace(tzinfo=UTC))
    except ValueError:
        return None


def write(database: Path, target: Path, stopped: Callable[[], bool] = _never) -> None:
    """Copy `database` to `target`, whole or not at all; raises a `StorageError`."""
    partial = target.with_suffix(PARTIAL)
    try:
        partial.unlink(missing_ok=True)
        os.close(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        _copy(database, partial, stopped)
        _flush(partial)
        partial.replace(target)
        _flush(target.parent)
    except sqlite3.Error as error:
        raise ours(error) from error
    except OSError as error:
        raise StorageError(f"the backup {target} cannot be written: {error.strerror}") from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def _copy(source: Path, target: Path, stopped: Callable[[], bool]) -> None:
    reading = sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
    writing = sqlite3.connect(target)
    try:
        _hold_still(reading)
        reading.backup(writing, pages=PAGES_A_STEP, progress=lambda *_: _go_on(stopped))
        writing.execute("PRAGMA journal_mode = DELETE")  # one file, nothing beside it
        writing.set_progress_handler(stopped, 10_000)  # a long check ends early as well
        _check(writing, target)
    finally:
        writing.close()
        reading.close()


def _hold_still(reading: sqlite3.Connection) -> None:
    """
    Read one moment, however long that takes and whatever is written meanwhile.

    Without this SQLite begins anew after each write of the bot, and never ends where the bot has much to do.
    """
    reading.execute("BEGIN")
    reading.execute("SELECT count(*) FROM sqlite_schema").fetchone()


def _go_on(stopped: Callable[[], bool]) -> None:
    if stopped():
        raise BackupStopped("the backup was stopped")


def _check(connection: sqlite3.Connection, path: Path) -> None:
    answer = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if answer != "ok":
        raise DatabaseDamaged(f"{path} is damaged")


def _refuse_cut_off(path: Path) -> None:
    """SQLite takes what is missing at the very end for zeros, and finds nothing wrong where zeros belong there."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    page = int.from_bytes(head[16:18])
    pages = int.from_bytes(head[28:32])
    if path.stat().st_size < pages * (65_536 if page == 1 else page):
        raise DatabaseDamaged(f"{path} is damaged: it was cut off")


def _flush(path: Path) -> None:
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def rotate(written: Path, keep: int) -> int:
    """
    Delete all but `keep` backups beside `written`, the newest and `written` itself; returns how many went.

    `written` stays also where a clock that was wrong for a while gave others a later name. What a crash left half
    written goes after a day.
    """
    others = sorted(path for path in written.parent.glob(PATTERN) if path != written)
    old = others[: max(0, len(others) - (keep - 1))]
    for path in (*old, *_left_behind(written)):
        path.unlink(missing_ok=True)
    return len(old)


def _left_behind(written: Path) -> list[Path]:
    this = _dated(written)
    before = name_for(this.written_at - PARTIAL_LASTS) if this is not None else ""
    return [path for path in written.parent.glob(f"vidare-*{PARTIAL}") if path.name < before]


def restore(backup: Path, database: Path, keyring: Keyring, erased: Iterable[int], now: datetime) -> int:
    """
    Put `backup` in the place of `database`; returns how many erased people were taken out again.

    Raises `WrongKey`, `DatabaseDamaged` or another `StorageError`, and has changed nothing then. The bot must
    not be running.
    """
    if not backup.is_file():
        raise StorageError(f"there is no backup {backup}")
    _refuse_cut_off(backup)
    fresh = database.with_suffix(".restoring")
    fresh.unlink(missing_ok=True)
    write(backup, fresh)
    try:
        gone = _prepare(fresh, keyring, erased, now)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    _set_aside(database, now)
    fresh.replace(database)
    _flush(database.parent)
    return gone


def _let_go(connection: sqlite3.Connection, keyring: Keyring, erased: Sequence[int], now: datetime) -> None:
    """Helpers' own records name those who were erased since; one that does not open stays as it is."""
    for known in people.list_people(connection, keyring):
        if isinstance(known.person, Contact):
            fresh = letting_go.without(known.person, erased, letting_go.everything_shown)
            people.save_person(connection, known.box, fresh, now)


def _prepare(path: Path, keyring: Keyring, erased: Iterable[int], now: datetime) -> int:
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("BEGIN IMMEDIATE")
        if connection.execute("PRAGMA user_version").fetchone()[0] == 0:
            raise DatabaseDamaged("the file is no backup of Vidare, or an empty one")
        unlock(connection, keyring)
        outbox.doubt_waiting(connection)
        desk_sessions.end_everybodys(connection)
        ids = sorted(erased)
        gone = sum(people.erase(connection, person) for person in ids)
        _let_go(connection, keyring, ids, now)
        people.leave_a_gap(connection, max(ids, default=0), IDS_LEFT_OUT)
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
