"""
People: residents by alias, contact persons by name with how much they carry, and one person's page.

Opening a person's page is noted. A resident's own name is not shown anywhere at the desk.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from bot import auditing, chain, duty_changes
from bot.desk.cases import name
from bot.desk.visit import Visit
from bot.duty_changes import LimitOutOfReach, NoSuchContactPerson
from bot.house import House
from dialogs import helper_joining, load, rota
from dialogs.audit import WhoNow
from dialogs.load import Load
from dialogs.people import Contact, Resident, Role
from dialogs.text import Message, _
from storage import audit, links, people
from storage.audit import Did
from storage.people import Known


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
    last_sign: datetime | None
    contacts: Sequence[str]


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
    return Protected(
        known.id,
        resident.alias,
        known.state,
        known.reachable,
        resident.joined,
        resident.stopped,
        resident.paused_until,
        resident.last_sign,
        [name(db, house, each) for each in agreed],
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


async def one(visit: Visit, problem: Message | None = None) -> web.StreamResponse:
    """One person's page."""
    found = await visit.run(open_person, visit.desk.house, visit.number("person"), visit.known.id, visit.now)
    if found is None:
        raise web.HTTPNotFound
    given = visit.form.get("most", "")
    return visit.show(
        "person.html",
        status=200 if problem is None else 422,
        person=found,
        is_resident=isinstance(found, Protected),
        problem=problem,
        given=given,
        usual=load.USUAL,
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
        return await one(visit, _("desk", "Write a number from 0 to {most}.", most=load.HIGHEST))
    except NoSuchContactPerson:
        raise web.HTTPNotFound from None
    return visit.look_at(f"/people/{person}", _("desk", "Saved."))


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
