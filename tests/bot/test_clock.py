"""The clock that everything waits on, so that moving it moves everything."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import Clock
from tests.bot.town import NOW, PATIENCE, StillClock

HOUR = timedelta(hours=1)


async def _begun(task: "asyncio.Task[None]") -> None:
    """Let `task` come to where it waits."""
    for _turn in range(5):
        await asyncio.sleep(0)
    assert not task.done()


def test_it_lives_in_utc_at_its_offset() -> None:
    """A moment without a zone could be anybody's."""
    ahead = Clock(HOUR).now() - datetime.now(UTC)
    assert timedelta(minutes=59) < ahead <= HOUR
    assert Clock().now().tzinfo is UTC


def test_seconds_only_pass_whatever_the_clock_shows() -> None:
    """How long something has been silent must not depend on somebody who sets the machine's clock."""
    clock = Clock()
    before = clock.monotonic()
    clock.move(HOUR)
    forward = clock.monotonic()
    clock.move(-2 * HOUR)
    assert 3600 <= forward - before < 3600 + PATIENCE
    assert 0 <= clock.monotonic() - forward < PATIENCE


async def test_a_sleeper_wakes_when_the_clock_is_moved_past_its_moment() -> None:
    """A demo shows a whole week in a minute."""
    clock = StillClock()
    sleeper = asyncio.create_task(clock.sleep_until(NOW + HOUR))
    await _begun(sleeper)
    clock.move(HOUR)
    await asyncio.wait_for(sleeper, PATIENCE)


async def test_a_sleeper_sleeps_on_when_the_clock_stops_short() -> None:
    """Every move wakes everybody; who is early goes back to sleep."""
    clock = StillClock()
    sleeper = asyncio.create_task(clock.sleep(3600))
    await _begun(sleeper)
    clock.move(HOUR - timedelta(seconds=1))
    await _begun(sleeper)
    clock.move(timedelta(seconds=1))
    await asyncio.wait_for(sleeper, PATIENCE)


async def test_moved_back_it_wakes_nobody_early() -> None:
    """The way is longer then, not shorter."""
    clock = StillClock()
    sleeper = asyncio.create_task(clock.sleep_until(NOW + HOUR))
    await _begun(sleeper)
    clock.move(-HOUR)
    await _begun(sleeper)
    clock.move(HOUR)
    await _begun(sleeper)
    clock.move(HOUR)
    await asyncio.wait_for(sleeper, PATIENCE)


async def test_a_moment_in_the_past_is_not_waited_for() -> None:
    """What is overdue after an outage happens at once."""
    await asyncio.wait_for(StillClock().sleep_until(NOW - HOUR), PATIENCE)


async def test_waiting_ends_with_the_event() -> None:
    """A new message does not wait for the next look."""
    clock, event = StillClock(), asyncio.Event()
    waiting = asyncio.create_task(clock.wait(event, NOW + HOUR))
    await _begun(waiting)
    event.set()
    await asyncio.wait_for(waiting, PATIENCE)


async def test_waiting_ends_with_the_moment() -> None:
    """And a message that is to leave later needs no event."""
    clock, event = StillClock(), asyncio.Event()
    waiting = asyncio.create_task(clock.wait(event, NOW + HOUR))
    await _begun(waiting)
    clock.move(HOUR)
    await asyncio.wait_for(waiting, PATIENCE)
    assert not event.is_set()


async def test_without_a_moment_only_the_event_ends_the_waiting() -> None:
    """No moment is no moment, however far the clock goes."""
    clock, event = StillClock(), asyncio.Event()
    waiting = asyncio.create_task(clock.wait(event, None))
    await _begun(waiting)
    clock.move(1000 * HOUR)
    await _begun(waiting)
    event.set()
    await asyncio.wait_for(waiting, PATIENCE)


async def test_who_stops_waiting_leaves_no_task_behind() -> None:
    """A sender that looks a million times must not leave a million sleepers."""
    clock, before = StillClock(), asyncio.all_tasks()
    waiting = asyncio.create_task(clock.wait(asyncio.Event(), NOW + HOUR))
    await _begun(waiting)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    assert asyncio.all_tasks() == before


async def test_a_clock_set_back_makes_nobody_wait_longer_than_was_meant() -> None:
    """Whoever waits for a moment or an event looks again; a sender that slept two hours would send nothing."""
    clock = StillClock()
    waiting = asyncio.create_task(clock.wait(asyncio.Event(), NOW + timedelta(seconds=10)))
    await _begun(waiting)
    clock.move(-2 * HOUR)
    await asyncio.wait_for(waiting, PATIENCE)


async def test_waiting_for_a_moment_is_measured_in_time_that_nobody_sets(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The machine's own clock wakes nobody when it is set, so how long is known before."""
    clock = StillClock()
    waiting = asyncio.create_task(clock.wait(asyncio.Event(), NOW + timedelta(milliseconds=20)))
    await _begun(waiting)
    monkeypatch.setattr(clock, "_at", NOW - 2 * HOUR)
    await asyncio.wait_for(waiting, PATIENCE)


def test_time_that_only_passes_is_not_set_back() -> None:
    """What is measured by it is as long as it was."""
    clock = Clock()
    before = clock.monotonic()
    clock.move(-HOUR)
    assert 0 <= clock.monotonic() - before < 3600
    clock.move(HOUR)
    assert clock.monotonic() - before >= 3600
