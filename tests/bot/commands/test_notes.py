"""`vidare notes export`: what a resident may ask to see."""

from datetime import timedelta

from bot.wiring import opened
from dialogs.internal_notes import InternalNote
from storage import audit, internal_notes, people
from tests.bot.commands.conftest import Operator, spoil
from tests.bot.town import NOW, texts


async def test_all_notes_come_as_text_the_oldest_first(operator: Operator) -> None:
    """More than a page, with author and time; the audit says that they were taken out."""
    await operator.types("invite", "contact", "--name", "Mina")
    await operator.types("invite", "resident", "--name", "Blue Heron")
    async with opened(operator.settings, texts()) as (db, house):
        box = (await db.run(people.get, house.keyring, 2)).box
        for number in range(12):
            note = InternalNote(f"note-{number:02}", NOW + timedelta(hours=number), 1 if number else 99)
            await db.run(internal_notes.write, box, 2, note)
    code, out, _err = await operator.types("notes", "export", "2")
    assert code == 0
    assert [line for line in out.splitlines() if line.startswith("note-")] == [
        f"note-{number:02}" for number in range(12)
    ]
    assert "2026-11-24 19:00" in out
    assert (out.count("Mina"), "–" in out) == (11, True), "an author who has left has no name any more"
    async with opened(operator.settings, texts()) as (db, _house):
        assert (await db.run(audit.entries))[0][2:5] == (None, "opened-notes", "person:2")


async def test_what_cannot_be_read_is_said_and_the_rest_is_given(operator: Operator) -> None:
    """She asked for all of it: a gap is no silence."""
    await operator.types("invite", "resident", "--name", "Blue Heron")
    async with opened(operator.settings, texts()) as (db, house):
        box = (await db.run(people.get, house.keyring, 1)).box
        for words in ("first", "second"):
            await db.run(internal_notes.write, box, 1, InternalNote(words, NOW, 9))
    spoil(operator, "UPDATE internal_notes SET sealed_note = x'00' WHERE id = 1")
    code, out, err = await operator.types("notes", "export", "1")
    assert (code, "second" in out, "1 more cannot be read" in err) == (1, True, True)
    assert (await operator.types("notes", "export", "9"))[0] == 2
