"""Figures about the whole house, and nothing of anybody."""

import sqlite3
from datetime import datetime, timedelta
from pathlib import Path

from dialogs.alert import Alert, AlertState, Track
from dialogs.events import Timer
from dialogs.notices import NoticeKind, person
from storage import alerts, figures, notices, outages, outbox, timers
from storage.people import Known

HOUR = timedelta(hours=1)


def _raise(
    db: sqlite3.Connection, known: Known, track: Track, level: int, state: AlertState, at: datetime
) -> None:
    alert = Alert(0, known.id, "Linden", track, level, ("TV2",), at, at + HOUR, state=state)
    alerts.insert(db, known.box, alert)


def test_an_empty_house_has_figures_too(db: sqlite3.Connection) -> None:
    """A first start is watched like any other."""
    found = figures.read(db)
    assert found == figures.Figures({}, {}, None, None, {}, 0, timedelta(0), None)


def test_what_waits_is_counted(db: sqlite3.Connection, leyla: Known, now: datetime) -> None:
    """Messages by priority, also those under way; what was sent is not counted."""
    for priority in (0, 2, 2, 2):
        outbox.put(
            db,
            leyla.box,
            person_id=leyla.id,
            purpose="reply",
            priority=priority,
            due_at=now,
            now=now,
            content=b"words",
        )
    outbox.claim(db, [2, 3])
    outbox.mark_sent(db, 3, 5, now)
    assert figures.read(db).waiting == {0: 1, 2: 2}


def test_open_alerts_are_counted_and_the_oldest_that_nobody_has_is_known(
    db: sqlite3.Connection, leyla: Known, mina: Known, now: datetime
) -> None:
    """The figure a watcher is for: somebody asked for help, and how long nobody has answered."""
    _raise(db, leyla, Track.URGENT, 3, AlertState.ACKNOWLEDGED, now - 3 * HOUR)
    _raise(db, leyla, Track.QUIET, 1, AlertState.WAITING, now - HOUR)
    _raise(db, mina, Track.QUIET, 1, AlertState.RAISED, now - 2 * HOUR)
    found = figures.read(db)
    assert found.open_alerts == {("acknowledged", 3): 1, ("waiting", 1): 1, ("raised", 1): 1}
    assert found.unacknowledged_since == now - 2 * HOUR
    assert found.next_due == now - 2 * HOUR


def test_what_is_due_first_is_a_timer_or_an_alert(
    db: sqlite3.Connection, leyla: Known, now: datetime
) -> None:
    """Whichever is earlier."""
    _raise(db, leyla, Track.QUIET, 1, AlertState.WAITING, now)
    timers.set_timer(db, leyla.id, Timer.CHECK_IN, now - HOUR)
    assert figures.read(db).next_due == now - HOUR


def test_open_notices_are_counted_by_kind(db: sqlite3.Connection, now: datetime) -> None:
    """What has ended is no news."""
    for number in (7, 8):
        notices.report(db, NoticeKind.PERSON_UNREADABLE, now, person(number))
    notices.report(db, NoticeKind.STORAGE, now)
    notices.end(db, NoticeKind.STORAGE, now)
    assert figures.read(db).notices == {"person-unreadable": 2}


def test_outages_are_counted_and_added_up(db: sqlite3.Connection, now: datetime) -> None:
    """Whoever runs it sees how often it was away, and for how long."""
    for hours in (0, 1, 4):
        outages.record_start(db, now + hours * HOUR)
    found = figures.read(db)
    assert (found.outages, found.outage_time, found.last_beat) == (2, 4 * HOUR, now + 4 * HOUR)


def test_figures_are_read_from_indexes(db: sqlite3.Connection) -> None:
    """They are asked for every few seconds, and a large outbox is when they matter."""
    plans = [
        " ".join(str(row[3]) for row in db.execute(f"EXPLAIN QUERY PLAN {each}"))
        for each in (
            "SELECT priority, count(*) FROM outbox WHERE state IN ('pending', 'sending') GROUP BY priority",
            "SELECT state, level, count(*) FROM alerts WHERE next_step_at IS NOT NULL GROUP BY state, level",
            "SELECT min(raised_at) FROM alerts WHERE next_step_at IS NOT NULL AND state IN ('raised', 'waiting')",
            "SELECT kind, count(*) FROM notices WHERE ended_at IS NULL GROUP BY kind",
        )
    ]
    assert [plan for plan in plans if "USING" not in plan] == []


def test_the_room_on_the_disk_is_known(tmp_path: Path) -> None:
    """A disk that fills stops the bot."""
    assert figures.free_bytes(tmp_path) > 0
