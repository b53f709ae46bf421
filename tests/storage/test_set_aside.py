"""Set aside: kept for whoever looks for the reason, sealed until then."""

import sqlite3
from datetime import datetime, timedelta

import pytest

from storage import set_aside
from storage.sealing import Doors, SealBroken

RAW = b'{"update_id": 5, "message": {"text": "words of Leyla"}}'


def test_a_raw_update_is_kept_sealed(db: sqlite3.Connection, doors: Doors, now: datetime) -> None:
    """Only the name of the error stands in the clear."""
    row = set_aside.put(db, doors.system, 5, "ValidationError", RAW, now)
    assert set_aside.raw_update(db, doors.system, row) == RAW
    assert set_aside.latest(db) == [(row, 5, now, "ValidationError")]
    assert "Leyla" not in repr(db.execute("SELECT * FROM set_aside").fetchall())
    assert set_aside.raw_update(db, doors.system, row + 1) is None


def test_one_moved_to_another_row_does_not_open(db: sqlite3.Connection, doors: Doors, now: datetime) -> None:
    """The place is part of the seal here too."""
    first, second = (set_aside.put(db, doors.system, number, "E", RAW, now) for number in (1, 2))
    taken = "(SELECT sealed_update FROM set_aside WHERE id = ?)"
    db.execute(f"UPDATE set_aside SET sealed_update = {taken}", (first,))  # noqa: S608
    with pytest.raises(SealBroken):
        set_aside.raw_update(db, doors.system, second)


def test_they_are_counted_and_forgotten(db: sqlite3.Connection, doors: Doors, now: datetime) -> None:
    """They hold words of residents, so they do not stay."""
    set_aside.put(db, doors.system, None, "E", RAW, now)
    set_aside.put(db, doors.system, 2, "E", RAW, now + timedelta(days=1))
    assert set_aside.count(db) == 2
    assert set_aside.forget_older(db, now + timedelta(days=1)) == 1
    assert set_aside.count(db) == 1


def test_words_go_first_and_that_something_failed_stays(
    db: sqlite3.Connection, doors: Doors, now: datetime
) -> None:
    """A day is enough to look for the reason; what kind of error it was is nobody's word."""
    row = set_aside.put(db, doors.system, 5, "ValidationError", RAW, now)
    assert set_aside.empty_older(db, now) == 0
    assert set_aside.empty_older(db, now + timedelta(seconds=1)) == 1
    assert set_aside.empty_older(db, now + timedelta(seconds=1)) == 0
    assert set_aside.raw_update(db, doors.system, row) is None
    assert set_aside.latest(db) == [(row, 5, now, "ValidationError")]


def test_what_came_from_one_chat_goes_with_her(db: sqlite3.Connection, doors: Doors, now: datetime) -> None:
    """Nothing else says whose words they are; what does not open may be hers as well."""
    hers, other, torn = (
        set_aside.put(db, doors.system, number, "E", b'{"chat": {"id": %d}}' % chat, now)
        for number, chat in enumerate((7_001, 8_002, 9_003))
    )
    db.execute("UPDATE set_aside SET sealed_update = x'00' WHERE id = ?", (torn,))
    set_aside.empty_of(db, doors.system, 7_001)
    left = [set_aside.raw_update(db, doors.system, row) for row in (hers, other, torn)]
    assert left == [None, b'{"chat": {"id": 8002}}', None]
    assert set_aside.count(db) == 3
