"""Internal notes: opened for those who may, and never on their way to a resident (R33)."""

import sqlite3
from pathlib import Path

import pytest

from bot import noting
from dialogs.effects import ShowInternalNotes
from dialogs.events import Pressed, Wrote
from dialogs.internal_notes import InternalNote
from dialogs.people import Role
from dialogs.text import _
from storage import audit, internal_notes, links, people
from storage.people import Known
from tests.bot.town import NOW, Town

MARKER = "note-marker-Z9"


async def _write(town: Town, helper: int, about: int) -> None:
    await town.happen(helper, Pressed(f"no:write:{about}"))
    await town.happen(helper, Wrote(MARKER))


async def test_a_note_is_read_by_a_colleague_she_agreed_to(town: Town) -> None:
    """Signed with the name of who wrote it."""
    mina, josef = await town.contact(), await town.contact("Josef", 22)
    leyla = await town.resident(contacts=(mina, josef))
    await _write(town, mina, leyla)
    await town.happen(josef, Pressed(f"no:read:{leyla}"))
    assert f"Mina: {MARKER}" in (await town.texts(josef))[-1]
    assert all(MARKER not in text for text in await town.texts(leyla))


async def test_who_she_did_not_agree_to_neither_reads_nor_writes(town: Town) -> None:
    """Whatever number is sent."""
    mina, josef = await town.contact(), await town.contact("Josef", 22)
    leyla = await town.resident(contacts=(mina,))
    await _write(town, mina, leyla)
    await _write(town, josef, leyla)
    await town.happen(josef, Pressed(f"no:read:{leyla}"))
    assert all(MARKER not in text for text in await town.texts(josef))
    assert await town.run(internal_notes.count, leyla) == 1


async def test_taking_the_yes_back_closes_the_notes_at_once(town: Town) -> None:
    """The same second, not the next day (S10)."""
    mina = await town.contact()
    leyla = await town.resident(contacts=(mina,))
    await _write(town, mina, leyla)
    await town.run(links.agree, leyla, ())
    await town.happen(mina, Pressed(f"no:read:{leyla}"))
    assert all(MARKER not in text for text in await town.texts(mina))


async def test_a_coordinator_may_open_them(town: Town) -> None:
    """And a note about a helper, or about nobody, is kept by none."""
    mina, karin = await town.contact(), await town.contact("Karin", 23, Role.COORDINATOR)
    leyla = await town.resident(contacts=(mina,))
    await _write(town, karin, leyla)
    await _write(town, karin, mina)
    await _write(town, karin, 999)
    assert await town.run(internal_notes.count, leyla) == 1


async def test_a_note_on_its_way_to_a_resident_is_stopped(town: Town) -> None:
    """Should any code ever order it: the door itself refuses."""
    leyla = await town.known(await town.resident())
    with pytest.raises(noting.NotForResidents):
        noting.line_up(leyla, "heading", (InternalNote(MARKER, NOW, 2),), lambda _note: "today")


def test_only_one_place_reads_the_words_of_a_note() -> None:
    """A second way out would be one too many: whoever adds one meets this line."""
    root = Path(__file__).parents[2]
    readers = {
        path.relative_to(root).as_posix()
        for room in ("bot", "dialogs", "storage")
        for path in (root / room).rglob("*.py")
        if "internal_notes.about(" in path.read_text("utf-8") or "line_up(" in path.read_text("utf-8")
    }
    assert readers == {"bot/noting.py"}


async def test_the_author_may_have_left(town: Town) -> None:
    """The note stays, without a name."""
    mina, josef = await town.contact(), await town.contact("Josef", 22)
    leyla = await town.resident(contacts=(mina, josef))
    await _write(town, mina, leyla)
    await town.run(people.erase, mina)

    def read(db: sqlite3.Connection) -> tuple[InternalNote, ...] | None:
        def known(person: int) -> Known | None:
            return people.get(db, town.house.keyring, person) if people.exists(db, person) else None

        helper, resident = known(josef), known(leyla)
        assert helper is not None
        return noting.gather(db, known, helper, resident)

    found = await town.run(read)
    assert found is not None
    assert [each.by for each in found] == ["–"]
    assert ShowInternalNotes(_("t", "x"), found).notes == found


async def test_each_opening_is_noted(town: Town) -> None:
    """By id, and only where something was opened (S10)."""
    mina, josef = await town.contact(), await town.contact("Josef", 22)
    leyla = await town.resident(contacts=(mina,))
    for reader in (mina, josef):
        await town.happen(reader, Pressed(f"no:read:{leyla}"))
    found = [row[2:5] for row in await town.run(audit.entries)]
    assert found == [(mina, "opened-notes", f"person:{leyla}")]


async def test_older_notes_come_page_by_page_for_who_may_read(town: Town) -> None:
    """The desk's way: signed, the latest first, and nothing for others."""
    mina, josef = await town.contact(), await town.contact("Josef", 22)
    leyla = await town.known(await town.resident(contacts=(mina,)))
    for number in range(12):
        note = InternalNote(str(number), NOW, mina)
        await town.run(internal_notes.write, leyla.box, leyla.id, note)
    reader, stranger = await town.known(mina), await town.known(josef)

    def read(number: int) -> Known | None:
        return reader if number == mina else None

    notes, older = await town.run(noting.page, read, reader, leyla, internal_notes.NEWEST)
    assert [(each.words, each.by) for each in notes] == [(str(each), "Mina") for each in range(11, 1, -1)]
    assert older is not None
    notes, older = await town.run(noting.page, read, reader, leyla, older)
    assert ([each.words for each in notes], older) == (["1", "0"], None)
    assert await town.run(noting.page, read, stranger, leyla, internal_notes.NEWEST) == ([], None)


async def test_a_coordinator_is_told_where_the_notes_are(town: Town) -> None:
    """The word lists her own residents too."""
    karin = await town.contact("Karin", 23, Role.COORDINATOR)
    await town.take(town.text(23, "notes"))
    assert any("stand at the desk" in text for text in await town.texts(karin))
