"""Processes of the bot: none is left behind, and how each ended is known."""

import asyncio
import signal
import sys

import pytest

from faults import processes
from faults.processes import BotGone, Life, Starter, cold_starter, read_line

SLEEPS = "import time; print('up', flush=True); time.sleep(60)"


async def _life(code: str) -> Life:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", code, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL
    )
    if process.stdout is not None:
        await process.stdout.readline()
    return Life(process.pid, asyncio.create_task(process.wait()))


async def test_a_kill_is_a_kill() -> None:
    """Not an end in good order that looks like one."""
    life = await _life(SLEEPS)
    assert not life.over
    await life.kill()
    assert life.ended.result() == -signal.SIGKILL
    await life.kill()


async def test_who_does_not_end_in_time_lives_on() -> None:
    """Waiting for an end must not bring it about."""
    life = await _life(SLEEPS)
    with pytest.raises(TimeoutError):
        await life.has_ended(0.01)
    assert not life.over
    assert await life.stop() == -signal.SIGTERM


async def test_a_bot_that_does_not_come_up_is_not_waited_for() -> None:
    """It has said on its way out why."""
    life = await _life("print('up', flush=True); raise SystemExit(2)")
    with pytest.raises(BotGone, match="2"):
        await life.is_running()


async def test_without_a_forking_process_nothing_is_forked() -> None:
    """A mistake of the harness is no finding about the bot."""
    with pytest.raises(BotGone):
        await Starter().start({})


async def test_what_still_lives_is_ended_with_its_starter(monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that breaks leaves no bot behind that asks a sandbox for updates for ever."""
    life = await _life(SLEEPS)
    async with cold_starter() as bots:
        monkeypatch.setattr(bots, "_life", life)
    assert life.over


async def test_what_is_said_is_kept_and_running_is_noticed() -> None:
    """Also when it comes between lines that are none."""
    bots, lines = Starter(), asyncio.StreamReader()
    life = await _life(SLEEPS)
    bots._life = life
    bots.listen(lines)
    lines.feed_data(b'{"level": "info", "event": "running"}\nTraceback\n{"level": "error", "error": [{}]}\n')
    lines.feed_data(b'{"level": "error", "error": "StorageFull"}\n')
    lines.feed_eof()
    await asyncio.wait_for(life.is_running(), 10)
    while len(bots.log) < 4:
        await asyncio.sleep(0.001)
    assert bots.errors == [{"text": "Traceback"}, {"level": "error", "error": [{}]}]
    await life.kill()


@pytest.mark.parametrize(
    ("line", "read"),
    [
        (b'{"a": 1}\n', {"a": 1}),
        (b"oh\n", {"text": "oh"}),
        (b"7\n", {"text": "7"}),
        (b"\xff\n", {"text": "\ufffd"}),
    ],
)
def test_a_line_that_is_none_is_kept_as_it_is(line: bytes, read: dict[str, object]) -> None:
    """It may be the most interesting one."""
    assert read_line(line) == read


def test_a_start_is_given_time() -> None:
    """Others use the machine as well."""
    assert processes.READY_WITHIN >= 60
    assert processes.RUNNING_WITHIN >= 30
