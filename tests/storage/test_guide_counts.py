"""Counts of steps: they add up, and know nobody."""

from storage import guide_counts
from storage.database import Database


async def test_counts_add_up_by_step_and_kind(database: Database) -> None:
    """Whoever keeps the guides sees which step fails."""
    for what in ("helped", "helped", "stuck"):
        await database.run(guide_counts.add, "bills", "due", what)
    await database.run(guide_counts.add, "bills", "app", "not-helped")
    totals = await database.run(guide_counts.totals)
    assert totals == {("bills", "app"): {"not-helped": 1}, ("bills", "due"): {"helped": 2, "stuck": 1}}


async def test_the_table_has_no_column_for_a_person_or_a_day(database: Database) -> None:
    """What is not there cannot be found out."""
    columns = await database.run(
        lambda each: [row[1] for row in each.execute("PRAGMA table_info(guide_counts)")]
    )
    assert columns == ["guide", "step", "what", "times"]
