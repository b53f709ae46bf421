"""Points where a test of crashes ends the process: named ones, counted ones, and none at all unless asked for."""

import asyncio
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Coroutine
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.due import Due
from bot.fault_points import POINTS, VARIABLE, from_environment, pass_by
from bot.intake import Intake
from bot.settings import SettingsFaulty, load_settings
from dialogs.events import Timer
from storage import timers
from tests.bot.test_intake import StillSource
from tests.bot.town import NOW, StillDoor, Town, until

ROOT = Path(__file__).parents[2]
PASSES = f"""
import os
from bot.fault_points import from_environment
probe = from_environment({{"{VARIABLE}": "committed:2"}})
for number in range(5):
    probe("fetched")
    probe("committed")
    print(number, flush=True)
"""


@pytest.mark.parametrize("environment", [{}, {VARIABLE: ""}, {"VIDARE_LOG_LEVEL": "INFO"}])
def test_nobody_asked_for_nothing(environment: dict[str, str]) -> None:
    """What an operator runs has no such point at all."""
    assert from_environment(environment) is None


def test_to_pass_by_does_nothing() -> None:
    """The cost of a point is one call."""
    for point in POINTS:
        pass_by(point)


def test_the_process_dies_at_once_at_the_named_point_the_time_it_was_told() -> None:
    """By SIGKILL: nothing is finished, closed or tidied up, as when the power fails."""
    ended = subprocess.run([sys.executable, "-c", PASSES], cwd=ROOT, capture_output=True, timeout=30)  # noqa: S603
    assert (ended.returncode, ended.stdout) == (-signal.SIGKILL, b"0\n")


@pytest.mark.parametrize(
    "wanted", ["nowhere:1", "committed", "committed:", "committed:0", "committed:x", ":1"]
)
def test_a_point_that_is_none_stops_the_start(wanted: str) -> None:
    """A misspelt point would never be reached, and a matrix of kills without kills proves nothing."""
    with pytest.raises(SettingsFaulty, match=VARIABLE):
        from_environment({VARIABLE: wanted})


def test_the_variable_is_no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    """It shares its prefix with the settings, which refuse what they do not know."""
    monkeypatch.setenv(VARIABLE, "committed:1")
    monkeypatch.setenv("VIDARE_TELEGRAM_TOKEN", "123456789:AA")
    assert not hasattr(load_settings(), "fault_point")
    assert VARIABLE in os.environ


def test_every_point_is_passed_somewhere_and_every_passed_one_is_a_point() -> None:
    """A point nobody passes looks like one that was survived."""
    passed = re.compile(r'probe\("([^"]+)"\)')
    found = [name for path in (ROOT / "bot").glob("*.py") for name in passed.findall(path.read_text("utf-8"))]
    assert set(found) == set(POINTS)


@pytest.fixture
async def points(town: Town) -> list[str]:
    """The points the town passes, in order."""
    passed: list[str] = []
    town.handler = type(town.handler)(replace(town.house, probe=passed.append))
    return passed


SENT = ["claimed", "claim-committed", "sending", "answered", "settled", "settle-committed"]


async def test_the_points_of_an_update_stand_in_the_order_of_its_way(
    town: Town, door: StillDoor, points: list[str]
) -> None:
    """Confirmed last: each point before "confirming" is one where a kill makes the batch come again."""
    await town.resident()
    source, sender = StillSource([town.text(11, "hello")]), town.sender(door)
    intake = Intake(source, town.db, town.handler, sender, town.clock)
    await _run(intake.run(), lambda: len(source.offsets) == 2)
    taken = ["fetched", "update-handled", "batch-handled", "committed", "offered", "confirming"]
    assert points == taken
    del points[:]
    await _run(sender.run(), lambda: "settle-committed" in points)
    assert points == SENT


async def test_the_points_of_what_is_due_stand_in_the_order_of_its_way(
    town: Town, door: StillDoor, points: list[str]
) -> None:
    """A look that finds nothing passes none, or a kill would come before there is anything to lose."""
    due = Due(town.db, town.handler, town.sender(door), town.clock)
    await due.look()
    assert points == []
    await town.run(timers.set_timer, await town.resident(), Timer.CHECK_IN, NOW)
    await due.look()
    assert points == ["due-handled", "due-batch-handled", "due-committed", "due-offered"]


async def test_a_start_has_its_points(town: Town, door: StillDoor, points: list[str]) -> None:
    """A crash while the last crash is mended is one more crash."""
    await town.run(town.handler.started, NOW)
    await town.sender(door).recover()
    assert points == ["started", "recovered"]


async def _run(work: Coroutine[Any, Any, None], done: Callable[[], bool]) -> None:
    task = asyncio.create_task(work)
    try:
        await until(done)
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
