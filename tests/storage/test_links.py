"""Links: proposed by the operator, agreed to by the resident."""

import sqlite3

from storage import links
from storage.people import Known


def test_only_a_yes_is_a_yes(db: sqlite3.Connection, leyla: Known, mina: Known, josef: Known) -> None:
    """What was proposed is not agreed to."""
    links.propose(db, leyla.id, mina.id, 0)
    links.propose(db, leyla.id, josef.id, 1)
    assert links.contacts_of(db, leyla.id) == [(mina.id, 0, False), (josef.id, 1, False)]


def test_the_resident_says_who_and_in_which_order(
    db: sqlite3.Connection, leyla: Known, mina: Known, josef: Known
) -> None:
    """Her order replaces the operator's, and who is left out is told nothing."""
    links.propose(db, leyla.id, mina.id, 0)
    links.propose(db, leyla.id, josef.id, 1)
    assert links.agree(db, leyla.id, [josef.id, mina.id]) == [josef.id, mina.id]
    assert links.contacts_of(db, leyla.id) == [(josef.id, 0, True), (mina.id, 1, True)]
    links.agree(db, leyla.id, [mina.id])
    assert links.contacts_of(db, leyla.id)[0] == (mina.id, 0, True)
    assert links.residents_of(db, josef.id) == [(leyla.id, 0, False)]
    assert links.residents_of(db, mina.id) == [(leyla.id, 0, True)]


def test_nobody_is_linked_who_was_not_proposed(db: sqlite3.Connection, leyla: Known, mina: Known) -> None:
    """A forged press must not add a person."""
    assert links.agree(db, leyla.id, [mina.id]) == []
    assert links.contacts_of(db, leyla.id) == []


def test_proposing_again_keeps_her_answer(db: sqlite3.Connection, leyla: Known, mina: Known) -> None:
    """The operator cannot undo a yes by accident."""
    links.propose(db, leyla.id, mina.id, 0)
    links.agree(db, leyla.id, [mina.id])
    links.propose(db, leyla.id, mina.id, 3)
    assert links.contacts_of(db, leyla.id) == [(mina.id, 3, True)]


def test_what_was_proposed_to_who_never_came_can_be_taken_back(
    db: sqlite3.Connection, leyla: Known, mina: Known, josef: Known
) -> None:
    """Hers, and nobody else's."""
    links.propose(db, leyla.id, mina.id, 0)
    links.propose(db, josef.id, mina.id, 0)
    links.forget(db, leyla.id)
    assert links.contacts_of(db, leyla.id) == []
    assert [each.resident_id for each in links.residents_of(db, mina.id)] == [josef.id]
