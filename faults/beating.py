"""
The bot as `vidare run` starts it, with a heart that beats beside it: how long did the event loop not come round?

`python -m faults.beating FILE SECONDS` sets the bot's clock `SECONDS` forward and writes the beats that came late to
FILE when the bot is told to stop. A beat is late by the wall's clock; no more than the processor time the process
used meanwhile can be its own doing, the rest is the machine that gave the time to others.
"""

import asyncio
import sys
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from time import perf_counter, process_time, time
from typing import Final, NamedTuple

import msgspec

from bot.clock import Clock
from bot.commands.run import until_told_to_stop
from bot.settings import load_settings

EVERY: Final = 0.002
WORTH_KEEPING: Final = 0.002


class Late(NamedTuple):
    """One beat that was late: when it came, how many seconds late, and what of them may be the bot's own."""

    at: float
    late: float
    own: float


def main(arguments: Sequence[str]) -> int:
    """Run until told to stop."""
    file, seconds = arguments
    beats: list[Late] = []
    try:
        return asyncio.run(_beaten(beats, timedelta(seconds=float(seconds))))
    finally:
        Path(file).write_bytes(msgspec.json.encode(beats))


async def _beaten(beats: list[Late], offset: timedelta) -> int:
    heart = asyncio.create_task(beat(beats))
    try:
        return await until_told_to_stop(load_settings(), Clock(offset))
    finally:
        heart.cancel()


async def beat(beats: list[Late]) -> None:
    """Beat for ever; keep what came late."""
    while True:
        wall, own = perf_counter(), process_time()
        await asyncio.sleep(EVERY)
        late = perf_counter() - wall - EVERY
        if late > WORTH_KEEPING:
            beats.append(Late(time(), late, min(late, process_time() - own)))


def read(file: Path) -> list[Late]:
    """Return what `main` wrote."""
    return msgspec.json.decode(file.read_bytes(), type=list[Late])


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
