"""
A database full of residents who have joined, written in bulk.

The rows are sealed with the storage's own keys and boxes and go into its own tables; only the statements are
ours, because a million people brought in one by one would take longer than all the measuring. A test opens what
is written here with the storage's own functions.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Final, TypeAlias

import msgspec

from bot.wiring import DATABASE
from dialogs.events import Timer
from dialogs.people import Agreed, Consent, Contact, Person, Place, Resident
from storage.database import open_database
from storage.master_key import create_key_file, from_file
from storage.moments import to_integer
from storage.sealing import Box, Doors, Keyring, unlock

RESIDENTS_FOR_A_CONTACT: Final = 10
AT_ONCE: Final = 10_000
NOBODY: Final = 10_000_000_000
"""From here on: chats no phone of the sandbox has."""

_PEOPLE: Final = """
INSERT INTO people (id, role, state, chat_hash, wrapped_key, sealed_chat, sealed_person, created_at, changed_at)
VALUES (?, ?, 'active', ?, ?, ?, ?, ?, ?)
"""
_LINKS: Final = "INSERT INTO links (resident_id, contact_id, turn, agreed) VALUES (?, ?, 0, 1)"
_TIMERS: Final = "INSERT INTO timers (person_id, kind, due_at) VALUES (?, ?, ?)"

_Row: TypeAlias = tuple[object, ...]
_encoder = msgspec.json.Encoder()


@dataclass(frozen=True, slots=True)
class Town:
    """Where a seeded database lies, and how it is opened."""

    folder: Path
    residents: int

    @property
    def data(self) -> Path:
        """The data folder of the bot."""
        return self.folder / "data"

    @property
    def key_file(self) -> Path:
        """The master key, beside the data and not in it."""
        return self.folder / "keys" / "master.key"

    def keyring(self) -> Keyring:
        """The key, read."""
        return Keyring(from_file(self.key_file, self.data))


@dataclass(frozen=True, slots=True)
class Plan:
    """
    Who is there. `phones` and `contact_phones` are chats that exist; the first so many people own them.

    `due` residents are due at `due_at`, spread over the whole table; all others a day later and after.
    """

    residents: int
    phones: Sequence[int]
    contact_phones: Sequence[int]
    due_at: datetime
    due: int = 0

    @property
    def contacts(self) -> int:
        """How many contact persons there are."""
        return max(len(self.contact_phones), self.residents // RESIDENTS_FOR_A_CONTACT, 1)


async def seed(folder: Path, plan: Plan, now: datetime) -> Town:
    """Make the database and return where it is."""
    town = Town(folder, plan.residents)
    for each in (town.data, town.key_file.parent):
        each.mkdir(parents=True, mode=0o700)
    create_key_file(town.key_file)
    keyring = town.keyring()
    database = await open_database(town.data / DATABASE)
    doors = await database.run(unlock, keyring)
    await database.close()
    with closing(sqlite3.connect(town.data / DATABASE, isolation_level=None)) as db:
        _fill(db, plan, _Sealer(keyring, doors, to_integer(now)))
    return town


@dataclass(frozen=True, slots=True)
class _Sealer:
    keyring: Keyring
    doors: Doors
    now: int

    def row(self, person: Person, chat: int) -> _Row:
        """One row of `people`, as `storage.people` would have written it in four steps."""
        key = self.keyring.new_person_key()
        box = Box(key)
        return (
            person.id,
            person.role.value,
            self.doors.find(chat),
            self.keyring.wrap(key, f"people.wrapped_key:{person.id}"),
            box.seal(b"%d" % chat, f"people.sealed_chat:{person.id}"),
            box.seal(_encoder.encode(person), f"people.sealed_person:{person.id}"),
            self.now,
            self.now,
        )


def _fill(db: sqlite3.Connection, plan: Plan, sealer: _Sealer) -> None:
    db.execute("PRAGMA journal_mode = OFF")  # a benchmark that loses power is begun anew
    db.execute("PRAGMA synchronous = OFF")
    db.execute("PRAGMA cache_size = -524288")
    db.execute("BEGIN")
    _insert(db, _PEOPLE, (sealer.row(*each) for each in _contacts(plan)))
    _insert(db, _PEOPLE, (sealer.row(*each) for each in _residents(plan)))
    _insert(
        db, _LINKS, ((_resident_id(plan, each), _contact_id(plan, each)) for each in range(plan.residents))
    )
    _insert(
        db,
        _TIMERS,
        (
            (_resident_id(plan, each), Timer.CHECK_IN.value, to_integer(due_moment(plan, each)))
            for each in range(plan.residents)
        ),
    )
    db.execute("COMMIT")
    db.execute("PRAGMA journal_mode = WAL")


def _insert(db: sqlite3.Connection, statement: str, rows: Iterator[_Row]) -> None:
    while some := list(islice(rows, AT_ONCE)):
        db.executemany(statement, some)


def _contacts(plan: Plan) -> Iterator[tuple[Contact, int]]:
    for place in range(plan.contacts):
        person = Contact(place + 1, f"Mina {place + 1}", place=Place.MENU, joined=True)
        yield person, _chat(plan.contact_phones, place, NOBODY)


def _residents(plan: Plan) -> Iterator[tuple[Resident, int]]:
    everything = Consent(check_ins=True, reading=True, telling=True)
    for place in range(plan.residents):
        row, contact = _resident_id(plan, place), _contact_id(plan, place)
        agreed = (Agreed(contact, f"Mina {contact}"),)
        person = Resident(
            row,
            f"Leyla {row}",
            locale="sv",
            name="Leyla",
            place=Place.MENU,
            joined=True,
            consent=everything,
            proposed=agreed,
            contacts=agreed,
        )
        yield person, _chat(plan.phones, place, 2 * NOBODY)


def _contact_id(plan: Plan, place: int) -> int:
    return place % plan.contacts + 1


def _resident_id(plan: Plan, place: int) -> int:
    return plan.contacts + place + 1


def _chat(phones: Sequence[int], place: int, nobody: int) -> int:
    return phones[place] if place < len(phones) else nobody + place


def due_moment(plan: Plan, place: int) -> datetime:
    """When the check-in of the resident in this place is due."""
    apart = plan.residents // plan.due if plan.due else 0
    if apart and place % apart == 0 and place // apart < plan.due:
        return plan.due_at
    return plan.due_at + timedelta(days=1, seconds=place % 86_400)
