"""Neighbours: what another process writes leaves at once, the urgent first."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot import neighbours
from bot.neighbours import Neighbours
from bot.ordering import Ordered
from bot.outgoing import Edit
from bot.sender import Sender
from dialogs.effects import Purpose
from storage import outbox
from storage.database import StorageFailed, open_database
from tests.bot.town import StillDoor, Town, idle, sending, until


@asynccontextmanager
async def beside(town: Town) -> AsyncIterator[Town]:
    """Another process: the same file, a connection of its own."""
    db = await open_database(town.folder / "vidare.db")
    try:
        other = Town(town.folder, db, town.house)
        yield other
    finally:
        await db.close()


def _neighbours(town: Town, sender: Sender, woken: list[int]) -> Neighbours:
    return Neighbours(town.db, sender, lambda: woken.append(1))


async def test_only_what_others_write_counts(town: Town, door: StillDoor) -> None:
    """Our own writes are many; looking for news in them would be work for nothing."""
    mina, woken = await town.contact(), list[int]()
    watch = _neighbours(town, town.sender(door), woken)
    assert await watch.look()  # nobody has looked before
    await town.letter(mina)
    assert not await watch.look()
    async with beside(town) as other:
        await other.letter(mina)
        assert await watch.look()
        assert not await watch.look()
    assert len(woken) == 2


async def test_what_another_process_orders_is_sent(town: Town, door: StillDoor) -> None:
    """A case taken on at the desk is seen on the phones now, and not after the next start."""
    mina, sender = await town.contact(), town.sender(door)
    watch = _neighbours(town, sender, [])
    await watch.begin()
    await sender.recover()
    async with sending(sender), beside(town) as other:
        task = asyncio.create_task(watch.run())
        await other.letter(mina, "from the desk", Purpose.NOTE)
        await until(lambda: door.texts == ["from the desk"])
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_nothing_leaves_twice(town: Town, door: StillDoor) -> None:
    """What waits here already is not taken in again, nor is what was written before the start."""
    mina, sender = await town.contact(), town.sender(door)
    await town.letter(mina, "before", Purpose.NOTE)
    await sender.recover()
    watch = _neighbours(town, sender, [])
    async with beside(town) as other:
        await other.letter(mina, "from the desk", Purpose.NOTE)
        await watch.look()
        await other.letter(mina, "and again", Purpose.NOTE)
        await watch.look()
    async with sending(sender):
        await idle(sender)
    assert door.texts == ["before", "from the desk", "and again"]


async def test_the_urgent_is_taken_in_before_a_wave(
    town: Town, door: StillDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However much somebody else has ordered besides; nothing of the wave is lost."""
    monkeypatch.setattr("bot.sender.PAGE", 3)
    monkeypatch.setattr("bot.sender.HELD", 4)
    mina, leyla = await town.contact(), await town.resident()
    sender = town.sender(door)
    await sender.recover()
    async with beside(town) as other:
        for number in range(10):
            await other.letter(leyla, f"reminder {number}", Purpose.ROUTINE)
        await other.letter(mina, "an alert", Purpose.ALERT)
        await _neighbours(town, sender, []).look()
    assert sender.held < 11, "a wave stays in the outbox"
    async with sending(sender):
        await until(lambda: len(door.texts) == 11)
        await idle(sender)
    assert door.texts[0] == "an alert"
    assert door.texts[1:] == [f"reminder {number}" for number in range(10)]


async def test_a_message_that_was_dropped_there_is_not_sent_here(town: Town, door: StillDoor) -> None:
    """Somebody took the case on meanwhile: it must not ring any more (R30)."""
    mina, sender = await town.contact(), town.sender(door)
    async with beside(town) as other:
        letter = await other.letter(mina, "an alert", Purpose.ALERT)
        await _neighbours(town, sender, []).look()
        await other.run(outbox.drop, letter.id)
    async with sending(sender):
        await idle(sender)
    assert door.texts == []


async def test_a_failing_disk_makes_it_wait_and_look_again(
    town: Town, door: StillDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It ends with the bot, and not before."""
    monkeypatch.setattr(neighbours, "STORAGE_PAUSE", 0)
    sender, tries = town.sender(door), list[int]()

    async def fails() -> int:
        tries.append(1)
        raise StorageFailed("the disk failed")

    monkeypatch.setattr(sender, "take_in_others", fails)
    task = asyncio.create_task(_neighbours(town, sender, []).run())
    await until(lambda: len(tries) > 2)
    assert not task.done()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_what_was_there_at_the_start_is_no_news(town: Town, door: StillDoor) -> None:
    """And what comes while the sender recovers is: nothing falls between the two."""
    mina, sender = await town.contact(), town.sender(door)
    watch = _neighbours(town, sender, [])
    await watch.begin()
    assert not await watch.look()
    await watch.begin()
    async with beside(town) as other:
        await sender.recover()
        await other.letter(mina, "meanwhile", Purpose.NOTE)
        assert await watch.look()
    async with sending(sender):
        await idle(sender)
    assert door.texts == ["meanwhile"]


async def test_what_was_taken_in_before_it_was_offered_leaves_once(town: Town, door: StillDoor) -> None:
    """Our own transaction is committed a moment before its messages are offered; somebody may look in between."""
    mina, sender = await town.contact(), town.sender(door)
    edit = Edit(21, 5, "once", ())
    queued = await town.letter(
        mina, purpose="edit", outgoing=edit
    )  # an edit needs no claim, so nothing else stops it
    await _neighbours(town, sender, []).look()
    sender.offer(Ordered(queued=[queued]))
    async with sending(sender):
        await idle(sender)
    assert door.taken == [edit]
