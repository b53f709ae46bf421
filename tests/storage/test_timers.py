"""Timers: a row with a time, one of each kind for a person."""

import sqlite3
from datetime import datetime, timedelta

from dialogs.events import Timer
from storage import timers
from storage.people import Known
from storage.timers import DueTimer

HOUR = timedelta(hours=1)


def test_what_is_due_comes_longest_overdue_first(
    db: sqlite3.Connection, leyla: Known, mina: Known, now: datetime
) -> None:
    """Reading removes nothing: a crash in between loses no check-in."""
    timers.set_timer(db, leyla.id, Timer.CHECK_IN, now)
    timers.set_timer(db, mina.id, Timer.TEST, now - HOUR)
    timers.set_timer(db, leyla.id, Timer.PAUSE, now + HOUR)
    expected = [DueTimer(mina.id, Timer.TEST, now - HOUR), DueTimer(leyla.id, Timer.CHECK_IN, now)]
    assert timers.due(db, now, 10) == expected
    assert timers.due(db, now, 1) == expected[:1]
    assert timers.next_due(db) == now - HOUR
    assert timers.of_person(db, leyla.id) == [expected[1], DueTimer(leyla.id, Timer.PAUSE, now + HOUR)]


def test_a_timer_is_taken_once(db: sqlite3.Connection, leyla: Known, now: datetime) -> None:
    """Two looks at once handle it once."""
    timers.set_timer(db, leyla.id, Timer.CHECK_IN, now)
    [due] = timers.due(db, now, 10)
    assert timers.take(db, due)
    assert not timers.take(db, due)
    assert timers.next_due(db) is None


def test_a_timer_set_anew_is_not_taken_by_the_old_one(
    db: sqlite3.Connection, leyla: Known, now: datetime
) -> None:
    """She moved her check-in while it fell due: the new time counts."""
    timers.set_timer(db, leyla.id, Timer.CHECK_IN, now)
    [due] = timers.due(db, now, 10)
    timers.set_timer(db, leyla.id, Timer.CHECK_IN, now + HOUR)
    assert not timers.take(db, due)
    assert timers.next_due(db) == now + HOUR


def test_stopping_forgets_one_kind_and_may_find_nothing(
    db: sqlite3.Connection, leyla: Known, now: datetime
) -> None:
    """Stopping twice is no mistake."""
    timers.set_timer(db, leyla.id, Timer.REMINDER, now)
    timers.set_timer(db, leyla.id, Timer.CHECK_IN, now)
    timers.stop_timer(db, leyla.id, Timer.REMINDER)
    timers.stop_timer(db, leyla.id, Timer.REMINDER)
    assert [timer.kind for timer in timers.of_person(db, leyla.id)] == [Timer.CHECK_IN]


def test_a_kind_of_a_newer_program_hides_no_other(
    db: sqlite3.Connection, leyla: Known, now: datetime
) -> None:
    """One row nobody understands must not keep a whole town from being asked (R9)."""
    db.execute("INSERT INTO timers VALUES (?, 'moon-phase', 1)", (leyla.id,))
    timers.set_timer(db, leyla.id, Timer.CHECK_IN, now)
    odd, known = timers.due(db, now, 10)
    assert (odd.kind, known.kind) == ("moon-phase", Timer.CHECK_IN)
    assert [timer.kind for timer in timers.of_person(db, leyla.id)] == ["moon-phase", Timer.CHECK_IN]
    timers.put_off(db, odd, now + HOUR)
    assert timers.due(db, now, 10) == [known], "it does not stand in the way for ever"


def test_a_time_before_every_calendar_can_be_taken(
    db: sqlite3.Connection, leyla: Known, now: datetime
) -> None:
    """Else it would be due for ever, and looked at without end."""
    db.execute("INSERT INTO timers VALUES (?, 'check-in', ?)", (leyla.id, -(2**62)))
    [due] = timers.due(db, now, 10)
    assert timers.take(db, due)
    assert timers.due(db, now, 10) == []
