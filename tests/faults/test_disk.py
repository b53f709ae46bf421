"""A disk that fails: as forbidden to a process that is not ours, and what of it is red."""

import asyncio
import errno
import sqlite3
import sys
from contextlib import AbstractAsyncContextManager, closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.wiring import DATABASE
from faults import disk
from faults.account import Account
from faults.disk import FULL, Result, Said, held, may_not_grow, may_not_write, said_in, small_disk
from faults.findings import Finding
from faults.processes import Life
from faults.stage import Stage

WRITES = """
import sys
with open(sys.argv[1], "r+b", buffering=0) as file:
    for line in sys.stdin:
        file.seek(int(line))
        try:
            print(file.write(b"x" * 10), flush=True)
        except OSError as error:
            print(-error.errno, flush=True)
"""
AFTERWARDS = "afterwards lost, twice, alerts unsent, otherwise wrong"
SAID = tuple(Said(part, "StorageFull") for part in ("intake", "sender", "due"))
WELL = Result(42, 0, SAID, True, Account(updates=90, alerts=4))


class Writer:
    """A process that writes ten bytes where it is told to, as the bot's does."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.life = Life(process.pid, asyncio.create_task(process.wait()))

    async def write(self, at: int) -> int:
        """Return how many bytes were written, or the error below zero."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{at}\n".encode())
        return int(await self._process.stdout.readline())


async def _writer(file: Path) -> Writer:
    pipe = asyncio.subprocess.PIPE
    command = (sys.executable, "-c", WRITES, str(file))
    return Writer(await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe))


@pytest.fixture
def log(stage: Stage) -> Path:
    """SQLite's log, of a hundred bytes."""
    file = stage.town.data / f"{DATABASE}-wal"
    file.write_bytes(bytes(100))
    return file


@pytest.mark.parametrize(
    ("trouble", "inside", "beyond"),
    [(may_not_grow, 10, -errno.EFBIG), (may_not_write, -errno.EFBIG, -errno.EFBIG)],
)
async def test_a_process_is_forbidden_to_write_for_a_while(
    stage: Stage, log: Path, trouble: disk.Trouble, inside: int, beyond: int
) -> None:
    """As on a disk that is full, or that takes nothing; and afterwards as before, in the same process."""
    writer = await _writer(log)
    assert (await writer.write(0), await writer.write(100)) == (10, 10)
    log.write_bytes(bytes(100))
    async with trouble(stage, writer.life):
        assert (await writer.write(0), await writer.write(100)) == (inside, beyond)
    assert (await writer.write(0), await writer.write(100)) == (10, 10)
    await writer.life.kill()


async def test_a_process_that_dies_of_it_is_no_error_of_the_harness(stage: Stage, log: Path) -> None:
    """It is a finding: the bot ended."""
    writer = await _writer(log)
    async with may_not_grow(stage, writer.life):
        await writer.life.kill()


async def test_a_database_that_somebody_holds_takes_no_writer(stage: Stage) -> None:
    """And is let go afterwards."""
    holding: AbstractAsyncContextManager[None] = held(
        stage, Life(0, asyncio.ensure_future(asyncio.sleep(0, 0)))
    )
    with closing(sqlite3.connect(stage.town.data / DATABASE, timeout=0, isolation_level=None)) as db:
        async with holding:
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                db.execute("BEGIN IMMEDIATE")
        db.execute("BEGIN IMMEDIATE")


def test_a_disk_is_filled_to_the_last_byte_it_takes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where something is left, something would be written."""
    with small_disk(tmp_path / "small") as mounted:
        if mounted is None:
            pytest.skip("nothing may be mounted here")
        disk.fill(mounted / "filler")
        with pytest.raises(OSError, match="No space"):
            (mounted / "more").write_bytes(b"x" * 4096)
    assert not any((tmp_path / "small").iterdir())
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    with small_disk(tmp_path / "none") as mounted:
        assert mounted is None


def broken(found: list[Finding]) -> list[str]:
    """What is red, without the trouble's name."""
    return [each.what.removeprefix(f"{FULL.name}: ") for each in found if not each.held]


def test_a_trouble_that_was_lived_through_is_green() -> None:
    """And what the bot said of it stands there."""
    found = disk.findings(FULL, WELL)
    assert broken(found) == []
    assert found[1].figure == "lived on; due, intake, sender: StorageFull"


def test_what_the_bot_says_is_known_by_the_kind_of_the_error_and_not_by_its_words() -> None:
    """Words are changed; and an error of another kind is no word about the disk."""
    log: list[dict[str, Any]] = [
        {"logger": "bot.intake", "level": "error", "event": "no room", "error": "StorageFull"},
        {"logger": "bot.sender", "level": "warning", "error": "KeyError"},
        {"logger": "bot.due", "level": "error", "error": [{"class": "storage.database.StorageFull"}]},
        {"text": "Traceback"},
    ]
    assert said_in(log) == (Said("intake", "StorageFull"),)


@pytest.mark.parametrize(
    ("result", "line"),
    [
        (replace(WELL, confirmed_too_early=1), "confirmed although not stored"),
        (replace(WELL, waited=0), "confirmed although not stored"),
        (replace(WELL, lives=False), "the bot"),
        (replace(WELL, said=()), "the bot"),
        (replace(WELL, said=SAID[1:]), "the bot"),
        (replace(WELL, account=Account(updates=90, updates_lost=1)), AFTERWARDS),
        (replace(WELL, account=Account(updates=90, asked_twice=1)), AFTERWARDS),
    ],
)
def test_each_way_to_fail_is_red(result: Result, line: str) -> None:
    """Also a trouble that troubled nobody: it proves nothing."""
    assert broken(disk.findings(FULL, result)) == [line]
