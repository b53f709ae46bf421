"""A damaged page, a full disk: real phones see what the bot says, and everything goes on by itself afterwards."""

import asyncio
import sqlite3
from collections.abc import Callable

import pytest

from dialogs import damage, storage_trouble
from dialogs.people import Role
from dialogs.text import Message, _
from dialogs.words import LABELS, Word
from storage import notices
from storage.database import StorageFull
from tests.bot.town import FILLER
from tests.stories.story import PATIENCE, Phone, Story

URGENT = _("alert", "🟠 Case {case}: urgent. Please read this now.", case=1)
NOT_OPEN = _("damage", "I cannot read what this is about: my record is damaged.")
CANNOT_OPEN = _("damage", "I cannot open your page right now.")
AS_USUAL = storage_trouble.to_resident(pressed=False)[0]
READABLE = damage.readable_again(1)[0]


async def test_a_resident_whose_page_breaks_is_heard_and_served_again_once_it_is_mended(story: Story) -> None:
    """She asks for somebody on the worst day for the disk: Mina hears it, and later what it was about."""
    mina = await story.contact("Mina", "sv")
    karin = await story.contact("Karin", "en", Role.COORDINATOR)
    leyla = await story.resident("Leyla", "sv")
    whole = await story.bot.db.run(_page)
    await story.bot.db.run(_put_page, b"\x00")

    await leyla.types(LABELS[Word.SOMEONE])
    assert leyla.reads(CANNOT_OPEN)
    assert mina.reads(URGENT)
    assert mina.reads(NOT_OPEN)
    assert karin.reads(NOT_OPEN)
    assert not mina.offers("have"), "nobody can take on what nobody can read"

    await story.pass_time(minutes=61)
    assert _times(mina, NOT_OPEN) == 2, "again, an hour later"

    await story.bot.db.run(_put_page, whole)
    await story.pass_time(minutes=11)
    assert mina.reads(READABLE)
    await mina.press("al:1:…:have")
    assert leyla.reads(
        _(
            "resident alert",
            "Seen, {time}. {name} will get in touch with you.",
            time=story.clock.now(),
            name="Mina",
        )
    )
    assert await story.bot.db.run(_open) == []


async def test_an_operator_ends_a_case_that_stays_damaged(story: Story) -> None:
    """Another process does it, while the bot is running; those who were told hear of it from the bot."""
    mina = await story.contact("Mina", "sv")
    leyla = await story.resident("Leyla", "sv")
    await leyla.types(LABELS[Word.SOMEONE])
    await story.bot.db.run(lambda db: db.execute("UPDATE alerts SET sealed_alert = x'00'").rowcount)
    await story.pass_time(minutes=16)
    assert _times(mina, NOT_OPEN) == 1
    await story.bot.db.run(_end)
    await story.pass_time(hours=3)
    assert _times(mina, NOT_OPEN) == 1
    ended = _("damage", "Case {case} was ended by {organisation}. Thank you for being there.", case=1)
    assert _times(mina, ended) == 1
    assert await story.bot.db.run(_open) == []


async def test_a_full_disk_is_said_and_what_was_written_is_handled_once_there_is_room(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Telegram hands it over again and again; she hears one excuse, and Mina one alert."""
    monkeypatch.setattr("bot.intake.FIRST_PAUSE", 0.02)
    monkeypatch.setattr("bot.intake.LONGEST_PAUSE", 0.02)
    monkeypatch.setattr("bot.sender.STORAGE_PAUSE", 0.02)
    mina = await story.contact("Mina", "sv")
    karin = await story.contact("Karin", "en", Role.COORDINATOR)
    leyla = await story.resident("Leyla", "sv")
    await _fill(story)

    story.sandbox.say(leyla.id, story.say(LABELS[Word.SOMEONE], "sv"))
    await _until(lambda: leyla.reads(AS_USUAL))
    await story.bot.due.look()
    await _until(lambda: karin.reads(storage_trouble.began()[0]))
    assert _in_trouble(story)
    await _until(lambda: story.sandbox.unconfirmed() == 1)
    assert not mina.reads(URGENT)

    await story.bot.db.run(lambda db: db.execute("PRAGMA max_page_count = 1000000").fetchall())
    await _until(lambda: mina.reads(URGENT))
    await story.settle()
    await story.bot.due.look()
    await _until(lambda: karin.reads(storage_trouble.over()[0]))
    assert story.sandbox.unconfirmed() == 0
    assert not _in_trouble(story)
    assert [
        _times(*each) for each in ((leyla, AS_USUAL), (mina, URGENT), (karin, storage_trouble.began()[0]))
    ] == [
        1,
        1,
        1,
    ]
    assert await story.bot.db.run(_open) == ["storage"]


def _in_trouble(story: Story) -> bool:
    return story.bot.sender.trouble.since is not None


def _page(db: sqlite3.Connection) -> bytes:
    page: bytes = db.execute("SELECT sealed_person FROM people WHERE role = 'resident'").fetchone()[0]
    return page


def _put_page(db: sqlite3.Connection, page: bytes) -> None:
    db.execute("UPDATE people SET sealed_person = ? WHERE role = 'resident'", (page,))


def _end(db: sqlite3.Connection) -> None:
    db.execute("UPDATE alerts SET state = 'closed', next_step_at = NULL, closed_at = 1")


def _open(db: sqlite3.Connection) -> list[str]:
    return [each.kind for each in notices.open_notices(db)]


async def _fill(story: Story) -> None:
    """SQLite finds no page for another message: it says that the disk is full, and means it."""
    pages = await story.bot.db.run(lambda db: db.execute("PRAGMA page_count").fetchone()[0])
    await story.bot.db.run(lambda db: db.execute(f"PRAGMA max_page_count = {pages}").fetchall())
    for size in (4_000, 400, 40, 1):
        while await _fits(story, size):
            pass


async def _fits(story: Story, size: int) -> bool:
    try:
        await story.bot.db.run(lambda db: db.execute(FILLER, (size,)).rowcount)
    except StorageFull:
        return False
    return True


def _times(phone: Phone, message: Message) -> int:
    said = phone.story.say(message, phone.locale)
    return sum(said in shown.text for shown in phone.seen)


async def _until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not condition():
            await asyncio.sleep(0.005)
