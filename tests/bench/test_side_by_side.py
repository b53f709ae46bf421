"""Tests for the race of the bots."""

from datetime import UTC, datetime

from bench.side_by_side import due_at


def test_what_is_due_falls_later_than_the_race() -> None:
    """A check-in that came in the middle would be measured as an answer."""
    now = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
    assert due_at(now) > now
