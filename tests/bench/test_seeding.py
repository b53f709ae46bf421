"""Tests for the seeded towns: what was written in bulk must be what the bot itself would have written."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bench.seeding import Plan, Town, due_moment, seed
from bot.wiring import DATABASE
from dialogs.events import Timer
from dialogs.people import Resident
from storage import links, people, timers
from storage.database import Database, open_database
from storage.sealing import Doors, Keyring, unlock

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
DUE = NOW + timedelta(days=30)
LEYLAS_PHONE, MINAS_PHONE = 7_001, 7_002
PLAN = Plan(residents=40, phones=(LEYLAS_PHONE,), contact_phones=(MINAS_PHONE,), due_at=DUE, due=10)


async def opened(town: Town) -> tuple[Database, Keyring, Doors]:
    """As the bot opens it."""
    database, keyring = await open_database(town.data / DATABASE), town.keyring()
    return database, keyring, await database.run(unlock, keyring)


async def test_a_seeded_resident_is_known_by_her_chat(tmp_path: Path) -> None:
    """Otherwise the benchmark would measure answers to strangers."""
    database, keyring, doors = await opened(await seed(tmp_path, PLAN, NOW))
    try:
        leyla = await database.run(people.find_by_chat, keyring, doors, LEYLAS_PHONE)
        assert leyla is not None
        assert isinstance(leyla.person, Resident)
        assert leyla.person.joined
        assert leyla.person.can_be_told()
        assert leyla.person.consent.reading
        assert leyla.chat_id == LEYLAS_PHONE
    finally:
        await database.close()


async def test_her_contact_person_can_be_told(tmp_path: Path) -> None:
    """The alert's way is measured to a phone that exists."""
    database, keyring, doors = await opened(await seed(tmp_path, PLAN, NOW))
    try:
        leyla = await database.run(people.find_by_chat, keyring, doors, LEYLAS_PHONE)
        assert leyla is not None
        (link,) = await database.run(links.contacts_of, leyla.id)
        mina = await database.run(people.get, keyring, link.contact_id)
        assert link.agreed
        assert (mina.chat_id, mina.state) == (MINAS_PHONE, "active")
    finally:
        await database.close()


async def test_as_many_are_due_as_planned(tmp_path: Path) -> None:
    """All others wait at least a day."""
    database, _keyring, _doors = await opened(await seed(tmp_path, PLAN, NOW))
    try:
        due = await database.run(timers.due, DUE, 1_000)
        assert len(due) == PLAN.due
        assert {each.kind for each in due} == {Timer.CHECK_IN}
        assert len(await database.run(timers.due, DUE + timedelta(days=2), 1_000)) == PLAN.residents
    finally:
        await database.close()


@pytest.mark.parametrize(("residents", "due"), [(10_000, 5_000), (1_000_000, 5_000), (7, 3), (5, 0)])
def test_those_who_are_due_live_all_over_the_town(residents: int, due: int) -> None:
    """People who chose the same hour did not join one after the other."""
    plan = Plan(residents, (), (), DUE, due)
    chosen = [place for place in range(residents) if due_moment(plan, place) == DUE]
    assert len(chosen) == due
    if due:
        assert chosen[-1] >= residents / 2
