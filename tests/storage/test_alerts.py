"""Alerts: what is due is a column, why is sealed."""

import sqlite3
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from dialogs.alert import Alert, AlertState, Told, Track
from storage import alerts
from storage.alerts import AlertAlreadyOpen, AlertNotFound, AlertUnreadable
from storage.people import Known

HOUR = timedelta(hours=1)


def new_alert(leyla: Known, now: datetime, track: Track = Track.URGENT) -> Alert:
    return Alert(0, leyla.id, "Blue Heron", track, 2, ("threat",), raised_at=now, next_step_at=now)


def closed(alert: Alert, now: datetime) -> Alert:
    return replace(alert, state=AlertState.CLOSED, next_step_at=None, closed_at=now)


def test_an_alert_comes_back_as_saved(db: sqlite3.Connection, leyla: Known, now: datetime) -> None:
    """Who was told, and when, is in it."""
    alert = alerts.insert(db, leyla.box, new_alert(leyla, now))
    changed = replace(
        alert, state=AlertState.WAITING, told=(Told(1, 2, "Mina", now, True),), next_step_at=now + HOUR
    )
    alerts.save(db, leyla.box, changed)
    assert alerts.get(db, leyla.box, alert.id) == changed
    assert alerts.open_on_track(db, leyla.box, leyla.id, Track.URGENT) == changed
    assert alerts.resident_of(db, alert.id) == leyla.id
    assert "threat" not in repr(db.execute("SELECT * FROM alerts").fetchall())


def test_one_open_alert_on_each_track(db: sqlite3.Connection, leyla: Known, now: datetime) -> None:
    """The table says so; a closed one makes room."""
    first = alerts.insert(db, leyla.box, new_alert(leyla, now))
    alerts.insert(db, leyla.box, new_alert(leyla, now, Track.QUIET))
    with pytest.raises(AlertAlreadyOpen):
        alerts.insert(db, leyla.box, new_alert(leyla, now))
    alerts.save(db, leyla.box, closed(first, now))
    assert alerts.open_on_track(db, leyla.box, leyla.id, Track.URGENT) is None
    assert alerts.insert(db, leyla.box, new_alert(leyla, now)).id > first.id
    assert alerts.count(db, leyla.id) == 3


def test_what_is_due_comes_longest_overdue_first(db: sqlite3.Connection, leyla: Known, now: datetime) -> None:
    """And a closed alert is never due."""
    urgent = alerts.insert(db, leyla.box, new_alert(leyla, now))
    quiet = alerts.insert(db, leyla.box, replace(new_alert(leyla, now, Track.QUIET), next_step_at=now - HOUR))
    assert alerts.due(db, now, 10) == [(quiet.id, leyla.id), (urgent.id, leyla.id)]
    assert alerts.next_due(db) == now - HOUR
    assert [alert.id for alert in alerts.open_alerts(db)] == [urgent.id, quiet.id]
    for alert in (urgent, quiet):
        alerts.save(db, leyla.box, closed(alert, now))
    assert alerts.due(db, now + HOUR, 10) == []
    assert alerts.open_alerts(db) == []


def test_an_open_alert_without_a_next_time_cannot_be_stored(
    db: sqlite3.Connection, leyla: Known, now: datetime
) -> None:
    """Nobody would ever look at it again."""
    alert = alerts.insert(db, leyla.box, new_alert(leyla, now))
    with pytest.raises(sqlite3.IntegrityError):
        alerts.save(db, leyla.box, replace(alert, next_step_at=None))


def test_an_alert_opens_with_its_residents_box_only(
    db: sqlite3.Connection, leyla: Known, mina: Known, now: datetime
) -> None:
    """The error names the alert and nothing in it."""
    alert = alerts.insert(db, leyla.box, new_alert(leyla, now))
    with pytest.raises(AlertUnreadable, match=f"^alert {alert.id} cannot be read$"):
        alerts.get(db, mina.box, alert.id)
    sealed = leyla.box.seal(b"{}", f"alerts.sealed_alert:{alert.id}")
    db.execute("UPDATE alerts SET sealed_alert = ?", (sealed,))
    with pytest.raises(AlertUnreadable):
        alerts.get(db, leyla.box, alert.id)


def test_an_unknown_alert_is_not_found(db: sqlite3.Connection, leyla: Known, now: datetime) -> None:
    """A button of a forgotten resident's alert leads here."""
    for attempt in (
        lambda: alerts.get(db, leyla.box, 9),
        lambda: alerts.resident_of(db, 9),
        lambda: alerts.save(db, leyla.box, replace(new_alert(leyla, now), id=9)),
    ):
        with pytest.raises(AlertNotFound):
            attempt()


def test_only_closed_alerts_are_forgotten(db: sqlite3.Connection, leyla: Known, now: datetime) -> None:
    """An open one stays, however old."""
    urgent = alerts.insert(db, leyla.box, new_alert(leyla, now))
    alerts.insert(db, leyla.box, new_alert(leyla, now, Track.QUIET))
    alerts.save(db, leyla.box, closed(urgent, now))
    assert alerts.forget_older(db, now) == 0
    assert alerts.forget_older(db, now + HOUR) == 1
    assert alerts.count(db, leyla.id) == 1
