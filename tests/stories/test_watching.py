"""A part of the real bot dies: the outside watcher hears of it once, and then nothing (R40)."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest

from bot.health import Part
from bot.request import AiohttpRequest
from bot.watcher import Watcher
from bot.wiring import Running, running
from storage.database import StorageFull
from tests.bot.test_watcher import PATH, Healthchecks, listening
from tests.bot.town import until
from tests.stories.story import Story, texts

STEP = timedelta(seconds=40)
"""Shorter than anybody's patience, so that what lives can show it between two steps."""


class Watch:
    """The bot, what the watcher heard, and how often it was looked whether to tell it something."""

    def __init__(self, story: Story, bot: Running, service: Healthchecks) -> None:
        self.story, self.bot, self.service = story, bot, service
        self.looks = 0
        self._reza = story.sandbox.add_person("Reza", "en").id

    def somebody_writes(self) -> None:
        """A long poll takes real time, unless there is something to bring."""
        self.story.sandbox.say(self._reza, "hello")

    async def pass_time(self, *dead: Part) -> None:
        """More than three minutes, in which all parts but these show that they live."""
        pulses = [pulse for part, pulse in self.bot.health.pulses.items() if part not in dead]
        for _step in range(5):
            self.story.clock.move(STEP)
            self.somebody_writes()
            await until(lambda: all(pulse.age < 20 for pulse in pulses))

    async def looked(self, times: int = 5) -> None:
        """Return when it was looked so many times more."""
        enough = self.looks + times
        await until(lambda: self.looks >= enough)


@pytest.fixture
async def watch(story: Story, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Watch]:
    """A bot that ticks by itself, and a watcher that is told every hundredth of a second."""
    monkeypatch.setattr("bot.due.LOOK_EVERY", 0.01)
    monkeypatch.setattr("bot.intake.FIRST_PAUSE", 0.01)
    monkeypatch.setattr("bot.intake.LONGEST_PAUSE", 0.05)
    await story.sleep()
    async with AsyncExitStack() as stack:
        service = await stack.enter_async_context(listening())
        bot = await stack.enter_async_context(running(story.settings, story.clock, texts()))
        watch = Watch(story, bot, service)
        await until(lambda: bot.health.well)
        await stack.enter_async_context(_told(watch))
        await until(lambda: service.heard == [(PATH, "[]")] * len(service.heard) and len(service.heard) > 2)
        yield watch


@asynccontextmanager
async def _told(watch: Watch) -> AsyncIterator[None]:
    request = AiohttpRequest(connections=1)
    await request.initialize()
    watcher = Watcher(watch.service.url, watch.bot.health, request, period=0.01)
    look = watcher.look

    async def counted() -> None:
        await look()
        watch.looks += 1

    watcher.look = counted  # type: ignore[method-assign]
    task = asyncio.create_task(watcher.run())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await request.shutdown()


async def _end_task(name: str) -> None:
    [task] = [each for each in asyncio.all_tasks() if each.get_name() == name]
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def _end_intake(_watch: Watch) -> None:
    await _end_task("intake")


async def _end_sender(_watch: Watch) -> None:
    await _end_task("sender")


async def _end_scheduler(watch: Watch) -> None:
    await watch.bot.due.stop()


@pytest.mark.parametrize(
    ("kill", "dead"),
    [
        (_end_intake, (Part.INTAKE,)),
        (_end_sender, (Part.SENDER,)),
        (_end_scheduler, (Part.DUE, Part.STORAGE)),  # it is the scheduler that tries out the disk
    ],
)
async def test_a_part_that_dies_ends_the_ping(
    watch: Watch, kill: Callable[[Watch], Awaitable[None]], dead: tuple[Part, ...]
) -> None:
    """Also where the process looks alive, and all the other parts are."""
    await watch.pass_time()
    await watch.looked()
    assert {path for path, _body in watch.service.heard} == {PATH}, "time alone makes nobody ill"
    await kill(watch)
    await watch.pass_time(*dead)
    await watch.looked()
    assert watch.service.heard[-1][0] == f"{PATH}/fail"
    assert watch.bot.health.failing() == list(dead)
    said = len(watch.service.heard)
    await watch.looked()
    assert len(watch.service.heard) == said, "once, and then silence"


async def test_a_full_disk_ends_the_ping_until_there_is_room(
    watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every part runs, and nothing anybody writes is kept: that is not well. It mends itself, and is heard again."""

    async def full(*_arguments: Any) -> Any:
        raise StorageFull("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(watch.bot.db, "run", full)
        await watch.pass_time(Part.STORAGE, Part.DUE, Part.INTAKE)
        await watch.looked()
        assert watch.service.heard[-1][0] == f"{PATH}/fail"
        assert Part.STORAGE in watch.bot.health.failing()
    await until(lambda: watch.bot.health.well)
    await watch.looked()
    assert watch.service.heard[-1] == (PATH, "[]")


@pytest.mark.parametrize("code", [401, 409])
async def test_a_token_that_is_refused_ends_the_ping(watch: Watch, code: int) -> None:
    """A wrong token, or another program that uses it: with the first refusal, not after minutes."""
    watch.story.sandbox.faults.add("refuse", method="getUpdates", count=None, code=code)
    watch.somebody_writes()
    await until(lambda: watch.bot.health.failing() == [Part.INTAKE])
    await watch.looked()
    assert watch.service.heard[-1] == (f"{PATH}/fail", '["intake"]')


async def test_a_telegram_that_is_away_ends_the_ping(watch: Watch) -> None:
    """We are well and hear nobody: somebody must know that the chat is of no use just now."""
    watch.story.sandbox.faults.add("refuse", method="getUpdates", count=None, code=502)
    await watch.pass_time(Part.INTAKE)
    await watch.looked()
    assert watch.service.heard[-1] == (f"{PATH}/fail", '["intake"]')
    watch.story.sandbox.faults.clear()
    await until(lambda: watch.bot.health.well)


async def test_a_bot_that_is_told_to_stop_tells_nobody_that_it_is_ill(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody restarts it; and the settings are enough to be watched."""
    monkeypatch.setattr("bot.due.LOOK_EVERY", 0.01)
    monkeypatch.setattr("bot.watcher.PERIOD", 0.01)
    async with listening() as service:
        story.more["watcher_url"] = service.url
        await story.sleep()
        async with running(story.settings, story.clock, texts()):
            await until(lambda: len(service.heard) > 2)
        heard = list(service.heard)
        assert heard == [(PATH, "[]")] * len(heard)
