"""
Alerts: what must outlive a restart is a column, why it was raised is sealed with the resident's key.
"""

import sqlite3
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

import msgspec

from dialogs.alert import Alert, AlertState, Track
from storage.database import load_queries
from storage.moments import to_integer, to_integer_or_none, to_moment, to_moment_or_none
from storage.sealing import Box, SealBroken, Sealed

_queries = load_queries("alerts")
_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Alert)


class AlertNotFound(Exception):
    """There is no alert with this id, or no longer."""

    def __init__(self, alert_id: int) -> None:
        super().__init__(f"alert {alert_id} is not here")
        self.alert_id = alert_id


class AlertUnreadable(Exception):
    """The row is there but does not open, or is not what this program writes."""

    def __init__(self, alert_id: int) -> None:
        super().__init__(f"alert {alert_id} cannot be read")
        self.alert_id = alert_id


class AlertAlreadyOpen(Exception):
    """A resident has at most one open alert on each track; the table says so."""

    def __init__(self, resident_id: int, track: Track) -> None:
        super().__init__(f"resident {resident_id} has an open alert on the {track} track")
        self.resident_id, self.track = resident_id, track


class DueAlert(NamedTuple):
    """An alert whose next step is due."""

    alert_id: int
    resident_id: int


@dataclass(frozen=True, slots=True)
class OpenAlert:
    """What can be told of an open alert without a key."""

    id: int
    resident_id: int
    track: Track
    level: int
    state: AlertState
    raised_at: datetime
    next_step_at: datetime | None


def insert(db: sqlite3.Connection, box: Box, alert: Alert) -> Alert:
    """Store a new alert and return it with the id it was given; the id it came with means nothing."""
    alert_id = _queries.insert(db, nothing=b"", resident_id=alert.resident, **_columns(alert))
    if alert_id is None:
        raise AlertAlreadyOpen(alert.resident, alert.track)
    stored = replace(alert, id=alert_id)
    _queries.fill(db, id=alert_id, sealed_alert=_seal(box, stored))
    return stored


def save(db: sqlite3.Connection, box: Box, alert: Alert) -> None:
    """Keep `alert` as it is now."""
    values = _columns(alert)
    if _queries.save(db, id=alert.id, sealed_alert=_seal(box, alert), **values) == 0:
        raise AlertNotFound(alert.id)


def _columns(alert: Alert) -> dict[str, Any]:
    return {
        "track": alert.track.value,
        "level": alert.level,
        "state": alert.state.value,
        "next_step_at": to_integer_or_none(alert.next_step_at),
        "raised_at": to_integer(alert.raised_at),
        "closed_at": to_integer_or_none(alert.closed_at),
    }


def _seal(box: Box, alert: Alert) -> Sealed:
    return box.seal(_encoder.encode(alert), f"alerts.sealed_alert:{alert.id}")


def _open(box: Box, alert_id: int, sealed: bytes) -> Alert:
    try:
        return _decoder.decode(box.open(sealed, f"alerts.sealed_alert:{alert_id}"))
    except SealBroken as error:
        raise AlertUnreadable(alert_id) from error
    except msgspec.MsgspecError:
        raise AlertUnreadable(alert_id) from None  # the cause may quote what it read


def get(db: sqlite3.Connection, box: Box, alert_id: int) -> Alert:
    """Return the alert, opened with its resident's box (`resident_of` says who that is)."""
    sealed = _queries.by_id(db, id=alert_id)
    if sealed is None:
        raise AlertNotFound(alert_id)
    return _open(box, alert_id, sealed)


def resident_of(db: sqlite3.Connection, alert_id: int) -> int:
    """Return whose alert it is."""
    resident_id = _queries.resident_of(db, id=alert_id)
    if resident_id is None:
        raise AlertNotFound(alert_id)
    return int(resident_id)


def open_on_track(db: sqlite3.Connection, box: Box, resident_id: int, track: Track) -> Alert | None:
    """Return the resident's open alert on `track`, or None."""
    row = _queries.open_on_track(db, resident_id=resident_id, track=track.value)
    return None if row is None else _open(box, row[0], row[1])


def due(db: sqlite3.Connection, now: datetime, limit: int) -> list[DueAlert]:
    """Return the alerts whose next step is due, the longest overdue first."""
    return [DueAlert(*row) for row in _queries.due(db, now=to_integer(now), limit=limit)]


def exists(db: sqlite3.Connection, alert_id: int) -> bool:
    """Whether the alert is still stored; its resident may have left."""
    return _queries.resident_of(db, id=alert_id) is not None


def put_off(db: sqlite3.Connection, alert_id: int, at: datetime) -> None:
    """Look at an alert that cannot be opened again at `at`; only the clear column moves."""
    _queries.put_off(db, id=alert_id, at=to_integer(at))


def next_due(db: sqlite3.Connection) -> datetime | None:
    """Return when the next step of any alert falls, or None."""
    return to_moment_or_none(_queries.next_due(db))


def open_alerts(db: sqlite3.Connection) -> list[OpenAlert]:
    """Return every alert no person has ended, the oldest first."""
    return [
        OpenAlert(
            alert_id,
            resident,
            Track(track),
            level,
            AlertState(state),
            to_moment(raised),
            to_moment_or_none(step),
        )
        for alert_id, resident, track, level, state, raised, step in _queries.open_alerts(db)
    ]


def count(db: sqlite3.Connection, resident_id: int) -> int:
    """Return how many are stored about her, open and closed."""
    return int(_queries.count(db, resident_id=resident_id))


def forget_older(db: sqlite3.Connection, before: datetime) -> int:
    """Delete the alerts closed before `before`; returns how many. Open ones stay, however old."""
    return int(_queries.forget_older(db, before=to_integer(before)))
