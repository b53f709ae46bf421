"""
The people of one sandbox: they write, and note when they are answered.

What a person sees is noted in the moment the sandbox has taken a message, before the bot hears that it arrived.
"""

import asyncio
import gc
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import inf
from time import perf_counter
from typing import Any, Final

from bench.messages import ORDINARY
from bench.processes import NO_TOKEN, BotProcess
from bot.clock import Clock
from bot.sandbox import FaultKind, Sandbox

PATIENCE: Final = 120.0
QUIET: Final = 0.15
"""So long after the last answer a bot may still write down what it has done; that work is counted too."""


class AnswersMissing(Exception):
    """There were not as many answers as messages: then no number means anything."""


@dataclass(frozen=True, slots=True)
class Wave:
    """Many messages at once: how long until all were answered and confirmed, and what the bot spent on it."""

    updates: int
    seconds: float
    cpu: float
    sandbox_cpu: float

    @property
    def pace(self) -> float:
        """Updates a second."""
        return self.updates / self.seconds

    @property
    def cost(self) -> float:
        """Milliseconds of processor time an update."""
        return self.cpu / self.updates * 1000


@dataclass(slots=True)
class Crowd:
    """Residents with phones, and their contact persons, in one sandbox in front of one bot."""

    phones: int
    contacts: int = 0
    sandbox: Sandbox = field(init=False)
    residents: list[int] = field(init=False)
    contact_persons: list[int] = field(init=False)
    answers: int = 0
    seen_at: dict[int, float] = field(default_factory=dict)
    _newest: int = 0
    _awaited: float = inf
    _all_there: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.sandbox = Sandbox(NO_TOKEN, Clock(), limits=None, log_calls=False)
        self.residents = [self.sandbox.add_person("Leyla", "sv").id for _ in range(self.phones)]
        self.contact_persons = [self.sandbox.add_person("Mina", "sv").id for _ in range(self.contacts)]
        for person in self.contact_persons:
            self.sandbox.people[person].started = True  # they have written before: a bot may write to them
        self.sandbox.on_change(self._look)

    def _look(self, change: dict[str, Any]) -> None:
        if change["type"] != "person":
            return
        messages = self.sandbox.chat(change["person_id"]).by_id
        newest = next(reversed(messages.values()), None)
        if newest is None or not newest.from_bot or newest.message_id <= self._newest:
            return
        self._newest = newest.message_id
        self.seen_at.setdefault(change["person_id"], perf_counter())
        self.answers += 1
        if self.answers >= self._awaited:
            self._all_there.set()

    def await_answers(self, count: float) -> None:
        """Forget the answers so far; `answered` then waits for so many."""
        self.answers, self._awaited = 0, count
        self.seen_at.clear()
        self._all_there.clear()

    async def answered(self, bot: BotProcess) -> None:
        """Return when all that was awaited is there and the bot has confirmed every update."""
        try:
            async with asyncio.timeout(PATIENCE):
                await self._all_there.wait()
                while self.sandbox.unconfirmed():  # noqa: ASYNC110 -- the sandbox tells nobody of it
                    await asyncio.sleep(0.001)
        except TimeoutError:
            bot.check()
            raise AnswersMissing(
                f"{bot.kind.name}: {self.answers} answers of {self._awaited}, "
                f"{self.sandbox.unconfirmed()} updates not confirmed"
            ) from None

    async def wave(self, bot: BotProcess, count: int) -> Wave:
        """Let `count` ordinary messages lie there at once, and measure until all of them are answered."""
        gc.collect()
        self.await_answers(count)
        cpu, own = bot.cpu, _own_cpu()
        for person, text in self._words(count):
            self.sandbox.say(person, text)
        begun = perf_counter()
        await self.answered(bot)
        seconds = perf_counter() - begun
        await asyncio.sleep(QUIET)
        if self.answers != count:
            raise AnswersMissing(f"{bot.kind.name}: {self.answers} answers to {count} messages")
        return Wave(count, seconds, bot.cpu - cpu, _own_cpu() - own)

    def _words(self, count: int) -> list[tuple[int, str]]:
        people = self.residents
        return [(people[each % len(people)], ORDINARY[each % len(ORDINARY)]) for each in range(count)]

    async def stream(
        self, writers: Sequence[int], texts: Sequence[str], per_second: float, readers: Sequence[int]
    ) -> list[float]:
        """
        Let each writer write once, evenly; return how many milliseconds passed until the reader in the same
        place first saw something.
        """
        gc.collect()
        self.await_answers(inf)
        written: list[float] = []
        begun = perf_counter()
        for number, person in enumerate(writers):
            await asyncio.sleep(begun + number / per_second - perf_counter())
            written.append(perf_counter())
            self.sandbox.say(person, texts[number % len(texts)])
        await self._seen_by(readers)
        return [(self.seen_at[reader] - at) * 1000 for reader, at in zip(readers, written, strict=True)]

    async def _seen_by(self, readers: Sequence[int]) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                while not self.seen_at.keys() >= set(readers):  # noqa: ASYNC110 -- 20 looks a second cost nothing
                    await asyncio.sleep(0.05)
        except TimeoutError:
            missing = len(set(readers) - self.seen_at.keys())
            raise AnswersMissing(f"{missing} of {len(readers)} people saw nothing") from None

    def slow_network(self, seconds: float) -> None:
        """From now on each answer to a sent message takes so long; 0 makes the network quick again."""
        self.sandbox.faults.clear()
        if seconds:
            self.sandbox.faults.add(FaultKind.DELAY_AFTER, method="sendMessage", count=None, seconds=seconds)


def _own_cpu() -> float:
    used = os.times()
    return used.user + used.system
