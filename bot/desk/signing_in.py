"""
Signing in: a link that works once, and a code of the app that was set up with the first one.

All of it is one transaction. Who fails is told nothing about why: not whether the link was right, nor the code,
nor whether anything is locked.
"""

import sqlite3
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, TypeAlias

import pyotp
import segno

from bot import chain
from bot.house import House
from dialogs.notices import NoticeKind
from dialogs.notices import person as subject
from dialogs.people import Role
from storage import audit, desk_accounts, desk_links, desk_sessions, notices
from storage.audit import Did
from storage.desk_accounts import Answer
from storage.people import Known
from storage.sealing import SealBroken

ISSUER: Final = "Desk"
"""What her app calls it; says nothing to who looks at her phone."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The token of a new session."""

    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Enrolling:
    """She comes for the first time: this is to be put into her app. `again`: a code was given, and was wrong."""

    person_id: int
    secret: str = field(repr=False)
    again: bool

    @property
    def picture(self) -> str:
        """The secret as a QR code, a `data:` address."""
        made = pyotp.TOTP(self.secret)
        uri = made.provisioning_uri(name=str(self.person_id), issuer_name=ISSUER)
        return str(segno.make_qr(uri).svg_data_uri(scale=5, border=3))

    @property
    def spelled(self) -> str:
        """The same to be typed, in groups of four."""
        return " ".join(self.secret[start : start + 4] for start in range(0, len(self.secret), 4))


Attempt: TypeAlias = SignedIn | Enrolling | None


def coordinator(db: sqlite3.Connection, house: House, person_id: int) -> Known | None:
    """Return the person where she is a coordinator now; looked up each time, since roles are lost."""
    known = chain.readable(db, house, person_id)
    here = known is not None and known.role is Role.COORDINATOR and known.state == "active"
    return known if here else None


def attempt(db: sqlite3.Connection, house: House, link: str, code: str, now: datetime) -> Attempt:
    """Try a link and a code; None where they do not open. Only what opens uses the link up."""
    person_id = desk_links.whose(db, house.doors, link, now)
    known = coordinator(db, house, person_id) if person_id is not None else None
    if known is None:
        return None
    try:
        return _tried(db, house, known, link, code, now)
    except SealBroken:
        notices.report(db, NoticeKind.RECORD_FAILED, now, subject(known.id))
        audit.note(db, now, known.id, Did.SIGN_IN_FAILED, audit.person(known.id))
        return None


def _tried(
    db: sqlite3.Connection, house: House, known: Known, link: str, code: str, now: datetime
) -> Attempt:
    digits = _digits(code)
    enrolled = desk_accounts.enrolled(db, known.id)
    if not digits:
        return None if enrolled else Enrolling(known.id, desk_accounts.begin(db, known.box, known.id), False)
    answer = desk_accounts.check(db, known.box, known.id, digits, now)
    if answer is Answer.RIGHT and desk_links.use(db, house.doors, link, now):
        audit.note(db, now, known.id, Did.SIGNED_IN, audit.person(known.id))
        return SignedIn(desk_sessions.begin(db, known.id, now))
    audit.note(db, now, known.id, Did.SIGN_IN_FAILED, audit.person(known.id))
    if enrolled or answer is Answer.LOCKED:
        return None
    return Enrolling(known.id, desk_accounts.begin(db, known.box, known.id), True)


def _digits(code: str) -> str:
    """Apps show spaces, phones type their own digits; anything else is no code, and is counted as a wrong one."""
    return "".join(_plain(sign) for sign in code if not sign.isspace())[:20]


def _plain(sign: str) -> str:
    value = unicodedata.digit(sign, None)
    return sign if value is None else str(value)


def guest(db: sqlite3.Connection, house: House, token: str, now: datetime, *, active: bool) -> Known | None:
    """Return who is signed in with this token; whoever is no coordinator any more is signed out everywhere."""
    person_id = desk_sessions.whose(db, token, now, active=active)
    if person_id is None:
        return None
    known = coordinator(db, house, person_id)
    if known is None:
        desk_sessions.end_all(db, person_id)
    return known


def sign_out(db: sqlite3.Connection, token: str, person_id: int, now: datetime) -> None:
    """Here only."""
    desk_sessions.end(db, token)
    audit.note(db, now, person_id, Did.SIGNED_OUT, audit.person(person_id))


def sign_out_everywhere(db: sqlite3.Connection, person_id: int, now: datetime) -> None:
    """On every device."""
    desk_sessions.end_all(db, person_id)
    audit.note(db, now, person_id, Did.SIGNED_OUT_EVERYWHERE, audit.person(person_id))


class NoCoordinator(Exception):
    """Only coordinators who have come have a desk."""

    def __init__(self, person_id: int) -> None:
        super().__init__(f"{person_id} is no coordinator who has joined; `vidare people` lists who is here")
        self.person_id = person_id


def link_for(db: sqlite3.Connection, house: House, person_id: int, now: datetime) -> str:
    """Return a link the operator hands over; what an earlier one showed of a secret is worth nothing any more."""
    if coordinator(db, house, person_id) is None:
        raise NoCoordinator(person_id)
    desk_accounts.forget_pending(db, person_id)
    code = desk_links.create(db, house.doors, person_id, now, desk_links.BY_OPERATOR)
    audit.note(db, now, None, Did.LINK_MADE, audit.person(person_id))
    return desk_links.address(house.desk, code)


def reset(db: sqlite3.Connection, person_id: int, now: datetime) -> bool:
    """A phone was lost or a session stolen: signed out everywhere, and enrolled anew with the next link."""
    desk_sessions.end_all(db, person_id)
    desk_links.withdraw(db, person_id)
    had = desk_accounts.forget(db, person_id)
    audit.note(db, now, None, Did.ACCOUNT_RESET, audit.person(person_id))
    return had
