"""
A coordinator acts on a case from the desk, through the same decisions as a press in Telegram.

What the case refuses is undone and said here, and not as a message in her chat as well.
"""

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.carrying import Carrier
from bot.house import House
from bot.ordering import Ordered
from bot.outgoing import Send
from dialogs.alert import (
    Acknowledged,
    Alert,
    ContactAnswer,
    Declined,
    IllegalTransition,
    MistakenAfterTalk,
    NotReached,
    ReachedNeedsMore,
    ReachedSafe,
    TakenOver,
)
from dialogs.effects import Purpose
from storage import alerts, audit, people
from storage.audit import Did
from storage.database import savepoint

ANSWERS: Final[dict[str, type[ContactAnswer]]] = {
    "have": Acknowledged,
    "over": TakenOver,
    "safe": ReachedSafe,
    "more": ReachedNeedsMore,
    "missed": NotReached,
    "talked": MistakenAfterTalk,
    "cannot": Declined,
}
"""What a form may say; what in Telegram is only a question ("reached") has its answers here at once."""
_NOTED: Final = {Acknowledged: Did.CASE_TAKEN, TakenOver: Did.CASE_TAKEN_OVER}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of it: `refused` is the case's own answer, in her language."""

    done: bool
    refused: str = ""


class CaseUnreadable(Exception):
    """The record does not open, so nobody can act on it."""

    def __init__(self, alert_id: int) -> None:
        super().__init__(f"case {alert_id} cannot be read")
        self.alert_id = alert_id


class _Refused(Exception):
    """Takes back what was ordered."""


def act(
    db: sqlite3.Connection, house: House, by: int, alert_id: int, answer: str, step: int | None, now: datetime
) -> Outcome:
    """Say `answer` about the case as shown (`step`), or as it is; raises `AlertNotFound` and `CaseUnreadable`."""
    event, before = ANSWERS[answer](by, step), read(db, house, alert_id)
    ordered = Ordered()
    try:
        with savepoint(db):
            Carrier(db, house, now, ordered).alert_happens(alert_id, event)
            _must_change(before, read(db, house, alert_id), ordered, by)
    except (_Refused, IllegalTransition):
        return Outcome(False, _words(ordered, by))
    audit.note(db, now, by, _NOTED.get(type(event), Did.CASE_ANSWERED), audit.case(alert_id))
    return Outcome(True)


def _must_change(before: Alert, after: Alert, ordered: Ordered, by: int) -> None:
    """A case that is as it was and has an answer for her alone has refused."""
    if before == after and all(
        each.person_id == by and each.purpose == Purpose.REPLY for each in ordered.queued
    ):
        raise _Refused


def read(db: sqlite3.Connection, house: House, alert_id: int) -> Alert:
    """Return the case, opened; one that does not open is to be looked at by whoever handles those."""
    resident_id = alerts.resident_of(db, alert_id)
    try:
        return alerts.get(db, people.get(db, house.keyring, resident_id).box, alert_id)
    except (people.PersonUnreadable, people.PersonNotFound, alerts.AlertUnreadable):
        raise CaseUnreadable(alert_id) from None


def _words(ordered: Ordered, by: int) -> str:
    said = [
        each.outgoing.text
        for each in ordered.queued
        if each.person_id == by and isinstance(each.outgoing, Send)
    ]
    return "\n".join(said)
