"""What the database says, read without mending it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from bot.carrying import Carrier
from bot.house import House
from bot.ordering import Ordered
from bot.wiring import DATABASE
from dialogs.events import Wrote
from dialogs.words import Word
from faults import books
from faults.books import Row
from faults.stage import Stage
from storage import check_ins, people, set_aside, updates
from storage.sealing import unlock
from tests.bot.town import NOW, make_house

LEYLA, SARA = 10, 12


@pytest.fixture
def db(stage: Stage) -> Iterator[sqlite3.Connection]:
    """The database, open."""
    with closing(sqlite3.connect(stage.town.data / DATABASE, isolation_level=None)) as opened:
        yield opened


@pytest.fixture
def house(stage: Stage, db: sqlite3.Connection, tmp_path: Path) -> House:
    """The keys to it."""
    keyring = stage.town.keyring()
    return make_house(tmp_path, keyring, unlock(db, keyring))


async def test_all_that_the_account_needs_is_read(stage: Stage, db: sqlite3.Connection, house: House) -> None:
    """Updates, messages, alerts opened, check-ins by the day that stands in a button."""
    updates.first_time(db, 100, NOW)
    set_aside.put(db, house.doors.system, 101, "RuntimeError", b"{}", NOW)
    sara = people.get(db, house.keyring, SARA)
    check_ins.record(db, sara.box, SARA, date(2026, 11, 24), "d", "answered", "face:4", NOW)
    leyla = people.get(db, house.keyring, LEYLA)
    Carrier(db, house, NOW, Ordered()).happen(leyla, Wrote("someone", Word.SOMEONE))
    read = books.read(stage.town)
    assert (set(read.recorded), read.set_aside) == ({100}, 1)
    assert read.check_ins == {(SARA, "20261124"): "answered"}
    assert [(each.resident, each.step) for each in read.alerts] == [(LEYLA, 1)]
    assert Row(stage.contact_of(LEYLA), "alert", "pending", read.alerts[0].id, 1) in read.rows


async def test_a_look_at_a_wreck_leaves_it_as_it_is(
    stage: Stage, db: sqlite3.Connection, tmp_path: Path
) -> None:
    """Whoever opens the database itself writes its log back, and the next start would have nothing to mend."""
    updates.first_time(db, 100, NOW)
    before = {file.name: file.read_bytes() for file in stage.town.data.iterdir()}
    assert f"{DATABASE}{books.LOG}" in before
    left = books.copied(stage.town, tmp_path / "wreck")
    assert left == books.Wreck(frozenset({100}), ())
    assert {file.name: file.read_bytes() for file in stage.town.data.iterdir()} == before
    assert not (tmp_path / "wreck").exists()


async def test_damage_is_seen(stage: Stage, tmp_path: Path) -> None:
    """A check that never finds anything would not be one."""
    database = tmp_path / "copy.db"
    database.write_bytes((stage.town.data / DATABASE).read_bytes())
    assert books.is_whole(database)
    with database.open("r+b") as file:
        file.seek(3 * 4096)
        file.write(bytes(range(256)) * 16)
    assert not books.is_whole(database)
