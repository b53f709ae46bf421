"""Heartbeats and outages."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from storage import outages
from storage.database import MIGRATIONS

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    """The tables, in memory."""
    connection = sqlite3.connect(":memory:")
    for number in ("0001", "0002"):
        connection.executescript((MIGRATIONS / f"{number}.sql").read_text())
    yield connection
    connection.close()


def test_the_first_start_ends_no_outage(db: sqlite3.Connection) -> None:
    """A new database was never down."""
    assert outages.record_start(db, NOON) is None


def test_a_quick_restart_is_no_outage(db: sqlite3.Connection) -> None:
    """Seconds are not worth a record."""
    outages.beat(db, NOON)
    assert outages.record_start(db, NOON + timedelta(minutes=2)) is None


def test_a_late_start_ends_an_outage(db: sqlite3.Connection) -> None:
    """From the last heartbeat to the start."""
    outages.beat(db, NOON)
    outage = outages.record_start(db, NOON + timedelta(hours=5))
    assert outage is not None
    assert outage.length == timedelta(hours=5)


def test_only_the_part_inside_the_time_asked_about_counts(db: sqlite3.Connection) -> None:
    """Her window may begin or end in the middle of an outage, and there may be several."""
    for start, end in ((0, 2), (5, 6)):
        outages.beat(db, NOON + timedelta(hours=start))
        outages.record_start(db, NOON + timedelta(hours=end))
    assert outages.down_between(db, NOON + timedelta(hours=1), NOON + timedelta(hours=8)) == timedelta(
        hours=2
    )
    assert outages.down_between(db, NOON + timedelta(hours=3), NOON + timedelta(hours=4)) == timedelta(0)


def test_old_outages_are_forgotten(db: sqlite3.Connection) -> None:
    """Nothing is kept for ever."""
    outages.beat(db, NOON)
    outages.record_start(db, NOON + timedelta(hours=1))
    outages.forget_older(db, NOON + timedelta(days=1))
    assert outages.down_between(db, NOON, NOON + timedelta(hours=2)) == timedelta(0)


def test_an_absurd_heartbeat_is_no_outage(db: sqlite3.Connection) -> None:
    """A damaged row must not move every timer by fifty years."""
    outages.beat(db, NOON - timedelta(days=20_000))
    assert outages.record_start(db, NOON) is None
    assert outages.last_beat(db) == NOON
