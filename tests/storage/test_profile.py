"""What Telegram has of the profile is remembered, so that no start sets it again."""

import sqlite3
from datetime import UTC, datetime

from storage import chores, profile

NOW = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)


def test_the_last_content_of_each_part_is_kept(db: sqlite3.Connection) -> None:
    """One row each, whatever was there before."""
    profile.note(db, "name:", "old", NOW)
    profile.note(db, "name:", "new", NOW)
    profile.note(db, "description:sv", "other", NOW)
    assert profile.given(db) == {"name:": "new", "description:sv": "other"}


def test_a_part_is_forgotten_alone(db: sqlite3.Connection) -> None:
    """Neither a part with a longer name nor a real chore goes with it."""
    chores.plan(db, "profile", NOW)
    profile.note(db, "name:", "a", NOW)
    profile.note(db, "name:sv", "b", NOW)
    profile.forget(db, "name:")
    assert profile.given(db) == {"name:sv": "b"}
    assert chores.due_at(db, "profile") == NOW
