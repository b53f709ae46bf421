"""Names of helpers: two of the same cannot be told apart by whoever needs one of them."""

import sqlite3

from bot.translating import fold
from dialogs.people import Contact, Role
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
