"""A clock that a signal sets, in a process of its own."""

import subprocess
import sys
from pathlib import Path

from faults.set_clock import VARIABLE

ROOT = Path(__file__).parents[2]
PROGRAM = f"""
import os
from datetime import UTC, datetime
from bot.clock import Clock
from faults import set_clock
set_clock.if_asked({{"{VARIABLE}": "1"}} if ASKED else {{}})
clock, begun = Clock(), Clock().monotonic()
if ASKED:
    import apscheduler.schedulers.base as scheduler
    os.kill(os.getpid(), set_clock.FORWARD)
    print(round((clock.now() - datetime.now(UTC)).total_seconds()))
    print(round((scheduler.datetime.now(UTC) - datetime.now(UTC)).total_seconds()))
    os.kill(os.getpid(), set_clock.BACK)
    os.kill(os.getpid(), set_clock.BACK)
print(round((clock.now() - datetime.now(UTC)).total_seconds()))
print(round(clock.monotonic() - begun) < 60)
"""


def _printed(asked: bool) -> list[str]:
    program = PROGRAM.replace("ASKED", str(asked))
    ended = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    return ended.stdout.split()


def test_signals_set_what_the_bot_and_its_scheduler_take_for_the_time() -> None:
    """And leave alone what only passes, as a machine's clock does when it is set."""
    assert _printed(True) == ["7200", "7200", "-7200", "True"]


def test_nobody_asked_for_nothing() -> None:
    """The kill matrix is played with the clock there is."""
    assert _printed(False) == ["0", "True"]
