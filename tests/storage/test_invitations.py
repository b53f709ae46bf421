"""Invitations open once, for one person, for a while."""

import re
import sqlite3
from datetime import datetime, timedelta

import pytest

from storage import invitations
from storage.invitations import InvitationExpired, InvitationUnknown, InvitationUsed
from storage.people import Known
from storage.sealing import Doors

DAY = timedelta(days=1)


def test_a_code_opens_once(db: sqlite3.Connection, doors: Doors, leyla: Known, now: datetime) -> None:
    """Whoever finds the paper later comes too late."""
    code = invitations.create(db, doors, leyla.id, now, DAY)
    assert re.fullmatch(r"[A-Za-z0-9_-]{22,64}", code)
    assert invitations.redeem(db, doors, code, now) == leyla.id
    with pytest.raises(InvitationUsed) as raised:
        invitations.redeem(db, doors, code, now + DAY)
    assert (raised.value.person_id, raised.value.at) == (leyla.id, now)


def test_a_code_expires(db: sqlite3.Connection, doors: Doors, leyla: Known, now: datetime) -> None:
    """At the moment itself it is over."""
    code = invitations.create(db, doors, leyla.id, now, DAY)
    with pytest.raises(InvitationExpired):
        invitations.redeem(db, doors, code, now + DAY)
    assert invitations.redeem(db, doors, code, now + DAY - timedelta(milliseconds=1)) == leyla.id


@pytest.mark.parametrize("code", ["", "guess", "é" * 64])
def test_a_guess_opens_nothing(
    db: sqlite3.Connection, doors: Doors, leyla: Known, now: datetime, code: str
) -> None:
    """And uses nothing up."""
    real = invitations.create(db, doors, leyla.id, now, DAY)
    with pytest.raises(InvitationUnknown):
        invitations.redeem(db, doors, code, now)
    assert invitations.redeem(db, doors, real, now) == leyla.id


def test_a_new_code_replaces_a_lost_one(
    db: sqlite3.Connection, doors: Doors, leyla: Known, now: datetime
) -> None:
    """A lost paper must not stay a way in."""
    lost = invitations.create(db, doors, leyla.id, now, DAY)
    code = invitations.create(db, doors, leyla.id, now, DAY)
    with pytest.raises(InvitationUnknown):
        invitations.redeem(db, doors, lost, now)
    assert invitations.redeem(db, doors, code, now) == leyla.id


def test_the_code_itself_is_not_stored(
    db: sqlite3.Connection, doors: Doors, leyla: Known, now: datetime
) -> None:
    """A stolen file opens no door."""
    code = invitations.create(db, doors, leyla.id, now, DAY)
    assert code not in repr(db.execute("SELECT * FROM invitations").fetchall())


def test_what_is_open_is_listed_and_taken_back(
    db: sqlite3.Connection, doors: Doors, mina: Known, josef: Known, now: datetime
) -> None:
    """Not what was used; what is over stays listed with its end, until it is renewed or taken back."""
    used = invitations.create(db, doors, mina.id, now, timedelta(hours=1))
    invitations.redeem(db, doors, used, now)
    invitations.create(db, doors, josef.id, now, timedelta(hours=2))
    assert invitations.unused(db) == [(josef.id, now + timedelta(hours=2))]
    assert invitations.withdraw(db, josef.id)
    assert not invitations.withdraw(db, josef.id)
    assert not invitations.withdraw(db, mina.id), "who came has no open invitation"


def test_old_ones_go_used_or_not(
    db: sqlite3.Connection, doors: Doors, leyla: Known, mina: Known, now: datetime
) -> None:
    """Even a hash says that somebody was invited, and when."""
    used = invitations.create(db, doors, leyla.id, now, DAY)
    invitations.redeem(db, doors, used, now)
    invitations.create(db, doors, mina.id, now, DAY)
    assert (invitations.count(db, leyla.id), invitations.count(db, mina.id)) == (1, 1)
    assert invitations.forget_older(db, now) == 0
    assert invitations.forget_older(db, now + DAY) == 1, "the one that still opens stays"
    assert invitations.forget_older(db, now + 2 * DAY) == 1
