"""The console command: one sentence for a mistake, and nothing imported that is not needed."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.__main__ import COMMANDS, main
from bot.commands import locales, people, run
from storage.master_key import create_key_file
from tests.bot.town import texts

ROOT = Path(__file__).parents[2]
TOKEN = "123456789:AAmain-token-that-must-never-be-shown"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings that are right, in an empty folder."""
    create_key_file(tmp_path / "master.key")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VIDARE_TELEGRAM_TOKEN", TOKEN)
    monkeypatch.setenv("VIDARE_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("VIDARE_MASTER_KEY_FILE", str(tmp_path / "master.key"))
    for command in (people, run):
        monkeypatch.setattr(command, "read_texts", lambda _settings: texts())
    monkeypatch.setattr(run, "setup_logs", lambda _level: None)
    return tmp_path


def test_every_command_is_listed() -> None:
    """A file that is not named here could not be called."""
    files = {path.stem for path in (ROOT / "bot" / "commands").glob("[a-z]*.py")}
    assert set(COMMANDS) == files


@pytest.mark.parametrize("words", [["unknown"], [], ["--unknown"]])
def test_an_unknown_command_shows_the_known_ones(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """A slip of the finger is answered with what there is."""
    with pytest.raises(SystemExit) as ended:
        main(words)
    error = capsys.readouterr().err
    assert ended.value.code == 2
    assert "usage: vidare" in error
    assert "Traceback" not in error


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    """The first thing a newcomer types."""
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    out = capsys.readouterr().out
    assert [name for name in COMMANDS if not re.search(rf"^    {name}\s", out, re.MULTILINE)] == []


def _no_token(_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VIDARE_TELEGRAM_TOKEN")


def _bad_token(_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIDARE_TELEGRAM_TOKEN", "a secret in the wrong place")


def _no_key(folder: Path, _monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "master.key").unlink()


def _open_key(folder: Path, _monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "master.key").chmod(0o644)


def _another_key(folder: Path, _monkeypatch: pytest.MonkeyPatch) -> None:
    assert main(["people"]) == 0
    (folder / "master.key").unlink()
    create_key_file(folder / "master.key")


def _damaged(folder: Path, _monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "data").mkdir()
    (folder / "data" / "vidare.db").write_bytes(b"no database " * 1000)


@pytest.mark.parametrize(
    ("mistake", "named"),
    [
        (_no_token, "VIDARE_TELEGRAM_TOKEN is missing"),
        (_bad_token, "VIDARE_TELEGRAM_TOKEN is not right"),
        (_no_key, "master.key cannot be read"),
        (_open_key, "chmod 600"),
        (_another_key, "not the master key of this database"),
        (_damaged, "restore a backup"),
    ],
)
def test_a_mistake_is_one_sentence(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    mistake: Callable[[Path, pytest.MonkeyPatch], None],
    named: str,
) -> None:
    """It says what to do, never shows a secret, and is no traceback."""
    mistake(folder, monkeypatch)
    assert main(["people"]) == 2
    error = capsys.readouterr().err
    assert error.startswith("vidare: ")
    assert named in error
    assert error.count("\n") == 1
    assert "secret" not in error


def test_a_taken_webhook_port_is_one_sentence(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two bots on one machine is an operator's mistake like any other."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setenv("VIDARE_WEBHOOK_URL", "https://bot.example/telegram")
        monkeypatch.setenv("VIDARE_WEBHOOK_SECRET", "a-secret-of-the-webhook")
        monkeypatch.setenv("VIDARE_WEBHOOK_PORT", str(taken.getsockname()[1]))
        monkeypatch.setenv("VIDARE_TELEGRAM_API", "http://127.0.0.1:9")
        assert main(["run"]) == 2
    assert folder.exists()
    assert "VIDARE_WEBHOOK_PORT" in capsys.readouterr().err


def test_a_taken_health_port_is_one_sentence(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It says which of the two ports it is."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setenv("VIDARE_HEALTH_PORT", str(taken.getsockname()[1]))
        monkeypatch.setenv("VIDARE_TELEGRAM_API", "http://127.0.0.1:9")
        assert main(["run"]) == 2
    assert folder.exists()
    assert "VIDARE_HEALTH_PORT" in capsys.readouterr().err


def test_ctrl_c_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """130 is what a shell expects."""

    def interrupted() -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(locales, "_check", interrupted)
    assert main(["locales", "check"]) == 130


def test_a_fault_in_the_program_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    """What no operator can put right keeps its traceback."""

    def broken() -> int:
        raise RuntimeError("ours")

    monkeypatch.setattr(locales, "_check", broken)
    with pytest.raises(RuntimeError):
        main(["locales", "check"])


def test_reading_for_risk_needs_neither_telegram_nor_the_network() -> None:
    """A pipe through `vidare risk read` is up before Telegram's library would be."""
    program = (
        "import sys; from bot.__main__ import main; main(['risk', 'read']);"
        "print(sorted({'telegram', 'aiohttp', 'aiosqlite', 'apscheduler'} & set(sys.modules)))"
    )
    done = _python("-c", program)
    assert (done.returncode, done.stdout, done.stderr) == (0, "[]\n", "")


def test_as_a_program_of_its_own_a_mistake_shows_no_traceback() -> None:
    """The exit code reaches the shell."""
    done = _python("-m", "bot", "people")
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    assert "VIDARE_TELEGRAM_TOKEN" in done.stderr


def _python(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("VIDARE_")}
    return subprocess.run(  # noqa: S603 -- our own program
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment,
        input="",
        capture_output=True,
        text=True,
        timeout=60,
    )
