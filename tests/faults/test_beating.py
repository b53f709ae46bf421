"""The heart that beats beside the bot."""

import asyncio
import time
from pathlib import Path

import msgspec

from faults.beating import Late, beat, read


async def test_a_loop_that_does_not_come_round_is_noticed() -> None:
    """What holds it by computing is its own doing; what only waits is not."""
    beats: list[Late] = []
    heart = asyncio.create_task(beat(beats))
    await asyncio.sleep(0)
    begun = time.process_time()
    while time.process_time() - begun < 0.03:
        pass
    await asyncio.sleep(0.005)
    own = max(each.own for each in beats)
    time.sleep(0.03)  # noqa: ASYNC251 -- this is the mistake that is to be noticed
    await asyncio.sleep(0.005)
    heart.cancel()
    assert own > 0.01
    assert beats[-1].late > beats[-1].own


def test_what_was_written_is_read(tmp_path: Path) -> None:
    """Another process wrote it."""
    beats = [Late(1.5, 0.25, 0.125)]
    (tmp_path / "beats").write_bytes(msgspec.json.encode(beats))
    assert read(tmp_path / "beats") == beats
