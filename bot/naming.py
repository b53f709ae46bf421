"""Names: two of the same cannot be told apart by whoever needs, or writes to, one of them."""

import sqlite3

from bot.transaction import Happen, Transaction
from bot.translating import fold
from dialogs.events import ContactRenamed, Event, NameKept, NameTaken
from dialogs.people import Contact, Resident, Role
from storage import links, people
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


def rename(transaction: Transaction, happen: Happen, name: str, contact: int) -> Event:
    """Her residents know her by it from now on, the alerts that are open by the old one."""
    if is_taken(transaction.db, transaction.house.keyring, name, contact):
        return NameTaken()
    for link in links.residents_of(transaction.db, contact):
        resident = transaction.read(link.resident_id)
        if resident is not None:
            happen(resident, ContactRenamed(contact, name))
    return NameKept(name)
