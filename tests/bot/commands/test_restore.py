"""What `vidare restore` refuses; that it restores is tested with `vidare backup`."""

import asyncio
from pathlib import Path

import pytest

from bot.__main__ import main
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
