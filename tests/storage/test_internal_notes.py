"""Internal notes lie sealed in a table of their own, and go with the resident they are about."""

import sqlite3
from datetime import timedelta

from dialogs.internal_notes import InternalNote
from storage import internal_notes, people
from storage.people import Known
from tests.storage.conftest import NOW

WORDS = "she prefers mornings"


def test_notes_come_back_the_latest_first(db: sqlite3.Connection, leyla: Known, mina: Known) -> None:
    """As many as are asked for."""
    for number in range(3):
        at = NOW + timedelta(minutes=number)
        internal_notes.write(db, leyla.box, leyla.id, InternalNote(f"{WORDS} {number}", at, mina.id))
    found = internal_notes.about(db, leyla.box, leyla.id, 2)
    assert [each.words for each in found] == [f"{WORDS} 2", f"{WORDS} 1"]
    assert internal_notes.count(db, leyla.id) == 3


def test_a_note_is_sealed(db: sqlite3.Connection, leyla: Known, mina: Known) -> None:
    """With her key, so that erasing her erases it in backups too."""
    internal_notes.write(db, leyla.box, leyla.id, InternalNote(WORDS, NOW, mina.id))
    (sealed,) = db.execute("SELECT sealed_note FROM internal_notes").fetchone()
    assert WORDS.encode() not in sealed
    people.erase(db, leyla.id)
    assert internal_notes.count(db, leyla.id) == 0


def test_a_note_that_does_not_open_holds_up_no_other(
    db: sqlite3.Connection, leyla: Known, mina: Known
) -> None:
    """One damaged row is one damaged row (R9)."""
    spoilt = internal_notes.write(db, leyla.box, leyla.id, InternalNote(WORDS, NOW, mina.id))
    internal_notes.write(db, leyla.box, leyla.id, InternalNote("whole", NOW, mina.id))
    db.execute("UPDATE internal_notes SET sealed_note = x'00' WHERE id = ?", (spoilt,))
    assert [each.words for each in internal_notes.about(db, leyla.box, leyla.id, 9)] == ["whole"]


def test_old_notes_are_forgotten(db: sqlite3.Connection, leyla: Known, mina: Known) -> None:
    """Whoever decides how long they are kept calls this."""
    internal_notes.write(db, leyla.box, leyla.id, InternalNote(WORDS, NOW, mina.id))
    assert internal_notes.forget_older(db, NOW) == 0
    assert internal_notes.forget_older(db, NOW + timedelta(seconds=1)) == 1


def test_notes_are_turned_page_by_page(db: sqlite3.Connection, leyla: Known, mina: Known) -> None:
    """Older ones are not lost behind the latest ten; a full last page says that it is the last."""
    for number in range(4):
        internal_notes.write(db, leyla.box, leyla.id, InternalNote(str(number), NOW, mina.id))
    notes, older = internal_notes.page(db, leyla.box, leyla.id, 2)
    assert [each.words for each in notes] == ["3", "2"]
    assert older is not None
    notes, older = internal_notes.page(db, leyla.box, leyla.id, 2, older)
    assert ([each.words for each in notes], older) == (["1", "0"], None)
