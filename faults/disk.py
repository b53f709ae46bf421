"""
A disk that takes nothing more, one that takes nothing at all, and a database that somebody else holds.

The real bot meets each of them for some seconds, while people write, cry for help and are to be asked how they
are. Then there is room again. What is shown: nothing was confirmed that could not be stored, the process lived
on and said what was wrong, and afterwards everything was done once.

How a disk is made to fail without being root: `prlimit` forbids the running process to write a file beyond some
size, so its writes fail as they would on a disk that is full (nothing may grow) or that the system has made
read-only under open files (nothing may be written); SQLite sees a failing write in both. Where a small file
system may be mounted, a disk that really is full is tried as well.
"""

import asyncio
import contextlib
import os
import resource
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final, NamedTuple, TypeAlias

from bench.messages import ORDINARY
from bench.processes import ROOT
from bot.sandbox import FaultKind
from bot.wiring import DATABASE
from faults import account, books
from faults.account import Account
from faults.deeds import Crowd
from faults.findings import Finding
from faults.processes import RUNNING_WITHIN, Life, cold_starter
from faults.scale import Scale
from faults.stage import Cast, Stage, make_due, rested, staged, until
from storage.backups import PATTERN
from storage.database import BUSY_MILLISECONDS, StorageError

PART: Final = "disk and clock"
CAST: Final = Cast(writers=6, endangered=6, asked=6, stand_ins=2)
HOLD: Final = BUSY_MILLISECONDS / 1000 + 2.0
"""Seconds a trouble lasts: longer than SQLite waits for another program by itself."""
HOLD_FOR_ALL: Final = 4 * BUSY_MILLISECONDS / 1000 + 2.0
"""The same, until each part that writes has had its turn of waiting."""
DEEDS: Final = 40
BETWEEN_DEEDS: Final = 0.05
SMALL_DISK: Final = "4m"
BACKUPS: Final = 3
BACKUP_WITHIN: Final = 60.0
UNDER_WAY: Final = 2.0
"""Seconds that some messages take, so that a trouble finds them between leaving and being written down as sent."""

Trouble: TypeAlias = Callable[[Stage, Life], AbstractAsyncContextManager[None]]


class Said(NamedTuple):
    """A line of the log: which part of the bot met an error of the disk, and its kind."""

    part: str
    kind: str


@dataclass(frozen=True, slots=True)
class Case:
    """A trouble, and which parts of the bot must have met it, or it proves little."""

    name: str
    trouble: Trouble
    met_by: frozenset[str] = frozenset({"intake", "sender", "due"})
    hold: float = HOLD  # seconds


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one trouble."""

    waited: int  # updates that were there when it ended and not in the database
    confirmed_too_early: int
    said: tuple[Said, ...]
    lives: bool
    account: Account


# --- troubles ---


@asynccontextmanager
async def may_not_grow(stage: Stage, life: Life) -> AsyncIterator[None]:
    """The disk is full: SQLite's log cannot grow."""
    with _limited(life, max((stage.town.data / f"{DATABASE}{books.LOG}").stat().st_size, 1)):
        yield


@asynccontextmanager
async def may_not_write(_stage: Stage, life: Life) -> AsyncIterator[None]:
    """The disk has become read-only under open files."""
    with _limited(life, 0):
        yield


@contextmanager
def _limited(life: Life, size: int) -> Iterator[None]:
    soft, hard = resource.prlimit(life.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(life.pid, resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        with contextlib.suppress(ProcessLookupError):
            resource.prlimit(life.pid, resource.RLIMIT_FSIZE, (soft, hard))


@asynccontextmanager
async def held(stage: Stage, _life: Life) -> AsyncIterator[None]:
    """Another program holds the database, for longer than SQLite waits by itself."""
    with closing(sqlite3.connect(stage.town.data / DATABASE, timeout=30, isolation_level=None)) as db:
        db.execute("BEGIN IMMEDIATE")
        yield
        db.execute("ROLLBACK")


@asynccontextmanager
async def filled(stage: Stage, _life: Life) -> AsyncIterator[None]:
    """Somebody else's file takes all there is."""
    filler = stage.town.folder / "filler"
    fill(filler)
    try:
        yield
    finally:
        filler.unlink()


def fill(file: Path) -> None:
    """Write until the disk takes nothing more."""
    with file.open("wb", buffering=0) as filling, contextlib.suppress(OSError):
        while True:
            filling.write(b"\0" * 4096)


@contextmanager
def small_disk(folder: Path) -> Iterator[Path | None]:
    """A file system of its own, of a few megabytes; None where we may not have one."""
    folder.mkdir(parents=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SMALL_DISK},mode=0700", "tmpfs", str(folder)]
    if os.geteuid() != 0 or not _done(mount):
        yield None
        return
    try:
        yield folder
    finally:
        _done(["umount", str(folder)])


def _done(command: list[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


CASES: Final = (
    Case("no file may grow", may_not_grow),
    Case("no file may be written", may_not_write),
    # Each part waits in turn until SQLite gives up; which of them comes first is chance.
    Case("another program holds the database", held, frozenset({"intake"}), HOLD_FOR_ALL),
)
FULL: Final = Case("a disk that is full", filled)

# --- each of them ---


async def prove(scale: Scale, folder: Path) -> list[Finding]:
    """All troubles at once, each with a town and a bot of its own: most of the time they wait."""
    with small_disk(folder / "small-disk") as mounted:
        cases = CASES if mounted is None else (*CASES, FULL)
        meetings = [
            meet(folder / str(number), case, scale.seed, mounted if case is FULL else None)
            for number, case in enumerate(cases)
        ]
        backing_up = _back_up(folder / "backups", scale.seed)
        results, backed_up = await asyncio.gather(asyncio.gather(*meetings), backing_up)
    lines = [line for case, result in zip(cases, results, strict=True) for line in findings(case, result)]
    if mounted is None:
        lines.append(Finding(PART, FULL.name, "not tried: nothing may be mounted here", "-", True))
    return [*lines, *backed_up]


async def meet(folder: Path, case: Case, seed: int, database: Path | None = None) -> Result:
    """Let a bot live through it, with some messages under way when it begins and others that wait for a pause."""
    async with staged(folder, CAST, database) as stage, cold_starter() as bots:
        crowd = Crowd(stage, Random(seed))
        life = await bots.start_cold(stage.environment())
        await life.is_running()
        await _some_deeds(crowd)
        make_due(stage.town, crowd.arm(3), datetime.now(UTC) + timedelta(seconds=1))
        await _messages_under_way(stage, crowd)
        async with case.trouble(stage, life):
            await asyncio.gather(_some_deeds(crowd), asyncio.sleep(case.hold))
            recorded = _recorded(stage)
        waited = len(stage.queue.pushed - recorded)
        too_early = len(stage.queue.confirmed - recorded)
        lived = not life.over
        taken = await _afterwards(stage, crowd, life)
        return Result(waited, too_early, said_in(bots.log), lived, taken)


def said_in(log: Iterable[dict[str, Any]]) -> tuple[Said, ...]:
    """Return what the bot said about its disk, in whatever words."""
    kinds = {each.__name__ for each in StorageError.__subclasses__()}
    found = (Said(str(each.get("logger", "")).rpartition(".")[2], str(each.get("error"))) for each in log)
    return tuple(each for each in found if each.kind in kinds)


async def _messages_under_way(stage: Stage, crowd: Crowd) -> None:
    """An alert and some answers have left, and nobody knows yet that they arrived."""
    stage.sandbox.faults.add(FaultKind.DELAY_AFTER, method="sendMessage", count=4, seconds=UNDER_WAY)
    crowd.cry()
    for person in stage.writers:
        crowd.write(person, ORDINARY[0])
    await until(lambda: not len(stage.sandbox.faults), RUNNING_WITHIN, "messages under way")


async def _some_deeds(crowd: Crowd) -> None:
    for number in range(DEEDS):
        crowd.act()
        if number % (DEEDS // 2) == 0:
            crowd.cry()
        await asyncio.sleep(BETWEEN_DEEDS)


def _recorded(stage: Stage) -> frozenset[int]:
    with closing(sqlite3.connect(f"file:{stage.town.data / DATABASE}?mode=ro", uri=True)) as db:
        return books.recorded(db)


async def _afterwards(stage: Stage, crowd: Crowd, life: Life) -> Account:
    """Everybody answers what has come, all comes to rest, and the account is taken."""
    await rested(stage)
    crowd.answer_everything()
    await rested(stage)
    if not life.over:
        await life.stop()
    return account.take(crowd.deeds, stage.queue.pushed, stage.arrivals, books.read(stage.town))


# --- backups ---


async def _back_up(folder: Path, seed: int) -> list[Finding]:
    """`vidare backup` again and again while people write."""
    async with staged(folder, CAST) as stage, cold_starter() as bots:
        crowd = Crowd(stage, Random(seed))
        life = await bots.start_cold(stage.environment())
        await life.is_running()
        codes, _none = await asyncio.gather(_backups(stage, folder / "copies"), _some_deeds(crowd))
        taken = await _afterwards(stage, crowd, life)
        whole = [books.is_whole(each) for each in sorted((folder / "copies").rglob(PATTERN))]
    figure = f"{codes.count(0)} written, {whole.count(True)} of {len(whole)} whole"
    held_up = codes == [0] * BACKUPS and whole == [True] * BACKUPS
    return [
        Finding(PART, "backups while people write", figure, f"{BACKUPS}, all whole", held_up),
        _afterwards_line("backups while people write", taken),
    ]


async def _backups(stage: Stage, folder: Path) -> list[int]:
    codes = []
    for number in range(
        BACKUPS
    ):  # one may be written within the second of the last, whose name it would take
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "backup", str(folder / str(number))),
            cwd=ROOT,
            env=stage.environment(),
            stdout=asyncio.subprocess.DEVNULL,
        )
        codes.append(await asyncio.wait_for(process.wait(), BACKUP_WITHIN))
    return codes


# --- the table ---


def findings(case: Case, result: Result) -> list[Finding]:
    """Three lines: while it lasted, the process, and afterwards."""
    parts, kinds = {each.part for each in result.said}, {each.kind for each in result.said}
    name, lived = case.name, "lived on" if result.lives else "ended"
    return [
        Finding(
            PART,
            f"{name}: confirmed although not stored",
            f"{result.confirmed_too_early}, while {result.waited} waited",
            "0, some",
            result.confirmed_too_early == 0 and result.waited > 0,
        ),
        Finding(
            PART,
            f"{name}: the bot",
            f"{lived}; {', '.join(sorted(parts)) or 'nobody'}: {', '.join(sorted(kinds)) or 'no word'}",
            f"lives on; {', '.join(sorted(case.met_by))} say so",
            result.lives and case.met_by <= parts,
        ),
        _afterwards_line(name, result.account),
    ]


def _afterwards_line(name: str, took: Account) -> Finding:
    lost, twice, unsent = took.updates_lost, took.effects_twice, took.alerts_unsent
    wrong = (lost, twice, unsent, took.wrong - lost - twice - unsent)
    figure = f"{', '.join(map(str, wrong))} of {took.updates} updates, {took.alerts} alerts"
    what = f"{name}: afterwards lost, twice, alerts unsent, otherwise wrong"
    return Finding(PART, what, figure, "0, 0, 0, 0", took.wrong == 0)
