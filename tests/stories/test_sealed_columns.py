"""
Every sealed column: bytes that were swapped, cut or flipped are one damaged record, and the next one goes on.

A column that is added without a case here fails the first test. Three rows of each: two are damaged, the third works.
"""

import sqlite3
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pyotp
import pytest

from bot import my_file
from bot.desk import signing_in
from bot.desk.signing_in import SignedIn
from bot.outgoing import Send
from dialogs.alert import Alert, Track
from dialogs.events import Timer
from dialogs.internal_notes import InternalNote
from dialogs.letters import Letter
from dialogs.people import Role
from storage import (
    activities,
    alerts,
    channels,
    check_ins,
    desk_accounts,
    desk_links,
    internal_notes,
    people,
    rings,
    set_aside,
    talks,
    timers,
)
from storage.sealing import SealBroken, unlock
from tests.bot.conftest import door, town
from tests.bot.test_ringer import StillLine, ringing
from tests.bot.test_ringer import case as open_case
from tests.bot.town import NOW, StillDoor, Town, idle, sending

__all__ = ["door", "town"]

HOUR = timedelta(hours=1)
Place = tuple[str, str]


@dataclass
class Scene:
    """Three rows of one kind: `rows` are their keys, `people` whose they are."""

    town: Town
    door: StillDoor
    rows: list[int] = field(default_factory=list)
    people: list[int] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)

    def box(self, db: sqlite3.Connection, person: int) -> Any:
        """Somebody's own."""
        return people.get(db, self.town.house.keyring, person).box


Settle = Callable[[Scene], Awaitable[None]]
Look = Callable[[Scene], Awaitable[set[int]]]


@dataclass(frozen=True)
class Case:
    """How three rows come about, and which of them (0, 1, 2) still work when they are used as in life."""

    settle: Settle
    look: Look
    key: str = "id"


# --- people: their moment comes ---


async def residents(scene: Scene) -> None:
    for number in range(3):
        person = await scene.town.resident(f"Leyla {number}", 11 + number)
        await scene.town.run(timers.set_timer, person, Timer.CHECK_IN, NOW)
        scene.people.append(person)
    scene.rows = list(scene.people)


async def asked(scene: Scene) -> set[int]:
    """Whoever opens is asked how she is; each of the others is a notice."""
    handled = await scene.town.run(scene.town.handler.due, NOW, 10)
    assert handled.done == 3
    waiting = {each.person_id for each in handled.ordered.queued}
    notices = await scene.town.notices()
    assert len(notices) == 3 - len(waiting)
    assert {kind for kind, _about in notices} <= {"person-unreadable"}
    return {number for number, person in enumerate(scene.people) if person in waiting}


# --- what is kept about one of them ---


async def answers(scene: Scene) -> None:
    leyla = await scene.town.resident()
    scene.people = [leyla]
    for number in range(3):
        day = NOW.date() - timedelta(days=number)
        answer = f"words:answer {number}"

        def work(db: sqlite3.Connection, day: Any = day, answer: str = answer) -> None:
            check_ins.record(db, scene.box(db, leyla), leyla, day, "d", "answered", answer, NOW)

        await scene.town.run(work)
    scene.rows = [1, 2, 3]


async def in_her_file(scene: Scene) -> set[int]:
    """What does not open is not in it, and the rest is."""
    data = await scene.town.run(my_file.read, scene.town.house, scene.people[0], NOW)
    assert data is not None
    return {number for number in range(3) if f"answer {number}".encode() in data}


async def notes(scene: Scene) -> None:
    leyla = await scene.town.resident()
    scene.people = [leyla]

    def work(db: sqlite3.Connection) -> None:
        for number in range(3):
            note = InternalNote(f"note {number}", NOW, 9)
            scene.rows.append(internal_notes.write(db, scene.box(db, leyla), leyla, note))

    await scene.town.run(work)


async def read_notes(scene: Scene) -> set[int]:
    leyla = scene.people[0]
    found = await scene.town.run(lambda db: internal_notes.about(db, scene.box(db, leyla), leyla, 10))
    return {int(each.words[-1]) for each in found}


async def letters(scene: Scene) -> None:
    mina, leyla = await scene.town.contact(), await scene.town.resident()
    scene.people = [leyla]

    def work(db: sqlite3.Connection) -> None:
        talk = talks.begin(db, leyla, mina, None, NOW)
        for number in range(3):
            relay = talks.add_relay(db, talk, mina, leyla, number, NOW)
            talks.keep(db, scene.box(db, leyla), relay, Letter(f"letter {number}", NOW))
            scene.rows.append(relay)

    await scene.town.run(work)


async def opened_letters(scene: Scene) -> set[int]:
    leyla = scene.people[0]
    found = await scene.town.run(lambda db: talks.take_kept(db, scene.box(db, leyla), leyla))
    return {int(letter.words[-1]) for _relay, letter in found}


# --- cases: somebody hears of each of them ---


async def cases(scene: Scene) -> None:
    await scene.town.contact("Karin", 31, Role.COORDINATOR)
    for number in range(3):
        person = await scene.town.resident(f"Leyla {number}", 11 + number)

        def work(db: sqlite3.Connection, person: int = person, number: int = number) -> None:
            alert = Alert(0, person, f"Leyla {number}", Track.URGENT, 2, ("someone",), NOW, NOW)
            scene.rows.append(alerts.insert(db, scene.box(db, person), alert).id)

        await scene.town.run(work)


async def told(scene: Scene) -> set[int]:
    """An alert that reaches nobody is the worst there is: of a damaged one the coordinator hears as well."""
    handled = await scene.town.run(scene.town.handler.due, NOW + HOUR, 10)
    texts = [each.outgoing.text for each in handled.ordered.queued if isinstance(each.outgoing, Send)]
    assert sum("urgent. Please read this now." in text for text in texts) == 3
    return {number for number in range(3) if any(f"Leyla {number} asked" in text for text in texts)}


# --- what leaves ---


async def messages(scene: Scene) -> None:
    for number in range(3):
        person = await scene.town.resident(f"Leyla {number}", 11 + number)
        scene.rows.append((await scene.town.letter(person, f"letter {number}")).id)


async def sent(scene: Scene) -> set[int]:
    sender = scene.town.sender(scene.door)
    await sender.recover()
    async with sending(sender):
        await idle(sender)
    states = [await scene.town.state(row) for row in scene.rows]
    assert sorted(states) == sorted(["sent"] * states.count("sent") + ["refused"] * states.count("refused"))
    return {int(text[-1]) for text in scene.door.texts}


async def addresses(scene: Scene) -> None:
    alert = await open_case(scene.town, await scene.town.resident())
    for number in range(3):
        mina = await scene.town.contact(f"Mina {number}", 21 + number)

        def work(db: sqlite3.Connection, mina: int = mina, number: int = number) -> None:
            row = channels.add(db, scene.box(db, mina), mina, f"json://gateway.example/{number}", NOW)
            rings.put(db, mina, alert, NOW)
            scene.rows.append(row)

        await scene.town.run(work)


async def rung(scene: Scene) -> set[int]:
    line = StillLine()
    async with ringing(scene.town, line):
        pass
    return {int(address[-1]) for address, _title, _body in line.rung}


# --- what belongs to the house ---


async def updates(scene: Scene) -> None:
    system = scene.town.house.doors.system

    def work(db: sqlite3.Connection) -> None:
        for number in range(3):
            scene.rows.append(set_aside.put(db, system, number, "RuntimeError", b"update %d" % number, NOW))

    await scene.town.run(work)


async def looked_into(scene: Scene) -> set[int]:
    system, works = scene.town.house.doors.system, set()
    for number, row in enumerate(scene.rows):
        try:
            await scene.town.run(set_aside.raw_update, system, row)
        except SealBroken:
            continue
        works.add(number)
    return works


async def happenings(scene: Scene) -> None:
    system = scene.town.house.doors.system

    def work(db: sqlite3.Connection) -> None:
        for number in range(3):
            row = activities.add(
                db, system, NOW, place="bergby", begins_at=NOW, ends_at=NOW + HOUR, title=f"choir {number}"
            )
            activities.send(db, row)
            scene.rows.append(row)

    await scene.town.run(work)


async def announced(scene: Scene) -> set[int]:
    found = await scene.town.run(activities.to_come, scene.town.house.doors.system, NOW)
    return {int(each.title[-1]) for each in found}


async def accounts(scene: Scene) -> None:
    for number in range(3):
        karin = await scene.town.contact(f"Karin {number}", 31 + number, Role.COORDINATOR)
        scene.people.append(karin)
    secrets = [await scene.town.run(_begun, scene, karin) for karin in scene.people]
    scene.rows = list(scene.people)
    scene.codes = [pyotp.TOTP(secret).at(NOW) for secret in secrets]


def _begun(db: sqlite3.Connection, scene: Scene, karin: int) -> str:
    return desk_accounts.begin(db, scene.box(db, karin), karin)


async def signed_in(scene: Scene) -> set[int]:
    """Whose secret is damaged does not come in, and the operator is told; a reset mends it."""
    house, works = scene.town.house, set()
    for number, karin in enumerate(scene.people):
        link = await scene.town.run(desk_links.create, house.doors, karin, NOW, HOUR)
        code = scene.codes[number]
        if isinstance(await scene.town.run(signing_in.attempt, house, link, code, NOW), SignedIn):
            works.add(number)
    assert len(await scene.town.notices()) == 3 - len(works)
    return works


CASES: dict[Place, Case] = {
    ("people", "sealed_person"): Case(residents, asked),
    ("people", "sealed_chat"): Case(residents, asked),
    ("people", "wrapped_key"): Case(residents, asked),
    ("check_ins", "sealed_answer"): Case(answers, in_her_file),
    ("internal_notes", "sealed_note"): Case(notes, read_notes),
    ("relays", "sealed_letter"): Case(letters, opened_letters),
    ("alerts", "sealed_alert"): Case(cases, told),
    ("outbox", "sealed_message"): Case(messages, sent),
    ("channels", "sealed_address"): Case(addresses, rung),
    ("set_aside", "sealed_update"): Case(updates, looked_into),
    ("activities", "sealed_activity"): Case(happenings, announced),
    ("desk_accounts", "sealed_secret"): Case(accounts, signed_in, "person_id"),
}
OF_THE_HOUSE = {
    ("keys", "wrapped_key"): "without it nothing starts: `test_the_house_does_not_start_without_its_keys`"
}


async def test_each_sealed_column_has_a_case(town: Town) -> None:
    """Whoever seals something new must show what happens when it does not open."""
    found = await town.run(lambda db: set(_sealed(db)))
    assert found == set(CASES) | set(OF_THE_HOUSE)


def _sealed(db: sqlite3.Connection) -> Iterator[Place]:
    for (table,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall():
        for row in db.execute(f"PRAGMA table_info({table})").fetchall():
            if row[1].startswith(("sealed_", "wrapped_")):
                yield table, row[1]


# --- damages ---

Damage = Callable[[bytes, bytes], tuple[bytes, bytes]]


def swapped(one: bytes, other: bytes) -> tuple[bytes, bytes]:
    """Somebody who can write the file gives two rows each other's bytes."""
    return other, one


def cut(one: bytes, other: bytes) -> tuple[bytes, bytes]:
    """The last byte, and all but the first."""
    return one[:-1], other[:1]


def flipped(one: bytes, other: bytes) -> tuple[bytes, bytes]:
    """One bit: in the nonce, and in the last byte."""
    nonce = bytearray(one)
    nonce[6] ^= 1
    return bytes(nonce), other[:-1] + bytes([other[-1] ^ 128])


@pytest.mark.parametrize("damage", [swapped, cut, flipped], ids=lambda each: each.__name__)
@pytest.mark.parametrize("place", CASES, ids=".".join)
async def test_a_damaged_record_is_one_damaged_record(
    town: Town, door: StillDoor, place: Place, damage: Damage
) -> None:
    """Seen, passed over or reported; no crash, and whoever comes after it goes on."""
    case, (table, column) = CASES[place], place
    scene = Scene(town, door)
    await case.settle(scene)
    await town.run(_spoil, table, column, case.key, scene.rows[:2], damage)
    assert await case.look(scene) == {2}


@pytest.mark.parametrize("place", CASES, ids=".".join)
async def test_whole_records_all_work(town: Town, door: StillDoor, place: Place) -> None:
    """Or the test above would prove nothing."""
    scene = Scene(town, door)
    await CASES[place].settle(scene)
    assert await CASES[place].look(scene) == {0, 1, 2}


def _spoil(
    db: sqlite3.Connection, table: str, column: str, key: str, rows: list[int], damage: Damage
) -> None:
    read = f"SELECT {column} FROM {table} WHERE {key} = ?"  # noqa: S608 -- names of ours
    write = f"UPDATE {table} SET {column} = ? WHERE {key} = ?"  # noqa: S608
    before = [db.execute(read, (row,)).fetchone()[0] for row in rows]
    for row, value in zip(rows, damage(*before), strict=True):
        assert db.execute(write, (value, row)).rowcount == 1


@pytest.mark.parametrize("damage", [swapped, cut, flipped], ids=lambda each: each.__name__)
async def test_the_house_does_not_start_without_its_keys(town: Town, damage: Damage) -> None:
    """Better no bot than one that takes everybody for a stranger."""

    def spoil(db: sqlite3.Connection) -> None:
        read = "SELECT wrapped_key FROM keys WHERE purpose = ?"
        names = ("index", "system")
        before = [db.execute(read, (name,)).fetchone()[0] for name in names]
        for name, value in zip(names, damage(*before), strict=True):
            db.execute("UPDATE keys SET wrapped_key = ? WHERE purpose = ?", (value, name))

    await town.run(spoil)
    with pytest.raises(SealBroken, match=r"keys\.wrapped_key"):
        await town.run(unlock, town.house.keyring)
