"""
Invitations: a person is made, still without a chat, and a code that works once lets her in.

Whoever invites gives names that the others will see: for a resident an agreed name, never her own where that
could give her away. The code stands in the link only; the database keeps a hash. An invitation that nobody used in
time keeps its person: inviting the same name again renews it.

Contact persons are proposed with the invitation or later, and put in order; only the resident agrees.
"""

import sqlite3
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from bot import chain, naming
from bot.carrying import Carrier
from bot.freezing import resident as find_resident
from bot.house import House
from bot.ordering import Ordered
from dialogs.events import ContactProposed, ContactsReordered
from dialogs.kinds import ContactKind
from dialogs.people import Agreed, Contact, Person, Resident, Role
from storage import audit, invitations, links, people
from storage.audit import Did
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


class NothingToRenew(Exception):
    """Whoever was invited has come, or was never invited, or cannot be read."""

    def __init__(self, person_id: int) -> None:
        super().__init__(f"there is no invitation of person {person_id} that could be renewed")
        self.person_id = person_id


class NotToPropose(Exception):
    """Who was named is no contact person who has come, or was proposed already; or was not, and shall be moved."""

    def __init__(self, contact_id: int, why: str) -> None:
        super().__init__(f"person {contact_id} {why}")
        self.contact_id = contact_id


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
    everybody who has come as one. She says yes or no to each herself. `kind` is of a contact person only.
    """
    called = _called(db, house, role, name)
    expired = _expired(db, now)
    if any(each.id not in expired for each in called):
        raise NameInUse
    again = next((each for each in called if each.role is role and _kind_of(each) is kind), None)
    if again is not None:
        return again.id, _renewed(db, house, again, _chosen(db, house, contacts), now)
    known = people.create_person(
        db, house.keyring, role, lambda number: _new(role, number, name, house, kind), now
    )
    if role is Role.RESIDENT:
        _propose(db, house, known, _chosen(db, house, contacts), now)
    return known.id, invitations.create(db, house.doors, known.id, now, LIFETIME)


def _called(db: sqlite3.Connection, house: House, role: Role, name: str) -> list[Known]:
    """Residents among residents, helpers among helpers: a letter or a case is known by the name alone."""
    if role is Role.RESIDENT:
        return naming.residents_called(db, house.keyring, name)
    return naming.helpers_called(db, house.keyring, name)


def _kind_of(known: Known) -> ContactKind:
    return known.person.kind if isinstance(known.person, Contact) else ContactKind.ORDINARY


def _expired(db: sqlite3.Connection, now: datetime) -> set[int]:
    """Who was invited, did not come in time, and can come no more by that invitation."""
    return {each.person_id for each in invitations.unused(db) if each.expires_at <= now}


def _renewed(
    db: sqlite3.Connection, house: House, known: Known, contacts: Sequence[Agreed], now: datetime
) -> str:
    """The same person once more: who is proposed to her is chosen anew."""
    if known.role is Role.RESIDENT:
        links.forget(db, known.id)
        _propose(db, house, known, contacts, now)
    return invitations.create(db, house.doors, known.id, now, LIFETIME)


def renew(db: sqlite3.Connection, house: House, person_id: int, now: datetime, actor: int | None) -> str:
    """Return a new code for somebody who has not come. Raises `NothingToRenew`, and `NameInUse` by somebody since."""
    waiting = {each.person_id for each in invitations.unused(db)}
    known = chain.readable(db, house, person_id) if person_id in waiting else None
    if known is None or known.state != "invited":
        raise NothingToRenew(person_id)
    name = known.person.alias if isinstance(known.person, Resident) else known.person.name
    others = (each.id for each in _called(db, house, known.role, name) if each.id != person_id)
    if set(others) - _expired(db, now):
        raise NameInUse
    audit.note(db, now, actor, Did.INVITATION_RENEWED, audit.person(person_id))
    return invitations.create(db, house.doors, person_id, now, LIFETIME)


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
        return [Agreed(each.id, each.name, each.kind) for each in came(db, house)]
    return [_only_one(named, present) for named in contacts]


def came(db: sqlite3.Connection, house: House) -> list[Contact]:
    """Return the contact persons who have come and are still here: nobody else is offered to anybody."""
    return [
        known.person
        for known in people.list_people(db, house.keyring, Role.CONTACT)
        if isinstance(known.person, Contact) and known.state in chain.HERE
    ]


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


# --- later ---


def propose(
    db: sqlite3.Connection,
    house: House,
    resident_id: int,
    contact_id: int,
    now: datetime,
    actor: int | None = None,
) -> None:
    """Propose somebody new, as the last; she hears of it and decides. Raises `NoSuchResident` and `NotToPropose`."""
    known, her = find_resident(db, house, resident_id)
    contact = next((each for each in came(db, house) if each.id == contact_id), None)
    if contact is None:
        raise NotToPropose(contact_id, "is no contact person who has come")
    if any(each.id == contact_id for each in her.proposed):
        raise NotToPropose(contact_id, "was proposed to her already")
    links.propose(db, resident_id, contact_id, len(her.proposed))
    proposed = ContactProposed(Agreed(contact_id, contact.name, contact.kind))
    Carrier(db, house, now, Ordered()).happen(known, proposed)
    audit.note(db, now, actor, Did.CONTACT_PROPOSED, audit.person(resident_id))


def move_up(
    db: sqlite3.Connection,
    house: House,
    resident_id: int,
    contact_id: int,
    now: datetime,
    actor: int | None = None,
) -> None:
    """Ask this contact person one place earlier; her yes or no stays. Raises `NoSuchResident` and `NotToPropose`."""
    known, her = find_resident(db, house, resident_id)
    order = [each.id for each in her.proposed]
    if contact_id not in order:
        raise NotToPropose(contact_id, "was not proposed to her")
    place = order.index(contact_id)
    earlier = max(place - 1, 0)
    order[earlier], order[place] = order[place], order[earlier]
    for turn, each in enumerate(order):
        links.propose(db, resident_id, each, turn)
    Carrier(db, house, now, Ordered()).happen(known, ContactsReordered(tuple(order)))
    audit.note(db, now, actor, Did.ORDER_SET, audit.person(resident_id))
