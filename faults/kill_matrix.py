"""
The kill matrix: SIGKILL at every named point and at random moments, under load, with lost replies and pauses mixed in.

One world after the other: a town whose bot is killed and started again some twenty times on the same database,
while people go on writing and pressing. After each kill what Telegram was told to forget must stand in what is on
the disk; when a world has come to rest, everything that was done is laid beside everything that came of it.
"""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Final

from bot.fault_points import POINTS, VARIABLE
from bot.sandbox import Fault, FaultKind
from faults import account, books
from faults.account import Account
from faults.deeds import Crowd
from faults.findings import Finding
from faults.processes import Life, Starter, starter
from faults.scale import Scale
from faults.stage import Cast, Stage, make_due, rested, staged

PART: Final = "kill matrix"
KILLS_A_WORLD: Final = 24
AT_POINTS: Final = 0.38
"""So much of the kills falls at named points, each as often as every other; the rest at random moments."""
COLD_EVERY: Final = 12
"""Every so many random kills the bot is started as an operator starts it, and killed in the middle of that too."""

REACHED_WITHIN: Final = 10.0
LONGEST_LIFE: Final = 2.0
LONGEST_COLD_LIFE: Final = 5.0
BETWEEN_DEEDS: Final = (0.005, 0.04)
CRIES, ARMED = 3, 3
"""So many cry for help, and so many check-ins fall due, in each life."""

PASSES: Final = {
    "started": 1,
    "recovered": 1,
    "due-batch-handled": 1,
    "due-committed": 1,
    "due-offered": 1,
    "due-handled": 3,
}
"""How often a point may be passed before the kill, where that is not the usual; more would not be reached in time."""
USUAL_PASSES: Final = 12


@dataclass(frozen=True, slots=True)
class Kill:
    """Where a life ends: at the `passes`-th time it passes `point`, or after so many seconds."""

    point: str | None = None
    passes: int = 1
    after: float = 0.0
    cold: bool = False


def plan(kills: int, chance: Random) -> list[Kill]:
    """Every point as often as every other and at least once, and random moments; all in random order."""
    rounds = max(round(kills * AT_POINTS / len(POINTS)), 1)
    named = [
        Kill(point, chance.randint(1, PASSES.get(point, USUAL_PASSES)))
        for point in POINTS
        for _ in range(rounds)
    ]
    colds = [number % COLD_EVERY == 0 for number in range(max(kills - len(named), 1))]
    at_random = [
        Kill(after=chance.uniform(0, LONGEST_COLD_LIFE if cold else LONGEST_LIFE), cold=cold)
        for cold in colds
    ]
    planned = [*named, *at_random]
    chance.shuffle(planned)
    return planned


@dataclass(slots=True)
class Tally:
    """What was done, over all worlds, and what was seen between the kills."""

    at_points: Counter[str] = field(default_factory=Counter)
    at_random: int = 0
    cold: int = 0
    faults: int = 0
    confirmed_too_early: int = 0
    damaged: int = 0
    bad_ends: int = 0
    account: Account = field(default_factory=Account)

    @property
    def kills(self) -> int:
        """All of them."""
        return self.at_points.total() + self.at_random


async def prove(scale: Scale, folder: Path) -> list[Finding]:
    """Kill it as often as `scale` says; what must not happen is counted."""
    chance = Random(scale.seed)
    planned, tally = plan(scale.kills, chance), Tally()
    async with starter(folder) as bots:
        for number, first in enumerate(range(0, len(planned), KILLS_A_WORLD)):
            kills = planned[first : first + KILLS_A_WORLD]
            await _world(folder / f"world-{number}", kills, bots, chance, tally)
        return findings(tally, len(bots.errors))


async def _world(folder: Path, kills: Sequence[Kill], bots: Starter, chance: Random, tally: Tally) -> None:
    """One town from its first kill to its rest."""
    lives = len(kills) + 1
    cast = Cast(writers=12, endangered=CRIES * lives, asked=ARMED * lives, stand_ins=4)
    async with staged(folder, cast) as stage:
        crowd = Crowd(stage, chance)
        for kill in kills:
            await _Episode(stage, crowd, bots, chance, tally).play(kill)
        tally.account += await _rest(stage, crowd, bots, tally)


@dataclass(slots=True)
class _Episode:
    """One life, with the load it lives under."""

    stage: Stage
    crowd: Crowd
    bots: Starter
    chance: Random
    tally: Tally

    async def play(self, kill: Kill) -> None:
        """Start, let people act, kill, and look at what is left."""
        planned = mix_in_faults(self.stage, self.chance)
        counts = [each.count or 0 for each in planned]
        life = await self._start(kill)
        load = asyncio.create_task(self._load(life))
        try:
            await self._end(life, kill)
        finally:
            load.cancel()
            await asyncio.gather(load, return_exceptions=True)
        self.tally.faults += sum(
            before - (each.count or 0) for before, each in zip(counts, planned, strict=True)
        )
        self._look()

    async def _start(self, kill: Kill) -> Life:
        if kill.point is not None:
            return await self.bots.start(self.stage.environment(**{VARIABLE: f"{kill.point}:{kill.passes}"}))
        if kill.cold:
            return await self.bots.start_cold(self.stage.environment())
        return await self.bots.start(self.stage.environment())

    async def _end(self, life: Life, kill: Kill) -> None:
        """Wait for the named point or for the moment; who is not there in time is killed where it is."""
        try:
            await life.has_ended(kill.after if kill.point is None else REACHED_WITHIN)
        except TimeoutError:
            await life.kill()
            self.tally.at_random += 1
            self.tally.cold += kill.cold
        else:
            self._ended(kill, life.ended.result())

    def _ended(self, kill: Kill, outcome: int) -> None:
        if kill.point is not None and outcome < 0:
            self.tally.at_points[kill.point] += 1
        else:
            self.tally.bad_ends += 1

    async def _load(self, life: Life) -> None:
        """People act from before it runs until it is dead; what falls due waits until the database is open."""
        for number in range(CRIES):
            await self._some_deeds(4)
            self.crowd.cry()
            if number == 0:
                await life.is_running()
                make_due(self.stage.town, self.crowd.arm(ARMED), datetime.now(UTC))
        while True:
            await self._some_deeds(1)

    async def _some_deeds(self, count: int) -> None:
        for _ in range(count):
            self.crowd.act()
            await asyncio.sleep(self.chance.uniform(*BETWEEN_DEEDS))

    def _look(self) -> None:
        """Nothing that was confirmed may be missing in what a crash has left, and that must be whole."""
        left = books.copied(self.stage.town, self.stage.folder / "wreck")
        self.tally.confirmed_too_early += len(self.stage.queue.confirmed - left.recorded)
        self.tally.damaged += bool(left.damage)


def mix_in_faults(stage: Stage, chance: Random) -> list[Fault]:
    """Replies that get lost, requests that get lost, pauses, a slow network: a few of them in each life."""
    stage.sandbox.faults.clear()
    kinds = (FaultKind.DROP_BEFORE, FaultKind.DROP_AFTER, FaultKind.BAD_GATEWAY)
    add = stage.sandbox.faults.add
    planned = [
        add(chance.choice(kinds), method="sendMessage", skip=chance.randint(0, 8), count=chance.randint(1, 3))
        for _ in range(2)
    ]
    if chance.random() < 0.3:
        planned.append(add(FaultKind.REFUSE, method="sendMessage", skip=chance.randint(0, 8), code=429))
    if chance.random() < 0.3:
        planned.append(add(chance.choice(kinds), method="getUpdates", skip=chance.randint(0, 5)))
    if chance.random() < 0.3:
        planned.append(add(chance.choice(kinds), method="editMessageText", skip=chance.randint(0, 2)))
    if chance.random() < 0.5:
        slow = chance.choice((FaultKind.DELAY_BEFORE, FaultKind.DELAY_AFTER))
        planned.append(add(slow, method="sendMessage", count=20, seconds=chance.uniform(0.01, 0.1)))
    return planned


async def _rest(stage: Stage, crowd: Crowd, bots: Starter, tally: Tally) -> Account:
    """No more faults: the bot is started once more, everything comes to its end, and the account is taken."""
    stage.sandbox.faults.clear()
    make_due(stage.town, sorted(crowd.deeds.armed), datetime.now(UTC))
    life = await bots.start(stage.environment())
    await life.is_running()
    crowd.answer_everything()
    await rested(stage)
    tally.bad_ends += await life.stop() != 0
    return account.take(crowd.deeds, stage.queue.pushed, stage.arrivals, books.read(stage.town))


def findings(tally: Tally, errors: int) -> list[Finding]:
    """The lines of the table."""
    took = tally.account
    return [
        Finding(
            PART,
            "kills at named points",
            _points(tally),
            f"each of {len(POINTS)}",
            len(tally.at_points) == len(POINTS),
        ),
        Finding(
            PART,
            "kills at random moments",
            f"{tally.at_random}, {tally.cold} of them in a cold start",
            "some",
            tally.at_random > 0,
        ),
        Finding(PART, "faults of the network meanwhile", str(tally.faults), "some", tally.faults > 0),
        _none("updates lost", took.updates_lost, took.updates),
        _none("updates confirmed before they were stored", tally.confirmed_too_early, took.updates),
        _none("effects lost", took.effects_lost, took.effects),
        _none("effects twice", took.effects_twice + took.notes_twice, took.effects),
        _none("alerts unsent", took.alerts_unsent, took.alerts),
        _none("tellings unsent", took.tellings_unsent, took.tellings),
        _none("answers of contact persons without effect", took.answers_lost, took.answers),
        _none("check-ins twice", took.asked_twice, took.asked),
        _none("check-ins that did not arrive and are not flagged", took.not_asked_unflagged, took.not_asked),
        _none("repeated tellings that do not say so", took.copies_unmarked, took.copies),
        _none("messages left in the outbox", took.unfinished, took.effects),
        _none("databases damaged", tally.damaged, tally.kills),
        Finding(
            PART,
            "exceptions in the log, ends that were not ours",
            f"{errors}, {tally.bad_ends}",
            "0, 0",
            errors + tally.bad_ends == 0,
        ),
    ]


def _points(tally: Tally) -> str:
    fewest = min(tally.at_points.values(), default=0)
    return f"{tally.at_points.total()}, {len(tally.at_points)} points, each {fewest} times or more"


def _none(what: str, wrong: int, of: int) -> Finding:
    return Finding(PART, what, f"{wrong} of {of}", "0", wrong == 0)
