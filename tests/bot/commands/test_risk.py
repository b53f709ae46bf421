"""Tests for `vidare risk`."""

import argparse
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from bot.commands import risk
from bot.commands.risk import message_of
from tests.dialogs.risk.lexicons import table

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of locales with one lexicon."""
    (tmp_path / "sv").mkdir()
    (tmp_path / "sv" / "risk.tsv").write_text(table(), "utf-8")
    return tmp_path


def run(*args: str) -> int:
    """Run the command as the main program would."""
    parser = argparse.ArgumentParser()
    risk.add(parser.add_subparsers())
    parsed = parser.parse_args(["risk", *args])
    return int(parsed.run(parsed))


def pipe(lines: bytes, *args: str) -> bytes:
    """What the command prints for these bytes."""
    command = [sys.executable, "-m", "bot.commands.risk", *args]
    done = subprocess.run(command, input=lines, capture_output=True, cwd=ROOT, check=True, timeout=60)  # noqa: S603
    return done.stdout


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("hej\n", "hej"),
        ('{"text": "hej", "lang": "sv"}\n', "hej"),
        ('{"text": 3}', '{"text": 3}'),
        ("{hej\r\n", "{hej"),
        ('{"lang": "sv"}', '{"lang": "sv"}'),
        ("[" * 3, "[[["),
        ('{"text": "a\\nb"}', "a\nb"),
        ("{" + "[" * 100_000, "{" + "[" * 100_000),
        ("", ""),
    ],
)
def test_a_line_is_a_message_or_json_with_one(line: str, message: str) -> None:
    """Whatever does not parse is taken as it was typed."""
    assert message_of(line) == message


def test_each_line_gives_one_line_of_json(folder: Path) -> None:
    """Also an empty one, and one that is no UTF-8: who pipes counts on it."""
    lines = (
        'jag vill dö\n\n{"text": "hej"}\n'.encode() + b"\xff\xfe jag vill d\xc3\xb6\n" + "a\u2028b".encode()
    )
    answers = [json.loads(line) for line in pipe(lines, "read", "--folder", str(folder)).splitlines()]
    assert [answer["level"] for answer in answers] == [2, 0, 0, 2, 0]
    assert answers[0]["signals"] == [{"category": "SU", "level": 2, "pattern": "t.su.1", "rule": "explicit"}]
    assert answers[0]["us"] > 0


def test_a_reader_who_has_seen_enough_ends_it_quietly(folder: Path) -> None:
    """`vidare risk read | head -1` is no error to print."""
    command = [sys.executable, "-m", "bot.commands.risk", "read", "--folder", str(folder)]
    with subprocess.Popen(command, stdin=-1, stdout=-1, stderr=-1, cwd=ROOT) as process:  # noqa: S603
        assert process.stdout
        process.stdout.close()
        _out, errors = process.communicate(b"hej\n" * 10_000, timeout=60)
    assert errors == b""


def test_halves_of_letters_in_json_do_not_stop_it(folder: Path) -> None:
    """A JSON escape can hold what UTF-8 cannot."""
    answer = json.loads(pipe(b'{"text": "\\ud800 jag vill d\\u00f6"}\n', "read", "--folder", str(folder)))
    assert answer["level"] == 2


def test_explain_speaks_in_sentences(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same lines for human eyes."""
    monkeypatch.setattr("sys.stdin", io.StringIO("jag vill dö\n"))
    assert run("explain", "--folder", str(folder), "--locale", "sv") == 0
    assert "Nivå 2: larma." in capsys.readouterr().out


def test_check_finds_nothing_in_a_right_table(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And says so."""
    assert run("check", "--folder", str(folder)) == 0
    assert capsys.readouterr().out == "no faults\n"


def test_check_tells_every_fault(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Faults of the table and examples that do not hold, in one run."""
    row = "t.x\tDI\t2\tså trött\t\t\t\t\tpigg\tpigg"
    (folder / "sv" / "risk.tsv").write_text(table(row, "t.y\tDI\t7"), "utf-8")
    (folder / "en").mkdir()
    (folder / "en" / "risk.tsv").write_bytes(b"\xff")
    assert run("check", "--folder", str(folder)) == 1
    told = capsys.readouterr().out
    assert "7 is no level" in told
    assert "does not match its example" in told
    assert "en/risk.tsv:1: the file is not UTF-8" in told
    assert told.endswith("3 faults\n")


def test_a_faulty_lexicon_stops_reading(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Better no answer than one from half a table."""
    (folder / "sv" / "risk.tsv").write_text("nothing", "utf-8")
    assert run("read", "--folder", str(folder)) == 1
    assert "sv/risk.tsv:1" in capsys.readouterr().err


def test_it_needs_neither_telegram_nor_the_network() -> None:
    """Reading is to start at once and anywhere."""
    code = "import sys, bot.commands.risk; print([m for m in ('telegram', 'aiohttp', 'asyncio') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)  # noqa: S603
    assert done.stdout == "[]\n"
