"""Sealing: opens in its place, with its key, unchanged, or not at all."""

import sqlite3
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.people import Resident, Role
from storage import people
from storage.database import open_database
from storage.people import Known, PersonUnreadable
from storage.sealing import (
    Box,
    Doors,
    Keyring,
    SealBroken,
    WrongKey,
    passphrase_salt,
    rewrap_doors,
    unlock,
)

BOX = Box(bytes(32))
OLD, NEW = bytes(range(32)), bytes(range(1, 33))


def content(path: Path) -> bytes:
    return path.read_bytes()


@given(st.binary(), st.text(st.characters(exclude_categories=["Cs"])))
def test_what_was_sealed_opens_in_its_place(plain: bytes, place: str) -> None:
    """And does not show through."""
    sealed = BOX.seal(plain, place)
    assert BOX.open(sealed, place) == plain
    assert len(plain) < 8 or sealed.find(plain) == -1


@given(st.binary(max_size=50), st.data())
def test_one_changed_bit_breaks_the_seal(plain: bytes, data: st.DataObject) -> None:
    """Every byte is covered: version, nonce, text and tag."""
    sealed = bytearray(BOX.seal(plain, "people.sealed_person:1"))
    bit = data.draw(st.integers(0, len(sealed) * 8 - 1))
    sealed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(SealBroken):
        BOX.open(bytes(sealed), "people.sealed_person:1")


@given(st.binary(max_size=50), st.data())
def test_a_cut_off_seal_is_broken(plain: bytes, data: st.DataObject) -> None:
    """Not shorter words: no words."""
    sealed = BOX.seal(plain, "x:1")
    with pytest.raises(SealBroken):
        BOX.open(sealed[: data.draw(st.integers(0, len(sealed) - 1))], "x:1")


def test_a_broken_seal_names_the_place_and_nothing_else() -> None:
    """The message ends in a log."""
    sealed = BOX.seal(b"words of Leyla", "check_ins.sealed_answer:1")
    with pytest.raises(SealBroken, match=r"^the seal of check_ins.sealed_answer:2 does not open$"):
        BOX.open(sealed, "check_ins.sealed_answer:2")


def test_the_same_words_sealed_twice_look_different() -> None:
    """Else a thief could tell who says the same."""
    assert BOX.seal(b"5", "x:1") != BOX.seal(b"5", "x:1")


@pytest.mark.parametrize("keys", [[], [b"short"], [OLD, OLD]])
def test_a_keyring_takes_whole_different_keys_only(keys: list[bytes]) -> None:
    """An empty key must never seal anything."""
    with pytest.raises(ValueError, match="key"):
        Keyring(keys)


def test_a_box_takes_a_whole_key_only() -> None:
    """AES would take 16 bytes without a word."""
    with pytest.raises(ValueError, match="32 bytes"):
        Box(bytes(16))


def test_a_wrapped_key_opens_in_its_place_only() -> None:
    """A key moved to another person's row would open that person's words to a wrong one."""
    keyring = Keyring([OLD])
    wrapped = keyring.wrap(bytes(32), "people.wrapped_key:1")
    assert keyring.unwrap(wrapped, "people.wrapped_key:1") == bytes(32)
    with pytest.raises(SealBroken):
        keyring.unwrap(wrapped, "people.wrapped_key:2")


def test_the_key_is_turned_old_both_new_only(db: sqlite3.Connection, now: datetime) -> None:
    """Three starts: with the old key, with both, with the new one; everything said stays readable."""
    old, both, new = Keyring([OLD]), Keyring([NEW, OLD]), Keyring([NEW])
    doors = unlock(db, old)
    ids = [people.create_person(db, old, Role.RESIDENT, lambda i: Resident(i, "H"), now).id for _ in range(5)]

    assert unlock(db, both).find(7) == doors.find(7)
    assert people.get(db, both, ids[0]).person.id == ids[0]
    with pytest.raises(WrongKey):
        unlock(db, new)

    assert rewrap_doors(db, both) == 2
    after: int | None = 0
    while after is not None:
        after = people.rewrap(db, both, after, limit=2)

    assert unlock(db, new).find(7) == doors.find(7)
    assert [people.get(db, new, person).person.id for person in ids] == ids
    assert rewrap_doors(db, both) == 0
    with pytest.raises(WrongKey):
        unlock(db, old)
    with pytest.raises(PersonUnreadable):
        people.get(db, old, ids[0])


async def test_a_wrong_key_is_refused_and_touches_nothing(path: Path) -> None:
    """Starting with the wrong key file must be harmless."""
    database = await open_database(path)
    await database.run(unlock, Keyring([OLD]))
    await database.close()
    before = content(path)
    database = await open_database(path)
    with pytest.raises(WrongKey, match="not the master key of this database"):
        await database.run(unlock, Keyring([NEW]))
    await database.close()
    assert content(path) == before


@pytest.mark.usefixtures("doors", "leyla")
def test_lost_doors_are_not_made_anew(db: sqlite3.Connection) -> None:
    """New ones would find nobody: everybody would be a stranger."""
    db.execute("DELETE FROM keys")
    with pytest.raises(SealBroken):
        unlock(db, Keyring([OLD]))


def test_doors_find_the_same_chat_and_tell_codes_from_chats(doors: Doors) -> None:
    """One index key serves two purposes and must not mix them."""
    assert doors.find(1) == doors.find(1) != doors.find(2)
    assert doors.code_hash("1") not in (doors.find(1), doors.code_hash("2"))


def test_nothing_secret_is_printed(doors: Doors, leyla: Known) -> None:
    """What is printed ends in logs."""
    printed = f"{doors!r} {leyla!r}"
    assert "Leyla" not in printed
    assert "Heron" not in printed
    assert "b'" not in printed


def test_every_database_has_a_salt_of_its_own(db: sqlite3.Connection) -> None:
    """It comes with the tables, so that a passphrase can be turned into a key before the doors are opened."""
    assert len(passphrase_salt(db)) == 16
