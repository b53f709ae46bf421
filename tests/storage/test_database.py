"""The database file: refuses clearly, keeps a transaction whole, forgets what was erased."""

import os
import resource
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

import pytest

from dialogs.people import Resident, Role
from storage import people
from storage.database import (
    BUSY_MILLISECONDS,
    MIGRATIONS,
    Database,
    DatabaseDamaged,
    DatabaseNotWritable,
    DatabaseTooNew,
    StorageBusy,
    StorageFailed,
    StorageFull,
    TransactionLost,
    damage,
    open_database,
    ours,
    savepoint,
    shrink,
)
from storage.sealing import Keyring

NEWEST = max(int(file.stem) for file in MIGRATIONS.glob("*.sql"))


def note(db: sqlite3.Connection, number: int) -> None:
    db.execute("INSERT INTO updates (update_id, received_at) VALUES (?, 0)", (number,))


def stop_at_two(number: int) -> None:
    if number == 2:
        raise LookupError("stop")


def content(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""


def write(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def notes(db: sqlite3.Connection) -> list[int]:
    return [row[0] for row in db.execute("SELECT update_id FROM updates ORDER BY update_id")]


def pragma(db: sqlite3.Connection, name: str) -> object:
    return db.execute(f"PRAGMA {name}").fetchone()[0]


async def test_a_new_database_is_ours_alone_and_safe_against_a_power_cut(
    database: Database, path: Path
) -> None:
    """Each of these settings is a promise of the design, and none is SQLite's default."""
    assert mode(path) == 0o600
    names = ("journal_mode", "synchronous", "secure_delete", "foreign_keys", "auto_vacuum", "user_version")
    found = [await database._hop(pragma, database._conn, name) for name in names]
    assert found == ["wal", 2, 1, 1, 2, NEWEST]
    assert await database._hop(damage, database._conn) == []
    await database._hop(shrink, database._conn, 10)


async def test_a_committed_transaction_is_there_after_a_restart(path: Path) -> None:
    """The offset is confirmed only after this."""
    first = await open_database(path)
    await first.run(note, 7)
    await first.close()
    second = await open_database(path)
    assert await second.run(notes) == [7]
    await second.close()


async def test_a_failed_transaction_leaves_nothing(database: Database) -> None:
    """Half a decision is worse than none."""

    def fail(db: sqlite3.Connection) -> None:
        note(db, 1)
        raise LookupError("stop")

    with pytest.raises(LookupError):
        await database.run(fail)
    assert await database.run(notes) == []


async def test_a_broken_constraint_stays_sqlites_own_error(database: Database) -> None:
    """It is a mistake of ours, and must not look like a sick disk."""
    await database.run(note, 1)
    with pytest.raises(sqlite3.IntegrityError):
        await database.run(note, 1)


async def test_work_that_ends_its_transaction_is_refused(database: Database) -> None:
    """What follows would be written piece by piece."""
    with pytest.raises(TransactionLost):
        await database.run(lambda db: db.execute("COMMIT"))


async def test_a_savepoint_undoes_itself_and_keeps_its_neighbours(database: Database) -> None:
    """One update that fails must not cost the batch."""

    def batch(db: sqlite3.Connection) -> None:
        for number in (1, 2, 3):
            try:
                with savepoint(db):
                    note(db, number)
                    stop_at_two(number)
            except LookupError:
                continue

    await database.run(batch)
    assert await database.run(notes) == [1, 3]


async def test_savepoints_nest(database: Database) -> None:
    """The inner one goes back to itself only."""

    def batch(db: sqlite3.Connection) -> None:
        with savepoint(db):
            note(db, 1)
            with suppress(LookupError), savepoint(db):
                note(db, 2)
                stop_at_two(2)

    await database.run(batch)
    assert await database.run(notes) == [1]


async def test_a_transaction_sqlite_gave_up_is_not_taken_for_one_failed_update(database: Database) -> None:
    """After a full disk SQLite may undo everything; the rest of the batch must not be written by itself."""

    def batch(db: sqlite3.Connection) -> None:
        note(db, 1)
        try:
            with savepoint(db):
                db.execute("ROLLBACK")
                stop_at_two(2)
        except LookupError:
            note(db, 2)

    with pytest.raises(TransactionLost):
        await database.run(batch)
    assert await database.run(notes) == []


def test_a_savepoint_outside_a_transaction_is_refused() -> None:
    """There would be nothing to commit."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    with pytest.raises(TransactionLost), savepoint(connection):
        pass
    connection.close()


async def test_a_full_disk_is_said_plainly(database: Database) -> None:
    """The operator can make room; a stack of SQLite words does not say so."""

    def fill(db: sqlite3.Connection) -> None:
        db.execute(f"PRAGMA max_page_count = {pragma(db, 'page_count')}")
        with savepoint(db):
            db.execute("INSERT INTO set_aside VALUES (1, 1, 1, 'E', zeroblob(100000))")

    with pytest.raises(StorageFull) as raised:
        await database.run(fill)
    assert isinstance(raised.value.__cause__, sqlite3.OperationalError)


def fill(db: sqlite3.Connection, row: int) -> None:
    db.execute("INSERT INTO set_aside VALUES (?, 1, 1, 'E', zeroblob(100000))", (row,))


def rows(db: sqlite3.Connection) -> list[int]:
    return [row[0] for row in db.execute("SELECT id FROM set_aside ORDER BY id")]


async def test_after_a_full_disk_the_connection_is_as_good_as_before(database: Database) -> None:
    """It fails in the middle of a transaction, again and again, and works as soon as there is room."""

    def half_done(db: sqlite3.Connection) -> None:
        note(db, 7)
        fill(db, 2)

    await database.run(fill, 1)
    pages = await database.read(pragma, "page_count")
    await database.run(pragma, f"max_page_count = {pages}")
    for _time in range(3):
        with pytest.raises(StorageFull):
            await database.run(half_done)
        assert await database.read(rows) == [1]
    await database.run(pragma, "max_page_count = 1000000")
    await database.run(half_done)
    assert (await database.read(rows), await database.read(notes)) == ([1, 2], [7])


async def test_a_log_that_cannot_grow_costs_the_transaction_and_nothing_else(
    database: Database, path: Path
) -> None:
    """A really full disk shows at the commit, when the log beside the database is written."""
    await database.run(fill, 1)
    size = path.with_name(path.name + "-wal").stat().st_size
    with files_up_to(size + 50_000):
        for _time in range(3):
            with pytest.raises(StorageFailed):
                await database.run(fill, 2)
        assert await database.read(rows) == [1]
        await database.run(note, 7)
    await database.run(fill, 2)
    assert (await database.read(rows), await database.read(notes)) == ([1, 2], [7])
    assert await database.read(damage) == []


@contextmanager
def files_up_to(size: int) -> Iterator[None]:
    """No file of this process may grow beyond `size`: the nearest thing to a full disk that needs no disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


async def test_reading_goes_on_where_nothing_can_be_written(database: Database) -> None:
    """Who wrote can be found and told, also on a disk that was mounted for reading only."""
    await database.run(note, 1)
    await database._hop(pragma_query_only, database._conn, "ON")
    with pytest.raises(DatabaseNotWritable):
        await database.run(note, 2)
    assert await database.read(notes) == [1]
    with pytest.raises(DatabaseNotWritable):
        await database.read(note, 3)
    await database._hop(pragma_query_only, database._conn, "OFF")
    await database.run(note, 2)
    assert await database.read(notes) == [1, 2]


def pragma_query_only(db: sqlite3.Connection, on: str) -> None:
    db.execute(f"PRAGMA query_only = {on}")


async def test_what_is_written_while_reading_is_not_kept(database: Database) -> None:
    """Reading is outside every promise about what was stored."""
    await database.read(note, 1)
    assert await database.read(notes) == []


async def test_another_writer_is_said_plainly(database: Database, path: Path) -> None:
    """Two bots on one file must not look like a bug."""
    await database._hop(pragma_busy_at_once, database._conn)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageBusy):
        await database.run(note, 1)
    other.close()


def pragma_busy_at_once(db: sqlite3.Connection) -> None:
    db.execute("PRAGMA busy_timeout = 0")


async def test_a_newer_database_is_left_alone(path: Path) -> None:
    """An older program must not write what a newer one means differently."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = content(path)
    with pytest.raises(DatabaseTooNew) as raised:
        await open_database(path)
    assert (raised.value.found, raised.value.known) == (99, NEWEST)
    assert content(path) == before
    assert os.listdir(path.parent) == [path.name]  # noqa: PTH208


async def test_random_bytes_are_no_database(path: Path) -> None:
    """A damaged file is not to be written over: a backup may need comparing with it."""
    before = os.urandom(20_000)
    write(path, before)
    with pytest.raises(DatabaseDamaged):
        await open_database(path)
    assert content(path) == before


async def test_a_cut_off_database_is_damaged(path: Path) -> None:
    """A copy that broke off must not be taken for the whole."""
    await (await open_database(path)).close()
    write(path, content(path)[:12_288])
    with pytest.raises(DatabaseDamaged):
        await open_database(path)
    assert len(content(path)) == 12_288


async def test_a_directory_that_is_not_there_is_not_writable(path: Path) -> None:
    """The sentence names the path, so that it can be put right."""
    with pytest.raises(DatabaseNotWritable, match=r"vidare\.db"):
        await open_database(path / "vidare.db")


@pytest.mark.parametrize("closed", ["file", "directory"])
async def test_what_cannot_be_written_is_refused_at_the_start(
    path: Path, closed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not at the first message. (Whoever tests as root may write everywhere, so the system's answer is played.)"""
    await (await open_database(path)).close()

    def no_open(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    if closed == "file":
        monkeypatch.setattr("storage.database.os.open", no_open)
    else:
        monkeypatch.setattr("storage.database.os.access", lambda *_: False)
    with pytest.raises(DatabaseNotWritable):
        await open_database(path)


async def test_a_failed_migration_leaves_the_last_good_version(path: Path, tmp_path: Path) -> None:
    """An update that goes wrong can be tried again."""
    steps = tmp_path / "steps"
    steps.mkdir()
    (steps / "0001.sql").write_text((MIGRATIONS / "0001.sql").read_text())
    (steps / "0002.sql").write_text("CREATE TABLE more (id INTEGER); CREATE TABLE people (id INTEGER);")
    with pytest.raises(sqlite3.OperationalError, match="people"):
        await open_database(path, steps)
    (steps / "0002.sql").unlink()
    database = await open_database(path, steps)
    assert await database._hop(pragma, database._conn, "user_version") == 1
    tables = await database.run(lambda db: [r[0] for r in db.execute("SELECT name FROM sqlite_schema")])
    assert "more" not in tables
    await database.close()


async def test_a_number_that_no_migration_has_is_passed_over(path: Path, tmp_path: Path) -> None:
    """Numbers are given out before what they are for is written."""
    steps = tmp_path / "steps"
    steps.mkdir()
    (steps / "0001.sql").write_text((MIGRATIONS / "0001.sql").read_text())
    (steps / "0003.sql").write_text("CREATE TABLE more (id INTEGER);")
    database = await open_database(path, steps)
    assert await database._hop(pragma, database._conn, "user_version") == 3
    await database.close()


async def test_an_erased_person_leaves_no_trace_on_the_disk(
    database: Database, path: Path, keyring: Keyring, now: datetime
) -> None:
    """The wrapped key is the one thing that must really be gone: without it the rest is noise."""

    def add(db: sqlite3.Connection) -> bytes:
        known = people.create_person(db, keyring, Role.RESIDENT, lambda i: Resident(i, "Blue Heron"), now)
        wrapped: bytes = db.execute("SELECT wrapped_key FROM people WHERE id = ?", (known.id,)).fetchone()[0]
        return wrapped

    canary = await database.run(add)
    await database._hop(checkpoint, database._conn)
    assert canary in content(path)
    await database.run(people.erase, 1)
    await database._hop(checkpoint, database._conn)
    log = path.with_name(path.name + "-wal")
    assert canary not in content(path) + content(log)


def checkpoint(db: sqlite3.Connection) -> None:
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def test_an_error_without_a_code_is_left_as_it_is() -> None:
    """sqlite3 raises some errors itself, without asking SQLite."""
    error = sqlite3.ProgrammingError("closed")
    assert ours(error) is error


async def test_the_version_changes_when_somebody_else_writes(path: Path, database: Database) -> None:
    """Our own writes do not count, nor do looks of others."""

    def write(db: sqlite3.Connection) -> int:
        return db.execute("INSERT INTO chores (name, due_at) SELECT count(*), 0 FROM chores").rowcount

    before = await database.version()
    await database.run(write)
    assert await database.version() == before
    other = await open_database(path)
    try:
        await other.read(lambda db: db.execute("SELECT 1 FROM chores").fetchone())
        assert await database.version() == before
        await other.run(write)
        assert await database.version() != before
    finally:
        await other.close()


async def test_a_destroyed_key_stands_in_the_log_until_it_is_cut_off(path: Path, database: Database) -> None:
    """Old pages stay there otherwise, and with a stolen master key they would open."""
    key = bytes(range(200, 232)) * 4

    def add(db: sqlite3.Connection) -> int:
        return db.execute(
            "INSERT INTO people (role, state, wrapped_key, sealed_person, created_at, changed_at)"
            " VALUES ('resident', 'active', ?, x'00', 0, 0)",
            (key,),
        ).rowcount

    log = path.with_name(path.name + "-wal")
    await database.run(add)
    await database.run(people.erase, 1)
    assert key in content(log)
    assert await database.empty_log()
    assert key not in content(path) + content(log)


async def test_cutting_the_log_off_waits_for_nobody(path: Path, database: Database) -> None:
    """Somebody reads, a backup for instance: an alert must not wait for that; and afterwards it works."""
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN")
    other.execute("SELECT count(*) FROM people").fetchone()
    await database.run(lambda db: db.execute("INSERT INTO chores (name, due_at) VALUES ('x', 0)").rowcount)
    assert not await database.empty_log()
    other.close()
    assert await database.empty_log()
    timeout = await database.read(lambda db: db.execute("PRAGMA busy_timeout").fetchone()[0])
    assert timeout == BUSY_MILLISECONDS
