"""
Figures of the whole house over the last weeks: how fast somebody took a case on, how check-ins were answered.

Counts only, and small ones not even that (`dialogs/small_numbers.py`). An alert that does not open is not counted.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from bot.house import House
from dialogs import small_numbers
from dialogs.escalation_policy import EMERGENCY, QUIET, URGENT
from dialogs.schedule import local_day
from dialogs.small_numbers import Table
from storage import alerts, check_ins, people

DAYS: Final = 30
WEEKS: Final = 6
LEVELS: Final = (EMERGENCY, URGENT, QUIET)
MINUTES: Final = (2, 5, 15, 60, 240)
"""Up to so many minutes; the last class is everything beyond."""
STATES: Final = ("answered", "skipped", "missed", "undelivered")


@dataclass(frozen=True, slots=True)
class Figures:
    """Two tables: levels by how long it took, weeks by what became of check-ins. `mondays` name the weeks."""

    times: Table
    mondays: tuple[date, ...]
    weeks: Table


def reckon(db: sqlite3.Connection, house: House, now: datetime) -> Figures:
    """Count; opens the alerts of the last days and nobody's answers."""
    today = local_day(now, house.default_zone)
    monday = today - timedelta(days=today.weekday())
    mondays = tuple(monday - timedelta(weeks=back) for back in reversed(range(WEEKS)))
    return Figures(
        small_numbers.tell(_times(db, house, now)), mondays, small_numbers.tell(_weeks(db, mondays))
    )


def _times(db: sqlite3.Connection, house: House, now: datetime) -> list[list[int]]:
    counts = {level: [0] * (len(MINUTES) + 1) for level in LEVELS}
    for clear in alerts.raised_since(db, now - timedelta(days=DAYS)):
        took = _took(db, house, clear.id, clear.resident_id)
        if took is not None and clear.level in counts:
            counts[clear.level][_class_of(took)] += 1
    return [counts[level] for level in LEVELS]


def _took(db: sqlite3.Connection, house: House, alert_id: int, resident_id: int) -> timedelta | None:
    try:
        resident = people.get(db, house.keyring, resident_id)
        alert = alerts.get(db, resident.box, alert_id)
    except (people.PersonUnreadable, people.PersonNotFound, alerts.AlertUnreadable, alerts.AlertNotFound):
        return None
    return alert.acknowledged_at - alert.raised_at if alert.acknowledged_at is not None else None


def _class_of(took: timedelta) -> int:
    minutes = took.total_seconds() / 60
    return next((number for number, most in enumerate(MINUTES) if minutes <= most), len(MINUTES))


def _weeks(db: sqlite3.Connection, mondays: Sequence[date]) -> list[list[int]]:
    counts = {monday: dict.fromkeys(STATES, 0) for monday in mondays}
    for day, state, count in check_ins.states_since(db, mondays[0]):
        week = counts.get(day - timedelta(days=day.weekday()))
        if week is not None and state in week:
            week[state] += count
    return [[counts[monday][state] for state in STATES] for monday in mondays]
