"""The full bot beside the echoes: each in front of its own sandbox, in turns, round by round."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from bench.crowd import Crowd, Wave
from bench.figures import Spread, percentile, ratio, spread
from bench.messages import ORDINARY, RISKY
from bench.processes import BotProcess, Kind
from bench.scale import Scale
from bench.seeding import Plan, Town, seed
from bench.table import Goal, Row, count, row

FULL: Final = "full bot"
FULL_MANY: Final = "full bot, many residents"
PTB: Final = "PTB echo"
PTB_AIOHTTP: Final = "PTB echo on our transport"
AIOGRAM: Final = "aiogram echo"
IN_TURN: Final = frozenset({PTB, PTB_AIOHTTP})
"""These answer one message after the other, as their library's default is."""
IDLE: Final = 1.0
A_DAY: Final = timedelta(days=1)


@dataclass(slots=True)
class Entrant:
    """One bot with its people, and what was measured of it."""

    bot: BotProcess
    crowd: Crowd
    starts: list[float] = field(default_factory=list)
    memory: float = 0.0
    waves: list[Wave] = field(default_factory=list)
    slow_waves: list[Wave] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    alerts: list[float] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What it is called in the table."""
        return self.bot.kind.name

    @property
    def paces(self) -> list[float]:
        """Updates a second, round by round."""
        return [each.pace for each in self.waves]

    @property
    def costs(self) -> list[float]:
        """Milliseconds of processor time an update, round by round."""
        return [each.cost for each in self.waves]

    @property
    def slow_paces(self) -> list[float]:
        """Updates a second with the slow network."""
        return [each.pace for each in self.slow_waves]


@dataclass(frozen=True, slots=True)
class Lineup:
    """All entrants by name, and the town of many residents, which is measured once more when its bot has ended."""

    entrants: dict[str, Entrant]
    large: Town


@asynccontextmanager
async def lined_up(folder: Path, scale: Scale, core: int | None) -> AsyncIterator[Lineup]:
    """Open the sandboxes and seed the towns; whatever was started is ended again."""
    async with AsyncExitStack() as stack:
        crowds = {
            name: Crowd(scale.phones, scale.phones if name in (FULL, FULL_MANY) else 0)
            for name in (FULL, FULL_MANY, PTB, PTB_AIOHTTP, AIOGRAM)
        }
        small = await _town(folder / "few", crowds[FULL], scale.few, scale)
        large = await _town(folder / "many", crowds[FULL_MANY], scale.many, scale)
        kinds = (
            Kind(FULL, ("bot", "run"), small),
            Kind(PTB, ("bench.echo_ptb",)),
            Kind(AIOGRAM, ("bench.echo_aiogram",)),
            Kind(FULL_MANY, ("bot", "run"), large),
            Kind(PTB_AIOHTTP, ("bench.echo_ptb",), transport="aiohttp"),
        )
        entrants = {}
        for kind in kinds:
            crowd = crowds[kind.name]
            await crowd.sandbox.start()
            stack.push_async_callback(crowd.sandbox.stop)
            bot = BotProcess(kind, crowd.sandbox, folder, core)
            stack.push_async_callback(bot.stop)
            entrants[kind.name] = Entrant(bot, crowd)
        yield Lineup(entrants, large)


async def _town(folder: Path, crowd: Crowd, residents: int, scale: Scale) -> Town:
    now = datetime.now(UTC)
    plan = Plan(residents, crowd.residents, crowd.contact_persons, due_at(now), scale.due)
    return await seed(folder, plan, now)


def due_at(now: datetime) -> datetime:
    """Far enough away that nothing is due while the bots run; 18:00 in Stockholm in winter, 19:00 in summer."""
    return (now + 30 * A_DAY).replace(hour=17, minute=0, second=0, microsecond=0)


async def start_all(entrants: Sequence[Entrant], times: int) -> None:
    """Start each bot so many times; the last start stays."""
    for _ in range(times):
        for each in entrants:
            await each.bot.stop()
            await each.bot.start()
            each.starts.append(each.bot.started)
    await asyncio.sleep(IDLE)
    for each in entrants:
        each.memory = each.bot.resident_memory


async def race(entrants: Sequence[Entrant], scale: Scale) -> None:
    """Waves in turns, there and back again, after one that does not count."""
    for each in entrants:
        await each.crowd.wave(each.bot, scale.wave // 2)
    for number in range(scale.rounds):
        for each in entrants if number % 2 == 0 else reversed(entrants):
            each.waves.append(await each.crowd.wave(each.bot, scale.wave))


async def race_on_a_slow_network(entrants: Sequence[Entrant], scale: Scale) -> None:
    """The same with answers that take their time."""
    for each in entrants:
        each.crowd.slow_network(scale.slowness)
    for _ in range(scale.slow_rounds):
        for each in entrants:
            messages = scale.slow_wave_in_turn if each.name in IN_TURN else scale.slow_wave
            each.slow_waves.append(await each.crowd.wave(each.bot, messages))
    for each in entrants:
        each.crowd.slow_network(0)


async def stream(entrants: Sequence[Entrant], scale: Scale) -> None:
    """An even stream of messages: how long each waits for its answer."""
    for _ in range(scale.streams):
        for each in entrants:
            people = each.crowd.residents
            each.waits += await each.crowd.stream(people, ORDINARY, scale.stream_pace, people)


async def alarm(entrant: Entrant, scale: Scale) -> None:
    """Words that mean danger, from one resident after the other: when does her contact person read of it?"""
    crowd = entrant.crowd
    writers, readers = crowd.residents[: scale.alerts], crowd.contact_persons[: scale.alerts]
    entrant.alerts += await crowd.stream(writers, RISKY, scale.alert_pace, readers)


def rows(entrants: dict[str, Entrant], scale: Scale) -> list[Row]:
    """What was measured, ready for the table."""
    return [
        *_throughput(entrants, scale),
        *_slow(entrants, scale),
        *_waits(entrants, scale),
        *_standing(entrants, scale),
    ]


def _throughput(entrants: dict[str, Entrant], scale: Scale) -> list[Row]:
    full, many, ptb = entrants[FULL], entrants[FULL_MANY], entrants[PTB]
    paces = [
        row(f"updates/s: {_called(each, scale)}", spread(each.paces), "/s") for each in entrants.values()
    ]
    costs = [
        row(f"CPU an update: {_called(each, scale)}", spread(each.costs), "ms") for each in entrants.values()
    ]
    return [
        *paces,
        row("updates/s: full bot / PTB echo", ratio(full.paces, ptb.paces), "x", Goal("at least", 2.0)),
        row(
            "updates/s: full bot / aiogram echo",
            ratio(full.paces, entrants[AIOGRAM].paces),
            "x",
            Goal("at least", 1.2),
        ),
        row(
            "updates/s: full bot / PTB echo on our transport",
            ratio(full.paces, entrants[PTB_AIOHTTP].paces),
            "x",
        ),
        row(
            f"updates/s: {count(scale.many)} / {count(scale.few)} residents",
            ratio(many.paces, full.paces),
            "x",
            Goal("at least", 0.9),
        ),
        *costs,
        row("CPU an update: full bot / PTB echo", ratio(full.costs, ptb.costs), "x", Goal("at most", 0.4)),
        row("CPU an update: full bot / aiogram echo", ratio(full.costs, entrants[AIOGRAM].costs), "x"),
        row("sandbox busy while the full bot was measured", _busy(full), "%"),
    ]


def _called(entrant: Entrant, scale: Scale) -> str:
    residents = {FULL: scale.few, FULL_MANY: scale.many}.get(entrant.name)
    return entrant.name if residents is None else f"{FULL}, {count(residents)} residents"


def _busy(entrant: Entrant) -> Spread:
    return spread([each.sandbox_cpu / each.seconds * 100 for each in entrant.waves])


def _slow(entrants: dict[str, Entrant], scale: Scale) -> list[Row]:
    at = f"updates/s, answers take {scale.slowness * 1000:.0f} ms"
    paces = [
        row(f"{at}: {_called(each, scale)}", spread(each.slow_paces), "/s") for each in entrants.values()
    ]
    compared = ratio(entrants[FULL].slow_paces, entrants[PTB].slow_paces)
    return [*paces, row(f"{at}: full bot / PTB echo", compared, "x")]


def _waits(entrants: dict[str, Entrant], scale: Scale) -> list[Row]:
    made = []
    for each in entrants.values():
        what = f"until the answer, {scale.stream_pace:.0f} messages/s: {_called(each, scale)}"
        made += [
            row(f"{what}, median", percentile(each.waits, 0.5), "ms"),
            row(f"{what}, p99", percentile(each.waits, 0.99), "ms"),
        ]
    alerts = entrants[FULL].alerts
    what = f"risk message to alert at the contact person, {scale.alert_pace:.0f}/s"
    return [
        *made,
        row(f"{what}, median", percentile(alerts, 0.5), "ms"),
        row(f"{what}, p99", percentile(alerts, 0.99), "ms", Goal("at most", 250)),
    ]


def _standing(entrants: dict[str, Entrant], scale: Scale) -> list[Row]:
    memory = [
        row(f"memory, idle: {_called(each, scale)}", each.memory / 1e6, "MB", _memory_goal(each))
        for each in entrants.values()
    ]
    starts = [row(f"start: {_called(each, scale)}", spread(each.starts), "s") for each in entrants.values()]
    return [*memory, *starts]


def _memory_goal(entrant: Entrant) -> Goal | None:
    return Goal("at most", 120) if entrant.name == FULL else None
