"""Backups: whole, sealed, and without bringing back who was erased."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dialogs.people import Resident, Role
from storage import backups, people
from storage.database import DatabaseDamaged, StorageError, open_database
from storage.sealing import Keyring, WrongKey, unlock

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
KEYRING = Keyring([bytes(range(32))])


async def _database(path: Path, *names: str) -> list[int]:
    """A database with these residents; returns their ids."""
    database = await open_database(path)
    try:
        await database.run(unlock, KEYRING)
        return [await database.run(_resident, name) for name in names]
    finally:
        await database.close()


def _resident(db: sqlite3.Connection, name: str) -> int:
    return people.create_person(
        db, KEYRING, Role.RESIDENT, lambda number: Resident(number, alias=name), NOW
    ).id


async def _here(path: Path) -> list[int]:
    database = await open_database(path)
    try:
        return [known.id for known in await database.run(people.list_people, KEYRING)]
    finally:
        await database.close()


async def test_a_backup_is_whole_while_the_bot_writes(tmp_path: Path) -> None:
    """The copy is made from a database that is open and has unwritten pages in its log."""
    path, copy = tmp_path / "vidare.db", tmp_path / "copy.db"
    database = await open_database(path)
    await database.run(unlock, KEYRING)
    leyla = await database.run(_resident, "Leyla")
    backups.write(path, copy)
    await database.close()
    assert await _here(copy) == [leyla]
    assert copy.stat().st_mode & 0o077 == 0


async def test_a_restored_backup_brings_nobody_back(tmp_path: Path) -> None:
    """Whom the tombstones name stays gone (R38), and not a byte of the name is in the file."""
    path, copy = tmp_path / "vidare.db", tmp_path / "copy.db"
    leyla, other = await _database(path, "Leyla", "Another")
    backups.write(path, copy)
    assert backups.restore(copy, path, KEYRING, [leyla], NOW) == 1
    assert await _here(path) == [other]


async def test_a_restore_keeps_what_was_there(tmp_path: Path) -> None:
    """A restore of the wrong file can be undone."""
    path, copy = tmp_path / "vidare.db", tmp_path / "copy.db"
    await _database(path, "Leyla")
    backups.write(path, copy)
    backups.restore(copy, path, KEYRING, [], NOW)
    assert list(tmp_path.glob("vidare.db.before-*"))


async def test_a_wrong_key_restores_nothing(tmp_path: Path) -> None:
    """The database stays byte for byte what it was."""
    path, copy = tmp_path / "vidare.db", tmp_path / "copy.db"
    await _database(path, "Leyla")
    backups.write(path, copy)
    before = path.read_bytes()
    with pytest.raises(WrongKey):
        backups.restore(copy, path, Keyring([bytes(32)]), [], NOW)
    assert path.read_bytes() == before
    assert not list(tmp_path.glob("*.restoring"))


async def test_a_damaged_backup_restores_nothing(tmp_path: Path) -> None:
    """Neither noise nor a missing file takes the place of a database."""
    path, noise = tmp_path / "vidare.db", tmp_path / "noise.db"
    await _database(path, "Leyla")
    noise.write_bytes(b"no database at all" * 1000)
    before = path.read_bytes()
    with pytest.raises(DatabaseDamaged):
        backups.restore(noise, path, KEYRING, [], NOW)
    with pytest.raises(StorageError):
        backups.restore(tmp_path / "missing.db", path, KEYRING, [], NOW)
    assert path.read_bytes() == before


def test_rotation_keeps_the_newest(tmp_path: Path) -> None:
    """By name, which sorts by time."""
    names = [backups.name_for(NOW.replace(day=day)) for day in range(1, 6)]
    for name in names:
        (tmp_path / name).touch()
    assert backups.rotate(tmp_path, 2) == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == names[3:]
