"""What `vidare restore` refuses; that it restores is tested with `vidare backup`."""

import asyncio
import sqlite3
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.clock import Clock
from bot.wiring import DATABASE, TOMBSTONES
from dialogs.people import Resident, Role
from storage import people
from storage.database import open_database
from storage.master_key import from_file
from storage.sealing import Keyring
from storage.tombstones import TombstoneFile
from tests.bot.commands.test_backup import _database, data

__all__ = ["data"]


def test_a_running_bot_is_not_restored_under(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two programs would write two databases."""
    asyncio.run(_database(data, alive=True))
    assert main(["backup", str(tmp_path / "backups")]) == 0
    (backup,) = (tmp_path / "backups").iterdir()
    assert main(["restore", str(backup)]) == 2
    assert "Stop it" in capsys.readouterr().err
    assert main(["restore", str(backup), "--bot-is-stopped"]) == 0


def test_a_missing_backup_is_named(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One sentence, no traceback, nothing touched."""
    assert main(["restore", "nowhere.db"]) == 2
    assert "nowhere.db" in capsys.readouterr().err
    assert not list(data.iterdir())


def test_after_a_loss_the_list_beside_the_backups_is_enough(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The disk with the data is gone; who was erased stays erased (R38), and stays on the new list."""
    asyncio.run(_database(data, alive=False))
    (leyla,) = asyncio.run(_residents(data, "Leyla"))
    assert main(["backup", str(tmp_path / "backups")]) == 0
    (backup,) = (tmp_path / "backups").glob("*.db")
    TombstoneFile(tmp_path / "backups" / TOMBSTONES).add(leyla, Clock().now())
    for path in data.iterdir():
        path.unlink()
    assert main(["restore", str(backup)]) == 0
    assert "1 people who had been erased" in capsys.readouterr().out
    assert list(TombstoneFile(data / TOMBSTONES)) == [leyla]


async def _residents(folder: Path, *names: str) -> list[int]:
    keyring = Keyring(from_file(folder.parent / "master.key", folder))
    database = await open_database(folder / DATABASE)
    try:
        return [await database.run(_resident, keyring, name) for name in names]
    finally:
        await database.close()


def _resident(db: sqlite3.Connection, keyring: Keyring, name: str) -> int:
    now = Clock().now()
    return people.create_person(db, keyring, Role.RESIDENT, lambda number: Resident(number, name), now).id
