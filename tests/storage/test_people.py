"""People: found by their chat, whole after a round trip, gone when erased."""

import sqlite3
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from dialogs.people import CheckIn, Contact, Place, Resident, Role
from storage import invitations, links, outbox, people, timers, updates
from storage.people import ChatTaken, Known, PersonNotFound, PersonUnreadable
from storage.sealing import Doors, Keyring


def test_a_person_comes_back_as_saved(
    db: sqlite3.Connection, keyring: Keyring, leyla: Known, now: datetime
) -> None:
    """Every field that matters survives a restart, also days, moments and tuples."""
    assert isinstance(leyla.person, Resident)
    changed = replace(
        leyla.person,
        place=Place.ANSWER,
        check_in=CheckIn(now.date(), "d", now),
        asked=(("threat", now),),
        offered=(("ja", "yes"),),
    )
    people.save_person(db, leyla.box, changed, now)
    assert people.get(db, keyring, leyla.id).person == changed


def test_a_person_is_found_by_her_chat(
    db: sqlite3.Connection, keyring: Keyring, doors: Doors, leyla: Known, now: datetime
) -> None:
    """And nobody is found by a chat that is not bound."""
    people.bind_chat(db, doors, leyla.box, leyla.id, 4711, now)
    found = people.find_by_chat(db, keyring, doors, 4711)
    assert found is not None
    assert (found.id, found.chat_id, found.person) == (leyla.id, 4711, leyla.person)
    assert people.find_by_chat(db, keyring, doors, 4712) is None
    assert people.get(db, keyring, leyla.id).chat_id == 4711


def test_the_chat_stands_nowhere_in_the_clear(
    db: sqlite3.Connection, doors: Doors, leyla: Known, now: datetime
) -> None:
    """A stolen file must not say who lives here."""
    people.bind_chat(db, doors, leyla.box, leyla.id, 471100471100, now)
    written = repr(db.execute("SELECT * FROM people").fetchall())
    assert "471100471100" not in written
    assert "Leyla" not in written


def test_a_chat_belongs_to_one_person(
    db: sqlite3.Connection, doors: Doors, leyla: Known, mina: Known, now: datetime
) -> None:
    """Who holds two invitations cannot be resident and contact person from one phone."""
    people.bind_chat(db, doors, leyla.box, leyla.id, 1, now)
    with pytest.raises(ChatTaken):
        people.bind_chat(db, doors, mina.box, mina.id, 1, now)
    people.bind_chat(db, doors, leyla.box, leyla.id, 2, now)
    people.bind_chat(db, doors, mina.box, mina.id, 1, now)


@pytest.mark.parametrize("column", ["sealed_person", "wrapped_key", "sealed_chat"])
def test_bytes_moved_to_another_row_do_not_open(
    db: sqlite3.Connection,
    keyring: Keyring,
    doors: Doors,
    mina: Known,
    josef: Known,
    now: datetime,
    column: str,
) -> None:
    """Whoever can write the file cannot give Josef what Mina said."""
    people.bind_chat(db, doors, mina.box, mina.id, 1, now)
    people.bind_chat(db, doors, josef.box, josef.id, 2, now)
    taken = db.execute(f"SELECT {column} FROM people WHERE id = ?", (mina.id,)).fetchone()[0]  # noqa: S608
    db.execute(f"UPDATE people SET {column} = ? WHERE id = ?", (taken, josef.id))  # noqa: S608
    with pytest.raises(PersonUnreadable, match=f"^person {josef.id} cannot be read$"):
        people.get(db, keyring, josef.id)


def test_what_no_program_of_ours_wrote_is_unreadable_and_not_quoted(
    db: sqlite3.Connection, keyring: Keyring, leyla: Known
) -> None:
    """The reader's own error may quote words."""
    sealed = leyla.box.seal(b'{"id": 1, "alias": 5, "place": "words"}', f"people.sealed_person:{leyla.id}")
    db.execute("UPDATE people SET sealed_person = ?", (sealed,))
    with pytest.raises(PersonUnreadable) as raised:
        people.get(db, keyring, leyla.id)
    assert raised.value.__suppress_context__


def test_a_state_written_by_another_version_still_opens(
    db: sqlite3.Connection, keyring: Keyring, leyla: Known
) -> None:
    """Fields that are new have defaults, fields that are gone are passed over."""
    sealed = leyla.box.seal(b'{"id": 1, "alias": "H", "gone": 1}', f"people.sealed_person:{leyla.id}")
    db.execute("UPDATE people SET sealed_person = ?", (sealed,))
    assert people.get(db, keyring, leyla.id).person == Resident(1, "H")


def test_people_are_listed_by_role_and_state(
    db: sqlite3.Connection, keyring: Keyring, leyla: Known, mina: Known, josef: Known, now: datetime
) -> None:
    """The operator's lists."""
    people.set_state(db, josef.id, "active", now)
    people.set_reachable(db, mina.id, False, now)
    assert [known.id for known in people.list_people(db, keyring)] == [leyla.id, mina.id, josef.id]
    assert [known.id for known in people.list_people(db, keyring, Role.CONTACT, "active")] == [josef.id]
    listed = people.list_people(db, keyring, state="invited")
    assert [(known.id, known.reachable) for known in listed] == [(leyla.id, True), (mina.id, False)]


def test_a_person_is_built_with_the_id_and_role_of_the_row(
    db: sqlite3.Connection, keyring: Keyring, now: datetime
) -> None:
    """Else a contact person could be opened as a resident."""
    with pytest.raises(ValueError, match="another id or role"):
        people.create_person(db, keyring, Role.RESIDENT, lambda person: Contact(person, "Mina"), now)


def test_nobody_is_saved_or_found_under_an_unknown_id(
    db: sqlite3.Connection, keyring: Keyring, doors: Doors, leyla: Known, now: datetime
) -> None:
    """A forgotten person must not come back by being saved once more."""
    assert people.erase(db, leyla.id)
    assert not people.erase(db, leyla.id)
    for attempt in (
        lambda: people.get(db, keyring, leyla.id),
        lambda: people.save_person(db, leyla.box, leyla.person, now),
        lambda: people.bind_chat(db, doors, leyla.box, leyla.id, 1, now),
        lambda: people.set_state(db, leyla.id, "left", now),
        lambda: people.set_reachable(db, leyla.id, False, now),
    ):
        with pytest.raises(PersonNotFound):
            attempt()


def test_erasing_takes_every_row_and_no_id_is_given_twice(
    db: sqlite3.Connection, keyring: Keyring, doors: Doors, leyla: Known, mina: Known, now: datetime
) -> None:
    """Only that her update was handled stays, without her."""
    invitations.create(db, doors, mina.id, now, timedelta(days=1))
    links.propose(db, leyla.id, mina.id, 0)
    outbox.put(
        db, mina.box, person_id=mina.id, purpose="note", priority=1, due_at=now, now=now, content=b"words"
    )
    db.execute("INSERT INTO timers VALUES (?, 'check-in', 1)", (mina.id,))
    updates.first_time(db, 1, now, mina.id, 5)
    people.erase(db, mina.id)
    assert timers.of_person(db, mina.id) == []
    for table in ("invitations", "links", "outbox", "timers"):
        assert db.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)  # noqa: S608
    assert db.execute("SELECT update_id, person_id FROM updates").fetchall() == [(1, None)]
    new = people.create_person(db, keyring, Role.CONTACT, lambda person: Contact(person, "Sara"), now)
    assert new.id > mina.id


def test_one_row_that_does_not_open_spoils_no_list(
    db: sqlite3.Connection, keyring: Keyring, leyla: Known, mina: Known, josef: Known
) -> None:
    """The others are listed, and whose row it is can be asked (R9)."""
    db.execute("UPDATE people SET sealed_person = x'00' WHERE id = ?", (mina.id,))
    assert [known.id for known in people.list_people(db, keyring)] == [leyla.id, josef.id]
    assert people.unreadable(db, keyring) == [mina.id]


def test_an_odd_role_is_unreadable_and_not_a_broken_program(
    db: sqlite3.Connection, keyring: Keyring, leyla: Known, mina: Known
) -> None:
    """Neither a word nobody knows, nor one that gives a contact person a coordinator's place."""
    db.execute("PRAGMA ignore_check_constraints = ON")
    db.execute("UPDATE people SET role = 'odd' WHERE id = ?", (leyla.id,))
    db.execute("UPDATE people SET role = 'coordinator' WHERE id = ?", (mina.id,))
    assert people.unreadable(db, keyring) == [leyla.id, mina.id]
    assert people.role_in_the_clear(db, leyla.id) == "odd"
    assert people.role_in_the_clear(db, 99) is None


def test_somebody_elses_page_under_the_right_seal_is_unreadable(
    db: sqlite3.Connection, keyring: Keyring, leyla: Known
) -> None:
    """Saving it would write into the other's row."""
    sealed = leyla.box.seal(b'{"id": 77, "alias": "H"}', f"people.sealed_person:{leyla.id}")
    db.execute("UPDATE people SET sealed_person = ?", (sealed,))
    assert people.unreadable(db, keyring) == [leyla.id]


def test_a_key_that_does_not_open_does_not_stop_the_turning(
    db: sqlite3.Connection, leyla: Known, mina: Known, josef: Known
) -> None:
    """The others come under the new key; the damaged one stays as it is, for whoever mends it."""
    db.execute("UPDATE people SET wrapped_key = x'0102' WHERE id = ?", (leyla.id,))
    db.execute(
        "UPDATE people SET wrapped_key = CAST(substr(wrapped_key, 1, 10) || x'00' AS BLOB) WHERE id = ?",
        (mina.id,),
    )
    turned = Keyring([bytes(32), bytes(range(32))])
    assert people.rewrap(db, turned) == josef.id
    assert people.unreadable(db, turned) == [leyla.id, mina.id]
    assert people.unreadable(db, Keyring([bytes(32)])) == [leyla.id, mina.id]


def test_a_chat_that_leads_to_another_persons_row_opens_nothing(
    db: sqlite3.Connection, keyring: Keyring, doors: Doors, leyla: Known, mina: Known, now: datetime
) -> None:
    """Two hashes swapped on the disk must not send one person's words to the other: the seal knows whose chat it is."""
    people.bind_chat(db, doors, leyla.box, leyla.id, 4711, now)
    people.bind_chat(db, doors, mina.box, mina.id, 4712, now)
    db.execute("UPDATE people SET chat_hash = x'00' WHERE id = ?", (leyla.id,))
    db.execute("UPDATE people SET chat_hash = ? WHERE id = ?", (doors.find(4711), mina.id))
    with pytest.raises(PersonUnreadable):
        people.find_by_chat(db, keyring, doors, 4711)


def test_key_and_chat_are_enough_to_delete_in_a_chat(
    db: sqlite3.Connection, keyring: Keyring, leyla: Known
) -> None:
    """What she is may not open any more; what stands on her phone goes all the same."""
    db.execute("UPDATE people SET sealed_person = x'00' WHERE id = ?", (leyla.id,))
    box, chat = people.address(db, keyring, leyla.id)
    assert chat == leyla.chat_id
    assert box.open(leyla.box.seal(b"x", "here"), "here") == b"x"
    db.execute("UPDATE people SET sealed_chat = x'00' WHERE id = ?", (leyla.id,))
    with pytest.raises(PersonUnreadable):
        people.address(db, keyring, leyla.id)
    with pytest.raises(PersonNotFound):
        people.address(db, keyring, 999)
