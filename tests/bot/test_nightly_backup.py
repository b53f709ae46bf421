"""The backup of the night: beside a bot that goes on, and never at the price of an older one."""

import asyncio
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.nightly_backup import BackupFolderMissing, NightlyBackup
from storage import backups
from storage.database import StorageFull
from storage.tombstones import TombstoneFile
from tests.bot.town import NOW, PATIENCE, Town, until


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where backups go."""
    folder = tmp_path / "backups"
    folder.mkdir()
    return folder


def nightly(town: Town, folder: Path, keep: int = 2) -> NightlyBackup:
    return NightlyBackup(town.folder / "vidare.db", town.folder / "erased.jsonl", folder, keep, town.clock)


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("*.db"))


async def test_each_night_is_kept_until_there_are_enough(town: Town, folder: Path) -> None:
    """The newest ones stay."""
    backup = nightly(town, folder)
    nights = [NOW + timedelta(days=number) for number in range(4)]
    for _night in nights:
        await backup.write()
        town.clock.move(timedelta(days=1))
    assert _names(folder) == [backups.name_for(night) for night in nights[-2:]]


async def test_one_that_fails_costs_no_older_one(
    town: Town, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fortnight of failures must not end with an empty folder."""
    backup = nightly(town, folder, keep=1)
    await backup.write()
    before = _names(folder)

    def full(*_arguments: object) -> None:
        raise StorageFull("the disk is full")

    monkeypatch.setattr(backups, "write", full)
    town.clock.move(timedelta(days=1))
    with pytest.raises(StorageFull):
        await backup.write()
    assert _names(folder) == before


async def test_a_disk_that_is_not_mounted_fails_aloud(town: Town, tmp_path: Path) -> None:
    """A folder made in its place would lie on the disk the backup is to be safe from."""
    backup = nightly(town, tmp_path / "mount" / "backups")
    for work in (backup.write, backup.carry_tombstones):
        with pytest.raises(BackupFolderMissing, match="make it, or mount its disk"):
            await work()
    assert not (tmp_path / "mount").exists()


async def test_the_bot_goes_on_while_it_is_written(
    town: Town, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither the event loop nor the storage thread waits for a slow disk."""
    let_go, write = threading.Event(), backups.write

    def slow(*arguments: Any) -> None:
        let_go.wait(PATIENCE)
        write(*arguments)

    monkeypatch.setattr(backups, "write", slow)
    writing = asyncio.create_task(nightly(town, folder).write())
    leyla = await asyncio.wait_for(town.resident(), PATIENCE)
    assert await asyncio.wait_for(town.exists(leyla), PATIENCE)
    assert not writing.done()
    let_go.set()
    await asyncio.wait_for(writing, PATIENCE)
    assert len(_names(folder)) == 1


async def test_being_stopped_cuts_it_short_and_leaves_nothing(
    town: Town, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The thread has ended when the task has: nothing writes on into a folder somebody unmounts."""
    begun, ended = threading.Event(), threading.Event()
    write = backups.write

    def held(database: Path, target: Path, stopped: Any) -> None:
        begun.set()
        while not stopped():
            ended.wait(0.001)
        try:
            write(database, target, stopped)
        finally:
            ended.set()

    monkeypatch.setattr(backups, "write", held)
    writing = asyncio.create_task(nightly(town, folder).write())
    await until(begun.is_set)
    writing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(writing, PATIENCE)
    assert ended.is_set()
    assert list(folder.iterdir()) == []


async def test_whom_the_tombstones_name_is_known_beside_the_backups_too(town: Town, folder: Path) -> None:
    """Where the data folder burns, a restore must not bring back who was erased (R38)."""
    backup = nightly(town, folder)
    TombstoneFile(town.folder / "erased.jsonl").add(7, NOW)
    await backup.write()
    TombstoneFile(town.folder / "erased.jsonl").add(8, NOW)
    await backup.carry_tombstones()
    await backup.carry_tombstones()
    assert list(TombstoneFile(folder / "erased.jsonl")) == [7, 8]
