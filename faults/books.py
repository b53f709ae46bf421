"""
What the database says: the other side of the account.

Read by hand and with the storage's own functions, from a database no bot has open; `copied` reads one that a
killed bot has left, without taking from the next start what it has to mend.
"""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from bench.seeding import Town
from bot.wiring import DATABASE
from dialogs.alert import Alert
from storage import alerts, people
from storage.database import damage
from storage.sealing import Keyring

LOG: Final = "-wal"


class Row(NamedTuple):
    """A message in the outbox."""

    person: int
    purpose: str
    state: str
    alert: int | None
    step: int


@dataclass(frozen=True, slots=True)
class Books:
    """Everything the account needs, at one moment."""

    recorded: frozenset[int]  # update ids
    set_aside: int
    rows: tuple[Row, ...]
    alerts: tuple[Alert, ...]
    check_ins: dict[tuple[int, str], str]  # (resident, day as in a button) -> state


def read(town: Town) -> Books:
    """Return what stands in the database; nobody may have it open."""
    with closing(sqlite3.connect(town.data / DATABASE)) as db:
        return _read(db, town.keyring())


def _read(db: sqlite3.Connection, keyring: Keyring) -> Books:
    return Books(
        recorded=recorded(db),
        set_aside=db.execute("SELECT count(*) FROM set_aside").fetchone()[0],
        rows=tuple(
            Row(*row) for row in db.execute("SELECT person_id, purpose, state, alert_id, step FROM outbox")
        ),
        alerts=tuple(_alerts(db, keyring)),
        check_ins={
            (resident, day.replace("-", "")): state
            for resident, day, state in db.execute("SELECT resident_id, local_date, state FROM check_ins")
        },
    )


def _alerts(db: sqlite3.Connection, keyring: Keyring) -> Iterator[Alert]:
    for alert_id, resident in db.execute("SELECT id, resident_id FROM alerts ORDER BY id").fetchall():
        yield alerts.get(db, people.get(db, keyring, resident).box, alert_id)


def recorded(db: sqlite3.Connection) -> frozenset[int]:
    """Return the updates that were handled."""
    return frozenset(row[0] for row in db.execute("SELECT update_id FROM updates"))


def is_whole(database: Path) -> bool:
    """Whether a database that nobody has open is what SQLite calls intact."""
    with closing(sqlite3.connect(database)) as db:
        return _damage(db) == ()


def _damage(db: sqlite3.Connection) -> tuple[str, ...]:
    """What is wrong; a database that cannot even be looked through is wrong enough."""
    try:
        return tuple(damage(db))
    except sqlite3.DatabaseError as error:
        return (error.sqlite_errorname,)


@dataclass(frozen=True, slots=True)
class Wreck:
    """What a killed bot has left on the disk."""

    recorded: frozenset[int]
    damage: tuple[str, ...]


def copied(town: Town, folder: Path) -> Wreck:
    """Look at a copy: whoever opens the database itself mends it, and that is for the next start to do."""
    with _copy(town.data / DATABASE, folder) as copy, closing(sqlite3.connect(copy)) as db:
        found = _damage(db)
        return Wreck(frozenset() if found else recorded(db), found)


@contextmanager
def _copy(database: Path, folder: Path) -> Iterator[Path]:
    folder.mkdir(exist_ok=True)
    try:
        for file in (database, database.with_name(database.name + LOG)):
            if file.exists():
                shutil.copy(file, folder / file.name)
        yield folder / database.name
    finally:
        shutil.rmtree(folder)
