"""
A resident's page: who was proposed to her and in which order, her chat frozen or not, and the notes about her.

Whatever is done here is the organisation's: to propose, to order, to freeze. Agreeing is hers, and so is what is seen.
"""

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from secrets import token_urlsafe
from typing import TypeAlias

from aiohttp import web

from bot import chain, freezing, inviting, noting
from bot.desk import folk
from bot.desk.visit import Visit
from bot.freezing import NoSuchResident
from bot.house import House
from bot.inviting import NotToPropose
from dialogs.internal_notes import LONGEST, InternalNote
from dialogs.text import Message, _
from storage import audit, internal_notes, people
from storage.audit import Did
from storage.people import Known

Change: TypeAlias = Callable[[sqlite3.Connection, House, int, int, datetime, int | None], None]


@dataclass(frozen=True, slots=True)
class Proposed:
    """A contact person who was, or can be, proposed to her; `agreed`: she said yes."""

    id: int
    name: str
    agreed: bool = False


@dataclass(frozen=True, slots=True)
class Her:
    """What her page shows besides what the list of people shows."""

    proposed: Sequence[Proposed]
    others: Sequence[Proposed]
    notes: Sequence[InternalNote]
    older: int | None
    may_be_told: bool


def look(db: sqlite3.Connection, house: House, person_id: int, me: Known, before: int, now: datetime) -> Her:
    """Read it; that notes were opened is noted."""
    known, her = freezing.resident(db, house, person_id)
    agreed = {each.id for each in her.contacts}
    proposed = [Proposed(each.id, each.name, each.id in agreed) for each in her.proposed]
    there = {each.id for each in proposed}
    others = [Proposed(each.id, each.name) for each in inviting.came(db, house) if each.id not in there]
    notes, older = noting.page(db, lambda author: _known(db, house, author), me, known, before)
    if notes:
        audit.note(db, now, me.id, Did.NOTES_OPENED, audit.person(person_id))
    return Her(proposed, others, notes, older, her.can_be_told())


def _known(db: sqlite3.Connection, house: House, person_id: int) -> Known | None:
    return chain.readable(db, house, person_id) if people.exists(db, person_id) else None


async def one(visit: Visit) -> web.StreamResponse:
    """One person's page, a resident's or a helper's."""
    found = await folk.opened(visit, visit.number("person"))
    return await _page(visit, found) if isinstance(found, folk.Protected) else folk.helper_page(visit, found)


async def _page(visit: Visit, person: folk.Protected, problem: Message | None = None) -> web.StreamResponse:
    given = visit.request.query.get("before", "")
    before = int(given) if given.isdecimal() and len(given) < 16 else internal_notes.NEWEST
    her = await visit.run(look, visit.desk.house, person.id, visit.known, before, visit.now)
    return visit.show(
        "resident.html",
        status=200 if problem is None else 422,
        person=person,
        her=her,
        problem=problem,
        given=visit.form.get("words", ""),
        longest=LONGEST,
        first=before == internal_notes.NEWEST,
        once=token_urlsafe(12),
    )


# --- who may be there for her ---


async def propose(visit: Visit) -> web.StreamResponse:
    """Somebody new; she hears that there is something to look at, and decides."""
    resident, said = visit.number("resident"), _("desk", "Proposed. She decides, and hears of it by day.")
    return await _with_contact(visit, inviting.propose, resident, said)


async def move_up(visit: Visit) -> web.StreamResponse:
    """One place earlier."""
    return await _with_contact(visit, inviting.move_up, visit.number("resident"), _("desk", "Saved."))


async def _with_contact(visit: Visit, change: Change, resident: int, said: Message) -> web.StreamResponse:
    given = visit.form.get("contact", "")
    contact = int(given) if given.isdecimal() and len(given) < 16 else 0
    try:
        await visit.run(change, visit.desk.house, resident, contact, visit.now, visit.known.id)
    except NoSuchResident:
        raise web.HTTPNotFound from None
    except NotToPropose:
        said = _("desk", "That has changed meanwhile. Nothing was done.")
    return visit.look_at(f"/people/{resident}", said)


# --- a phone in other hands ---


async def confirm_freezing(visit: Visit) -> web.StreamResponse:
    """What follows, and the button."""
    try:
        _known, her = await visit.read(freezing.resident, visit.desk.house, visit.number("resident"))
    except NoSuchResident:
        raise web.HTTPNotFound from None
    return visit.show("freeze.html", person=her, may_be_told=her.can_be_told())


async def freeze(visit: Visit) -> web.StreamResponse:
    """Nothing is said there from now on."""
    resident = visit.number("resident")
    try:
        told = await visit.run(freezing.freeze, visit.desk.house, resident, visit.now, visit.known.id)
    except NoSuchResident:
        raise web.HTTPNotFound from None
    said = _("desk", "Frozen. Her contact persons are told to get in touch another way.")
    if not told:
        said = _("desk", "Frozen. Nobody was told: tell those who should know yourself.")
    return visit.look_at(f"/people/{resident}", said)


async def unfreeze(visit: Visit) -> web.StreamResponse:
    """Her chat is hers again."""
    resident = visit.number("resident")
    try:
        was = await visit.run(freezing.unfreeze, visit.desk.house, resident, visit.now, visit.known.id)
    except NoSuchResident:
        raise web.HTTPNotFound from None
    said = _("desk", "Unfrozen. She hears so by day.") if was else _("desk", "It was not frozen.")
    return visit.look_at(f"/people/{resident}", said)


# --- notes ---


async def write_note(visit: Visit) -> web.StreamResponse:
    """For colleagues; what is too long stays in its field."""
    resident, words = visit.number("resident"), visit.form.get("words", "").strip()
    if not 1 <= len(words) <= LONGEST:
        found = await folk.opened(visit, resident)
        if not isinstance(found, folk.Protected):
            raise web.HTTPNotFound
        return await _page(visit, found, _("desk", "Write 1 to {most} characters.", most=LONGEST))
    if not visit.desk.once(visit.form.get("once", "")):
        return visit.look_at(f"/people/{resident}", _("desk", "The note is kept."))
    note = InternalNote(words, visit.now, visit.known.id)
    if not await visit.run(_keep, visit.desk.house, visit.known, resident, note):
        raise web.HTTPNotFound
    return visit.look_at(f"/people/{resident}", _("desk", "The note is kept."))


def _keep(db: sqlite3.Connection, house: House, me: Known, resident: int, note: InternalNote) -> bool:
    kept = noting.write(db, me, _known(db, house, resident), note)
    if kept:
        audit.note(db, note.at, me.id, Did.NOTE_WRITTEN, audit.person(resident))
    return kept
