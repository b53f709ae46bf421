"""
Points at which a test of crashes ends the process: `VIDARE_FAULT_POINT=committed:3`.

For `make faults` and nobody else. With the variable set, the process kills itself the third time it passes the
point of that name: by SIGKILL, so that nothing is finished, closed or tidied up. Without it nothing is counted,
and to pass a point is to call a function that does nothing.
"""

import os
import signal
from collections.abc import Callable, Mapping
from itertools import count
from typing import Final, TypeAlias

from bot.settings import SettingsFaulty

VARIABLE: Final = "VIDARE_FAULT_POINT"

Probe: TypeAlias = Callable[[str], None]

POINTS: Final = (
    # a start
    "started",  # in the transaction that may end an outage
    "recovered",  # what the last crash left behind is pending again, or unclear
    # updates
    "confirming",  # before the question that confirms the last batch
    "fetched",  # a batch is here
    "update-handled",  # in the transaction, after each update
    "batch-handled",  # in the transaction, before the commit
    "committed",
    "offered",  # the sender has what was ordered
    # what is due
    "due-handled",  # in the transaction, after each row
    "due-batch-handled",  # in the transaction, before the commit
    "due-committed",
    "due-offered",
    # the outbox
    "claimed",  # in the hop, before the commit
    "claim-committed",
    "sending",  # before the call to Telegram
    "answered",  # after its answer
    "settled",  # in the hop, before the commit
    "settle-committed",
)
"""Every place between receiving and confirming, and between ordering a message and knowing what became of it."""


def pass_by(_point: str) -> None:
    """What happens at a point unless somebody asked for more: nothing."""


def from_environment(environment: Mapping[str, str]) -> Probe | None:
    """Return what ends the process at the point `environment` names; None where it names none."""
    wanted = environment.get(VARIABLE)
    if not wanted:
        return None
    name, _colon, number = wanted.partition(":")
    if name not in POINTS or not number.isdecimal() or int(number) < 1:
        raise SettingsFaulty(f"{VARIABLE} is not right: give NAME:COUNT, with one of {', '.join(POINTS)}")
    return _ends_at(name, int(number))


def _ends_at(name: str, number: int) -> Probe:
    passed = count(1)

    def probe(point: str) -> None:
        if point == name and next(passed) == number:
            os.kill(os.getpid(), signal.SIGKILL)

    return probe
