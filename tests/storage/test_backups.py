"""Backups: whole, sealed, and without bringing back who was erased."""

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

import pytest

from dialogs.people import Resident, Role
from storage import backups, outbox, people
from storage.database import DatabaseDamaged, StorageError, open_database
from storage.sealing import Keyring, WrongKey, unlock

T = TypeVar("T")

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
    assert backups.rotate(tmp_path / names[-1], 2) == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == names[3:]
    assert backups.rotate(tmp_path / names[-1], 2) == 0


def test_the_backup_just_written_stays_also_where_the_clock_was_wrong(tmp_path: Path) -> None:
    """A fortnight of names from the future must not push out the only one of today."""
    today = tmp_path / backups.name_for(NOW)
    for path in (
        today,
        *(tmp_path / backups.name_for(NOW.replace(year=2030, day=day)) for day in range(1, 4)),
    ):
        path.touch()
    assert backups.rotate(today, 1) == 3
    assert list(tmp_path.iterdir()) == [today]


def test_what_a_crash_left_half_written_goes_after_a_day(tmp_path: Path) -> None:
    """It would fill the disk, but another backup may be under way at this moment."""
    written = tmp_path / backups.name_for(NOW)
    fresh, old = (
        (tmp_path / backups.name_for(NOW - timedelta(hours=hours))).with_suffix(".partial")
        for hours in (1, 25)
    )
    for path in (written, fresh, old):
        path.touch()
    backups.rotate(written, 14)
    assert sorted(tmp_path.iterdir()) == sorted([written, fresh])


def test_the_newest_backup_is_found_by_its_name(tmp_path: Path) -> None:
    """A copied file has the time of the copying; the name has that of the backup."""
    assert backups.newest(tmp_path / "nowhere") is None
    for name in (backups.name_for(NOW - timedelta(days=1)), backups.name_for(NOW), "vidare-zzz.db"):
        (tmp_path / name).touch()
    found = backups.newest(tmp_path)
    assert found == (tmp_path / backups.name_for(NOW), NOW)


def test_a_name_is_in_utc_whatever_zone_the_moment_is_in() -> None:
    """Two hours of an October night would sort the wrong way round."""
    assert backups.name_for(NOW.astimezone(ZoneInfo("Europe/Stockholm"))) == backups.name_for(NOW)


async def test_a_backup_ends_although_the_bot_never_stops_writing(tmp_path: Path) -> None:
    """SQLite begins a copy anew after each write of another program, unless it is told to hold still."""
    path, copy = tmp_path / "vidare.db", tmp_path / "copy.db"
    await _database(path, "Leyla")
    writing = sqlite3.connect(path, isolation_level=None)
    writing.execute("CREATE TABLE filling (id INTEGER PRIMARY KEY, bytes BLOB)")
    writing.executemany("INSERT INTO filling (bytes) VALUES (zeroblob(?))", [(100_000,)] * 40)
    steps = [0]

    def busy() -> bool:
        steps[0] += 1
        writing.execute("INSERT INTO filling (bytes) VALUES (x'00')")
        return steps[0] > 100

    backups.write(path, copy, busy)
    writing.close()
    assert steps[0] > 2, "the bot wrote between two steps"
    counting = sqlite3.connect(copy)
    assert counting.execute("SELECT count(*) FROM filling").fetchone() == (40,)
    counting.close()


async def test_a_backup_that_is_stopped_leaves_nothing(tmp_path: Path) -> None:
    """Half a backup would look like one."""
    path, folder = tmp_path / "vidare.db", tmp_path / "backups"
    folder.mkdir()
    await _database(path, "Leyla")
    with pytest.raises(backups.BackupStopped):
        backups.write(path, folder / "copy.db", lambda: True)
    assert list(folder.iterdir()) == []


async def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    """An operator reads it, or a log."""
    path = tmp_path / "vidare.db"
    await _database(path, "Leyla")
    with pytest.raises(StorageError, match="cannot be written"):
        backups.write(path, tmp_path / "nowhere" / "copy.db")


async def test_a_truncated_backup_restores_nothing(tmp_path: Path) -> None:
    """A copy that was cut off, anywhere, down to nothing at all, takes the place of no database."""
    path, copy = tmp_path / "vidare.db", tmp_path / "copy.db"
    await _database(path, "Leyla", "Another")
    backups.write(path, copy)
    whole, before = copy.read_bytes(), path.read_bytes()
    for size in (0, 50, 100, 4096, len(whole) // 2, len(whole) - 4096, len(whole) - 1):
        copy.write_bytes(whole[:size])
        with pytest.raises(DatabaseDamaged):
            backups.restore(copy, path, KEYRING, [], NOW)
        assert path.read_bytes() == before
    assert not list(tmp_path.glob("*.restoring"))


async def test_a_restored_house_gives_no_id_twice(tmp_path: Path) -> None:
    """Else the tombstone of one person would erase another at the next restore, and an old button mean a new case."""
    path, copy = tmp_path / "vidare.db", tmp_path / "copy.db"
    await _database(path, "Leyla")
    backups.write(path, copy)
    (gone,) = await _database(path, "Another")
    backups.restore(copy, path, KEYRING, [gone, 70_000], NOW)
    (fresh,) = await _database(path, "Reza")
    assert fresh > 70_000
    backups.write(path, copy)
    assert backups.restore(copy, path, KEYRING, [gone, 70_000], NOW) == 0
    assert fresh in await _here(path)


async def test_a_house_nobody_was_in_gives_no_id_twice_either(tmp_path: Path) -> None:
    """Its first backup may be restored after its first people came and went."""
    path, copy = tmp_path / "vidare.db", tmp_path / "copy.db"
    await _database(path)
    backups.write(path, copy)
    backups.restore(copy, path, KEYRING, [3], NOW)
    assert (await _database(path, "Leyla"))[0] > 3


async def test_what_waited_in_a_backup_may_have_been_sent_since(tmp_path: Path) -> None:
    """After a restore a check-in is not asked a second time, and an alert says that it is a repeat (R2, R3)."""
    path, copy = tmp_path / "vidare.db", tmp_path / "copy.db"
    (leyla,) = await _database(path, "Leyla")
    await _database_does(path, lambda db: _put(db, leyla, "routine") and _put(db, leyla, "alert"))
    backups.write(path, copy)
    backups.restore(copy, path, KEYRING, [], NOW)
    found = await _database_does(path, lambda db: outbox.recover(db, NOW))
    assert (found.again, [each.purpose for each in found.unclear]) == (1, ["routine"])


async def _database_does(path: Path, work: Callable[[sqlite3.Connection], T]) -> T:
    database = await open_database(path)
    try:
        return await database.run(work)
    finally:
        await database.close()


def _put(db: sqlite3.Connection, person: int, purpose: str) -> int:
    box = people.get(db, KEYRING, person).box
    return outbox.put(
        db, box, person_id=person, purpose=purpose, priority=1, due_at=NOW, now=NOW, content=b"words"
    )
