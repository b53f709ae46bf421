"""
People: residents by alias, contact persons by name with how much they carry, and one person's page.

Opening a person's page is noted. A resident's own name is not shown anywhere at the desk. A contact person can be
removed here, after a page that says what follows; what is done about a resident stands in `bot/desk/residents.py`.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from aiohttp import web

from bot import auditing, chain, duty_changes, removing
from bot.desk.cases import name
from bot.desk.visit import Visit
from bot.duty_changes import LimitOutOfReach, NoSuchContactPerson
from bot.house import House
from bot.removing import NotToRemove
from dialogs import at_the_desk, helper_joining, load, rota
from dialogs.audit import WhoNow
from dialogs.load import Load
from dialogs.people import Contact, Resident, Role
from dialogs.text import Message, _
from storage import alerts, audit, links, people
from storage.audit import Did
from storage.people import Known

REMOVED_HERE: Final = (Role.CONTACT,)


@dataclass(frozen=True, slots=True)
class Protected:
    """A resident as the desk sees her."""

    id: int
    alias: str
    state: str
    reachable: bool
    joined: bool
    stopped: bool
    paused_until: datetime | None
    sign_open: bool  # whether her last sign is shown here
    last_sign: datetime | None
    contacts: Sequence[str]
    frozen: datetime | None


@dataclass(frozen=True, slots=True)
class Helper:
    """A contact person or coordinator."""

    id: int
    name: str
    role: str
    kind: str
    state: str
    reachable: bool
    tested: bool
    on_duty: bool
    away_until: datetime | None
    load: Load
    person: Contact


@dataclass(frozen=True, slots=True)
class Folk:
    """Everybody who opens, and the numbers of those who do not."""

    residents: Sequence[Protected]
    helpers: Sequence[Helper]
    unreadable: Sequence[int]


def look(db: sqlite3.Connection, house: House, now: datetime) -> Folk:
    """Read everybody."""
    found = people.list_people(db, house.keyring)
    residents = [
        _protected(db, house, each, each.person) for each in found if isinstance(each.person, Resident)
    ]
    return Folk(residents, helpers(db, house, now, found), people.unreadable(db, house.keyring))


def helpers(
    db: sqlite3.Connection, house: House, now: datetime, found: Sequence[Known] | None = None
) -> list[Helper]:
    """Contact persons first, then coordinators, each by name."""
    known = people.list_people(db, house.keyring) if found is None else found
    seen = [_helper(db, house, each, each.person, now) for each in known if isinstance(each.person, Contact)]
    return sorted(seen, key=lambda each: (each.role != Role.CONTACT, each.name.casefold(), each.id))


def _protected(db: sqlite3.Connection, house: House, known: Known, resident: Resident) -> Protected:
    agreed = [link.contact_id for link in links.contacts_of(db, known.id) if link.agreed]
    has_case = any(each.resident_id == known.id for each in alerts.open_alerts(db))
    sign_open = at_the_desk.sees_sign(resident, has_case=has_case)
    return Protected(
        known.id,
        resident.alias,
        known.state,
        known.reachable,
        resident.joined,
        resident.stopped,
        resident.paused_until,
        sign_open,
        resident.last_sign if sign_open else None,
        [name(db, house, each) for each in agreed],
        resident.frozen,
    )


def _helper(db: sqlite3.Connection, house: House, known: Known, contact: Contact, now: datetime) -> Helper:
    agreed = sum(link.agreed for link in links.residents_of(db, known.id))
    away = contact.away.until if contact.away is not None and contact.away.until > now else None
    return Helper(
        known.id,
        contact.name,
        known.role.value,
        contact.kind,
        known.state,
        known.reachable,
        not helper_joining.is_untested(contact, now),
        rota.on_duty(contact.duty, now, house.red_day),
        away,
        load.of(contact, agreed),
        contact,
    )


async def everybody(visit: Visit) -> web.StreamResponse:
    """The list."""
    return visit.show("people.html", found=await visit.read(look, visit.desk.house, visit.now))


def open_person(
    db: sqlite3.Connection, house: House, person_id: int, me: int, now: datetime
) -> Protected | Helper | None:
    """Look at one person, which is noted; None where there is nobody who opens."""
    known = chain.readable(db, house, person_id) if people.exists(db, person_id) else None
    if known is None:
        return None
    audit.note(db, now, me, Did.PERSON_OPENED, audit.person(person_id))
    if isinstance(known.person, Resident):
        return _protected(db, house, known, known.person)
    return _helper(db, house, known, known.person, now)


async def opened(visit: Visit, person_id: int) -> Protected | Helper:
    """Open one person's page."""
    found = await visit.run(open_person, visit.desk.house, person_id, visit.known.id, visit.now)
    if found is None:
        raise web.HTTPNotFound
    return found


def helper_page(visit: Visit, helper: Helper, problem: Message | None = None) -> web.StreamResponse:
    """A contact person's or coordinator's."""
    return visit.show(
        "person.html",
        status=200 if problem is None else 422,
        person=helper,
        problem=problem,
        given=visit.form.get("most", ""),
        usual=load.USUAL,
        removable=helper.role in REMOVED_HERE,
    )


async def set_limit(visit: Visit) -> web.StreamResponse:
    """How many residents she can be there for; nothing at all is the usual number."""
    person, given = visit.number("person"), visit.form.get("most", "").strip()
    try:
        change = duty_changes.limit(int(given) if given else None)
        await visit.run(
            duty_changes.keep, visit.desk.house, person, change, Did.LIMIT_SET, visit.now, visit.known.id
        )
    except (ValueError, LimitOutOfReach):
        found, text = (
            await opened(visit, person),
            _("desk", "Write a number from 0 to {most}.", most=load.HIGHEST),
        )
        if isinstance(found, Protected):
            raise web.HTTPNotFound from None
        return helper_page(visit, found, text)
    except NoSuchContactPerson:
        raise web.HTTPNotFound from None
    return visit.look_at(f"/people/{person}", _("desk", "Saved."))


# --- removing ---


async def confirm_removal(visit: Visit) -> web.StreamResponse:
    """What follows, and the button. Coordinators are removed at a terminal: nobody at the desk removes another."""
    person = visit.number("person")
    try:
        contact = await visit.read(removing.removable, visit.desk.house, person, REMOVED_HERE)
    except NotToRemove:
        raise web.HTTPNotFound from None
    return visit.show("remove.html", person=contact)


async def remove(visit: Visit) -> web.StreamResponse:
    """She is removed, hears it, and everybody it concerns does too."""
    person, me = visit.number("person"), visit.known.id
    try:
        words = await visit.run(removing.remove, visit.desk.house, person, visit.now, me, REMOVED_HERE)
    except NotToRemove:
        raise web.HTTPNotFound from None
    if await visit.desk.farewell(words):
        return visit.look_at("/people", _("desk", "Removed. I have told that person."))
    return visit.look_at(
        "/people", _("desk", "Removed. I could not tell that person: please do it yourself.")
    )


# --- who would be told now ---


@dataclass(frozen=True, slots=True)
class Chain:
    """One resident and level: the names of each rung."""

    who: WhoNow
    alias: str
    rungs: Sequence[Sequence[str]]


def chains(db: sqlite3.Connection, house: House, now: datetime) -> list[Chain]:
    """What an alert would do at this moment, by name."""
    found = auditing.look(db, house, now).who
    names = {each: name(db, house, each) for who in found for each in (who.resident, *sum(who.rungs, ()))}
    return [
        Chain(who, names[who.resident], [[names[each] for each in rung] for rung in who.rungs])
        for who in found
    ]


async def who_now(visit: Visit) -> web.StreamResponse:
    """Who would be told now."""
    return visit.show("who.html", chains=await visit.read(chains, visit.desk.house, visit.now))
