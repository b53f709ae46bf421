"""While the disk takes nothing the bot says so; nothing is confirmed, and nothing happens twice."""

import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from babel.messages import Catalog

from bot.due import Due
from bot.excuses import AT_MOST_EVERY, Excuses, News
from bot.intake import Intake
from bot.outgoing import AnswerPress, Send
from bot.sender import Sender
from bot.translating import Translator
from dialogs.events import Timer
from dialogs.people import Role
from storage import timers
from storage.database import StorageBusy, StorageError, StorageFull
from tests.bot.test_intake import StillSource, made
from tests.bot.town import EVERYWHERE, NOW, StillDoor, Town, compile_catalogue, idle, sending, until

HOUR = timedelta(hours=1)
AS_USUAL = "I cannot work as usual right now."


class Disk:
    """A disk that takes nothing, in one of two honest ways."""

    def __init__(self, fail: Callable[[], Awaitable[None]], mend: Callable[[], Awaitable[None]]) -> None:
        self.fail, self.mend = fail, mend


@pytest.fixture(params=["full", "read-only"])
def disk(request: pytest.FixtureRequest, town: Town) -> Disk:
    """SQLite itself refuses."""
    if request.param == "full":
        return Disk(town.fill_disk, town.make_room)

    async def mend() -> None:
        await town.mount_read_only(False)

    return Disk(town.mount_read_only, mend)


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sender does not wait five seconds each time."""
    monkeypatch.setattr("bot.sender.STORAGE_PAUSE", 0.01)


@pytest.fixture
async def sender(town: Town, door: StillDoor) -> AsyncIterator[Sender]:
    """At work."""
    working = town.sender(door)
    async with sending(working):
        yield working


@pytest.fixture
def excuses(town: Town, sender: Sender) -> Excuses:
    """Of a bot whose disk is full since a moment ago."""
    sender.trouble.failed("intake", StorageFull("full"), NOW)
    return Excuses(town.db, town.house, sender, town.clock)


def confirmed(intake: Intake) -> int | None:
    return intake._offset


def since(sender: Sender) -> datetime | None:
    return sender.trouble.since


def excused(door: StillDoor) -> list[str]:
    return [text for text in door.texts if AS_USUAL in text and "disk" not in text]


# --- who writes ---


async def test_who_writes_hears_it_once_and_is_handled_once_when_there_is_room(
    town: Town, door: StillDoor, disk: Disk
) -> None:
    """Telegram hands the same message over every few seconds: one excuse, and later one answer."""
    leyla = await town.resident()
    batch = [town.text(11, "I need someone")]
    intake = made(town, door, StillSource())
    async with sending(intake._sender):
        await disk.fail()
        for _time in range(3):
            with pytest.raises(StorageError):
                await intake.take(batch)
            await idle(intake._sender)
        assert confirmed(intake) is None, "nothing was confirmed"
        assert len(excused(door)) == 1
        assert since(intake._sender) == NOW
        await disk.mend()
        await intake.take(batch)
        await intake.take(batch)
        await idle(intake._sender)
    assert confirmed(intake) == 102
    assert since(intake._sender) is None
    assert len(excused(door)) == 1
    assert sum("to get in touch with you" in text for text in door.texts) == 1
    assert await town.cell("SELECT count(*) FROM alerts") == 1
    assert (await town.person(leyla)).id == leyla


async def test_what_she_hears_is_true_and_says_where_help_is(
    town: Town, door: StillDoor, sender: Sender, excuses: Excuses
) -> None:
    """She may have asked for somebody; nobody is asked before there is room."""
    await town.resident()
    await excuses.say([town.text(11, "I need someone")])
    await idle(sender)
    (text,) = excused(door)
    assert text.startswith(AS_USUAL)
    assert "I read it when I work again" in text
    assert "call 112" in text
    assert "116 016" in text


async def test_who_pressed_is_asked_to_do_so_again(
    town: Town, door: StillDoor, sender: Sender, excuses: Excuses
) -> None:
    """Telegram keeps a press for 150 seconds only; and the circle on it is ended."""
    await town.resident()
    await excuses.say([town.press(11, "someone")])
    await idle(sender)
    assert [type(each) for each in door.taken] == [Send, AnswerPress]
    assert "Please press or write again later." in door.texts[0]


async def test_a_contact_person_is_asked_to_help_all_the_same(
    town: Town, door: StillDoor, sender: Sender, excuses: Excuses
) -> None:
    """Her answer to a case cannot be noted; nobody shall wait for that."""
    await town.contact()
    await excuses.say([town.text(21, "I have it")])
    await idle(sender)
    assert "please get in touch with them now" in door.texts[0]


async def test_a_chat_hears_it_once_an_hour(
    town: Town, door: StillDoor, sender: Sender, excuses: Excuses
) -> None:
    """However often the same message comes again, and however much she writes."""
    await town.resident()
    await town.resident("Reza", 12)
    for _time in range(3):
        await excuses.say([town.text(11, "one"), town.text(11, "two"), town.text(12, "three")])
    await idle(sender)
    assert len(excused(door)) == 2
    town.clock.move(AT_MOST_EVERY)
    await excuses.say([town.text(11, "four")])
    await idle(sender)
    assert len(excused(door)) == 3


async def test_whom_we_do_not_know_hears_nothing(
    town: Town, door: StillDoor, sender: Sender, excuses: Excuses
) -> None:
    """A stranger, a group, somebody who blocked the bot, an update nobody can read."""
    await town.resident()
    await excuses.say(
        [
            town.text(99, "hello"),
            town.text(11, "hello", kind="group"),
            town.block(11, True),
            town.update(message={"message_id": "not a number"}),
            b"{}",
        ]
    )
    await idle(sender)
    assert door.taken == []


async def test_a_damaged_page_is_excused_in_the_phones_language(
    town: Town, door: StillDoor, sender: Sender, tmp_path: Path
) -> None:
    """Two troubles at once are what a failing disk makes."""
    swedish = Catalog(locale="sv")
    swedish.add(AS_USUAL, "Jag kan inte arbeta som vanligt just nu.", context="storage")
    compile_catalogue(tmp_path / "locales", "sv", "bot", swedish)
    house = replace(town.house, translator=Translator(("en", "sv"), "en", EVERYWHERE, tmp_path / "locales"))
    sender.trouble.failed("intake", StorageFull("full"), NOW)
    await town.damage(await town.resident())
    await Excuses(town.db, house, sender, town.clock).say([town.text(11, "hej", language="sv-SE")])
    await idle(sender)
    assert door.texts[0].startswith("Jag kan inte arbeta som vanligt just nu.")
    assert "116 016" in door.texts[0], "she is a resident: that stands in the clear"


async def test_what_is_remembered_has_a_bound(
    town: Town, door: StillDoor, sender: Sender, excuses: Excuses, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A long trouble must not fill the memory as well; at worst somebody hears it once more."""
    monkeypatch.setattr("bot.excuses.REMEMBERED", 2)
    for chat in (11, 12, 13):
        await town.resident(chat=chat)
        await excuses.say([town.text(chat, "hello")])
    assert list(excuses._told) == [12, 13]
    await excuses.say([town.text(12, "hello"), town.text(11, "hello")])
    await idle(sender)
    assert len(excused(door)) == 4


async def test_a_database_held_for_a_moment_is_not_excused(
    town: Town, door: StillDoor, sender: Sender
) -> None:
    """A second later she is answered as ever."""
    await town.resident()
    sender.trouble.failed("intake", StorageBusy("held"), NOW)
    await Excuses(town.db, town.house, sender, town.clock).say([town.text(11, "hello")])
    await idle(sender)
    assert door.taken == []


async def test_a_disk_that_cannot_even_be_read_tears_nothing(
    town: Town,
    sender: Sender,
    excuses: Excuses,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Then nobody can be found, and the log says so."""

    async def failing(*_arguments: object) -> None:
        raise StorageFull("full")

    monkeypatch.setattr(town.db, "read", failing)
    await excuses.say([town.text(11, "hello")])
    assert "nobody can be told that nothing is stored" in caplog.text
    sender.trouble.failed("due", StorageFull("full"), NOW)
    await News(town.db, town.house, sender, town.clock).look()
    assert "the coordinators cannot be told" in caplog.text


# --- the coordinators ---


async def test_the_coordinators_hear_that_it_began_and_that_it_is_over(
    town: Town, door: StillDoor, disk: Disk, sender: Sender
) -> None:
    """Once each; and whoever runs the bot finds it written down as soon as it can be."""
    await town.contact("Karin", 23, Role.COORDINATOR)
    await town.contact("Mina", 21)
    leyla = await town.resident()
    await town.run(timers.set_timer, leyla, Timer.CHECK_IN, NOW)
    due = Due(town.db, town.handler, sender, town.clock)
    await disk.fail()
    for _time in range(3):
        assert await due.look() == 0
        await idle(sender)
    assert [each.chat_id for each in door.taken if isinstance(each, Send)] == [23]
    assert "something is wrong with the disk" in door.texts[0]
    assert since(sender) is not None
    await disk.mend()
    assert await due.look() == 1
    await idle(sender)
    await until(lambda: since(sender) is None)
    for _time in range(3):
        await due.look()
    await idle(sender)
    assert sorted(each.chat_id for each in door.taken if isinstance(each, Send)) == [11, 23, 23]
    assert sum("I work as usual again." in text for text in door.texts) == 1
    assert await town.notices() == [("storage", "")]
    assert await town.cell("SELECT times FROM notices") == 1


async def test_a_disk_that_comes_and_goes_is_told_once_an_hour(
    town: Town, door: StillDoor, sender: Sender
) -> None:
    """Two messages a minute through the night would make the next one go unread."""
    await town.contact("Karin", 23, Role.COORDINATOR)
    news = News(town.db, town.house, sender, town.clock)
    for _time in range(5):
        sender.trouble.failed("due", StorageFull("full"), town.clock.now())
        await news.look()
        sender.trouble.worked("due")
        await news.look()
        town.clock.move(timedelta(minutes=1))
    await idle(sender)
    assert len(door.texts) == 2
    town.clock.move(HOUR)
    sender.trouble.failed("due", StorageFull("full"), town.clock.now())
    await news.look()
    await idle(sender)
    assert len(door.texts) == 3


async def test_a_coordinator_whose_page_is_damaged_keeps_it_from_no_other(
    town: Town, door: StillDoor, sender: Sender
) -> None:
    """One of two who can look at it is enough."""
    await town.damage(await town.contact("Karin", 23, Role.COORDINATOR))
    await town.contact("Sara", 24, Role.COORDINATOR)
    sender.trouble.failed("due", StorageFull("full"), NOW)
    await News(town.db, town.house, sender, town.clock).look()
    await idle(sender)
    assert [each.chat_id for each in door.taken if isinstance(each, Send)] == [24]


async def test_it_is_not_over_before_that_is_written_down(
    town: Town, door: StillDoor, sender: Sender
) -> None:
    """If writing fails again it was not over."""
    await town.contact("Karin", 23, Role.COORDINATOR)
    news = News(town.db, town.house, sender, town.clock)
    sender.trouble.failed("due", StorageFull("full"), NOW)
    await news.look()
    sender.trouble.worked("due")
    await town.mount_read_only()
    await news.look()
    await idle(sender)
    assert len(door.texts) == 1
    await town.mount_read_only(False)
    await until(lambda: since(sender) is None)
    await news.look()
    await idle(sender)
    assert len(door.texts) == 2


def _half(db: sqlite3.Connection) -> None:
    db.execute("INSERT INTO updates (update_id, received_at) VALUES (-1, 0)")
    db.execute("INSERT INTO set_aside VALUES (1, 1, 1, 'E', zeroblob(1000000))")


async def test_the_town_fills_its_disk_for_real(town: Town) -> None:
    """The tests above rest on it: SQLite refuses in the middle, keeps nothing, and goes on when there is room."""
    await town.resident()
    await town.fill_disk()
    with pytest.raises(StorageFull):
        await town.run(_half)
    with pytest.raises(StorageFull):
        await town.take(town.text(11, "hello"))
    assert await town.cell("SELECT count(*) FROM updates") == 0
    await town.make_room()
    with suppress(StorageFull):
        await town.run(_half)
    assert (await town.take(town.text(11, "hello"))).failed == 0
