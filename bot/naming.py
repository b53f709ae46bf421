"""Names: two of the same cannot be told apart by whoever needs, or writes to, one of them."""

import sqlite3

from bot.transaction import Happen, Transaction
from bot.translating import fold
from dialogs.events import ContactRenamed, Event, NameKept, NameTaken
from dialogs.people import Contact, Resident, Role
from storage import links, people
from storage.people import Known
from storage.sealing import Keyring


def is_taken(db: sqlite3.Connection, keyring: Keyring, name: str, by_other_than: int) -> bool:
    """Whether another contact person or coordinator is called so, however it is written."""
    return any(known.id != by_other_than for known in helpers_called(db, keyring, name))


def helpers_called(db: sqlite3.Connection, keyring: Keyring, name: str) -> list[Known]:
    """Return the contact persons and coordinators of this name, however it is written, who have not left."""
    return [
        known
        for role in (Role.CONTACT, Role.COORDINATOR)
        for known in people.list_people(db, keyring, role)
        if isinstance(known.person, Contact)
        and known.state != "left"
        and fold(known.person.name) == fold(name)
    ]


def residents_called(db: sqlite3.Connection, keyring: Keyring, alias: str) -> list[Known]:
    """Return the same of residents: her letters and her cases are known by the alias."""
    return [
        known
        for known in people.list_people(db, keyring, Role.RESIDENT)
        if isinstance(known.person, Resident)
        and known.state != "left"
        and fold(known.person.alias) == fold(alias)
    ]


def rename(transaction: Transaction, happen: Happen, name: str, contact: int) -> Event:
    """Her residents know her by it from now on, the alerts that are open by the old one."""
    if is_taken(transaction.db, transaction.house.keyring, name, contact):
        return NameTaken()
    for link in links.residents_of(transaction.db, contact):
        resident = transaction.read(link.resident_id)
        if resident is not None:
            happen(resident, ContactRenamed(contact, name))
    return NameKept(name)
