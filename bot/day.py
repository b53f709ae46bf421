"""
A contact person's day, read from the database: her cases, her residents, what waits, her week in numbers.

The agreement is looked up at each opening, in the table: what was taken back a minute ago is not shown. What may be
seen of a resident is decided in `dialogs/day.py`. One row that does not open keeps no other from being shown (R9).
"""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta

from bot.chain import Read
from dialogs import alert_texts, day, freezing
from dialogs.alert import Alert, AlertState, Track
from dialogs.events import (
    CaseLine,
    DayGathered,
    LoadLine,
    ResidentLine,
    ResidentOpened,
    ResidentsGathered,
    WeekGathered,
)
from dialogs.kinds import Sight
from dialogs.people import Contact, Resident, Role
from storage import alerts, links, people
from storage.people import Known

log = logging.getLogger(__name__)

WEEK = timedelta(days=7)


def has_agreed(db: sqlite3.Connection, contact_id: int, resident_id: int) -> bool:
    """Whether this resident lets this contact person be told about her, at this moment."""
    return any(link.agreed and link.resident_id == resident_id for link in links.residents_of(db, contact_id))


def may_call(db: sqlite3.Connection, contact_id: int, resident: Known) -> bool:
    """Whoever she agreed to, and whoever has a case of hers now."""
    return has_agreed(db, contact_id, resident.id) or has_case(db, contact_id, resident)


def has_case(db: sqlite3.Connection, contact_id: int, resident: Known) -> bool:
    """Whether she has taken on an open case of this resident."""
    with suppress(alerts.AlertUnreadable):
        return any(alert.holder == contact_id for alert in _open_of(db, resident))
    return False


def may_hear(db: sqlite3.Connection, resident: Known) -> bool:
    """Whether nothing says that another may be reading on her phone; a case that does not open might."""
    if freezing.is_frozen(resident.person):
        return False
    try:
        return all(alert_texts.may_hear(alert) for alert in _open_of(db, resident))
    except alerts.AlertUnreadable:
        return False


def _open_of(db: sqlite3.Connection, resident: Known) -> Iterator[Alert]:
    for track in Track:
        alert = alerts.open_on_track(db, resident.box, resident.id, track)
        if alert is not None:
            yield alert


def today(db: sqlite3.Connection, read: Read, contact: Contact, now: datetime) -> DayGathered:
    """What is open for her; for a coordinator all that is open."""
    hers = list(_residents(db, read, contact.id))
    visible = {each.id for each in hers}
    cases = [
        alert
        for alert in _open_cases(db, read)
        if contact.role is Role.COORDINATOR
        or (alert.resident in visible and (alert.was_told(contact.id) or alert.holder == contact.id))
    ]
    held = {alert.resident for alert in cases if alert.holder == contact.id}
    silent = [line for each in hers if (line := day.silent_line(each, contact, now)) is not None]
    return DayGathered(
        tuple(_case(alert, contact.id) for alert in cases), tuple(silent), tuple(sorted(visible | held))
    )


def _case(alert: Alert, contact_id: int) -> CaseLine:
    held = alert.state is AlertState.ACKNOWLEDGED and alert.holder is not None
    name = next((told.name for told in alert.told if told.contact == alert.holder), "?")
    return CaseLine(
        alert.id,
        alert.current_step,
        alert.level,
        alert.resident,
        alert.alias,
        alert.holder if held else None,
        name if held else "",
        alert.next_step_at if held else None,
        alert.was_told(contact_id),
    )


def residents(db: sqlite3.Connection, read: Read, contact: Contact, now: datetime) -> ResidentsGathered:
    """Who has agreed to her, as she may see them."""
    hers = _residents(db, read, contact.id)
    return ResidentsGathered(tuple(day.resident_line(each, contact, now) for each in hers))


def opened(
    db: sqlite3.Connection, read: Read, contact: Contact, resident_id: int, now: datetime
) -> ResidentOpened:
    """One of them."""
    resident = _agreed(db, read, contact.id, resident_id)
    line: ResidentLine | None = None if resident is None else day.resident_line(resident, contact, now)
    return ResidentOpened(line)


def with_trend(db: sqlite3.Connection, read: Read, contact: Contact, resident_id: int) -> Resident | None:
    """The resident, where she lets this contact person see her two weeks."""
    resident = _agreed(db, read, contact.id, resident_id)
    if resident is None or not day.may_see(resident, contact, Sight.TREND):
        return None
    return resident


def _agreed(db: sqlite3.Connection, read: Read, contact_id: int, resident_id: int) -> Resident | None:
    known = read(resident_id) if has_agreed(db, contact_id, resident_id) else None
    return known.person if known is not None and isinstance(known.person, Resident) else None


def _residents(db: sqlite3.Connection, read: Read, contact_id: int) -> Iterator[Resident]:
    for link in links.residents_of(db, contact_id):
        known = read(link.resident_id) if link.agreed else None
        if known is not None and isinstance(known.person, Resident):
            yield known.person


def _open_cases(db: sqlite3.Connection, read: Read) -> Iterator[Alert]:
    return _opened(db, read, [(each.id, each.resident_id) for each in alerts.open_alerts(db)])


def _opened(db: sqlite3.Connection, read: Read, rows: list[tuple[int, int]]) -> Iterator[Alert]:
    for alert_id, resident_id in rows:
        resident = read(resident_id)
        if resident is None:
            continue
        try:
            yield alerts.get(db, resident.box, alert_id)
        except alerts.AlertUnreadable:
            log.exception("an alert cannot be read and is passed over", extra={"alert": alert_id})


def week(db: sqlite3.Connection, read: Read, contact: Contact, now: datetime) -> WeekGathered:
    """Seven days in numbers, of the cases that are still stored."""
    since = now - WEEK
    rows = [(each.alert_id, each.resident_id) for each in alerts.of_week(db, since)]
    mine = [alert for alert in _opened(db, read, rows) if contact.id in (*alert.held_by, alert.closed_by)]
    closed = [alert for alert in mine if alert.closed_by == contact.id]
    held = [alert for alert in mine if alert.holder == contact.id and alert.closed_at is None]
    paused = [
        each for each in _residents(db, read, contact.id) if each.paused_until and each.paused_until > now
    ]
    taken = [alert for alert in mine if contact.id in alert.held_by]
    return WeekGathered(len(taken), len(closed), len(held), len(paused), _load(db, read, contact))


def _load(db: sqlite3.Connection, read: Read, contact: Contact) -> tuple[LoadLine, ...]:
    """For coordinators only: how many residents have agreed to each contact person who is here."""
    if contact.role is not Role.COORDINATOR:
        return ()
    found = [read(each) for each in people.ids(db, Role.CONTACT, "active")]
    return tuple(
        LoadLine(each.person.name, _count(db, each.id), each.person.most)
        for each in found
        if each is not None and isinstance(each.person, Contact)
    )


def _count(db: sqlite3.Connection, contact_id: int) -> int:
    return sum(link.agreed for link in links.residents_of(db, contact_id))
