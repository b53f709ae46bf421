"""Her file, read from the tables at the moment it leaves."""

import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bot import my_file
from bot.outgoing import MyFile, encode
from dialogs.alert import Alert, Track
from dialogs.events import Pressed, Timer, Wrote
from dialogs.internal_notes import InternalNote
from dialogs.my_file import LEFT_OUT
from dialogs.words import Word
from storage import (
    alerts,
    audit,
    check_ins,
    internal_notes,
    invitations,
    outbox,
    people,
    talks,
    timers,
    updates,
)
from tests.bot.town import NOW, Town

PERSON_COLUMNS = (
    "person_id",
    "resident_id",
    "contact_id",
    "author_id",
    "writer_id",
    "reader_id",
    "announced_by",
    "actor",
)


async def text(town: Town, person: int) -> str:
    """What is in the file now."""
    data = await town.run(my_file.read, town.house, person, NOW)
    assert data is not None
    return data.decode("utf-8-sig")


def box_of(db: sqlite3.Connection, town: Town, person: int) -> Any:
    return people.get(db, town.house.keyring, person).box


def check_in(db: sqlite3.Connection, town: Town, leyla: int, _mina: int) -> None:
    check_ins.record(db, box_of(db, town, leyla), leyla, NOW.date(), "d", "answered", "words:long day", NOW)


def case(
    db: sqlite3.Connection, town: Town, leyla: int, _mina: int, reasons: tuple[str, ...] = ("someone",)
) -> None:
    alerts.insert(db, box_of(db, town, leyla), Alert(0, leyla, "Leyla", Track.URGENT, 2, reasons, NOW, NOW))


def note(db: sqlite3.Connection, town: Town, leyla: int, mina: int) -> None:
    internal_notes.write(db, box_of(db, town, leyla), leyla, InternalNote("secret", NOW, mina))


def letter(db: sqlite3.Connection, _town: Town, leyla: int, mina: int) -> None:
    talk = talks.begin(db, leyla, mina, None, NOW)
    talks.add_relay(db, talk, leyla, mina, 3, NOW)


def message(db: sqlite3.Connection, town: Town, leyla: int, _mina: int) -> None:
    box = box_of(db, town, leyla)
    outbox.put(db, box, person_id=leyla, purpose="reply", priority=1, due_at=NOW, now=NOW, content=b"x")


TABLES: dict[str, Callable[[sqlite3.Connection, Town, int, int], Any]] = {
    "people": lambda db, _town, leyla, _mina: people.set_reachable(db, leyla, False, NOW),
    "check_ins": check_in,
    "alerts": case,
    "internal_notes": note,
    "talks": lambda db, _town, leyla, mina: talks.begin(db, leyla, mina, None, NOW),
    "relays": letter,
    "outbox": message,
    "updates": lambda db, _town, leyla, _mina: updates.first_time(db, 5, NOW, leyla, 3),
    "timers": lambda db, _town, leyla, _mina: timers.set_timer(db, leyla, Timer.CHECK_IN, NOW),
    "audit": lambda db, _town, leyla, mina: audit.note(db, NOW, mina, "opened-plan", audit.person(leyla)),
    "invitations": lambda db, town, leyla, _mina: invitations.create(
        db, town.house.doors, leyla, NOW, NOW - NOW
    ),
}
"""For each table that knows her: a row that the file must then say something of."""


async def test_each_table_that_names_a_person_is_in_the_file_or_on_the_list(town: Town) -> None:
    """Whoever adds a table must decide whether she sees it, and say why not (R39)."""
    found = await town.run(lambda db: set(_tables(db)))
    assert found == (set(TABLES) | (set(LEFT_OUT) & found)) - {"people"}
    assert not set(TABLES) & set(LEFT_OUT)


def _tables(db: sqlite3.Connection) -> Iterator[str]:
    """Also whatever refers to a person by a column of another name."""
    for (table,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall():
        columns = {row[1] for row in db.execute(f"PRAGMA table_info({table})").fetchall()}
        points = {row[2] for row in db.execute(f"PRAGMA foreign_key_list({table})").fetchall()}
        if "people" in points or columns & set(PERSON_COLUMNS) or "channel_id" in columns:
            yield table


@pytest.mark.parametrize("table", TABLES)
async def test_a_row_about_her_changes_the_file(town: Town, table: str) -> None:
    """Read anew each time, so what was written a moment ago is in it."""
    leyla, mina = await town.resident(), await town.contact()
    before = await text(town, leyla)
    await town.run(TABLES[table], town, leyla, mina)
    assert await text(town, leyla) != before


async def test_the_words_of_notes_are_not_in_it(town: Town) -> None:
    """They name others; that there are some, and whom to ask, is said (R33)."""
    leyla, mina = await town.resident(), await town.contact()
    await town.run(note, town, leyla, mina)
    said = await text(town, leyla)
    assert "1 note that your contact persons wrote" in said
    assert "secret" not in said


@pytest.mark.parametrize("reason", ["covert", "blocked"])
async def test_what_was_called_unseen_is_in_neither_page_nor_file(town: Town, reason: str) -> None:
    """Whoever made her open it must find nothing, not even one more in a number (R25)."""
    leyla, mina = await town.resident(), await town.contact()
    before = await text(town, leyla)
    await town.run(case, town, leyla, mina, ("word", reason))
    assert await text(town, leyla) == before
    await town.happen(leyla, Wrote("my data", Word.MY_DATA))
    assert "0 times that a contact person was asked" in (await town.texts(leyla))[-1]
    before = await text(town, leyla)
    await town.write("UPDATE alerts SET state = 'closed', next_step_at = NULL, closed_at = 1")
    await town.run(lambda db: alerts.take_words_out(db, box_of(db, town, leyla), 1))
    assert await text(town, leyla) == before, "and not when the reasons have gone either"


async def test_a_damaged_row_is_passed_over(town: Town) -> None:
    """One case and one check-in that do not open keep nothing else from her."""
    leyla, mina = await town.resident(alias="Linden"), await town.contact()
    for write in (check_in, case):
        await town.run(write, town, leyla, mina)
    await town.damage_alert(1)
    await town.write("UPDATE check_ins SET sealed_answer = x'00'")
    assert "your contact persons see: Linden" in await text(town, leyla)


async def test_there_is_none_of_who_is_gone_or_does_not_open_or_helps(town: Town) -> None:
    """Nothing is a whole answer there."""
    leyla, mina = await town.resident(), await town.contact()
    await town.damage(leyla)
    for person in (leyla, mina, 99):
        assert await town.run(my_file.read, town.house, person, NOW) is None


async def test_the_outbox_holds_ids_and_no_second_copy(town: Town) -> None:
    """It may wait there for a night; a second copy would be one more thing to steal."""
    leyla = await town.resident("Canary")
    await town.happen(leyla, Pressed("p:file"))
    (file,) = [each for each in await town.outbox(leyla) if isinstance(each, MyFile)]
    assert b"Canary" not in encode(file)
    assert (file.person_id, file.protect) == (leyla, True)
    await town.happen(leyla, Pressed("p:file-keep"))
    kept = [each for each in await town.outbox(leyla) if isinstance(each, MyFile)][-1]
    assert not kept.protect


async def test_somebody_without_a_chat_gets_no_file(town: Town) -> None:
    """There is nowhere to send it."""
    leyla = await town.resident()
    await town.write("UPDATE people SET sealed_chat = NULL, chat_hash = NULL")
    await town.happen(leyla, Pressed("p:file"))
    assert await town.outbox(leyla) == []
