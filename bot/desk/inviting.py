"""
Invitations at the desk: a link and its QR code, shown once, to be printed and handed over in person.

What is printed says nothing about what it is for. An invitation that is taken back takes the person it was for
with it, since nobody ever came.
"""

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from secrets import token_urlsafe

import segno
from aiohttp import web

from bot import chain
from bot.carrying import Carrier
from bot.desk.cases import name
from bot.desk.folk import Helper, helpers
from bot.desk.visit import Visit
from bot.house import House
from bot.inviting import LIFETIME, NameInUse, NoSuchContact, NothingToRenew, came, invite, renew
from bot.ordering import Ordered
from bot.outgoing import DeliveryFailed
from dialogs.events import ContactPersonLeft
from dialogs.kinds import ContactKind
from dialogs.people import Role
from dialogs.text import Message, _
from storage import audit, invitations, links, people
from storage.audit import Did

LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Open:
    """An invitation nobody has used."""

    person_id: int
    name: str
    role: str
    expires_at: datetime
    expired: bool


@dataclass(frozen=True, slots=True)
class Card:
    """What is handed over."""

    link: str
    picture: str
    expires_at: datetime


def look(db: sqlite3.Connection, house: House, now: datetime) -> tuple[list[Open], list[Helper]]:
    """What nobody has used, and who can be proposed to a resident: only who has come."""
    found = [
        Open(each.person_id, name(db, house, each.person_id), role, each.expires_at, each.expires_at <= now)
        for each in invitations.unused(db)
        if (role := people.role_in_the_clear(db, each.person_id)) is not None
    ]
    here = {each.id for each in came(db, house)}
    choices = [each for each in helpers(db, house, now) if each.id in here]
    return found, choices


async def page(visit: Visit, problems: dict[str, Message] | None = None) -> web.StreamResponse:
    """The form, and what nobody has used."""
    found, choices = await visit.read(look, visit.desk.house, visit.now)
    return visit.show(
        "invitations.html",
        status=422 if problems else 200,
        open_ones=found,
        choices=choices,
        problems=problems or {},
        given=visit.form,
        kinds=list(ContactKind),
        once=token_urlsafe(12),
    )


async def make(visit: Visit) -> web.StreamResponse:
    """Invite, and show the link this one time."""
    problems = _problems(visit.form)
    if problems:
        return await page(visit, problems)
    _open, choices = await visit.read(look, visit.desk.house, visit.now)
    if choices and visit.form["role"] == Role.RESIDENT and not _chosen(visit.form):
        return await page(visit, {"contacts": _("desk", "Choose at least one contact person.")})
    try:
        bot_name = await visit.desk.bot_name()
    except DeliveryFailed:
        return await page(visit, {"role": _no_telegram()})
    if not visit.desk.once(visit.form.get("once", "")):
        return visit.look_at("/invitations", _("desk", "This invitation was made and shown already."))
    try:
        code = await visit.run(_invite, visit.desk.house, visit.form, visit.known.id, visit.now)
    except NoSuchContact:
        return await page(visit, {"contacts": _("desk", "Choose from the list.")})
    except NameInUse:
        return await page(
            visit, {"name": _("desk", "Somebody here has that name already. Give another one.")}
        )
    return _card(visit, bot_name, code)


def _card(visit: Visit, bot_name: str, code: str) -> web.StreamResponse:
    link = f"https://t.me/{bot_name}?start={code}"
    picture = str(segno.make_qr(link).svg_data_uri(scale=6, border=2))
    return visit.show("invitation.html", card=Card(link, picture, visit.now + LIFETIME))


async def make_anew(visit: Visit) -> web.StreamResponse:
    """The same person, a new link; the earlier one is worthless from now on."""
    try:
        bot_name = await visit.desk.bot_name()
    except DeliveryFailed:
        return await page(visit, {"role": _no_telegram()})
    if not visit.desk.once(visit.form.get("once", "")):
        return visit.look_at("/invitations", _("desk", "This invitation was made and shown already."))
    try:
        code = await visit.run(renew, visit.desk.house, visit.number("person"), visit.now, visit.known.id)
    except NothingToRenew:
        return visit.look_at("/invitations", _("desk", "It was used or taken back already."))
    except NameInUse:
        said = _("desk", "Somebody here has that name now. Take the invitation back, and invite by another.")
        return visit.look_at("/invitations", said)
    return _card(visit, bot_name, code)


def _no_telegram() -> Message:
    return _("desk", "Telegram does not answer just now, so there is no link to make. Try again in a moment.")


def _problems(form: dict[str, str]) -> dict[str, Message]:
    found: dict[str, Message] = {}
    if form.get("role") not in set(Role):
        found["role"] = _("desk", "Choose one.")
    if form.get("kind", ContactKind.ORDINARY) not in set(ContactKind):
        found["kind"] = _("desk", "Choose one.")
    if not 1 <= len(_name(form)) <= LONGEST_NAME:
        found["name"] = _("desk", "Write a name of 1 to {most} characters.", most=LONGEST_NAME)
    return found


def _chosen(form: dict[str, str]) -> list[str]:
    return [key.removeprefix("contact-") for key in form if key.startswith("contact-")]


def _name(form: dict[str, str]) -> str:
    return " ".join(form.get("name", "").split())


def _invite(db: sqlite3.Connection, house: House, form: dict[str, str], me: int, now: datetime) -> str:
    role = Role(form["role"])
    contacts = _chosen(form) if role is Role.RESIDENT else None
    kind = (
        ContactKind(form.get("kind", ContactKind.ORDINARY)) if role is Role.CONTACT else ContactKind.ORDINARY
    )
    person_id, code = invite(db, house, role, _name(form), now, contacts, kind)
    audit.note(db, now, me, Did.INVITED, audit.person(person_id))
    return code


def revoke(db: sqlite3.Connection, house: House, person_id: int, actor: int | None, now: datetime) -> bool:
    """Take an unused invitation back; returns whether there was one. Who has come stays."""
    if not invitations.withdraw(db, person_id):
        return False
    audit.note(db, now, actor, Did.INVITATION_REVOKED, audit.person(person_id))
    known = chain.readable(db, house, person_id)
    if known is None or known.state != "invited":
        return True
    _no_longer_proposed(db, house, person_id, now)
    house.tombstones.add(person_id, now)
    people.erase(db, person_id)
    return True


def _no_longer_proposed(db: sqlite3.Connection, house: House, person_id: int, now: datetime) -> None:
    """Whoever would have been asked about this person is not any more."""
    carrier = Carrier(db, house, now, Ordered())
    for link in links.residents_of(db, person_id):
        resident = chain.readable(db, house, link.resident_id)
        if resident is not None:
            carrier.happen(resident, ContactPersonLeft(person_id))


async def take_back(visit: Visit) -> web.StreamResponse:
    """An invitation that was lost, or meant for somebody else."""
    taken = await visit.run(revoke, visit.desk.house, visit.number("person"), visit.known.id, visit.now)
    said = (
        _("desk", "The invitation is taken back.")
        if taken
        else _("desk", "It was used or taken back already.")
    )
    return visit.look_at("/invitations", said)
