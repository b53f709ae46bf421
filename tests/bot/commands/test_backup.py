"""`vidare backup` and `vidare restore`, as an operator types them."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.clock import Clock
from bot.wiring import DATABASE, TOMBSTONES
from storage import outages
from storage.database import open_database
from storage.master_key import create_key_file, from_file
from storage.sealing import Keyring, unlock
from storage.tombstones import TombstoneFile


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings of an operator, with a key and an empty data folder."""
    folder = tmp_path / "data"
    folder.mkdir()
    create_key_file(tmp_path / "master.key")
    monkeypatch.setenv("VIDARE_TELEGRAM_TOKEN", "123456789:AAnobody")
    monkeypatch.setenv("VIDARE_DATA_DIR", str(folder))
    monkeypatch.setenv("VIDARE_MASTER_KEY_FILE", str(tmp_path / "master.key"))
    monkeypatch.chdir(tmp_path)
    return folder


async def _database(folder: Path, *, alive: bool) -> None:
    database = await open_database(folder / DATABASE)
    try:
        await database.run(unlock, Keyring(from_file(folder.parent / "master.key", folder)))
        now = Clock().now()
        await database.run(outages.beat, now if alive else now - timedelta(hours=1))
    finally:
        await database.close()


def test_a_backup_can_be_restored(data: Path, tmp_path: Path) -> None:
    """The two commands fit together."""
    asyncio.run(_database(data, alive=False))
    assert main(["backup", str(tmp_path / "backups")]) == 0
    (backup,) = (tmp_path / "backups").iterdir()
    assert main(["restore", str(backup)]) == 0


def test_whom_the_tombstones_name_is_written_beside_the_backups(data: Path, tmp_path: Path) -> None:
    """A restore elsewhere must know it too."""
    asyncio.run(_database(data, alive=False))
    TombstoneFile(data / TOMBSTONES).add(7, Clock().now())
    assert main(["backup", str(tmp_path / "backups")]) == 0
    assert list(TombstoneFile(tmp_path / "backups" / TOMBSTONES)) == [7]


def test_old_backups_are_rotated_out(data: Path, tmp_path: Path) -> None:
    """A disk that fills with backups stops the bot."""
    asyncio.run(_database(data, alive=False))
    folder = tmp_path / "backups"
    folder.mkdir()
    for day in range(1, 5):
        (folder / f"vidare-2026010{day}-000000.db").touch()
    assert main(["backup", str(folder), "--keep", "2"]) == 0
    assert len(list(folder.iterdir())) == 2


def test_without_a_database_there_is_nothing_to_back_up(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A wrong folder is said, not backed up as an empty one."""
    assert main(["backup", str(data / "backups")]) == 2
    assert "no database" in capsys.readouterr().err
