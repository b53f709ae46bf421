"""
The wave: everybody's check-in falls due in the same minute, and meanwhile people cry for help.

The bot is a real process with the real limit of thirty messages a second, the sandbox is in this one and refuses
what comes faster. All check-ins are claimed and queued; sending them all would take an hour, so it is not waited for.
"""

import asyncio
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter, time
from typing import Any, Final

from bench.figures import percentile
from bench.messages import RISKY
from bench.processes import NO_TOKEN, BotProcess, Kind
from bench.seeding import Plan, Town, seed
from bot.clock import Clock
from bot.sandbox import Limits, Sandbox
from bot.wiring import DATABASE
from dialogs.events import Timer
from faults import beating
from faults.findings import Finding
from faults.scale import Scale
from faults.theatre import BEGIN
from storage.moments import to_integer

PART: Final = "wave"
CRIES: Final = (30, 10)
"""While the wave is claimed, and as many behind it: in the whole wave, and in a short one."""
WITH_PHONES: Final = 20_000
"""So many of the first have a chat that exists; thirty a second never reach the others in the time this takes."""
SPREAD: Final = 0.9
"""Seconds between two cries: not in step with anything."""
PATIENCE: Final = 600.0
IN: Final = timedelta(seconds=8)
"""So long after the start of the bot all fall due: it is awake and idle then."""
BEATS: Final = "beats.json"
WHOLE_FROM: Final = 100_000
"""A short run on a busy machine says little about milliseconds, so less is asked of it (R40: five seconds)."""
TOLD_WITHIN: Final = (100.0, 5_000.0)
LONGEST_BLOCK: Final = (20.0, 200.0)
"""Milliseconds: what is asked of the whole wave, and of a short one."""


@dataclass(frozen=True, slots=True)
class RealPace(Kind):
    """The bot with the limits an operator has."""

    def environment(self, api: str) -> dict[str, str]:
        """As for any benchmark, but for the limits."""
        return {**Kind.environment(self, api), "VIDARE_SENDS_PER_SECOND": "30", "VIDARE_SENDS_PER_CHAT": "1"}


async def prove(scale: Scale, folder: Path) -> list[Finding]:
    """Let a wave come; return what was seen."""
    surge = Surge(folder / "wave", scale.due)
    await surge.sandbox.start()
    try:
        return report(await surge.ridden())
    finally:
        await surge.sandbox.stop()


@dataclass(frozen=True, slots=True)
class Ridden:
    """What was seen of one wave. Seconds, but for the milliseconds until each alert was handed to Telegram."""

    due: int
    asked: int
    queued: int
    claimed_in: float
    cpu: float
    memory: float
    pauses: int
    during: Sequence[float]
    behind: Sequence[float]
    beats: Sequence[beating.Late]


class Surge:
    """The people, the sandbox and the bot of one wave."""

    def __init__(self, folder: Path, due: int) -> None:
        self.folder, self.due, self.cries = folder, due, int(_limit(CRIES, due))
        self.offset = BEGIN - datetime.now(UTC)
        self.clock = Clock(self.offset)
        self.sandbox = Sandbox(NO_TOKEN, self.clock, limits=Limits(), log_calls=False)
        self.residents = [self._phone() for _ in range(min(due, WITH_PHONES))]
        self.contacts = [self._phone() for _ in range(2 * self.cries)]
        self._awaited: dict[int, asyncio.Future[float]] = {}
        self.sandbox.on_change(self._look)

    def _phone(self) -> int:
        person = self.sandbox.add_person("Leyla", "sv")
        person.started = True
        return person.id

    def _look(self, change: dict[str, Any]) -> None:
        told = self._awaited.get(change.get("person_id", 0))
        if told is not None and not told.done():
            told.set_result(perf_counter())

    async def ridden(self) -> Ridden:
        """Seed, start, let all fall due, cry meanwhile and afterwards, and count."""
        due_at = self.clock.now()
        plan = Plan(self.due, self.residents, self.contacts, due_at, self.due)
        town = await seed(self.folder, plan, due_at)
        kind = RealPace("the bot", ("faults.beating", BEATS, str(self.offset.total_seconds())), town)
        bot = BotProcess(kind, self.sandbox, self.folder, None)
        due_at = self.clock.now() + IN
        _fall_due(town, due_at)
        try:
            await bot.start()
            return await self._watched(town, bot, due_at)
        finally:
            await bot.stop()

    async def _watched(self, town: Town, bot: BotProcess, due_at: datetime) -> Ridden:
        await asyncio.sleep((due_at - self.clock.now()).total_seconds())
        begun, cpu, at = perf_counter(), bot.cpu, time()
        async with asyncio.timeout(PATIENCE):
            during = await self._while_claimed(town, due_at)
            claimed_in, cpu = perf_counter() - begun, bot.cpu - cpu
            behind = [await self._cry(self.cries + place) for place in range(self.cries)]
        asked, queued = _counted(town)
        memory = bot.resident_memory
        await bot.stop()
        beats = [each for each in beating.read(self.folder / BEATS) if each.at >= at]
        pauses = bot.said("asks for a pause")
        return Ridden(self.due, asked, queued, claimed_in, cpu, memory, pauses, during, behind, beats)

    async def _while_claimed(self, town: Town, due_at: datetime) -> list[float]:
        waits: list[float] = []
        while not waits or await asyncio.to_thread(_left, town, due_at) > 0:
            if len(waits) < self.cries:
                waits.append(await self._cry(len(waits)))
            else:
                await asyncio.sleep(SPREAD)
        return waits

    async def _cry(self, place: int) -> float:
        """The resident in this place writes of danger: after how many milliseconds does her contact person read it?"""
        told = self._awaited[self.contacts[place]] = asyncio.get_running_loop().create_future()
        begun = perf_counter()
        self.sandbox.say(self.residents[place], RISKY[place % len(RISKY)])
        wait = (await told - begun) * 1000
        await asyncio.sleep(SPREAD)
        return float(wait)


def _fall_due(town: Town, due_at: datetime) -> None:
    with closing(sqlite3.connect(town.data / DATABASE)) as db, db:
        db.execute("UPDATE timers SET due_at = ?", (to_integer(due_at),))


def _left(town: Town, due_at: datetime) -> int:
    """How many are still to be asked."""
    query = "SELECT count(*) FROM timers WHERE kind = ? AND due_at <= ?"
    with closing(sqlite3.connect(town.data / DATABASE)) as db:
        return int(db.execute(query, (Timer.CHECK_IN.value, to_integer(due_at))).fetchone()[0])


def _counted(town: Town) -> tuple[int, int]:
    """How many days are recorded as asked, and how many questions the outbox has or had."""
    with closing(sqlite3.connect(town.data / DATABASE)) as db:
        asked = db.execute("SELECT count(*) FROM check_ins WHERE state = 'asked'").fetchone()[0]
        queued = db.execute("SELECT count(DISTINCT person_id) FROM outbox WHERE priority = 2").fetchone()[0]
    return int(asked), int(queued)


def report(wave: Ridden) -> list[Finding]:
    """Return the lines of the table."""
    due = f"{wave.due:,}".replace(",", " ")
    return [
        _alerts(f"alerts behind {due} check-ins", wave.behind, wave.due),
        _alerts(f"alerts while {due} check-ins are claimed", wave.during, wave.due),
        _skipped(due, wave),
        _block(wave),
        Finding(PART, "pauses Telegram asked for", f"{wave.pauses}", "0", wave.pauses == 0),
        _cost(wave),
        Finding(PART, "memory of the bot", f"{wave.memory / 2**20:.0f} MB", "reported", held=True),
    ]


def _limit(limits: tuple[float, float], due: int) -> float:
    whole, short = limits
    return whole if due >= WHOLE_FROM else short


def _alerts(what: str, waits: Sequence[float], due: int) -> Finding:
    worst, limit = percentile(waits, 0.99), _limit(TOLD_WITHIN, due)
    figure = f"p50 {percentile(waits, 0.5):.0f} ms, p99 {worst:.0f} ms, {len(waits)} alerts"
    return Finding(PART, what, figure, f"p99 at most {limit:.0f} ms until handed to Telegram", worst <= limit)


def _skipped(due: str, wave: Ridden) -> Finding:
    figure = f"{wave.asked} asked, {wave.queued} in the outbox"
    held = wave.asked == wave.queued == wave.due
    return Finding(PART, f"{due} check-ins due at once", figure, "none skipped", held)


def _block(wave: Ridden) -> Finding:
    """What the machine gave to others is not the bot's doing."""
    own = max((each.own for each in wave.beats), default=0.0) * 1000
    late = max((each.late for each in wave.beats), default=0.0) * 1000
    limit = _limit(LONGEST_BLOCK, wave.due)
    figure = f"{own:.0f} ms of its own, {late:.0f} ms by the clock"
    asked = f"at most {limit:.0f} ms of its own"
    return Finding(PART, "longest block of the event loop", figure, asked, own <= limit)


def _cost(wave: Ridden) -> Finding:
    cpu, clock = wave.cpu / wave.due * 1e6, wave.claimed_in / wave.due * 1e6
    figure = f"{cpu:.0f} us of processor, {clock:.0f} us by the clock with the rests"
    return Finding(PART, "a due check-in, with all that is sent meanwhile", figure, "reported", held=True)
