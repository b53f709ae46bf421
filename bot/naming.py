"""Names: two of the same cannot be told apart by whoever needs, or writes to, one of them."""

import sqlite3

from bot.translating import fold
from dialogs.people import Contact, Resident, Role
from storage import people
from storage.sealing import Keyring


def is_taken(db: sqlite3.Connection, keyring: Keyring, name: str, by_other_than: int) -> bool:
    """Whether another contact person or coordinator is called so, however it is written."""
    return any(
        fold(known.person.name) == fold(name)
        for role in (Role.CONTACT, Role.COORDINATOR)
        for known in people.list_people(db, keyring, role)
        if isinstance(known.person, Contact) and known.id != by_other_than and known.state != "left"
    )


def alias_is_taken(db: sqlite3.Connection, keyring: Keyring, alias: str) -> bool:
    """Whether another resident is called so: her letters and her cases are known by it."""
    return any(
        fold(known.person.alias) == fold(alias)
        for known in people.list_people(db, keyring, Role.RESIDENT)
        if isinstance(known.person, Resident) and known.state != "left"
    )
