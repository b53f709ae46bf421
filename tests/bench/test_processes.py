"""Tests for starting and ending the measured bots."""

from pathlib import Path

import pytest

from bench.processes import NO_TOKEN, BotFailed, BotProcess, Kind
from bench.seeding import Town
from bot.clock import Clock
from bot.sandbox import Sandbox


async def test_a_bot_that_does_not_start_says_why(tmp_path: Path) -> None:
    """Its last words are worth more than a benchmark that waits."""
    sandbox = Sandbox(NO_TOKEN, Clock(), log_calls=False)
    bot = BotProcess(Kind("nobody", ("bench.there_is_no_such_bot",)), sandbox, tmp_path, None)
    try:
        with pytest.raises(BotFailed, match="there_is_no_such_bot"):
            await bot.start()
    finally:
        await bot.stop()


def test_what_a_bot_said_is_counted_by_lines(tmp_path: Path) -> None:
    """Whether Telegram ever had to ask for a pause stands in its log and nowhere else."""
    (tmp_path / "full-bot.log").write_text("a pause\nnothing\na pause, and a pause\n", "utf-8")
    bot = BotProcess(Kind("full bot", ()), Sandbox(NO_TOKEN, Clock()), tmp_path, None)
    assert bot.said("a pause") == 2


def test_a_bot_inherits_neither_settings_nor_proxies(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An operator's own settings must not be measured, and not be used either."""
    monkeypatch.setenv("VIDARE_MASTER_PASSPHRASE", "not for benchmarks")
    monkeypatch.setenv("HTTP_PROXY", "http://localhost:9")
    environment = Kind("full bot", ("bot", "run"), Town(tmp_path, 1)).environment("http://localhost:1")
    assert "HTTP_PROXY" not in environment
    assert "VIDARE_MASTER_PASSPHRASE" not in environment
    assert environment["VIDARE_SENDS_PER_SECOND"] == "0"
