"""
Alerts: what must outlive a restart is a column, why it was raised is sealed with the resident's key.
"""

import sqlite3
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, NamedTuple

import msgspec

from dialogs.alert import Alert, AlertState, Track
from dialogs.alert_texts import UNSEEN
from storage.database import load_queries
from storage.moments import to_integer, to_integer_or_none, to_moment, to_moment_or_none
from storage.sealing import Box, SealBroken, Sealed

_queries = load_queries("alerts")
_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Alert)
_TRACKS: Final = {track.value: track for track in Track}
_STATES: Final = {state.value: state for state in AlertState}
UNWRITTEN: Final = b""
"""The sealed part of an alert that was raised while its resident's row did not open."""


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
    """
    What can be told of an alert without a key.

    A track or state this program does not know is taken for the one that needs more care: urgent, raised.
    """

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
        alert = _decoder.decode(box.open(sealed, f"alerts.sealed_alert:{alert_id}"))
    except SealBroken as error:
        raise AlertUnreadable(alert_id) from error
    except (msgspec.MsgspecError, ValueError):
        raise AlertUnreadable(alert_id) from None  # the cause may quote what it read
    if alert.id != alert_id:
        raise AlertUnreadable(alert_id)  # saving it would spoil another case
    return alert


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
    return [_in_the_clear(row) for row in _queries.open_alerts(db)]


def of_week(db: sqlite3.Connection, since: datetime) -> list[DueAlert]:
    """Return every alert that is open or was closed since then, the oldest first."""
    return [DueAlert(*row) for row in _queries.of_week(db, since=to_integer(since))]


def raised_since(db: sqlite3.Connection, since: datetime) -> list[OpenAlert]:
    """Return what stands in the clear of the alerts raised since, open and closed, the oldest first."""
    return [_in_the_clear(row) for row in _queries.raised_since(db, since=to_integer(since))]


def in_the_clear(db: sqlite3.Connection, alert_id: int) -> OpenAlert | None:
    """Return what stands in the clear of an alert, open or closed, that may not be readable."""
    row = _queries.in_the_clear(db, id=alert_id)
    return None if row is None else _in_the_clear(row)


def open_in_the_clear(db: sqlite3.Connection, resident_id: int, track: Track) -> OpenAlert | None:
    """Return the same of the resident's open alert on `track`, or None."""
    row = _queries.open_in_the_clear(db, resident_id=resident_id, track=track.value)
    return None if row is None else _in_the_clear(row)


def _in_the_clear(row: tuple[Any, ...]) -> OpenAlert:
    alert_id, resident, track, level, state, raised, step = row
    return OpenAlert(
        alert_id,
        resident,
        _TRACKS.get(track, Track.URGENT),
        level,
        _STATES.get(state, AlertState.RAISED),
        to_moment(raised),
        to_moment_or_none(step),
    )


def raise_unwritten(
    db: sqlite3.Connection, resident_id: int, track: Track, level: int, now: datetime, at: datetime
) -> int | None:
    """
    Open an alert about somebody whose row does not open, to be looked at at `at`; returns its id.

    Its sealed part is `UNWRITTEN`. None where she has an open alert on this track.
    """
    raised = Alert(0, resident_id, "", track, level, (), now, at)
    alert_id: int | None = _queries.insert(db, nothing=UNWRITTEN, resident_id=resident_id, **_columns(raised))
    return alert_id


def is_unwritten(db: sqlite3.Connection, alert_id: int) -> bool:
    """Whether nothing was ever sealed in this alert, so that nothing is lost by writing it."""
    return bool(_queries.by_id(db, id=alert_id) == UNWRITTEN)


def anew(
    db: sqlite3.Connection, alert_id: int, alias: str, level: int, reasons: tuple[str, ...], now: datetime
) -> Alert:
    """
    Return an alert to be begun under the number of one that does not open; the caller saves it.

    Of the old one only the clear columns count: its track, that it was no less urgent, and how many tellings it had.
    """
    old = in_the_clear(db, alert_id)
    if old is None:
        raise AlertNotFound(alert_id)
    level = max(level, min(max(old.level, 1), 3))
    step = _queries.last_step(db, id=alert_id) or 0
    return Alert(
        alert_id, old.resident_id, alias, old.track, level, reasons, old.raised_at, now, step=int(step)
    )


def hasten(db: sqlite3.Connection, alert_id: int, at: datetime) -> None:
    """Look at an open alert at `at`, unless that is to happen sooner; only the clear column moves."""
    _queries.hasten(db, id=alert_id, at=to_integer(at))


def end_unread(db: sqlite3.Connection, alert_id: int, now: datetime) -> bool:
    """Close an alert that cannot be opened, in the clear columns alone; returns whether it was open."""
    return bool(_queries.end_unread(db, id=alert_id, now=to_integer(now)))


def of_resident(db: sqlite3.Connection, box: Box, resident_id: int) -> list[Alert]:
    """Return her alerts, open and closed, the latest first; one that does not open is passed over."""
    found = []
    for alert_id, sealed in _queries.of_resident(db, resident_id=resident_id):
        with suppress(AlertUnreadable):
            found.append(_open(box, alert_id, sealed))
    return found


def count(db: sqlite3.Connection, resident_id: int) -> int:
    """Return how many are stored about her, open and closed."""
    return int(_queries.count(db, resident_id=resident_id))


def closed_with_words(db: sqlite3.Connection, before: datetime, limit: int) -> list[DueAlert]:
    """Return the alerts closed before `before` that still say why they were raised, the oldest first."""
    return [DueAlert(*row) for row in _queries.closed_with_words(db, before=to_integer(before), limit=limit)]


def take_words_out(db: sqlite3.Connection, box: Box | None, alert_id: int) -> None:
    """
    Leave of a closed alert who was told, by number, when, and how it ended; reasons, notes and names go.

    That it was called unseen stays: whoever holds her phone must not see it afterwards either.
    Without a box, and where it does not open, the whole sealed part goes: what nobody can read helps nobody.
    """
    _queries.take_words_out(db, id=alert_id, sealed_alert=_without_words(db, box, alert_id))


def _without_words(db: sqlite3.Connection, box: Box | None, alert_id: int) -> bytes:
    if box is None:
        return UNWRITTEN
    try:
        alert = get(db, box, alert_id)
        unseen = tuple(code for code in alert.reasons if code in UNSEEN)
        told = tuple(replace(each, name="") for each in alert.told)
        return _seal(box, replace(alert, reasons=unseen, notes=(), told=told))
    except AlertUnreadable:
        return UNWRITTEN


def forget_older(db: sqlite3.Connection, before: datetime, limit: int = 1000) -> int:
    """Delete up to `limit` alerts closed before `before`; returns how many. Open ones stay, however old."""
    return int(_queries.forget_older(db, before=to_integer(before), limit=limit))
