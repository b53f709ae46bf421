"""Audit: a line for what was opened, by ids and kinds."""

from datetime import UTC, datetime

from storage import audit
from storage.database import Database

NOW = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)


async def test_a_note_is_a_line_without_names(database: Database) -> None:
    """Who, what, about whom, when: nothing that could be read about anybody."""
    await database.run(audit.note, NOW, 2, "opened-plan", "person:1")
    lines = await database.run(lambda db: db.execute("SELECT actor, did, about FROM audit").fetchall())
    assert lines == [(2, "opened-plan", "person:1")]
