"""
Processes of the bot: started, watched, killed. Each life ends by its own hand or by ours, and leaves no other behind.

Most are forked from one that has read its texts already (`faults.forked`); a cold start is `vidare run` as an
operator runs it. What they log comes through one pipe, which no limit on file sizes touches.
"""

import asyncio
import contextlib
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from bench.processes import ROOT, Kind

READY_WITHIN: Final = 120.0
RUNNING_WITHIN: Final = 60.0
ENDED_WITHIN: Final = 30.0
LONGEST_LINE: Final = 2**20


class BotGone(Exception):
    """The bot ended although nobody had asked it to, or could not be started at all."""


@dataclass(slots=True)
class Life:
    """One process of the bot. `ended` holds its exit code, or the signal that ended it below zero."""

    pid: int
    ended: "asyncio.Task[int]"
    running: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def over(self) -> bool:
        """Whether it is no longer there."""
        return self.ended.done()

    def send(self, number: signal.Signals) -> None:
        """Send it a signal; nothing happens where it is gone."""
        if not self.over:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    async def has_ended(self, within: float = ENDED_WITHIN) -> int:
        """Return how it ended; raises `TimeoutError` where it lives on."""
        return await asyncio.wait_for(asyncio.shield(self.ended), within)

    async def kill(self) -> None:
        """End it now, in the middle of whatever it does."""
        self.send(signal.SIGKILL)
        await self.has_ended()

    async def stop(self) -> int:
        """Ask it to end in good order; returns its exit code."""
        self.send(signal.SIGTERM)
        return await self.has_ended()

    async def is_running(self) -> None:
        """Return once it has said so; raises `BotGone` where it ended before."""
        running = asyncio.ensure_future(self.running.wait())
        try:
            await asyncio.wait({running, self.ended}, timeout=RUNNING_WITHIN, return_when="FIRST_COMPLETED")
        finally:
            running.cancel()
        if not self.running.is_set():
            raise BotGone(f"the bot did not start: {self.ended.result() if self.over else 'no word of it'}")


@dataclass(slots=True)
class Starter:
    """Starts lives, one at a time; without a forking process only cold ones. `log` is what all of them have said."""

    forking: asyncio.subprocess.Process | None = None
    log: list[dict[str, Any]] = field(default_factory=list)
    _life: Life | None = None
    _listening: set["asyncio.Task[None]"] = field(default_factory=set)

    async def start(self, environment: Mapping[str, str]) -> Life:
        """Fork one; returns as soon as it is there."""
        if self.forking is None or self.forking.stdin is None or self.forking.stdout is None:
            raise BotGone("there is no forking process")
        self.forking.stdin.write(json.dumps(dict(environment)).encode() + b"\n")
        pid = await self._answer(self.forking.stdout)
        self._life = Life(pid, asyncio.create_task(self._answer(self.forking.stdout)))
        return self._life

    async def _answer(self, answers: asyncio.StreamReader) -> int:
        line = await answers.readline()
        if not line:
            raise BotGone("the forking process is gone")
        return int(line)

    async def start_cold(self, environment: Mapping[str, str]) -> Life:
        """Start one as an operator does."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            "run",
            cwd=ROOT,
            env=dict(environment),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
            limit=LONGEST_LINE,
        )
        self._life = Life(process.pid, asyncio.create_task(process.wait()))
        self.listen(process.stderr)
        return self._life

    def listen(self, lines: asyncio.StreamReader | None) -> None:
        """Keep what is said there from now on."""
        if lines is not None:
            task = asyncio.create_task(self._hear(lines))
            self._listening.add(task)
            task.add_done_callback(self._listening.discard)

    async def _hear(self, lines: asyncio.StreamReader) -> None:
        while line := await lines.readline():
            said = read_line(line)
            self.log.append(said)
            if said.get("event") == "running" and self._life is not None:
                self._life.running.set()

    @property
    def errors(self) -> list[dict[str, Any]]:
        """Lines with an exception that nobody expected, and those that are no log lines at all."""
        return [each for each in self.log if isinstance(each.get("error"), list) or "level" not in each]

    async def close(self) -> None:
        """End what still lives, and the forking process with it."""
        if self._life is not None:
            await self._life.kill()
        if self.forking is not None:
            if self.forking.stdin is not None:
                self.forking.stdin.close()
            await self.forking.wait()
        for task in tuple(self._listening):
            task.cancel()


def read_line(line: bytes) -> dict[str, Any]:
    """Return a line of the log; what is none is kept as `text`."""
    try:
        said = json.loads(line)
    except ValueError:
        return {"text": line.decode("utf-8", "replace").strip()}
    return said if isinstance(said, dict) else {"text": str(said)}


@asynccontextmanager
async def cold_starter() -> AsyncIterator[Starter]:
    """One that starts as an operator does, and leaves nothing behind."""
    made = Starter()
    try:
        yield made
    finally:
        await made.close()


@asynccontextmanager
async def starter(folder: Path) -> AsyncIterator[Starter]:
    """A forking process that has read its texts, for as long as the context lasts."""
    forking = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "faults.forked",
        cwd=folder,
        env=Kind("forking", ()).environment(""),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        limit=LONGEST_LINE,
    )
    made = Starter(forking)
    made.listen(forking.stderr)
    try:
        if (
            forking.stdout is None
            or await asyncio.wait_for(forking.stdout.readline(), READY_WITHIN) != b"ready\n"
        ):
            raise BotGone(f"the forking process did not start: {made.log[-3:]}")
        yield made
    finally:
        await made.close()
