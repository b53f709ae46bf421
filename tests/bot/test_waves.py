"""A wave: page by page, each resident once, and whoever fails is passed over."""

import sqlite3
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot import waves
from bot.handling import Handled, Handler
from bot.outgoing import Send
from dialogs.alert import Alert, Track
from storage import activities, alerts, people
from tests.bot.town import NOW, Town, built
from tests.dialogs.near_examples import described

NOON = NOW - timedelta(hours=6)
NEUTRAL = "Hello. There is something you may like to know. Tap to see."


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """A town whose operator described Exempelstad."""
    async with built(tmp_path) as town:
        knowledge = replace(town.house.knowledge, near=described())
        town.house = replace(town.house, knowledge=knowledge)
        town.handler = Handler(town.house)
        yield town


async def announced(town: Town, *, hours: float = 48) -> int:
    """Dinner, sent."""
    at = NOON + timedelta(hours=hours)
    number = await town.run(
        activities.add,
        town.house.doors.system,
        NOON,
        place="exempelstad",
        begins_at=at,
        ends_at=at,
        title="Middag",
    )
    await town.run(activities.send, number)
    return number


async def look(town: Town, limit: int = 20, hours: float = 0) -> Handled:
    """One look of the clock."""
    return await town.run(town.handler.due, NOON + timedelta(hours=hours), limit)


async def residents(town: Town, count: int) -> list[int]:
    """So many who want to hear from Exempelstad."""
    return [await town.resident(chat=100 + each, news_from=("exempelstad",)) for each in range(count)]


async def test_everybody_who_wants_to_hear_is_told_once(town: Town) -> None:
    """Page after page; then nothing is left to do."""
    wanting = await residents(town, 5)
    other = await town.resident(chat=11)
    await announced(town)
    pages = []
    while (handled := await look(town, 2)).done:
        pages.append(handled.done)
    assert pages == [2, 2, 2]
    assert [await town.texts(each) for each in wanting] == [[NEUTRAL]] * 5
    assert await town.texts(other) == []


async def test_what_is_urgent_comes_before_a_page(town: Town) -> None:
    """A cry for help does not wait behind a dinner."""
    (leyla,) = await residents(town, 1)
    await announced(town)
    box = (await town.known(leyla)).box
    alert = Alert(0, leyla, "Linden", Track.URGENT, 2, ("someone",), NOON, NOON)
    await town.run(alerts.insert, box, alert)
    assert (await look(town)).done == 1
    assert NEUTRAL not in await town.texts(leyla)
    await look(town)
    assert NEUTRAL in await town.texts(leyla)


async def test_a_crash_between_two_pages_tells_nobody_twice_and_forgets_nobody(town: Town) -> None:
    """How far it has come is written with the messages, in one transaction."""
    wanting = await residents(town, 4)
    await announced(town)
    await look(town, 2)

    def crash(db: sqlite3.Connection) -> None:
        town.handler.due(db, NOON, 2)
        raise RuntimeError("the power is gone")

    with pytest.raises(RuntimeError):
        await town.run(crash)
    assert [len(await town.texts(each)) for each in wanting] == [1, 1, 0, 0]
    town.handler = Handler(town.house)
    while (await look(town, 2)).done:
        pass
    assert [len(await town.texts(each)) for each in wanting] == [1, 1, 1, 1]


async def test_one_damaged_resident_holds_up_no_other(town: Town) -> None:
    """She is passed over and reported (R9)."""
    first, bad, last = await residents(town, 3)
    await town.damage(bad)
    await announced(town)
    handled = await look(town)
    assert (handled.done, handled.failed) == (3, 1)
    assert [len(await town.texts(each)) for each in (first, last)] == [1, 1]
    assert ("person-unreadable", f"person:{bad}") in await town.notices()
    assert (await look(town)).done == 0


async def test_an_activity_that_does_not_open_ends_its_wave(town: Town) -> None:
    """It would be looked at every second; the next one goes out all the same."""
    (leyla,) = await residents(town, 1)
    bad = await announced(town)
    await town.write("UPDATE activities SET sealed_activity = x'00' WHERE id = ?", bad)
    await announced(town)
    await look(town)
    assert ("record-failed", f"activity:{bad}") in await town.notices()
    await look(town)
    assert await town.texts(leyla) == [NEUTRAL]


async def test_after_an_outage_what_is_over_is_told_to_nobody(town: Town) -> None:
    """And the wave ends."""
    (leyla,) = await residents(town, 1)
    await announced(town, hours=3)
    assert (await look(town, hours=4)).done == 0
    assert await town.run(activities.wave) is None
    assert await town.texts(leyla) == []


async def test_who_came_and_left_in_the_middle_of_a_wave(town: Town) -> None:
    """A page is read anew each time."""
    wanting = await residents(town, 3)
    await announced(town)
    await look(town, 1)
    await town.run(people.erase, wanting[1])
    late = await town.resident(chat=300, news_from=("exempelstad",))
    while (await look(town, 1)).done:
        pass
    assert [len(await town.texts(each)) for each in (wanting[0], wanting[2], late)] == [1, 1, 1]


async def test_what_could_not_be_sent_by_day_is_not_sent_in_the_evening(town: Town) -> None:
    """Telegram may be away for hours; a phone that lights up at eleven is asked about."""
    (leyla,) = await residents(town, 1)
    await announced(town)
    await look(town, hours=5)
    (waiting,) = [each for each in await town.outbox(leyla) if isinstance(each, Send)]
    assert waiting.until == NOON + timedelta(hours=7)


async def test_without_a_wave_there_is_no_page(town: Town) -> None:
    """The look of every second finds nothing."""
    assert await town.run(waves.next_page, town.house, NOON, 20) is None
