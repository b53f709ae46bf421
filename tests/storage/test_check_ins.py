"""Check-ins: asked once, answered in her own sealed words."""

import sqlite3
from datetime import datetime, timedelta

import pytest

from storage import check_ins
from storage.people import Known


def record(
    db: sqlite3.Connection,
    leyla: Known,
    now: datetime,
    state: str,
    answer: str | None = None,
    slot: str = "d",
) -> bool:
    return check_ins.record(db, leyla.box, leyla.id, now.date(), slot, state, answer, now)


def test_a_check_in_is_asked_once(db: sqlite3.Connection, leyla: Known, now: datetime) -> None:
    """A second notification is itself a risk (R2); another slot is another check-in."""
    assert record(db, leyla, now, "asked")
    assert not record(db, leyla, now, "asked")
    assert record(db, leyla, now, "asked", slot="x")
    assert check_ins.count(db, leyla.id) == 2


def test_asking_again_does_not_undo_an_answer(db: sqlite3.Connection, leyla: Known, now: datetime) -> None:
    """A late tick must not make her look silent."""
    record(db, leyla, now, "asked")
    record(db, leyla, now, "answered", "good")
    assert not record(db, leyla, now, "asked")
    assert check_ins.history(db, leyla.box, leyla.id) == [(now.date(), "d", "answered", now, "good")]


def test_the_answer_is_kept_until_another_is_given(
    db: sqlite3.Connection, leyla: Known, now: datetime
) -> None:
    """A face first, words after; the state may change without either."""
    record(db, leyla, now, "answered", "good")
    record(db, leyla, now, "answered")
    assert check_ins.history(db, leyla.box, leyla.id)[0].answer == "good"
    record(db, leyla, now, "answered", "better")
    assert check_ins.history(db, leyla.box, leyla.id)[0].answer == "better"
    assert "better" not in repr(db.execute("SELECT * FROM check_ins").fetchall())


def test_the_latest_comes_first(db: sqlite3.Connection, leyla: Known, now: datetime) -> None:
    """History is read from today back."""
    for days in range(3):
        record(db, leyla, now + timedelta(days=days), "missed")
    found = [past.day for past in check_ins.history(db, leyla.box, leyla.id, limit=2)]
    assert found == [(now + timedelta(days=2)).date(), (now + timedelta(days=1)).date()]


def test_an_answer_moved_to_another_day_does_not_open(
    db: sqlite3.Connection, leyla: Known, now: datetime
) -> None:
    """ "Good" of yesterday must not pass for today's."""
    record(db, leyla, now, "answered", "good")
    record(db, leyla, now + timedelta(days=1), "answered", "bad")
    db.execute("UPDATE check_ins SET sealed_answer = (SELECT sealed_answer FROM check_ins WHERE id = 1)")
    assert [past.answer for past in check_ins.history(db, leyla.box, leyla.id)] == ["good"]


def test_one_that_cannot_be_read_spoils_no_history(
    db: sqlite3.Connection, leyla: Known, now: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    """A day no calendar has is passed over, and noted by its number (R9)."""
    record(db, leyla, now, "answered", "good")
    record(db, leyla, now + timedelta(days=1), "missed")
    db.execute("UPDATE check_ins SET local_date = '2026-99-99' WHERE id = 2")
    assert [past.state for past in check_ins.history(db, leyla.box, leyla.id)] == ["answered"]
    assert "a check-in cannot be read" in caplog.text
    assert "2026-99-99" not in caplog.text


def test_old_check_ins_are_forgotten(db: sqlite3.Connection, leyla: Known, now: datetime) -> None:
    """Retention goes by her day."""
    record(db, leyla, now, "missed")
    record(db, leyla, now + timedelta(days=1), "missed")
    assert check_ins.forget_older(db, (now + timedelta(days=1)).date()) == 1
    assert check_ins.count(db, leyla.id) == 1


def test_unanswered_days_and_states_are_read_without_a_key(
    db: sqlite3.Connection, leyla: Known, now: datetime
) -> None:
    """A day that no calendar holds takes nothing from the others."""
    for back, state in ((0, "answered"), (1, "missed"), (2, "undelivered"), (9, "missed")):
        day = now.date() - timedelta(days=back)
        check_ins.record(db, leyla.box, leyla.id, day, "d", state, None, now)
    db.execute("UPDATE check_ins SET local_date = '2026-99-99' WHERE state = 'undelivered'")
    since = now.date() - timedelta(days=7)
    assert check_ins.unanswered_since(db, since) == {leyla.id: [(now.date() - timedelta(days=1), "missed")]}
    assert [(state, count) for _day, state, count in check_ins.states_since(db, since)] == [
        ("missed", 1),
        ("answered", 1),
    ]
