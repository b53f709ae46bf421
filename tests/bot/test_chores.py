"""Chores: no night is skipped, none is done twice, and one that fails holds up no other."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from functools import partial
from itertools import pairwise
from typing import Any

import pytest

from bot.chores import RETRY_AFTER, Chore, Chores, daily, every
from dialogs.notices import NoticeKind
from storage import chores as rows
from storage import notices
from storage.database import StorageFull
from tests.bot.town import NOW, PATIENCE, Town, until

NIGHT = daily(time(3, 15), "Europe/Stockholm")
FIRST = datetime(2026, 11, 25, 2, 15, tzinfo=UTC)
DAY = timedelta(days=1)


class Work:
    """What a chore does: it counts, and fails where it is told to."""

    def __init__(self) -> None:
        self.times = 0
        self.error: Exception | None = None

    async def __call__(self) -> None:
        self.times += 1
        if self.error is not None:
            raise self.error


def started(town: Town, *each: Chore) -> Chores:
    """The chores as a new start finds them."""
    chores = Chores(town.db, town.clock)
    for chore in each:
        chores.add(chore)
    return chores


async def at(town: Town, chores: Chores, moment: datetime) -> None:
    """Move the clock there, look, and let what was begun end."""
    town.clock.move(moment - town.clock.now())
    await chores.look()
    await until(lambda: chores.idle)


async def _open(town: Town) -> list[tuple[str, str]]:
    return [(each.kind, each.subject) for each in await town.run(notices.open_notices)]


# --- when ---


def test_a_daily_chore_keeps_its_time_on_the_wall_when_clocks_are_changed() -> None:
    """A quarter past three, every day once, in the nights of March and October too."""
    moment = datetime(2026, 3, 27, 12, tzinfo=UTC)
    times = []
    for _day in range(300):
        moment = NIGHT(moment)
        times.append(moment)
    assert {b - a for a, b in pairwise(times)} == {
        DAY,
        DAY - timedelta(hours=1),
        DAY + timedelta(hours=1),
    }
    assert NIGHT(FIRST - timedelta(seconds=1)) == FIRST
    assert NIGHT(FIRST) == FIRST + DAY


async def test_a_new_chore_waits_for_its_first_moment(town: Town) -> None:
    """A start is no reason to do what belongs to the night."""
    work = Work()
    chores = started(town, Chore("backup", NIGHT, work))
    await at(town, chores, NOW)
    assert work.times == 0
    await at(town, chores, FIRST)
    assert work.times == 1


async def test_each_night_is_done_once_however_often_one_looks(town: Town) -> None:
    """The ticker looks every second."""
    work = Work()
    chores = started(town, Chore("backup", NIGHT, work))
    for moment in (NOW, FIRST, FIRST, FIRST + timedelta(hours=5), FIRST + DAY):
        await at(town, chores, moment)
    assert work.times == 2


async def test_a_restart_neither_skips_a_night_nor_repeats_one(town: Town) -> None:
    """What was done stands in a row; what was missed does too."""
    work = Work()
    for moment in (NOW, FIRST, FIRST + timedelta(minutes=1), FIRST + 3 * DAY + timedelta(hours=4)):
        await at(town, started(town, Chore("backup", NIGHT, work)), moment)
    assert work.times == 2, "one on time, and one for three nights in which the bot was down"
    assert await town.run(rows.due_at, "backup") == FIRST + 4 * DAY


async def test_a_clock_set_back_does_not_put_a_chore_to_sleep(town: Town) -> None:
    """Every ten minutes means that, also where the machine's clock was two hours fast until now."""
    work = Work()
    chores = started(town, Chore("notices", every(timedelta(minutes=10)), work))
    for moment in (NOW, NOW + timedelta(minutes=10), NOW - timedelta(hours=2)):
        await at(town, chores, moment)
    assert work.times == 1
    await at(town, chores, NOW - timedelta(hours=2) + timedelta(minutes=10))
    assert work.times == 2


# --- failing ---


@pytest.mark.parametrize("kind", [NoticeKind.BACKUP_FAILED, NoticeKind.CHORE_FAILED])
async def test_one_that_fails_is_reported_and_tried_again_an_hour_later(
    town: Town, kind: NoticeKind, caplog: pytest.LogCaptureFixture
) -> None:
    """Not at once, not only tomorrow; and the notice ends with the first that succeeds."""
    work = Work()
    work.error = RuntimeError("no room")
    chores = started(town, Chore("backup", NIGHT, work, kind))
    await at(town, chores, NOW)
    await at(town, chores, FIRST)
    assert await _open(town) == [(kind.value, "chore:backup")]
    assert "a chore failed" in caplog.text
    await at(town, chores, FIRST + RETRY_AFTER - timedelta(seconds=1))
    assert work.times == 1
    await at(town, chores, FIRST + RETRY_AFTER)
    assert work.times == 2
    work.error = None
    await at(town, chores, FIRST + 2 * RETRY_AFTER)
    assert (work.times, await _open(town)) == (3, [])
    await at(town, chores, FIRST + DAY)
    assert work.times == 4, "the next night is on time again"


async def test_one_that_fails_holds_up_no_other(town: Town) -> None:
    """Whatever it raises."""
    bad, good = Work(), Work()
    bad.error = ZeroDivisionError()
    chores = started(
        town,
        Chore("bad", every(timedelta(minutes=10)), bad),
        Chore("good", every(timedelta(minutes=10)), good),
    )
    for minutes in (0, 10, 20):
        await at(town, chores, NOW + timedelta(minutes=minutes))
    assert (bad.times, good.times) == (2, 2)


async def test_one_that_ends_the_program_is_not_begun_again_at_the_next_start(town: Town) -> None:
    """A chore that takes all memory would else keep the bot from ever starting; it is tried again in an hour."""
    work = Work()
    await at(town, started(town, Chore("backup", NIGHT, work)), NOW)
    dying = started(town, Chore("backup", NIGHT, _never_ends))
    town.clock.move(FIRST - town.clock.now())
    await dying.look()
    await dying.stop()
    again = started(town, Chore("backup", NIGHT, work))
    await at(town, again, FIRST + timedelta(minutes=1))
    assert work.times == 0
    await at(town, again, FIRST + RETRY_AFTER)
    assert work.times == 1


async def _never_ends() -> None:
    await asyncio.Event().wait()


# --- side by side ---


def _reached(work: Work, times: int) -> bool:
    return work.times == times


async def test_one_that_takes_long_is_not_begun_twice_and_holds_up_no_other(town: Town) -> None:
    """The disk of the backups may be slow; coordinators must hear of that meanwhile."""
    let_go, begun, quick = asyncio.Event(), [0], Work()

    async def slow() -> None:
        begun[0] += 1
        await let_go.wait()

    ten = every(timedelta(minutes=10))
    chores = started(town, Chore("slow", ten, slow), Chore("quick", ten, quick))
    for number in range(3):
        await chores.look()
        town.clock.move(timedelta(minutes=10))
        await until(partial(_reached, quick, number))
    assert begun == [1]
    assert not chores.idle
    let_go.set()
    await until(lambda: chores.idle)


async def test_stopping_cuts_short_what_is_under_way(town: Town) -> None:
    """Whoever stops us waits ten seconds, not for a backup."""
    chores = started(town, Chore("long", every(timedelta(minutes=10)), _never_ends))
    await chores.look()
    town.clock.move(timedelta(minutes=10))
    await chores.look()
    await asyncio.wait_for(chores.stop(), PATIENCE)
    assert chores.idle
    await chores.stop()


async def test_a_full_disk_begins_nothing_and_loses_nothing(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What cannot be written down as begun is begun when it can."""
    work = Work()
    chores = started(town, Chore("backup", NIGHT, work))
    await at(town, chores, NOW)
    town.clock.move(FIRST - NOW)
    with monkeypatch.context() as broken:
        broken.setattr(town.db, "run", _full)
        with pytest.raises(StorageFull):
            await chores.look()
    await at(town, chores, FIRST)
    assert work.times == 1


async def test_a_disk_that_fills_meanwhile_stops_nothing(
    town: Town, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """That it was done cannot be written down: then it is done once more, an hour later or after a start."""
    run: Callable[..., Any] = town.db.run

    async def fills() -> None:
        monkeypatch.setattr(town.db, "run", _full)

    chores = started(town, Chore("backup", NIGHT, fills))
    await at(town, chores, NOW)
    await at(town, chores, FIRST)
    monkeypatch.setattr(town.db, "run", run)
    assert "cannot be stored" in caplog.text
    assert await town.run(rows.due_at, "backup") == FIRST + RETRY_AFTER


async def _full(*_arguments: object) -> object:
    raise StorageFull("the disk is full")
