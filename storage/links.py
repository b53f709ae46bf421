"""
Links: who may be told about whom, and in which order. The operator proposes, the resident agrees.
"""

import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

from storage.database import load_queries

_queries = load_queries("links")


class ContactLink(NamedTuple):
    """A contact person of a resident."""

    contact_id: int
    turn: int
    agreed: bool


class ResidentLink(NamedTuple):
    """A resident of a contact person."""

    resident_id: int
    turn: int
    agreed: bool


def propose(db: sqlite3.Connection, resident_id: int, contact_id: int, turn: int) -> None:
    """Propose a contact person; a link that is there keeps the resident's answer and moves to `turn`."""
    _queries.propose(db, resident_id=resident_id, contact_id=contact_id, turn=turn)


def agree(db: sqlite3.Connection, resident_id: int, contact_ids: Sequence[int]) -> list[int]:
    """
    Write that these and no others may be told, in this order; returns those among them who were proposed.

    Who was never proposed is not linked: consent is an answer, not a way to add people.
    """
    _queries.disagree(db, resident_id=resident_id)
    return [
        contact_id
        for turn, contact_id in enumerate(contact_ids)
        if _queries.agree(db, resident_id=resident_id, contact_id=contact_id, turn=turn)
    ]


def forget(db: sqlite3.Connection, resident_id: int) -> None:
    """Take every proposal back; only for somebody who has never come, and so has agreed to nobody."""
    _queries.forget(db, resident_id=resident_id)


def contacts_of(db: sqlite3.Connection, resident_id: int) -> list[ContactLink]:
    """Return the contact persons, who is told first coming first, those not agreed to last."""
    rows = _queries.contacts_of(db, resident_id=resident_id)
    return [ContactLink(contact_id, turn, agreed == 1) for contact_id, turn, agreed in rows]


def residents_of(db: sqlite3.Connection, contact_id: int) -> list[ResidentLink]:
    """Return every resident this contact person is linked with, agreed to or only proposed."""
    rows = _queries.residents_of(db, contact_id=contact_id)
    return [ResidentLink(resident_id, turn, agreed == 1) for resident_id, turn, agreed in rows]
