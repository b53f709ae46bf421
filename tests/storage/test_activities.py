"""Activities as stored: their words sealed, their number without names, a wave that goes on where it was."""

import sqlite3
from datetime import datetime, timedelta
from typing import Any

import pytest

from dialogs.activity import ActivityState
from dialogs.people import Contact, Resident, Role
from storage import activities, people
from storage.sealing import Doors, Keyring
from tests.storage.conftest import NOW

LATER = NOW + timedelta(days=2)


def kept(db: sqlite3.Connection, doors: Doors, **changes: Any) -> int:
    """A draft."""
    values: dict[str, Any] = {
        "place": "exempelstad",
        "begins_at": LATER,
        "ends_at": LATER,
        "title": "Middag",
        "words": "Hos Karin.",
    }
    return activities.add(db, doors.system, NOW, **{**values, **changes})


def test_what_is_kept_comes_back_and_is_sealed(db: sqlite3.Connection, doors: Doors) -> None:
    """Title and words say where people meet; a stolen file says nothing."""
    number = kept(db, doors)
    found = activities.get(db, doors.system, number)
    assert found is not None
    assert (found.title, found.words, found.begins_at) == ("Middag", "Hos Karin.", LATER)
    assert (found.state, found.coming, found.by) == (ActivityState.DRAFT, 0, None)
    row = repr(db.execute("SELECT * FROM activities").fetchall())
    assert "Middag" not in row
    assert "Karin" not in row
    assert activities.get(db, doors.system, number + 1) is None


def test_a_draft_is_sent_once(db: sqlite3.Connection, doors: Doors) -> None:
    """A second wave would tell everybody twice."""
    number = kept(db, doors)
    assert activities.wave(db) is None
    assert activities.send(db, number)
    assert not activities.send(db, number)
    assert activities.wave(db) == (number, 0)
    activities.reached(db, number, None)
    assert not activities.send(db, number)
    assert activities.wave(db) is None


def test_only_what_was_sent_is_cancelled_with_a_wave(db: sqlite3.Connection, doors: Doors) -> None:
    """Nobody heard of a draft."""
    draft, sent = kept(db, doors), kept(db, doors)
    activities.send(db, sent)
    activities.reached(db, sent, 5)
    assert activities.cancel(db, draft)
    assert activities.cancel(db, sent)
    assert activities.wave(db) == (sent, 0)
    assert not activities.cancel(db, sent)
    assert not activities.send(db, draft)


def test_coming_is_a_number_that_never_falls_below_nobody(db: sqlite3.Connection, doors: Doors) -> None:
    """There is no column for a person."""
    number = kept(db, doors)
    for change in (1, 1, -1, -1, -1, 1):
        activities.count_coming(db, number, change)
    found = activities.get(db, doors.system, number)
    assert found is not None
    assert found.coming == 1
    columns = [row[1] for row in db.execute("PRAGMA table_info(activities)")]
    assert "resident_id" not in columns


def test_what_is_to_come_is_found_by_place_and_by_who_announced_it(
    db: sqlite3.Connection, doors: Doors, keyring: Keyring
) -> None:
    """Drafts, cancelled and past ones are not to come."""
    mina = people.create_person(db, keyring, Role.CONTACT, lambda person: Contact(person, "Mina"), NOW).id
    hers = kept(db, doors, by=mina)
    elsewhere = kept(db, doors, place="bergby")
    cancelled, past = kept(db, doors), kept(db, doors, ends_at=NOW)
    kept(db, doors)
    for each in (hers, elsewhere, cancelled, past):
        activities.send(db, each)
    activities.cancel(db, cancelled)

    def ids(**wanted: Any) -> list[int]:
        return [each.id for each in activities.to_come(db, doors.system, NOW, **wanted)]

    assert ids() == [hers, elsewhere]
    assert ids(place="bergby") == [elsewhere]
    assert ids(by=mina) == [hers]
    people.erase(db, mina)
    assert ids(by=mina) == []
    assert ids() == [hers, elsewhere]
    assert len(activities.latest(db, doors.system)) == 5


def test_a_page_is_the_next_active_residents(db: sqlite3.Connection, keyring: Keyring, now: datetime) -> None:
    """In the order of ids, so that a wave can go on after any of them."""
    residents = [
        people.create_person(db, keyring, Role.RESIDENT, lambda person: Resident(person, "Linden"), now).id
        for _ in range(5)
    ]
    for each in residents:
        people.set_state(db, each, "active", now)
    people.set_reachable(db, residents[1], False, now)
    people.set_state(db, residents[2], "left", now)
    assert activities.page(db, 0, 2) == [residents[0], residents[3]]
    assert activities.page(db, residents[3], 2) == [residents[4]]


def test_one_that_does_not_open_hides_no_other(db: sqlite3.Connection, doors: Doors) -> None:
    """One bad row among many (R9)."""
    bad, good = kept(db, doors), kept(db, doors)
    db.execute("UPDATE activities SET sealed_activity = x'00' WHERE id = ?", (bad,))
    assert [each.id for each in activities.find(db, doors.system, (bad, good, 99))] == [good]
    with pytest.raises(activities.ActivityUnreadable, match=f"activity {bad} cannot"):
        activities.get(db, doors.system, bad)


def test_what_is_long_over_is_forgotten(db: sqlite3.Connection, doors: Doors) -> None:
    """Where people met is nobody's business in a year."""
    kept(db, doors)
    assert activities.forget_older(db, LATER) == 0
    assert activities.forget_older(db, LATER + timedelta(seconds=1)) == 1
