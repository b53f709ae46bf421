"""
Invitations: a person is made, still without a chat, and a code that works once lets her in.

Whoever invites gives names that the others will see: for a resident an agreed name, never her own where that
could give her away. The code stands in the link only; the database keeps a hash.
"""

import sqlite3
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from bot import naming
from bot.house import House
from dialogs.kinds import ContactKind
from dialogs.people import Agreed, Contact, Person, Resident, Role
from storage import invitations, links, people
from storage.people import Known

LIFETIME: Final = timedelta(hours=24)


class NoSuchContact(Exception):
    """A contact person that was named for a resident is not there, or not unmistakable."""

    def __init__(self, named: str, choices: Sequence[str]) -> None:
        known = ", ".join(choices) or "nobody yet; invite one with `vidare invite contact --name NAME`"
        super().__init__(f"there is no single contact person “{named}”. There are: {known}")


class NameInUse(Exception):
    """Somebody else here goes by this name already; two of one name would be taken for each other."""

    def __init__(self) -> None:
        super().__init__("somebody here has that name already: give another one, as “Mina K”")


def invite(
    db: sqlite3.Connection,
    house: House,
    role: Role,
    name: str,
    now: datetime,
    contacts: Sequence[str] | None = None,
    kind: ContactKind = ContactKind.ORDINARY,
) -> tuple[int, str]:
    """
    Return the new person's id and her code.

    `contacts` names a resident's contact persons, by name or id, who is told first coming first; None proposes
    everybody who has been invited as one. She says yes or no to each herself. `kind` is of a contact person only.
    """
    if _is_taken(db, house, role, name):
        raise NameInUse
    known = people.create_person(
        db, house.keyring, role, lambda number: _new(role, number, name, house, kind), now
    )
    if role is Role.RESIDENT:
        _propose(db, house, known, _chosen(db, house, contacts), now)
    return known.id, invitations.create(db, house.doors, known.id, now, LIFETIME)


def _is_taken(db: sqlite3.Connection, house: House, role: Role, name: str) -> bool:
    """Residents among residents, helpers among helpers: a letter or a case is known by the name alone."""
    if role is Role.RESIDENT:
        return naming.alias_is_taken(db, house.keyring, name)
    return naming.is_taken(db, house.keyring, name, by_other_than=0)


def _new(role: Role, number: int, name: str, house: House, kind: ContactKind) -> Person:
    if role is Role.RESIDENT:
        return Resident(number, alias=name, locale=house.translator.default)
    kind = kind if role is Role.CONTACT else ContactKind.ORDINARY
    return Contact(number, name=name, role=role, locale=house.translator.default, kind=kind)


def _chosen(db: sqlite3.Connection, house: House, contacts: Sequence[str] | None) -> list[Agreed]:
    present = [
        Agreed(known.id, known.person.name, known.person.kind)
        for known in people.list_people(db, house.keyring, Role.CONTACT)
        if isinstance(known.person, Contact) and known.state != "left"
    ]
    if contacts is None:
        return present
    return [_only_one(named, present) for named in contacts]


def _only_one(named: str, present: Sequence[Agreed]) -> Agreed:
    found = [each for each in present if named in (each.name, str(each.id))]
    if len(found) != 1:
        raise NoSuchContact(named, [f"{each.name} ({each.id})" for each in present])
    return found[0]


def _propose(
    db: sqlite3.Connection, house: House, known: Known, contacts: Sequence[Agreed], now: datetime
) -> None:
    if not isinstance(known.person, Resident):
        return
    for turn, contact in enumerate(contacts):
        links.propose(db, known.id, contact.id, turn)
    offered = Resident(
        known.id, alias=known.person.alias, locale=house.translator.default, proposed=tuple(contacts)
    )
    people.save_person(db, known.box, offered, now)
