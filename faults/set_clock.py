"""
A clock that somebody sets while the bot runs, as the bot sees it.

The clock of the whole machine is not ours to set. So where the environment asks for it, the bot's own process
reads the time with an offset, in every module that asks what time it is; a signal sets it forward, another one
back. What measures durations (the event loop's monotonic time) is left as it is: a set clock does not touch that.
"""

import signal
from collections.abc import Mapping
from datetime import datetime, timedelta, tzinfo
from types import FrameType
from typing import Any, Final

import apscheduler.schedulers.base
import apscheduler.triggers.interval

import bot.clock

VARIABLE: Final = "FAULTS_SET_CLOCK"
BY: Final = timedelta(hours=2)
FORWARD, BACK = signal.SIGUSR1, signal.SIGUSR2


def if_asked(environment: Mapping[str, str]) -> None:
    """Let signals set this process's clock where `environment` says so."""
    if environment.get(VARIABLE):
        for module in (bot.clock, apscheduler.schedulers.base, apscheduler.triggers.interval):
            setattr(module, "datetime", SetClock)  # noqa: B010 -- not ours to type
        signal.signal(FORWARD, _forward)
        signal.signal(BACK, _back)


class SetClock(datetime):
    """`datetime` but for what `now` is."""

    offset = timedelta(0)

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Any:
        """The time on the wall, as somebody set it."""
        return datetime.now(tz) + cls.offset


def _forward(_number: int, _frame: FrameType | None) -> None:
    SetClock.offset += BY


def _back(_number: int, _frame: FrameType | None) -> None:
    SetClock.offset -= BY
