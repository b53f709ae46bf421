"""A clock that is set back makes nobody wait: what measures a time from an event comes that much after it."""

import asyncio
from datetime import datetime, timedelta

import pytest

from bot import clock_watch
from bot.clock_watch import ClockWatch, at_start
from bot.due import Due
from bot.ordering import Ordered
from bot.outgoing import DeliveryFailed, Failure
from dialogs.effects import Purpose
from dialogs.events import Timer, Wrote
from dialogs.words import Word
from storage import alerts, outages, timers, updates
from storage.database import StorageFull
from storage.moments import to_integer
from tests.bot.town import NOW, StillDoor, Town, idle, later, sending, until

HOURS = timedelta(hours=2)
SECOND = timedelta(seconds=1)


class Watched:
    """A town with all that a set clock touches."""

    def __init__(self, town: Town, door: StillDoor) -> None:
        self.town, self.sender = town, town.sender(door)
        self.due = Due(town.db, town.handler, self.sender, town.clock)
        self.watch = ClockWatch(town.db, town.house, self.sender, self.due, town.clock)

    async def set_back(self, by: timedelta = HOURS) -> None:
        """Somebody sets the clock, and it is looked at."""
        self.town.clock.move(-by)
        await self.watch.look()


@pytest.fixture
async def watched(town: Town, door: StillDoor, monkeypatch: pytest.MonkeyPatch) -> Watched:
    """No time passes by itself: what is compared is what was set."""
    monkeypatch.setattr(town.clock, "monotonic", lambda: town.clock._moved_on)
    return Watched(town, door)


async def _next_step(town: Town) -> datetime:
    (found,) = await town.run(alerts.open_alerts)
    assert found.next_step_at is not None
    return found.next_step_at


async def _alarmed(town: Town) -> int:
    """Leyla asks for somebody; Mina is to be told."""
    mina = await town.contact()
    leyla = await town.resident(contacts=(mina,))
    await town.happen(leyla, Wrote("someone", Word.SOMEONE), town.clock.now())
    return leyla


async def test_an_alert_waits_no_longer_than_its_pace(watched: Watched) -> None:
    """Two minutes are two minutes, whatever the clock on the wall has said in between."""
    await _alarmed(watched.town)
    left = await _next_step(watched.town) - watched.town.clock.now()
    await watched.set_back()
    assert await _next_step(watched.town) - watched.town.clock.now() == left


async def test_the_alert_itself_knows_its_new_moment(watched: Watched) -> None:
    """What is sealed is saved again at the next step, and would bring the old moment back."""
    leyla = await _alarmed(watched.town)
    await watched.set_back()
    moment = await _next_step(watched.town)
    await watched.town.happen(leyla, Wrote("someone", Word.SOMEONE), watched.town.clock.now())
    assert await _next_step(watched.town) == moment


async def test_an_alert_that_does_not_open_is_looked_at_again_in_time(watched: Watched) -> None:
    """A damaged row stops neither the others nor itself."""
    leyla = await _alarmed(watched.town)
    left = await _next_step(watched.town) - watched.town.clock.now()
    await watched.town.damage(leyla)
    await watched.set_back()
    assert await _next_step(watched.town) - watched.town.clock.now() == left


async def test_a_message_that_waits_for_its_repeat_leaves_in_time(watched: Watched, door: StillDoor) -> None:
    """Nobody knows whether Mina has heard; in five seconds she hears again, not in two hours."""
    town, sender = watched.town, watched.sender
    letter = await town.letter(await town.contact(), "help her", Purpose.ALERT, if_repeated="again")
    door.answers = [DeliveryFailed(Failure.UNCLEAR)]
    sender.offer(Ordered([letter]))
    async with sending(sender):
        await idle(sender)
        await watched.set_back()
        assert await _due_in(town, letter.id) == 5 * SECOND
        await later(town, sender, 6 * SECOND)
    assert door.texts == ["help her", "again\n\nhelp her"]


async def _due_in(town: Town, row: int) -> timedelta:
    due_at = await town.cell("SELECT due_at FROM outbox WHERE id = ?", row)
    return timedelta(milliseconds=due_at - to_integer(town.clock.now()))


async def test_a_pause_telegram_asked_for_ends_in_time(watched: Watched, door: StillDoor) -> None:
    """A 429 stops all sending for its seconds; two hours of them would be an outage of our own making."""
    town, sender = watched.town, watched.sender
    leyla, reza = await town.resident(), await town.resident("Reza", 12)
    door.answers = [DeliveryFailed(Failure.LIMITED, 30)]
    async with sending(sender):
        sender.offer(Ordered([await town.letter(leyla, "one")]))
        await idle(sender)
        await watched.set_back()
        sender.offer(Ordered([await town.letter(reza, "two")]))
        await later(town, sender, 29 * SECOND)
        assert door.texts == ["one"]
        await later(town, sender, 2 * SECOND)
    assert sorted(door.texts) == ["one", "one", "two"]


@pytest.mark.parametrize(
    ("timer", "moved"),
    [
        (Timer.QUESTION, True),
        (Timer.REMINDER, True),
        (Timer.SNOOZE, True),
        (Timer.CHECK_IN, False),
        (Timer.PAUSE, False),
    ],
)
async def test_what_was_to_come_after_something_is_moved_and_an_hour_of_hers_is_not(
    watched: Watched, timer: Timer, moved: bool
) -> None:
    """Silence is measured; six in the evening is six in the evening."""
    town = watched.town
    leyla = await town.resident()
    await town.run(timers.set_timer, leyla, timer, NOW + timedelta(hours=1))
    await watched.set_back()
    (found,) = await town.run(timers.of_person, leyla)
    assert found.due_at == NOW + timedelta(hours=1) - (HOURS if moved else timedelta(0))


@pytest.mark.parametrize("by", [-HOURS, timedelta(0), 30 * SECOND])
async def test_a_clock_that_goes_on_or_is_set_by_seconds_moves_nothing(
    watched: Watched, by: timedelta
) -> None:
    """Clocks are set by seconds all the time, and what comes early harms nobody."""
    await _alarmed(watched.town)
    before = await _next_step(watched.town)
    await watched.set_back(by)
    assert await _next_step(watched.town) == before


async def test_it_is_mended_once(watched: Watched, caplog: pytest.LogCaptureFixture) -> None:
    """The next look compares with the clock as it is now, and so does the next start."""
    await _alarmed(watched.town)
    await watched.town.run(outages.beat, NOW)
    await watched.set_back()
    moment = await _next_step(watched.town)
    await watched.watch.look()
    await watched.town.run(at_start, watched.town.house, watched.town.clock.now())
    assert await _next_step(watched.town) == moment
    assert caplog.text.count("the clock was set back") == 1


async def test_what_cannot_be_stored_is_mended_later(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk and a set clock may come on the same bad day."""
    await _alarmed(watched.town)
    left = await _next_step(watched.town) - watched.town.clock.now()

    async def full(*_arguments: object) -> object:
        raise StorageFull("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(watched.town.db, "run", full)
        with pytest.raises(StorageFull):
            await watched.set_back()
    await watched.watch.look()
    assert await _next_step(watched.town) - watched.town.clock.now() == left


async def test_it_looks_by_itself_and_lives_through_a_full_disk(
    watched: Watched, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Nobody says that a clock was set."""
    monkeypatch.setattr(clock_watch, "LOOK_EVERY", 0.001)
    run, full = watched.town.db.run, [True]

    async def failing(*arguments: object) -> object:
        if full and full.pop():
            raise StorageFull("the disk is full")
        return await run(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(watched.town.db, "run", failing)
    task = asyncio.create_task(watched.watch.run())
    watched.town.clock.move(-HOURS)
    await until(lambda: "the clock was set back" in [each.message for each in caplog.records])
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert "cannot be stored" in caplog.text


async def test_the_ticker_ticks_on(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    """The scheduler waits for a moment on the wall; told of the set clock, it goes on with its second."""
    monkeypatch.setattr("bot.due.LOOK_EVERY", 0.01)
    monkeypatch.setattr("apscheduler.schedulers.base.datetime", _TwoHoursAgo)
    monkeypatch.setattr("apscheduler.triggers.interval.datetime", _TwoHoursAgo)
    _TwoHoursAgo.by = timedelta(0)
    watched.due.start()
    try:
        _TwoHoursAgo.by = HOURS
        await watched.set_back()
        leyla = await watched.town.resident()
        await watched.town.run(timers.set_timer, leyla, Timer.CHECK_IN, watched.town.clock.now())
        await _asked(watched.town, leyla)
    finally:
        await watched.due.stop()


async def _asked(town: Town, person: int) -> None:
    async with asyncio.timeout(5):
        while not await town.texts(person):
            await asyncio.sleep(0.01)


class _TwoHoursAgo(datetime):
    """A wall clock that somebody has set back."""

    by = timedelta(0)

    @classmethod
    def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
        return datetime.now(tz) - cls.by  # type: ignore[arg-type]


async def test_a_clock_set_back_while_we_were_down_is_found_at_the_start(town: Town) -> None:
    """The last sign of life lies ahead: nothing else says what happened."""
    await _alarmed(town)
    left = await _next_step(town) - NOW
    await town.run(outages.beat, NOW)
    await town.run(at_start, town.house, NOW - HOURS)
    assert await _next_step(town) - (NOW - HOURS) == left


@pytest.mark.parametrize("beat", [None, NOW - timedelta(days=3), NOW])
async def test_an_ordinary_start_moves_nothing(town: Town, beat: datetime | None) -> None:
    """The first one, one after an outage, one after a restart."""
    await _alarmed(town)
    before = await _next_step(town)
    if beat is not None:
        await town.run(outages.beat, beat)
    await town.run(at_start, town.house, NOW)
    assert await _next_step(town) == before


async def test_what_stands_in_a_chat_goes_in_time(watched: Watched) -> None:
    """Telegram's 48 hours pass, whatever our clock says."""
    leyla = await watched.town.resident()
    now = watched.town.clock.now()
    await watched.town.run(updates.first_time, 1, now, leyla, 601, now + timedelta(hours=2))
    before = await watched.town.cell("SELECT vanish_at FROM updates") - to_integer(watched.town.clock.now())
    await watched.set_back()
    after = await watched.town.cell("SELECT vanish_at FROM updates") - to_integer(watched.town.clock.now())
    assert after == before
