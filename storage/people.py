"""
People: found by their chat, opened with their key, sealed again when they changed.

Sealed bytes never leave this module. What goes wrong names ids only.
"""

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

import msgspec

from dialogs.people import Contact, Person, Resident, Role
from storage.database import load_queries
from storage.moments import to_integer, to_moment_or_none
from storage.sealing import Box, Doors, Keyring, SealBroken, WrongKey

_queries = load_queries("people")
_encoder = msgspec.json.Encoder()
_resident = msgspec.json.Decoder(Resident)
_contact = msgspec.json.Decoder(Contact)
_ROLES: Final = {role.value: role for role in Role}  # an enum's own look-up takes four times as long


class PersonNotFound(Exception):
    """There is nobody with this id, or no longer."""

    def __init__(self, person_id: int) -> None:
        super().__init__(f"person {person_id} is not here")
        self.person_id = person_id


class PersonUnreadable(Exception):
    """The row is there but does not open, or is not what this program writes."""

    def __init__(self, person_id: int) -> None:
        super().__init__(f"person {person_id} cannot be read")
        self.person_id = person_id


class ChatTaken(Exception):
    """Somebody else came from this chat."""

    def __init__(self, person_id: int) -> None:
        super().__init__(f"the chat person {person_id} came from belongs to another person")
        self.person_id = person_id


@dataclass(frozen=True, slots=True)
class Known:
    """A person as stored, opened. Says only ids and states when it is printed."""

    id: int
    role: Role
    state: str
    reachable: bool
    box: Box = field(repr=False)
    person: Person = field(repr=False)
    chat_id: int | None = field(repr=False)


def create_person(
    db: sqlite3.Connection, keyring: Keyring, role: Role, build: Callable[[int], Person], now: datetime
) -> Known:
    """Add somebody who is invited. `build` makes the person from the id the row was given."""
    person_id = _queries.insert(db, role=role.value, nothing=b"", now=to_integer(now))
    person = build(person_id)
    if person.id != person_id or person.role is not role:
        raise ValueError(f"person {person_id} was built with another id or role")
    key = keyring.new_person_key()
    box = Box(key)
    _queries.fill(
        db,
        id=person_id,
        wrapped_key=keyring.wrap(key, f"people.wrapped_key:{person_id}"),
        sealed_person=box.seal(_encoder.encode(person), f"people.sealed_person:{person_id}"),
    )
    return Known(person_id, role, "invited", True, box, person, None)


def find_by_chat(db: sqlite3.Connection, keyring: Keyring, doors: Doors, chat_id: int) -> Known | None:
    """Return who came from this chat, or None."""
    row = _queries.by_chat(db, chat_hash=doors.find(chat_id))
    return None if row is None else _open(keyring, row, chat_id)


def get(db: sqlite3.Connection, keyring: Keyring, person_id: int) -> Known:
    """Return the person, or raise `PersonNotFound`."""
    row = _queries.by_id(db, id=person_id)
    if row is None:
        raise PersonNotFound(person_id)
    return _open(keyring, row)


def address(db: sqlite3.Connection, keyring: Keyring, person_id: int) -> tuple[Box, int | None]:
    """Return her box and her chat, also where the rest of her row does not open; raises as `get` does."""
    row = _queries.by_id(db, id=person_id)
    if row is None:
        raise PersonNotFound(person_id)
    _id, _role, _state, _reachable, wrapped_key, sealed_chat, _person = row
    try:
        box = open_box(keyring, person_id, wrapped_key)
        return box, None if sealed_chat is None else open_chat(box, person_id, sealed_chat)
    except (SealBroken, WrongKey) as error:
        raise PersonUnreadable(person_id) from error


def list_people(
    db: sqlite3.Connection, keyring: Keyring, role: Role | None = None, state: str | None = None
) -> list[Known]:
    """Return everybody with this role and state, or with any; who cannot be read is passed over (`unreadable`)."""
    rows = list(_queries.of_role_and_state(db, role=role and role.value, state=state))
    return [known for row in rows if (known := _open_or_none(keyring, row)) is not None]


def unreadable(db: sqlite3.Connection, keyring: Keyring) -> list[int]:
    """Return whose rows do not open; opens everybody's."""
    rows = list(_queries.of_role_and_state(db, role=None, state=None))
    return [row[0] for row in rows if _open_or_none(keyring, row) is None]


def role_in_the_clear(db: sqlite3.Connection, person_id: int) -> str | None:
    """Return the role of somebody who may not be readable, as it stands; None where there is nobody."""
    role: str | None = _queries.role(db, id=person_id)
    return role


def since(db: sqlite3.Connection, person_id: int) -> datetime | None:
    """Return when the row was made; None where there is none."""
    return to_moment_or_none(_queries.since(db, id=person_id))


def page(db: sqlite3.Connection, after_id: int, limit: int) -> list[int]:
    """Return the next people by id, without opening anybody."""
    return [row[0] for row in _queries.page(db, after_id=after_id, limit=limit)]


def ids(db: sqlite3.Connection, role: Role, state: str) -> list[int]:
    """Return who has this role and state, without opening anybody."""
    return [row[0] for row in _queries.ids(db, role=role.value, state=state)]


def _open(keyring: Keyring, row: tuple[Any, ...], chat_id: int | None = None) -> Known:
    """`chat_id`: the chat that led to this row; what is sealed must say the same, or it is somebody else's row."""
    person_id, role, state, reachable, wrapped_key, sealed_chat, sealed_person = row
    try:
        box = open_box(keyring, person_id, wrapped_key)
        sealed_for = open_chat(box, person_id, sealed_chat) if sealed_chat is not None else None
        plain = box.open(sealed_person, f"people.sealed_person:{person_id}")
        person: Person = _resident.decode(plain) if role == "resident" else _contact.decode(plain)
    except (SealBroken, WrongKey) as error:
        raise PersonUnreadable(person_id) from error
    except (msgspec.MsgspecError, ValueError):
        raise PersonUnreadable(person_id) from None  # the cause may quote what it read
    if person.id != person_id or _ROLES.get(role) is not person.role:
        raise PersonUnreadable(person_id)  # saving it would spoil another row, or give her another's place
    if chat_id is not None and chat_id != sealed_for:
        raise PersonUnreadable(person_id)  # two rows' hashes were swapped: her words would go to another
    return Known(person_id, person.role, state, reachable == 1, box, person, sealed_for)


def _open_or_none(keyring: Keyring, row: tuple[Any, ...]) -> Known | None:
    try:
        return _open(keyring, row)
    except PersonUnreadable:
        return None


def open_box(keyring: Keyring, person_id: int, wrapped_key: bytes) -> Box:
    """Return the box of a person whose row another module of `storage` read."""
    return Box(keyring.unwrap(wrapped_key, f"people.wrapped_key:{person_id}"))


def open_chat(box: Box, person_id: int, sealed_chat: bytes) -> int:
    """Return Telegram's id of the chat with her."""
    return int(box.open(sealed_chat, f"people.sealed_chat:{person_id}"))


def save_person(db: sqlite3.Connection, box: Box, person: Person, now: datetime) -> None:
    """Keep `person` as they are now, under their own key."""
    sealed = box.seal(_encoder.encode(person), f"people.sealed_person:{person.id}")
    if _queries.save(db, id=person.id, sealed_person=sealed, now=to_integer(now)) == 0:
        raise PersonNotFound(person.id)


def bind_chat(
    db: sqlite3.Connection, doors: Doors, box: Box, person_id: int, chat_id: int, now: datetime
) -> None:
    """Remember that this person comes from this chat; raises `ChatTaken` where somebody else does."""
    bound = _queries.bind_chat(
        db,
        id=person_id,
        chat_hash=doors.find(chat_id),
        sealed_chat=box.seal(b"%d" % chat_id, f"people.sealed_chat:{person_id}"),
        now=to_integer(now),
    )
    if bound == 0:
        raise ChatTaken(person_id) if exists(db, person_id) else PersonNotFound(person_id)


def exists(db: sqlite3.Connection, person_id: int) -> bool:
    """Whether there is a row, readable or not."""
    return _queries.exists(db, id=person_id) is not None


def set_state(db: sqlite3.Connection, person_id: int, state: str, now: datetime) -> None:
    """Write one of invited, joining, active, left."""
    if _queries.set_state(db, id=person_id, state=state, now=to_integer(now)) == 0:
        raise PersonNotFound(person_id)


def set_reachable(db: sqlite3.Connection, person_id: int, reachable: bool, now: datetime) -> None:
    """Write whether messages can reach her at all."""
    if _queries.set_reachable(db, id=person_id, reachable=int(reachable), now=to_integer(now)) == 0:
        raise PersonNotFound(person_id)


def erase(db: sqlite3.Connection, person_id: int) -> bool:
    """Destroy the key and every row that belongs to this person; returns whether there was anybody."""
    return bool(_queries.erase(db, id=person_id))


def leave_a_gap(db: sqlite3.Connection, highest: int, gap: int) -> None:
    """After a restore: let new ids, of people and of all else, begin `gap` beyond the last known and `highest`."""
    _queries.begin_counting(db)
    _queries.leave_a_gap(db, highest=highest, gap=gap)


def rewrap(db: sqlite3.Connection, keyring: Keyring, after_id: int = 0, limit: int = 500) -> int | None:
    """
    Bring the next `limit` persons' keys under the newest master key, without opening anything they said.

    Returns the last id looked at, which the next call starts from; None when all are done. A key that does not
    open stays as it is (`unreadable` names its person): it must not keep the others under the old one.
    """
    rows = list(_queries.wrapped_keys(db, after_id=after_id, limit=limit))
    for person_id, wrapped in rows:
        if keyring.is_newest(wrapped):
            continue
        place = f"people.wrapped_key:{person_id}"
        with suppress(SealBroken, WrongKey):
            _queries.rewrap(db, id=person_id, wrapped_key=keyring.wrap(keyring.unwrap(wrapped, place), place))
    return rows[-1][0] if rows else None
