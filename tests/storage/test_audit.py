"""The audit: ids and codes, in a chain that shows what was changed."""

import sqlite3
from datetime import timedelta

import pytest

from storage import audit
from storage.audit import Did
from storage.database import Database
from tests.bot.town import NOW


async def _three(database: Database) -> None:
    await database.run(audit.note, NOW, 7, Did.SIGNED_IN, audit.person(7))
    await database.run(audit.note, NOW, None, Did.CASE_ENDED, audit.case(3))
    await database.run(audit.note, NOW, 7, Did.SIGNED_OUT)


async def test_what_was_done_is_listed_the_latest_first(database: Database) -> None:
    """Whoever asks wants to know about today."""
    await _three(database)
    found = await database.read(audit.entries)
    assert [(each.id, each.actor, each.did, each.about) for each in found] == [
        (3, 7, "signed-out", ""),
        (2, None, "case-ended", "case:3"),
        (1, 7, "signed-in", "person:7"),
    ]
    assert [each.id for each in await database.read(audit.entries, 1, 3)] == [2]


async def test_a_whole_chain_is_whole(database: Database) -> None:
    """Also one without a row."""
    assert await database.read(audit.verify) is None
    await _three(database)
    assert await database.read(audit.verify) is None


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("UPDATE audit SET did = 'person-opened' WHERE id = 2", 2),
        ("UPDATE audit SET actor = 8 WHERE id = 1", 1),
        ("UPDATE audit SET actor = NULL WHERE id = 3", 3),
        ("UPDATE audit SET at = at + 1 WHERE id = 2", 2),
        ("UPDATE audit SET about = 'case:4' WHERE id = 2", 2),
        ("DELETE FROM audit WHERE id = 2", 2),
        ("DELETE FROM audit WHERE id = 1", 1),
        ("UPDATE audit SET hash = x'00' WHERE id = 3", 3),
    ],
)
async def test_a_row_that_was_changed_or_taken_out_is_seen(
    database: Database, statement: str, broken: int
) -> None:
    """A list that can be tidied up by whoever did it is no audit."""
    await _three(database)
    await database.run(lambda connection: connection.execute(statement).rowcount)
    assert await database.read(audit.verify) == broken


@pytest.mark.parametrize(
    ("did", "about"), [("signed-in", "Leyla"), ("she called", ""), ("signed-in", "person:x")]
)
async def test_names_and_words_are_refused(database: Database, did: str, about: str) -> None:
    """It lasts longer than people do, so it may hold nothing of theirs."""
    with pytest.raises(ValueError, match="codes and ids only"):
        await database.run(audit.note, NOW, 7, did, about)


async def test_every_code_can_be_noted(database: Database) -> None:
    """One that is refused would take a change back with it."""
    for did in Did:
        await database.run(audit.note, NOW, None, did, "")
    assert len(await database.read(audit.entries)) == len(Did)


async def test_a_note_is_a_line_without_names(database: Database) -> None:
    """Who, what, about whom, when: nothing that could be read about anybody."""
    await database.run(audit.note, NOW, 2, "opened-plan", "person:1")
    lines = await database.run(lambda db: db.execute("SELECT actor, did, about FROM audit").fetchall())
    assert lines == [(2, "opened-plan", "person:1")]


# --- old rows go ---

DAY = timedelta(days=1)


async def _five(database: Database) -> None:
    """One a day."""
    for day in range(5):
        await database.run(audit.note, NOW + day * DAY, 7, Did.SIGNED_IN)


async def test_old_rows_go_and_the_rest_is_still_a_chain(database: Database) -> None:
    """Two years are long enough; what is left must be as hard to change as before."""
    await _five(database)
    later = NOW + 10 * DAY
    assert await database.run(audit.prune, later, NOW + 2 * DAY) == 2
    assert await database.run(audit.prune, later, NOW + 2 * DAY) == 0
    assert await database.read(audit.verify) is None
    found = [(each.id, each.did, each.about) for each in await database.read(audit.entries)]
    assert found == [(6, "pruned", "row:2"), (5, "signed-in", ""), (4, "signed-in", ""), (3, "signed-in", "")]


async def test_they_go_in_pieces(database: Database) -> None:
    """Each piece is noted, and the anchor moves with it."""
    await _five(database)
    assert [await database.run(audit.prune, NOW + 10 * DAY, NOW + 4 * DAY, 3) for _piece in range(3)] == [
        3,
        1,
        0,
    ]
    assert await database.read(audit.verify) is None
    assert [each.id for each in await database.read(audit.entries)] == [7, 6, 5]


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("DELETE FROM audit WHERE id = 3", 3),
        ("UPDATE audit SET actor = 8 WHERE id = 3", 3),
        ("UPDATE audit SET about = 'row:3' WHERE id = 6", 6),
        ("UPDATE audit_anchor SET hash = zeroblob(32)", 3),
        ("DELETE FROM audit_anchor", 1),
        ("UPDATE audit_anchor SET row_id = 3, hash = (SELECT hash FROM audit WHERE id = 3)", 4),
    ],
)
async def test_a_pruned_list_that_was_changed_is_seen(
    database: Database, statement: str, broken: int
) -> None:
    """The anchor is no way around the chain."""
    await _five(database)
    await database.run(audit.prune, NOW + 10 * DAY, NOW + 2 * DAY)
    await database.run(lambda connection: connection.execute(statement).rowcount)
    assert await database.read(audit.verify) == broken


async def test_whoever_takes_the_beginning_out_and_moves_the_anchor_is_seen(database: Database) -> None:
    """Row and hash then fit; but nobody noted that the clock did it."""
    await _five(database)
    await database.run(audit.prune, NOW + 10 * DAY, NOW + 2 * DAY)

    def forge(connection: sqlite3.Connection) -> None:
        connection.execute("UPDATE audit_anchor SET row_id = 3, hash = (SELECT hash FROM audit WHERE id = 3)")
        connection.execute("DELETE FROM audit WHERE id <= 3")

    await database.run(forge)
    assert await database.read(audit.verify) == 1


async def test_rows_about_somebody_are_counted(database: Database) -> None:
    """She may ask how often something of hers was opened."""
    await database.run(audit.note, NOW, 7, Did.PLAN_OPENED, audit.person(1))
    await database.run(audit.note, NOW, 7, Did.PLAN_OPENED, audit.person(11))
    assert await database.read(audit.count_about, audit.person(1)) == 1
