"""Talks in the tables: one at a time for a resident, and nothing of a letter that is not sealed."""

import sqlite3
from datetime import timedelta

import pytest

from dialogs.letters import Letter
from storage import outbox, people, talks
from storage.people import Known
from tests.storage.conftest import NOW

CANARY = "meet me at the blue bridge"


def test_a_resident_is_in_one_talk_at_a_time(
    db: sqlite3.Connection, leyla: Known, mina: Known, josef: Known
) -> None:
    """The table says so: with two open ones her words could go to either."""
    first = talks.begin(db, leyla.id, mina.id, 5, NOW)
    with pytest.raises(sqlite3.IntegrityError):
        talks.begin(db, leyla.id, josef.id, None, NOW)
    assert talks.close(db, first, NOW)
    assert not talks.close(db, first, NOW), "once"
    second = talks.begin(db, leyla.id, josef.id, None, NOW)
    assert [talk.id for talk in talks.open_of(db, leyla.id)] == [second]
    assert talks.open_of(db, mina.id) == []


def test_a_talk_knows_the_other_one_and_no_third(
    db: sqlite3.Connection, leyla: Known, mina: Known, josef: Known
) -> None:
    """Who is not in it has nobody to write to in it."""
    talk = talks.get(db, talks.begin(db, leyla.id, mina.id, 5, NOW))
    assert talk is not None
    assert (talk.other(leyla.id), talk.other(mina.id), talk.other(josef.id)) == (mina.id, leyla.id, None)
    assert talks.get(db, 99) is None


def test_an_arrived_letter_leads_back_to_its_talk(db: sqlite3.Connection, leyla: Known, mina: Known) -> None:
    """So that Telegram's own reply says to whom an answer goes."""
    talk = talks.begin(db, leyla.id, mina.id, None, NOW)
    relay = talks.add_relay(db, talk, leyla.id, mina.id, 71, NOW)
    row = outbox.put(
        db, mina.box, person_id=mina.id, purpose="relay", priority=1, due_at=NOW, now=NOW, content=b"x"
    )
    talks.carried_by(db, relay, row)
    outbox.mark_sent(db, row, 900, NOW)
    assert talks.talk_of_arrival(db, mina.id, 900) == talk
    assert talks.talk_of_arrival(db, leyla.id, 900) is None, "the number means something else in another chat"
    assert talks.of_message(db, leyla.id, 71) == talks.carried(db, row)
    assert talks.of_message(db, leyla.id, 72) is None


def _sent(db: sqlite3.Connection, reader: Known, message: int, purpose: str = "relay") -> int:
    row = outbox.put(
        db, reader.box, person_id=reader.id, purpose=purpose, priority=1, due_at=NOW, now=NOW, content=b"x"
    )
    outbox.mark_sent(db, row, message, NOW)
    return row


def test_every_message_of_a_letter_leads_back_to_its_talk(
    db: sqlite3.Connection, leyla: Known, mina: Known, josef: Known
) -> None:
    """Words and a file are two messages, a long text is several: she may answer any of them."""
    found = []
    for resident, first in ((leyla, 900), (josef, 910)):
        talk = talks.begin(db, resident.id, mina.id, None, NOW)
        _sent(db, mina, first)
        last = _sent(db, mina, first + 1)
        talks.carried_by(db, talks.add_relay(db, talk, resident.id, mina.id, 71, NOW), last)
        found.append(talk)
    note = _sent(db, mina, 920, "note")
    assert [talks.talk_of_arrival(db, mina.id, each) for each in (900, 901, 910, 911)] == [
        found[0],
        found[0],
        found[1],
        found[1],
    ]
    assert note
    assert talks.talk_of_arrival(db, mina.id, 920) is None, "a note about a case is no letter"
    assert talks.talk_of_arrival(db, mina.id, 999) is None


def test_a_kept_letter_is_sealed_and_taken_out_once(
    db: sqlite3.Connection, leyla: Known, mina: Known
) -> None:
    """Under her key, and gone from here when she has it."""
    talk = talks.begin(db, leyla.id, mina.id, None, NOW)
    relay = talks.add_relay(db, talk, mina.id, leyla.id, 5, NOW)
    talks.keep(db, leyla.box, relay, Letter(CANARY, NOW, "Mina"))
    assert CANARY.encode() not in b"".join(
        bytes(row[0]) for row in db.execute("SELECT sealed_letter FROM relays")
    )
    assert talks.take_kept(db, leyla.box, leyla.id) == [(relay, Letter(CANARY, NOW, "Mina"))]
    assert talks.take_kept(db, leyla.box, leyla.id) == []


def test_a_letter_that_does_not_open_holds_up_no_other(
    db: sqlite3.Connection, leyla: Known, mina: Known
) -> None:
    """Two rows' bytes were swapped, or a bit fell over."""
    talk = talks.begin(db, leyla.id, mina.id, None, NOW)
    spoilt, whole = (talks.add_relay(db, talk, mina.id, leyla.id, each, NOW) for each in (1, 2))
    talks.keep(db, leyla.box, whole, Letter("whole", NOW))
    db.execute(
        "UPDATE relays SET sealed_letter = (SELECT sealed_letter FROM relays WHERE id = ?) WHERE id = ?",
        (whole, spoilt),
    )
    assert [relay for relay, _letter in talks.take_kept(db, leyla.box, leyla.id)] == [whole]


def test_what_nobody_opened_does_not_stay(db: sqlite3.Connection, leyla: Known, mina: Known) -> None:
    """And a closed talk is forgotten with its last letter."""
    talk = talks.begin(db, leyla.id, mina.id, None, NOW)
    relay = talks.add_relay(db, talk, mina.id, leyla.id, 1, NOW)
    talks.keep(db, leyla.box, relay, Letter(CANARY, NOW))
    talks.close(db, talk, NOW)
    later = NOW + timedelta(days=3)
    assert [each.id for each in talks.take_unopened(db, later)] == [relay]
    assert talks.take_unopened(db, later) == []
    assert talks.forget_older(db, later) == 2
    assert talks.get(db, talk) is None


def test_talks_go_with_either_of_them(db: sqlite3.Connection, leyla: Known, mina: Known) -> None:
    """Erased is erased."""
    talk = talks.begin(db, leyla.id, mina.id, None, NOW)
    talks.add_relay(db, talk, leyla.id, mina.id, 1, NOW)
    people.erase(db, leyla.id)
    assert talks.get(db, talk) is None
    assert db.execute("SELECT count(*) FROM relays").fetchone() == (0,)
