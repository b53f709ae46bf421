"""
An alert that does not open, or that handling fails on: people are told, whatever else is lost.

Of such an alert the clear columns are enough to tell every contact person the resident agreed to and every
coordinator, again and again at the pace of its level, until the record is mended or an operator ends the case
(`vidare alerts close`). Nobody can take it on: there is nothing a button could be bound to. A telling of this kind
has no step. Each record is a notice, once; `bot/mending.py` ends it.
"""

import logging
import sqlite3
from datetime import datetime
from enum import Enum, auto
from typing import Final

from bot.carrying import Carrier
from bot.house import House
from dialogs import damage, notices
from dialogs.alert import AlertState
from dialogs.effects import Purpose, Say
from dialogs.escalation_policy import URGENT
from dialogs.notices import NoticeKind
from dialogs.people import Contact, Role
from dialogs.text import Text
from storage import alerts, links, outbox, people, rings
from storage import notices as stored
from storage.alerts import AlertUnreadable, DueAlert, OpenAlert
from storage.people import PersonUnreadable

log = logging.getLogger(__name__)

ABOUT_A_CASE: Final = (NoticeKind.ALERT_UNREADABLE, NoticeKind.RECORD_FAILED)


class CaseReadable(Exception):
    """Only its contact persons end a case that opens."""

    def __init__(self, alert_id: int) -> None:
        super().__init__(f"case {alert_id} can be read: only its contact persons end it")
        self.alert_id = alert_id


class Fate(Enum):
    """What has become of an alert that did not open."""

    DAMAGED = auto()
    READABLE = auto()
    ENDED = auto()  # by an operator
    GONE = auto()  # or closed as cases are


# --- what is due ---


def alert_step(db: sqlite3.Connection, house: House, alert_id: int, now: datetime, carrier: Carrier) -> None:
    """Do what is due about an alert; where that failed before, those who were told hear that it works again."""
    if alerts.is_unwritten(db, alert_id):
        resident = people.get(db, house.keyring, alerts.resident_of(db, alert_id))
        carrier.begin_anew(resident, alert_id, URGENT, ("unread",))
    else:
        carrier.alert_happens(alert_id, None)
    mended(db, alert_id, now, carrier)


def mended(db: sqlite3.Connection, alert_id: int, now: datetime, carrier: Carrier) -> None:
    """End what was reported about the alert, and tell those who were told."""
    if end_notices(db, alert_id, now):
        tell_those_told(db, alert_id, damage.readable_again(alert_id), carrier)


def end_notices(db: sqlite3.Connection, alert_id: int, now: datetime) -> bool:
    """End all that was reported about the alert; returns whether there was anything."""
    ended = [stored.end(db, kind, now, notices.alert(alert_id)) for kind in ABOUT_A_CASE]
    return any(ended)


def tell_those_told(db: sqlite3.Connection, alert_id: int, text: Text, carrier: Carrier) -> None:
    """Say something to everybody who was told that the alert cannot be read."""
    for person in outbox.told_unread(db, alert_id):
        carrier.tell(person, text)


def report_alert(db: sqlite3.Connection, due: DueAlert, error: Exception, now: datetime) -> None:
    """Leave a notice about an alert that could not be handled, and about the person whose row is the reason."""
    kind = NoticeKind.ALERT_UNREADABLE if _does_not_open(error) else NoticeKind.RECORD_FAILED
    stored.report(db, kind, now, notices.alert(due.alert_id))
    if isinstance(error, PersonUnreadable):
        stored.report(db, NoticeKind.PERSON_UNREADABLE, now, notices.person(error.person_id))


def report_person(db: sqlite3.Connection, person_id: int, error: Exception, now: datetime) -> None:
    """Leave a notice about a person whose moment came and could not be handled."""
    unreadable = isinstance(error, PersonUnreadable) and error.person_id == person_id
    kind = NoticeKind.PERSON_UNREADABLE if unreadable else NoticeKind.RECORD_FAILED
    stored.report(db, kind, now, notices.person(person_id))


def _does_not_open(error: Exception) -> bool:
    return isinstance(error, AlertUnreadable | PersonUnreadable)


# --- telling ---


def tellings(
    db: sqlite3.Connection, house: House, alert_id: int, error: Exception, now: datetime
) -> list[Say]:
    """Return what contact persons and coordinators are told; nothing where they were told a short while ago."""
    alert = alerts.in_the_clear(db, alert_id)
    if alert is None or alert.next_step_at is None:
        return []
    last = max(outbox.told_unread(db, alert_id).values(), default=None)
    if last is not None and now - last < damage.again_after(alert.level):
        return []
    outbox.drop_unread(db, alert_id)
    return _tellings(db, house, alert, opens=not _does_not_open(error))


def _tellings(db: sqlite3.Connection, house: House, alert: OpenAlert, *, opens: bool) -> list[Say]:
    agreed, desk = whom_to_tell(db, house, alert.resident_id)
    to_agreed = damage.to_contact_persons(alert.id, alert.level, opens=opens)
    names = tuple(agreed.values())
    to_desk = damage.to_coordinators(alert.id, alert.level, alert.resident_id, names, opens=opens)
    if not (agreed or desk):
        log.error("nobody can be told about a case that cannot be handled", extra={"alert": alert.id})
    texts = {**dict.fromkeys(agreed, to_agreed), **dict.fromkeys(desk, to_desk)}
    return [Say(text, to=person, purpose=Purpose.ALERT, alert=alert.id) for person, text in texts.items()]


def tell(telling: Say, carrier: Carrier) -> None:
    """Tell one of them, and ring her second channels: nobody can say that this is being looked after."""
    carrier.say(telling)
    if telling.to is not None:
        carrier.ring(telling.to, telling.alert)


def whom_to_tell(
    db: sqlite3.Connection, house: House, resident_id: int
) -> tuple[dict[int, str], dict[int, str]]:
    """Return whom she agreed to and the coordinators, by id and name: those who can be opened and have come."""
    agreed = [link.contact_id for link in links.contacts_of(db, resident_id) if link.agreed]
    desk = [each for each in people.ids(db, Role.COORDINATOR, "active") if each not in agreed]
    return _named(db, house, agreed), _named(db, house, desk)


def _named(db: sqlite3.Connection, house: House, person_ids: list[int]) -> dict[int, str]:
    names = ((each, _name(db, house, each)) for each in person_ids)
    return {each: name for each, name in names if name is not None}


def _name(db: sqlite3.Connection, house: House, person_id: int) -> str | None:
    try:
        known = people.get(db, house.keyring, person_id)
    except (people.PersonNotFound, PersonUnreadable):
        return None
    return known.person.name if isinstance(known.person, Contact) and known.chat_id is not None else None


# --- ending ---


def fate(db: sqlite3.Connection, house: House, alert_id: int) -> Fate:
    """Look at an alert that did not open."""
    clear = alerts.in_the_clear(db, alert_id)
    if clear is None:
        return Fate.GONE
    closed = clear.next_step_at is None
    try:
        resident = people.get(db, house.keyring, clear.resident_id)
        alert = alerts.get(db, resident.box, alert_id)
    except (PersonUnreadable, AlertUnreadable):
        return Fate.ENDED if closed else Fate.DAMAGED
    if closed:
        return Fate.GONE if alert.state is AlertState.CLOSED else Fate.ENDED
    return Fate.READABLE


def end_case(db: sqlite3.Connection, house: House, alert_id: int, now: datetime) -> bool:
    """
    End a case that does not open, or that handling fails on; False where it was closed already.

    Raises `AlertNotFound` and `CaseReadable`. Those who were told hear of it from the running bot.
    """
    if not alerts.exists(db, alert_id):
        raise alerts.AlertNotFound(alert_id)
    if fate(db, house, alert_id) is Fate.READABLE and not _fails(db, alert_id):
        raise CaseReadable(alert_id)
    outbox.drop_for_alert(db, alert_id)
    rings.drop_for_alert(db, alert_id)
    return alerts.end_unread(db, alert_id, now)


def _fails(db: sqlite3.Connection, alert_id: int) -> bool:
    reported = {(each.kind, each.subject) for each in stored.open_notices(db)}
    return (NoticeKind.RECORD_FAILED.value, notices.alert(alert_id)) in reported
