"""What is due is a row with a time; a look only finds it."""

import asyncio
import sqlite3
from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.chores import Chore, every
from bot.due import LOOK_AGAIN_EVERY, Due
from dialogs.events import Pressed, Timer
from dialogs.notices import NoticeKind
from dialogs.notices import person as subject_of
from dialogs.people import Consent, Place, Resident, Role
from dialogs.retention import PAST, TO_LOOK_INTO, TO_REPEAT
from storage import channels, notices, outages, outbox, people, rings, set_aside, timers, updates
from storage.database import StorageFull
from tests.bot.town import NOW, PATIENCE, StillDoor, Town, idle, sending

WAVE = 1_000


def _people(db: sqlite3.Connection, town: Town, count: int) -> None:
    """Residents who all chose six in the evening."""
    for number in range(count):

        def build(person: int) -> Resident:
            return Resident(person, "Leyla", place=Place.MENU, joined=True, consent=Consent(True, True, True))

        known = people.create_person(db, town.house.keyring, Role.RESIDENT, build, NOW)
        people.bind_chat(db, town.house.doors, known.box, known.id, 1_000 + number, NOW)
        timers.set_timer(db, known.id, Timer.CHECK_IN, NOW)


async def test_a_wave_of_check_ins_is_asked_in_chunks_each_once(
    town: Town, door: StillDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A thousand people at six o'clock must not hold the storage thread in one piece: an alert may come between."""
    await town.run(_people, town, WAVE)
    sender = town.sender(door)
    due = Due(town.db, town.handler, sender, town.clock)
    hops, run = [0], town.db.run

    async def counted(*arguments: object) -> object:
        hops[0] += 1
        return await run(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(town.db, "run", counted)
    assert await due.look() == WAVE
    assert hops[0] >= WAVE // 100, "never more than a hundred rows at a time"
    assert await due.look() == 0
    async with sending(sender):
        await idle(sender)
    assert len({each.chat_id for each in door.taken if hasattr(each, "chat_id")}) == len(door.taken) == WAVE


async def test_a_late_look_loses_nothing(town: Town, door: StillDoor) -> None:
    """The bot was down at six and comes back at seven: she is asked."""
    leyla = await town.resident()
    await town.run(timers.set_timer, leyla, Timer.CHECK_IN, NOW)
    town.clock.move(timedelta(hours=1))
    assert await Due(town.db, town.handler, town.sender(door), town.clock).look() == 1
    assert len(await town.texts(leyla)) == 1


async def test_what_cannot_be_stored_stays_due(
    town: Town, door: StillDoor, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A full disk makes a check-in late, not lost, and the ticker ticks on."""
    leyla = await town.resident()
    await town.run(timers.set_timer, leyla, Timer.CHECK_IN, NOW)
    due = Due(town.db, town.handler, town.sender(door), town.clock)

    async def full(*_arguments: object) -> object:
        raise StorageFull("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(town.db, "run", full)
        assert await due.look() == 0
        assert await due.look() == 0
        assert caplog.text.count("stays due") == 1, "the log may lie on that very disk: once a minute"
        town.clock.move(timedelta(minutes=1))
        assert await due.look() == 0
        await due.tidy()
    assert caplog.text.count("stays due") == 2
    assert "tidying failed" in caplog.text
    assert await due.look() == 1


async def test_two_looks_at_once_are_one_after_the_other(town: Town, door: StillDoor) -> None:
    """A tick that comes while a look is under way finds nothing left."""
    leyla = await town.resident()
    await town.run(timers.set_timer, leyla, Timer.CHECK_IN, NOW)
    due = Due(town.db, town.handler, town.sender(door), town.clock)
    assert sorted(await asyncio.gather(due.look(), due.look())) == [0, 1]


async def test_a_look_says_that_it_lives(town: Town, door: StillDoor) -> None:
    """Whoever watches hears of a look that was whole, and of a heartbeat that reached the disk."""
    due = Due(town.db, town.handler, town.sender(door), town.clock)
    seen = [_well(due)]
    await due.look()
    seen.append(_well(due))
    town.clock.move(timedelta(minutes=2))
    seen.append(_well(due))
    await due.look()
    seen.append(_well(due))
    assert seen == [(False, False), (True, True), (False, False), (True, True)]


def _well(due: Due) -> tuple[bool, bool]:
    return due.pulse.well, due.heart.well


async def test_a_long_wave_is_not_taken_for_a_stop(
    town: Town, door: StillDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every transaction of it is a sign of life, and heartbeats go on: a wave is no outage."""
    await town.run(_people, town, 300)
    due = Due(town.db, town.handler, town.sender(door), town.clock)
    signs: list[tuple[bool, bool]] = []
    run = town.db.run

    async def slow(work: Callable[..., object], *arguments: object) -> object:
        town.clock.move(timedelta(seconds=40))
        if work == town.handler.due:
            signs.append(_well(due))
        return await run(work, *arguments)

    monkeypatch.setattr(town.db, "run", slow)
    await due.look()
    assert len(signs) > 3
    assert set(signs[1:]) == {(True, True)}


async def test_what_cannot_be_stored_is_no_sign_of_life(
    town: Town, door: StillDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A ticker that ticks on a full disk helps nobody: whoever watches must hear of it."""
    due = Due(town.db, town.handler, town.sender(door), town.clock)
    await due.look()

    async def full(*_arguments: object) -> object:
        raise StorageFull("the disk is full")

    monkeypatch.setattr(town.db, "run", full)
    for _look in range(3):
        town.clock.move(timedelta(minutes=1))
        await due.look()
    assert _well(due) == (False, False)


async def test_what_was_handled_and_put_off_is_counted(town: Town, door: StillDoor) -> None:
    """A figure that only grows shows what a look at the moment cannot."""
    leyla, reza = await town.resident(), await town.resident("Reza", 12)
    for person in (leyla, reza):
        await town.run(timers.set_timer, person, Timer.CHECK_IN, NOW)
    await town.damage(leyla)
    due = Due(town.db, town.handler, town.sender(door), town.clock)
    await due.look()
    assert due.tally == {"handled": 1, "put-off": 1}


async def test_a_look_begins_the_chores_that_are_due_and_waits_for_none(town: Town, door: StillDoor) -> None:
    """A backup of an hour must not hold up an alert; and stopping cuts it short."""
    due = Due(town.db, town.handler, town.sender(door), town.clock)
    begun, ended = asyncio.Event(), asyncio.Event()

    async def long() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    due.chores.add(Chore("long", every(timedelta(minutes=10)), long))
    await due.look()
    town.clock.move(timedelta(minutes=10))
    leyla = await town.resident()
    await town.run(timers.set_timer, leyla, Timer.CHECK_IN, NOW)
    assert await due.look() == 1
    await asyncio.wait_for(begun.wait(), PATIENCE)
    await asyncio.wait_for(due.stop(), PATIENCE)
    assert ended.is_set()


async def test_notices_are_told_and_handed_to_the_sender(town: Town, door: StillDoor) -> None:
    """What is put into the outbox leaves at once, not at the next start."""
    await town.contact("Karin", 31, Role.COORDINATOR)
    await town.run(notices.report, NoticeKind.STORAGE, NOW)
    sender = town.sender(door)
    await Due(town.db, town.handler, sender, town.clock).tell_notices()
    async with sending(sender):
        await idle(sender)
    assert len(door.texts) == 1


async def test_it_ticks_by_itself_until_it_is_stopped(
    town: Town, door: StillDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody has to say "look now"."""
    monkeypatch.setattr("bot.due.LOOK_EVERY", 0.01)
    leyla = await town.resident()
    await town.run(timers.set_timer, leyla, Timer.CHECK_IN, NOW)
    due = Due(town.db, town.handler, town.sender(door), town.clock)
    due.start()
    async with asyncio.timeout(PATIENCE):
        while not await town.texts(leyla):
            await asyncio.sleep(0.01)
    await due.stop()
    await due.stop()


async def test_stopping_waits_for_the_look_that_is_under_way(
    town: Town, door: StillDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever closes the database afterwards must not close it under a look."""
    let_go, run = asyncio.Event(), town.db.run

    async def slow(*arguments: object) -> object:
        await let_go.wait()
        return await run(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(town.db, "run", slow)
    due = Due(town.db, town.handler, town.sender(door), town.clock)
    look = asyncio.create_task(due.look())
    await asyncio.sleep(0)
    stopping = asyncio.create_task(due.stop())
    for _turn in range(5):
        await asyncio.sleep(0)
    assert not stopping.done()
    let_go.set()
    await asyncio.wait_for(stopping, PATIENCE)
    assert look.done()


async def test_tidying_deletes_what_nothing_needs_and_keeps_the_rest(town: Town, door: StillDoor) -> None:
    """Three days for what may be repeated or hidden, longer for what somebody must look at, for ever what waits."""
    leyla = await town.resident()
    waiting, sent = await town.letter(leyla), await town.letter(leyla)
    moments = (NOW - TO_REPEAT - timedelta(seconds=1), NOW - TO_REPEAT)

    def work(db: sqlite3.Connection) -> None:
        outbox.mark_sent(db, sent.id, 5, NOW)
        db.execute("UPDATE outbox SET created_at = created_at - ?", (10 * 24 * 3600 * 1000,))
        for number, at in enumerate(moments):
            updates.first_time(db, number, at)
        for at in (NOW - TO_LOOK_INTO - timedelta(seconds=1), NOW - TO_REPEAT):
            set_aside.put(db, town.house.doors.system, None, "RuntimeError", b"", at)
        for at in (NOW - PAST - timedelta(seconds=1), NOW - TO_REPEAT):
            notices.report(db, NoticeKind.STORAGE, at)
            notices.end(db, NoticeKind.STORAGE, at)
            outages.record_start(db, at)

    await town.run(work)
    await Due(town.db, town.handler, town.sender(door), town.clock).tidy()
    assert await town.run(lambda db: [row[0] for row in db.execute("SELECT update_id FROM updates")]) == [1]
    assert await town.run(lambda db: [row[0] for row in db.execute("SELECT id FROM outbox")]) == [waiting.id]
    assert await town.run(set_aside.count) == 1
    assert await town.cell("SELECT count(*) FROM notices") == 1
    assert await town.run(outages.down_between, NOW - 2 * PAST, NOW) > timedelta(0)


async def test_tidying_looks_after_rings_and_channels(town: Town, door: StillDoor) -> None:
    """Rings that are done with go, and the notice about a channel goes with the channel."""
    mina, josef = await town.contact(), await town.contact("Josef", 23)

    def work(db: sqlite3.Connection) -> None:
        for person in (mina, josef):
            box = people.get(db, town.house.keyring, person).box
            channel = channels.add(db, box, person, "json://gateway.example", NOW)
            for _ in range(channels.FAILING_AFTER):
                channels.failed(db, channel)
            rings.put(db, person, 1, NOW - 2 * TO_REPEAT)
        rings.drop_for_alert(db, 1)
        rings.put(db, josef, 2, NOW - 2 * TO_REPEAT)
        channels.report_failing(db, NOW)
        people.erase(db, mina)

    await town.run(work)
    await Due(town.db, town.handler, town.sender(door), town.clock).tidy()
    assert await town.run(lambda db: [row[0] for row in db.execute("SELECT alert_id FROM rings")]) == [2]
    assert [each.subject for each in await town.run(notices.open_notices)] == ["channel:2"]


async def test_tidying_goes_on_until_nothing_old_is_left(town: Town, door: StillDoor) -> None:
    """It takes a thousand rows at a time, and there may be more."""

    def work(db: sqlite3.Connection) -> None:
        for number in range(2_500):
            updates.first_time(db, number, NOW - 2 * TO_REPEAT)

    await town.run(work)
    await Due(town.db, town.handler, town.sender(door), town.clock).tidy()
    assert await town.cell("SELECT count(*) FROM updates") == 0


async def test_what_cannot_be_stored_is_trouble_until_it_can(town: Town, door: StillDoor) -> None:
    """A tick that fails leaves everything due, and says so."""
    leyla = await town.resident()
    await town.run(timers.set_timer, leyla, Timer.CHECK_IN, NOW)
    sender = town.sender(door)
    due = Due(town.db, town.handler, sender, town.clock)
    await town.mount_read_only()
    assert await due.look() == 0
    began = sender.trouble.since
    await town.mount_read_only(False)
    assert await due.look() == 1
    assert (began, sender.trouble.since) == (NOW, None)


async def test_notices_are_looked_at_again_every_minute(town: Town, door: StillDoor) -> None:
    """And what follows from it is sent."""
    sender = town.sender(door)
    due = Due(town.db, town.handler, sender, town.clock)
    await due.look()
    leyla = await town.resident()
    await town.run(notices.report, NoticeKind.PERSON_UNREADABLE, NOW, subject_of(leyla))
    await due.look()
    assert len(await town.notices()) == 1
    town.clock.move(LOOK_AGAIN_EVERY)
    await due.look()
    assert await town.notices() == []


async def test_whoever_was_erased_is_cut_off_the_log_within_a_second(town: Town, door: StillDoor) -> None:
    """Until then the log beside the database holds her key, as it was."""
    leyla = await town.resident()
    key = await town.cell("SELECT wrapped_key FROM people WHERE id = ?", leyla)
    sender = town.sender(door)
    due = Due(town.db, town.handler, sender, town.clock)
    sender.offer(await town.happen(leyla, Pressed("p:erase")))
    log = town.folder / "vidare.db-wal"
    assert key in log.read_bytes()
    await due.look()
    assert key not in log.read_bytes() + (town.folder / "vidare.db").read_bytes()
    assert not sender.erased


async def test_a_log_that_is_read_is_cut_off_later(town: Town, door: StillDoor) -> None:
    """A backup is under way: it is tried again with every look, and nothing waits for it."""
    leyla = await town.resident()
    key = await town.cell("SELECT wrapped_key FROM people WHERE id = ?", leyla)
    sender = town.sender(door)
    due = Due(town.db, town.handler, sender, town.clock)
    reader = sqlite3.connect(town.folder / "vidare.db", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM people").fetchone()
    sender.offer(await town.happen(leyla, Pressed("p:erase")))
    await due.look()
    waits = [sender.erased]
    reader.close()
    await due.look()
    assert [*waits, sender.erased] == [True, False]
    assert key not in (town.folder / "vidare.db-wal").read_bytes()
