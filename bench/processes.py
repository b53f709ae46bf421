"""The bots that are measured: each a process of its own on one core, started here and ended here."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Final

import psutil

from bench.seeding import Town
from bot.sandbox import Sandbox

ROOT: Final = Path(__file__).resolve().parent.parent
START_WITHIN: Final = 60.0
STOP_WITHIN: Final = 15.0
NO_TOKEN: Final = "123456789:AAbenchmark-token-that-opens-nothing"  # noqa: S105 -- the sandbox's own


class BotFailed(Exception):
    """A bot did not start, or ended while it was measured."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What is started: the module's arguments and its environment, given the sandbox's address."""

    name: str
    arguments: tuple[str, ...]
    town: Town | None = None
    transport: str = ""

    def environment(self, api: str) -> dict[str, str]:
        """Nothing of ours is inherited: neither settings nor a proxy, which would stand in the way."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
        return {**kept, "PYTHONPATH": str(ROOT), **self._own(api)}

    def _own(self, api: str) -> Mapping[str, str]:
        if self.town is None:
            return {"ECHO_TOKEN": NO_TOKEN, "ECHO_API": api, "ECHO_TRANSPORT": self.transport}
        return {
            "VIDARE_TELEGRAM_TOKEN": NO_TOKEN,
            "VIDARE_TELEGRAM_API": api,
            "VIDARE_DATA_DIR": str(self.town.data),
            "VIDARE_MASTER_KEY_FILE": str(self.town.key_file),
            "VIDARE_SENDS_PER_SECOND": "0",
            "VIDARE_SENDS_PER_CHAT": "0",
        }


class BotProcess:
    """One running bot. `started` is how long it took until it asked for updates."""

    def __init__(self, kind: Kind, sandbox: Sandbox, folder: Path, core: int | None) -> None:
        self.kind, self._sandbox = kind, sandbox
        self._folder, self._core = folder, core
        self._process: subprocess.Popen[bytes] | None = None
        self.started = 0.0

    async def start(self) -> None:
        """Return once it waits for updates."""
        begun = perf_counter()
        log = self._log.open("wb")
        try:
            self._process = subprocess.Popen(  # noqa: ASYNC220 -- a millisecond; nobody waits meanwhile
                [sys.executable, "-m", *self.kind.arguments],
                cwd=self._folder,
                env=self.kind.environment(self._sandbox.url),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        finally:
            log.close()
        pin(self._process.pid, self._core)
        while not self._sandbox.polled:
            self.check()
            if perf_counter() - begun > START_WITHIN:
                raise BotFailed(f"{self.kind.name} did not ask for updates: {self._last_words()}")
            await asyncio.sleep(0.002)
        self.started = perf_counter() - begun

    async def stop(self) -> None:
        """End it in good order, or else by force; nothing happens where it does not run."""
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        try:
            await asyncio.to_thread(process.wait, STOP_WITHIN)
        except subprocess.TimeoutExpired:
            process.kill()
            await asyncio.to_thread(process.wait)
        await self._hang_up()

    async def _hang_up(self) -> None:
        """The sandbox finds out at its next look that nobody waits any more; else the next start would seem instant."""
        while self._sandbox.polled:
            self._sandbox.queue.arrived.set()
            await asyncio.sleep(0.01)

    def check(self) -> None:
        """Raise where it is no longer there."""
        if self._process is None or self._process.poll() is not None:
            raise BotFailed(f"{self.kind.name} ended by itself: {self._last_words()}")

    @property
    def cpu(self) -> float:
        """Seconds of processor time it has used, all its threads together."""
        used = self._look().cpu_times()
        return float(used.user + used.system)

    @property
    def resident_memory(self) -> float:
        """Bytes of memory it holds."""
        return float(self._look().memory_info().rss)

    def _look(self) -> psutil.Process:
        self.check()
        return psutil.Process(self._process.pid if self._process else None)

    def said(self, words: str) -> int:
        """How many lines of its log hold these words."""
        return sum(words in line for line in self._log.read_text("utf-8", "replace").splitlines())

    @property
    def _log(self) -> Path:
        return self._folder / f"{self.kind.name.replace(' ', '-')}.log"

    def _last_words(self) -> str:
        return self._log.read_text("utf-8", "replace")[-600:] or "it said nothing"


def pin(process: int, core: int | None) -> None:
    """Keep a process on one core, where the system can; threads it makes later stay there too."""
    if core is not None and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(process, {core})


def two_cores() -> tuple[int, int] | None:
    """A core for the bots and one for the sandbox, or None where there are not two to choose from."""
    if not hasattr(os, "sched_getaffinity"):
        return None
    cores = sorted(os.sched_getaffinity(0))
    return (cores[0], cores[1]) if len(cores) > 1 else None
