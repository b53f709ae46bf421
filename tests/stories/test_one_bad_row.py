"""One damaged row in a town of two hundred: the others are asked how they are, and somebody is told (R9)."""

import logging
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import pytest

from bot.due import Due
from bot.logs import JsonLines
from bot.outgoing import Send
from dialogs.alert import Alert, Track
from dialogs.events import Timer
from dialogs.people import Consent, Contact, Place, Resident, Role
from storage import alerts, check_ins, people, timers
from storage.people import open_box
from tests.bot.conftest import door, town
from tests.bot.town import NOW, StillDoor, Town, idle, sending

__all__ = ["door", "town"]

PEOPLE = 200
VICTIM, NEIGHBOUR = 77, 78
SOON = timedelta(minutes=10)


@dataclass(frozen=True)
class Damage:
    """What is done to the victim's rows, and what must be seen of it afterwards."""

    name: str
    work: Callable[[sqlite3.Connection, Town], None]
    asked: bool = False
    notice: str | None = "person-unreadable"


def settle(db: sqlite3.Connection, town: Town) -> None:
    """Two hundred residents whose check-in is due now, and Mina, who is there for all of them."""
    for number in range(1, PEOPLE + 1):

        def build(person: int) -> Resident:
            return Resident(
                person, f"Leyla {person}", place=Place.MENU, joined=True, consent=Consent(True, True, True)
            )

        known = people.create_person(db, town.house.keyring, Role.RESIDENT, build, NOW)
        people.bind_chat(db, town.house.doors, known.box, known.id, 1_000 + number, NOW)
        people.set_state(db, known.id, "active", NOW)
        timers.set_timer(db, known.id, Timer.CHECK_IN, NOW)
    mina = people.create_person(
        db,
        town.house.keyring,
        Role.COORDINATOR,
        lambda person: Contact(person, "Mina", Role.COORDINATOR, "en"),
        NOW,
    )
    people.bind_chat(db, town.house.doors, mina.box, mina.id, 21, NOW)
    people.set_state(db, mina.id, "active", NOW)


def bytes_of(db: sqlite3.Connection, column: str, person: int) -> bytes:
    value: bytes = db.execute(f"SELECT {column} FROM people WHERE id = ?", (person,)).fetchone()[0]  # noqa: S608
    return value


def put(db: sqlite3.Connection, column: str, value: object) -> None:
    db.execute("PRAGMA ignore_check_constraints = ON")
    db.execute(f"UPDATE people SET {column} = ? WHERE id = ?", (value, VICTIM))  # noqa: S608
    db.execute("PRAGMA ignore_check_constraints = OFF")


def cut(db: sqlite3.Connection, _town: Town, column: str) -> None:
    put(db, column, bytes_of(db, column, VICTIM)[:-1])


def emptied(db: sqlite3.Connection, _town: Town, column: str) -> None:
    put(db, column, b"")


def flipped(db: sqlite3.Connection, _town: Town, column: str) -> None:
    value = bytearray(bytes_of(db, column, VICTIM))
    value[len(value) // 2] ^= 1
    put(db, column, bytes(value))


def moved(db: sqlite3.Connection, _town: Town, column: str) -> None:
    put(db, column, bytes_of(db, column, NEIGHBOUR))


def resealed(db: sqlite3.Connection, town: Town, plain: bytes, column: str = "sealed_person") -> None:
    """Under the right seal, but not what this program writes."""
    box = open_box(town.house.keyring, VICTIM, bytes_of(db, "wrapped_key", VICTIM))
    put(db, column, box.seal(plain, f"people.{column}:{VICTIM}"))


def column(db: sqlite3.Connection, _town: Town, name: str, value: object) -> None:
    put(db, name, value)


def timer(db: sqlite3.Connection, _town: Town, kind: str, due_at: int) -> None:
    db.execute("INSERT OR REPLACE INTO timers VALUES (?, ?, ?)", (VICTIM, kind, due_at))


def odd_day(db: sqlite3.Connection, town: Town) -> None:
    box = open_box(town.house.keyring, VICTIM, bytes_of(db, "wrapped_key", VICTIM))
    check_ins.record(db, box, VICTIM, NOW.date() - timedelta(days=1), "d", "answered", "good", NOW)
    db.execute("UPDATE check_ins SET local_date = '2026-99-99'")


def odd_alert(db: sqlite3.Connection, town: Town, name: str, value: object) -> None:
    box = open_box(town.house.keyring, VICTIM, bytes_of(db, "wrapped_key", VICTIM))
    alerts.insert(db, box, Alert(0, VICTIM, "Leyla", Track.URGENT, 2, ("someone",), NOW, NOW))
    db.execute("PRAGMA ignore_check_constraints = ON")
    db.execute(f"UPDATE alerts SET {name} = ?", (value,))  # noqa: S608
    db.execute("PRAGMA ignore_check_constraints = OFF")


NEWER = b'{"id": 77, "alias": "Leyla 77", "place": "on-the-moon", "joined": true}'
DAMAGES = [
    *(
        Damage(f"{name} {how.__name__}", partial(how, column=name))
        for name in ("wrapped_key", "sealed_chat", "sealed_person")
        for how in (cut, emptied, flipped, moved)
    ),
    Damage("garbage under the right seal", partial(resealed, plain=b"\xff{Leyla")),
    Damage("a word of a newer program", partial(resealed, plain=NEWER)),
    Damage("null where there must be words", partial(resealed, plain=b'{"id": 77, "alias": null}')),
    Damage("another person's page", partial(resealed, plain=b'{"id": 78, "alias": "Leyla 78"}')),
    Damage("a chat that is no number", partial(resealed, plain=b"Leyla", column="sealed_chat")),
    Damage("an odd role", partial(column, name="role", value="odd")),
    Damage("a role that is another's", partial(column, name="role", value="coordinator")),
    Damage("an odd state", partial(column, name="state", value="odd"), asked=True, notice=None),
    Damage("a timer of a newer program", partial(timer, kind="moon-phase", due_at=1), True, "record-failed"),
    Damage("a timer before all time", partial(timer, kind="check-in", due_at=-(2**62)), True, None),
    Damage("an odd day", odd_day, asked=True, notice=None),
    Damage("an alert in an odd state", partial(odd_alert, name="state", value="odd"), True, None),
    Damage("an alert on an odd track", partial(odd_alert, name="track", value="odd"), True, None),
    Damage("an alert of an odd level", partial(odd_alert, name="level", value=-9), True, None),
    Damage(
        "an alert that is empty",
        partial(odd_alert, name="sealed_alert", value=b"\x01"),
        True,
        "alert-unreadable",
    ),
]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda each: each.name)
async def test_the_others_are_asked_and_one_notice_is_left(
    town: Town, door: StillDoor, caplog: pytest.LogCaptureFixture, damage: Damage
) -> None:
    """Whatever has become of one row: no crash, no spinning, no word of hers in the log."""
    caplog.set_level(logging.DEBUG)
    await town.run(settle, town)
    await town.run(damage.work, town)
    sender = town.sender(door)
    due = Due(town.db, town.handler, sender, town.clock)
    async with sending(sender):
        for _look in range(3):
            await due.look()
            await idle(sender)
            town.clock.move(SOON)
    asked = {each.chat_id for each in door.taken if isinstance(each, Send) and "How is today?" in each.text}
    everybody = set(range(1_001, 1_001 + PEOPLE))
    assert asked == (everybody if damage.asked else everybody - {1_000 + VICTIM})
    questions = [text for text in door.texts if "How is today?" in text]
    assert len(questions) == len(asked), "nobody twice"
    assert [kind for kind, _subject in await town.notices()] == ([damage.notice] if damage.notice else [])
    _says_nothing(caplog)


def _says_nothing(caplog: pytest.LogCaptureFixture) -> None:
    said = "\n".join(JsonLines().format(record) for record in caplog.records)
    assert "Leyla" not in said
    assert "on-the-moon" not in said


async def test_a_damaged_alert_of_one_of_them_reaches_people(town: Town, door: StillDoor) -> None:
    """In the middle of a wave of check-ins, and before it."""
    await town.run(settle, town)
    await town.run(partial(odd_alert, name="sealed_alert", value=b"\x01"), town)
    sender = town.sender(door)
    async with sending(sender):
        await Due(town.db, town.handler, sender, town.clock).look()
        await idle(sender)
    assert door.texts[0].startswith("🟠 Case 1: urgent.")
    assert f"It is about resident number {VICTIM}." in door.texts[0]
