"""Who can be told, read from the database: agreement, hours, absences, and one bad row among good ones."""

import sqlite3
from dataclasses import replace
from datetime import time, timedelta
from functools import partial

import pytest

from bot import chain
from dialogs.duty import Away, Duty, Shift
from dialogs.ladder import Ladder
from dialogs.people import Contact, Person, Role
from storage import people
from tests.bot.town import NOW, Town


async def _ladder(town: Town, resident: int, level: int = 2) -> list[list[int]]:
    known = await town.person(resident)
    ladder = await town.run(_build, town, known, level)
    return [[link.id for link in rung.links] for rung in ladder.rungs]


def _build(db: sqlite3.Connection, town: Town, resident: Person, level: int) -> Ladder:
    read = partial(chain.readable, db, town.house)
    return chain.ladder(db, read, town.house.red_day, resident, level, NOW)


async def _change(town: Town, person: int, **changes: object) -> None:
    known = await town.known(person)
    assert isinstance(known.person, Contact)
    changed = replace(known.person, **changes)  # type: ignore[arg-type]
    await town.run(people.save_person, known.box, changed, NOW)


async def test_those_she_agreed_to_come_in_her_order_and_the_coordinators_after(town: Town) -> None:
    """The order of the database is no order."""
    mina, josef = await town.contact(), await town.contact("Josef", 22)
    karin = await town.contact("Karin", 23, Role.COORDINATOR)
    leyla = await town.resident(contacts=(josef, mina))
    assert await _ladder(town, leyla) == [[josef], [mina], [karin]]


async def test_who_was_only_invited_is_not_in_the_chain(town: Town) -> None:
    """There is no chat to tell her in."""
    mina = await town.contact()
    leyla = await town.resident(contacts=(mina,))
    await town.run(people.set_state, mina, "invited", NOW)
    assert await _ladder(town, leyla) == []


async def test_hours_and_absences_are_looked_up_at_the_moment(town: Town) -> None:
    """It is Tuesday evening: Mina's office is closed, and Josef is away with Mina standing in."""
    mina, josef = await town.contact(), await town.contact("Josef", 22)
    leyla = await town.resident(contacts=(josef, mina))
    await _change(town, mina, duty=Duty((Shift((1, 2, 3, 4, 5), time(8), time(17)),)))
    assert await _ladder(town, leyla) == [[josef]]
    await _change(town, josef, away=Away(NOW + timedelta(days=2), stand_in=mina))
    assert await _ladder(town, leyla) == [[mina]], "nobody is on duty: then hours do not count"
    assert await _ladder(town, leyla, level=3) == [[mina]]


async def test_one_damaged_row_keeps_nobody_else_from_being_told(town: Town) -> None:
    """Mina's row is broken; Josef is told (R9)."""
    mina, josef = await town.contact(), await town.contact("Josef", 22)
    leyla = await town.resident(contacts=(mina, josef))
    await town.damage(mina)
    assert await _ladder(town, leyla) == [[josef]]


async def test_a_number_that_nobody_has_is_nobody(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    """A press can name any number: that is no damage, and a log full of it would hide one."""
    mina = await town.contact()
    assert await town.run(chain.readable, town.house, mina + 1) is None
    assert not caplog.records
    await town.damage(mina)
    assert await town.run(chain.readable, town.house, mina) is None
    assert caplog.records
