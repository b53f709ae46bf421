"""An open database with its doors, and Leyla, Mina and Josef in it."""

import sqlite3
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dialogs.people import Contact, Resident, Role
from storage import people
from storage.database import MIGRATIONS, Database, open_database
from storage.people import Known
from storage.sealing import Doors, Keyring, unlock
from tests.bot.town import Town, built

NOW = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)
MASTER_KEY = bytes(range(32))


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def keyring() -> Keyring:
    return Keyring([MASTER_KEY])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "vidare.db"


@pytest.fixture
async def database(path: Path) -> AsyncIterator[Database]:
    database = await open_database(path)
    yield database
    await database.close()


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    """A connection with the tables, for functions that need no thread and no file."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    for migration in sorted(MIGRATIONS.glob("*.sql")):
        connection.executescript(migration.read_text())
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("BEGIN")
    yield connection
    connection.close()


@pytest.fixture
def doors(db: sqlite3.Connection, keyring: Keyring) -> Doors:
    return unlock(db, keyring)


@pytest.fixture
def leyla(db: sqlite3.Connection, keyring: Keyring) -> Known:
    return people.create_person(
        db, keyring, Role.RESIDENT, lambda person: Resident(person, "Blue Heron", name="Leyla"), NOW
    )


@pytest.fixture
def mina(db: sqlite3.Connection, keyring: Keyring) -> Known:
    return people.create_person(db, keyring, Role.CONTACT, lambda person: Contact(person, "Mina"), NOW)


@pytest.fixture
def josef(db: sqlite3.Connection, keyring: Keyring) -> Known:
    return people.create_person(db, keyring, Role.CONTACT, lambda person: Contact(person, "Josef"), NOW)


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """An empty database and nobody in it, with the house around it."""
    async with built(tmp_path) as empty:
        yield empty
