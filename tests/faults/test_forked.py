"""The bot as a fork: the real one, its own process, killed and started again."""

import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.fault_points import VARIABLE
from faults import books
from faults.processes import Starter, starter
from faults.stage import Stage, until

PATIENCE = 30.0


@pytest.fixture
async def bots(tmp_path: Path) -> AsyncIterator[Starter]:
    """One reading of all texts for the whole test."""
    async with starter(tmp_path) as made:
        yield made


async def test_it_lives_dies_where_it_is_told_to_and_lives_again(stage: Stage, bots: Starter) -> None:
    """Killed after the commit and before the answer: the next life answers, once."""
    life = await bots.start(stage.environment(**{VARIABLE: "committed:1"}))
    assert life.pid not in (os.getpid(), bots.forking.pid if bots.forking else 0)
    stage.sandbox.say(stage.chats[8], "hej")
    assert await life.has_ended(PATIENCE) == -signal.SIGKILL
    left = books.copied(stage.town, stage.folder / "wreck")
    assert set(left.recorded) == stage.queue.pushed
    assert not stage.queue.confirmed
    assert not stage.arrivals

    life = await bots.start(stage.environment())
    await life.is_running()
    await until(lambda: bool(stage.arrivals) and stage.sandbox.unconfirmed() == 0, PATIENCE, "answered")
    assert await life.stop() == 0
    assert len(stage.arrivals) == 1
    assert bots.errors == []


async def test_a_setting_that_is_wrong_ends_it_with_a_sentence(stage: Stage, bots: Starter) -> None:
    """As it ends the command."""
    life = await bots.start(stage.environment(**{VARIABLE: "nowhere:1"}))
    assert await life.has_ended(PATIENCE) == 2
    await until(lambda: bool(bots.log), PATIENCE, "said")
    assert VARIABLE in bots.log[-1]["text"]


async def test_when_nobody_orders_any_more_the_child_goes_too(stage: Stage, bots: Starter) -> None:
    """A harness that was killed itself leaves no bot behind."""
    life = await bots.start(stage.environment())
    await life.is_running()
    assert bots.forking is not None
    assert bots.forking.stdin is not None
    bots.forking.stdin.close()
    assert await life.has_ended(PATIENCE) == -signal.SIGKILL
