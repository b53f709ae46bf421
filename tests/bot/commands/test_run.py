"""`vidare run`: the bot until it is told to stop. Its whole process is killed and stopped in `tests/stories/`."""

import asyncio
import os
import signal

import pytest

from bot.clock import Clock
from bot.commands import run
from bot.sender import Sender
from tests.bot.commands.conftest import Operator
from tests.bot.town import PATIENCE, until


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_ends_it_in_good_order(operator: Operator, number: signal.Signals) -> None:
    """Whoever starts it, systemd or a terminal, can end it without harm."""
    task = asyncio.create_task(run.until_told_to_stop(operator.settings, Clock()))
    await until(lambda: operator.sandbox.polled)
    os.kill(os.getpid(), number)
    assert await asyncio.wait_for(task, PATIENCE) == 0


async def test_a_part_that_fails_ends_it_with_an_error(
    operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever supervises it starts it again; a deaf bot would stay deaf."""

    async def fails(_self: object) -> None:
        raise RuntimeError("no more")

    monkeypatch.setattr(Sender, "run", fails)
    assert await asyncio.wait_for(run.until_told_to_stop(operator.settings, Clock()), PATIENCE) == 1
