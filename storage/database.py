"""
The database file: opened, brought up to date, and used one whole transaction at a time.

Work is a plain synchronous function of an open connection. It runs in one hop on the connection's own thread,
so nothing slips in between two statements of a decision. SQLite's errors become ours here and nowhere else,
except those that are our own mistake (a broken constraint, a wrong statement) and no state of the disk.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

import aiosql
import aiosqlite

P = ParamSpec("P")
T = TypeVar("T")

HERE: Final = Path(__file__).parent
MIGRATIONS: Final = HERE / "migrations"
BUSY_MILLISECONDS: Final = 5_000
CACHE_KIBIBYTES: Final = 8 * 1024
STATEMENTS_KEPT: Final = 256  # more than all our queries, so that each is compiled once


class StorageError(Exception):
    """The storage cannot go on; whoever handles one update must let this pass to whoever runs them all."""


class StorageFull(StorageError):
    """The disk is full."""


class StorageBusy(StorageError):
    """Another program holds the database."""


class StorageFailed(StorageError):
    """The disk did not do what it was told."""


class TransactionLost(StorageError):
    """SQLite gave up the transaction by itself: nothing of it is kept, nothing more may go into it."""


class DatabaseDamaged(StorageError):
    """The file is not a database, or not a whole one."""


class DatabaseNotWritable(StorageError):
    """The file, or the directory it lies in, cannot be written."""


class DatabaseTooNew(StorageError):
    """A newer program wrote this database; it is left alone."""

    def __init__(self, found: int, known: int) -> None:
        super().__init__(
            f"the database is of version {found}, this program knows {known}: install a newer one"
        )
        self.found, self.known = found, known


_CAUSES: Final[dict[int, tuple[type[StorageError], str]]] = {
    sqlite3.SQLITE_FULL: (StorageFull, "the disk is full"),
    sqlite3.SQLITE_BUSY: (StorageBusy, "another program holds the database"),
    sqlite3.SQLITE_LOCKED: (StorageBusy, "the database is locked"),
    sqlite3.SQLITE_CORRUPT: (DatabaseDamaged, "the database is damaged: restore a backup"),
    sqlite3.SQLITE_NOTADB: (DatabaseDamaged, "the file is not a database: restore a backup"),
    sqlite3.SQLITE_READONLY: (DatabaseNotWritable, "the database cannot be written"),
    sqlite3.SQLITE_CANTOPEN: (DatabaseNotWritable, "the database cannot be opened"),
    sqlite3.SQLITE_IOERR: (StorageFailed, "the disk failed"),
}


def ours(error: sqlite3.Error) -> Exception:
    """Return the error of ours that `error` is, or `error` itself where it is a mistake in the program."""
    code = getattr(error, "sqlite_errorcode", 0)
    if (code & 0xFF) not in _CAUSES:  # the low byte is the kind, the rest the detail
        return error
    kind, sentence = _CAUSES[code & 0xFF]
    return kind(f"{sentence} ({error.sqlite_errorname})")


def load_queries(name: str) -> Any:
    """Return the statements of `queries/<name>.sql`, each a function of a connection and named values."""
    return aiosql.from_path(HERE / "queries" / f"{name}.sql", "sqlite3")


class Database(aiosqlite.Connection):
    """An open database. `run` is the way in; what aiosqlite offers besides is for reading by hand."""

    async def run(
        self, work: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """
        Do `work` in one transaction and return what it returns; when it raises, nothing of it is kept.

        Who is cancelled while waiting does not know whether the transaction was committed: it goes on.
        """
        return await self._hop(_in_transaction, self._conn, work, *args, **kwargs)

    async def read(
        self, work: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Do `work` that only reads: it goes on where nothing can be written. What it writes is not kept."""
        return await self._hop(_reading, self._conn, work, *args, **kwargs)

    async def empty_log(self) -> bool:
        """
        Take over what stands in the log beside the database, and cut the log off; False where somebody reads it.

        Until then the log holds pages as they were: also keys that have been destroyed since.
        """
        return await self._hop(_empty_log, self._conn)

    async def version(self) -> int:
        """Return a number that changes when another connection wrote into the file; our own writes do not count."""
        return await self._hop(_version, self._conn)

    async def _hop(self, function: Callable[..., T], *args: object, **kwargs: object) -> T:
        result: T = await self._execute(function, *args, **kwargs)  # type: ignore[no-untyped-call]
        return result


def _in_transaction(
    connection: sqlite3.Connection,
    work: Callable[Concatenate[sqlite3.Connection, P], T],
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    try:
        connection.execute("BEGIN IMMEDIATE")
        result = work(connection, *args, **kwargs)
        _commit(connection)
    except BaseException as error:
        _give_up(connection)
        if isinstance(error, sqlite3.Error) and (translated := ours(error)) is not error:
            raise translated from error
        raise
    return result


def _reading(
    connection: sqlite3.Connection,
    work: Callable[Concatenate[sqlite3.Connection, P], T],
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    try:
        connection.execute("BEGIN")
        return work(connection, *args, **kwargs)
    except sqlite3.Error as error:
        raise ours(error) from error
    finally:
        _give_up(connection)


def _empty_log(connection: sqlite3.Connection) -> bool:
    """It does not wait for who reads: a backup may take minutes, and an alert must not."""
    try:
        connection.execute("PRAGMA busy_timeout = 0")
        return bool(connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0)
    except sqlite3.Error as error:
        raise ours(error) from error
    finally:
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")


def _version(connection: sqlite3.Connection) -> int:
    try:
        return int(connection.execute("PRAGMA data_version").fetchone()[0])
    except sqlite3.Error as error:
        raise ours(error) from error


def _give_up(connection: sqlite3.Connection) -> None:
    """A disk that fails at this too must not hide what was wrong; SQLite has left the transaction all the same."""
    if connection.in_transaction:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")


def _commit(connection: sqlite3.Connection) -> None:
    if not connection.in_transaction:
        raise TransactionLost("the transaction ended before its work did")
    connection.execute("COMMIT")


@contextmanager
def savepoint(connection: sqlite3.Connection) -> Iterator[None]:
    """
    Undo what is done inside when it raises, and only that; the transaction around it goes on.

    A full disk can make SQLite undo the whole transaction; what came after would then be written by itself.
    So that raises a `StorageError`, which must not be taken for the failure of one update.
    """
    if not connection.in_transaction:
        raise TransactionLost("there is no transaction to go back in")
    connection.execute("SAVEPOINT here")
    try:
        yield
    except BaseException as error:
        _undo_to_here(connection, error)
        raise
    connection.execute("RELEASE here")


def _undo_to_here(connection: sqlite3.Connection, error: BaseException) -> None:
    try:
        if connection.in_transaction:
            connection.execute("ROLLBACK TO here")
            connection.execute("RELEASE here")
    except sqlite3.Error as failed:
        raise TransactionLost("the transaction could not be taken back in part") from failed
    if isinstance(error, sqlite3.Error) and (translated := ours(error)) is not error:
        raise translated from error
    if not connection.in_transaction:
        raise TransactionLost("the transaction was given up") from error


async def open_database(path: Path, migrations: Path = MIGRATIONS) -> Database:
    """
    Open the database at `path`, creating it (mode 0600) or bringing it up to date.

    Raises `DatabaseTooNew`, `DatabaseDamaged`, `DatabaseNotWritable` or another `StorageError`, and has
    changed nothing then. A migration that fails leaves the database at the last one that did not.
    """
    _prepare_file(path)
    database = Database(lambda: _connect(path), iter_chunk_size=64)
    database._thread.daemon = True  # a program that fails shall end and be started again, not hang
    await database
    try:
        await database._hop(_make_ready, database._conn, path, migrations)
    except BaseException:
        await database.close()
        raise
    return database


def _connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None, cached_statements=STATEMENTS_KEPT)


def _prepare_file(path: Path) -> None:
    """Find out before SQLite does whether we can write; SQLite would say so at the first write only."""
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    except OSError as error:
        raise DatabaseNotWritable(f"{path} cannot be written: {error.strerror}") from error
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise DatabaseNotWritable(
            f"{path.parent} cannot be written; SQLite keeps its log beside the database"
        )


def _make_ready(connection: sqlite3.Connection, path: Path, migrations: Path) -> None:
    try:
        found, steps = _peek(path), _steps(migrations)
        known = max(steps, default=0)
        if found > known:
            raise DatabaseTooNew(found, known)
        if found == 0:  # only before the first table and before WAL; later it would be a write
            connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
        _set_up(connection)
        for number in sorted(each for each in steps if each > found):
            _migrate(connection, number, steps[number])
    except sqlite3.Error as error:
        raise ours(error) from error


def _peek(path: Path) -> int:
    """Return the version without writing: an ordinary connection would tidy up the log when it closes."""
    peeking = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
    try:
        peeking.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        version: int = peeking.execute("PRAGMA user_version").fetchone()[0]
    finally:
        peeking.close()
    return version


def _set_up(connection: sqlite3.Connection) -> None:
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")  # a commit that was confirmed survives a power cut
    connection.execute("PRAGMA secure_delete = ON")  # what is erased is overwritten
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIBIBYTES}")


def _steps(migrations: Path) -> dict[int, str]:
    """Return the migrations by number: `0001.sql` brings the database to version 1."""
    return {int(file.stem): file.read_text("utf-8") for file in sorted(migrations.glob("[0-9]*.sql"))}


def _migrate(connection: sqlite3.Connection, number: int, script: str) -> None:
    try:
        connection.executescript(f"BEGIN IMMEDIATE;\n{script}\n;PRAGMA user_version = {number};\nCOMMIT;")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def damage(connection: sqlite3.Connection) -> list[str]:
    """Return what is wrong with the whole file, read page by page; takes long on a large one."""
    found = [row[0] for row in connection.execute("PRAGMA integrity_check(20)")]
    return [] if found == ["ok"] else found


def shrink(connection: sqlite3.Connection, pages: int) -> int:
    """Give up to `pages` empty pages back to the disk; returns how many are left."""
    connection.execute(f"PRAGMA incremental_vacuum({int(pages)})").fetchall()
    left: int = connection.execute("PRAGMA freelist_count").fetchone()[0]
    return left
