"""An operator at a terminal: settings in the environment, an empty folder, and Telegram on this machine."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.clock import Clock
from bot.commands import (
    activities,
    alerts,
    audit,
    demo,
    desk,
    doctor,
    duty,
    erase,
    figures,
    invite,
    invites,
    keys,
    notes,
    people,
    pin,
    policy,
    propose,
    run,
)
from bot.sandbox import Sandbox
from bot.settings import Settings, load_settings
from bot.wiring import DATABASE
from storage.master_key import create_key_file
from tests.bot.town import texts

TOKEN = "123456789:AAcommand-token-that-must-never-be-shown"


@dataclass
class Operator:
    """Types commands and reads what they print."""

    folder: Path
    sandbox: Sandbox
    capsys: pytest.CaptureFixture[str]

    @property
    def settings(self) -> Settings:
        """What the environment says."""
        return load_settings()

    async def types(self, *words: str) -> tuple[int, str, str]:
        """Run `vidare …`; returns exit code, output and errors."""
        code = await asyncio.to_thread(main, words)
        captured = self.capsys.readouterr()
        return code, captured.out, captured.err


def spoil(operator: Operator, statement: str) -> None:
    """What a bad disk might do, by hand."""
    connection = sqlite3.connect(operator.settings.data_dir / DATABASE, isolation_level=None)
    connection.execute(statement)
    connection.close()


@pytest.fixture
async def operator(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> AsyncIterator[Operator]:
    """A key, a data folder, a bot that Telegram knows. Logs stay as the test run has them."""
    create_key_file(tmp_path / "master.key")
    sandbox = Sandbox(TOKEN, Clock())
    await sandbox.start()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VIDARE_TELEGRAM_TOKEN", TOKEN)
    monkeypatch.setenv("VIDARE_TELEGRAM_API", sandbox.url)
    monkeypatch.setenv("VIDARE_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("VIDARE_MASTER_KEY_FILE", str(tmp_path / "master.key"))
    for command in (
        activities,
        alerts,
        audit,
        demo,
        desk,
        doctor,
        duty,
        erase,
        figures,
        invites,
        invite,
        keys,
        notes,
        people,
        pin,
        policy,
        propose,
        run,
    ):
        monkeypatch.setattr(command, "read_texts", lambda _settings: texts())
    for command in (demo, desk, run):
        monkeypatch.setattr(command, "setup_logs", lambda _level: None)
    yield Operator(tmp_path, sandbox, capsys)
    await sandbox.stop()
