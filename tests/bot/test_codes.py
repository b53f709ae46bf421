"""Codes at the door: worked out beside the storage thread, kept as fingerprints only, and the two told by nobody."""

import asyncio
import hashlib
import sqlite3
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot import codes
from bot.codes import AtOnce, CodesWanted, CodeWanted, Prepared
from bot.outgoing import Delete, Outgoing, Send
from dialogs.events import Pressed, Wrote
from dialogs.lock import Lock
from dialogs.people import Place, Resident
from storage import alerts, people
from tests.bot.test_intake import StillSource, made
from tests.bot.town import NOW, StillDoor, Town, built

SALT = b"0123456789abcdef"


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Scrypt at a hundredth of its cost; what was worked is noted."""
    worked: list[str] = []
    patient = codes.digest

    def noted(code: str, salt: bytes) -> bytes:
        worked.append(code)
        return patient(code, salt)

    monkeypatch.setattr(codes, "COST", 2**4)
    monkeypatch.setattr(codes, "digest", noted)
    return worked


def a_lock(own: str = "4711", second: str = "2580") -> Lock:
    return Lock(SALT, codes.digest(own, SALT), codes.digest(second, SALT), acted_at=NOW)


def test_the_cost_is_what_is_documented() -> None:
    """Lower it and a stolen document is guessed faster; raise it and she waits."""
    assert (codes.COST, codes.BLOCK, codes.PARALLEL, codes.SALT_BYTES) == (2**14, 8, 1, 16)


def test_the_digest_is_that_of_scrypt() -> None:
    """Checked against another program's scrypt, so that what is kept opens in ten years too."""
    theirs = hashlib.scrypt(b"4711", salt=SALT, n=2**14, r=8, p=1, dklen=32)
    assert codes.digest("4711", SALT) == theirs


def test_of_each_person_one_is_wanted_at_a_time(quick: list[str]) -> None:
    """Her next one waits until it is known what became of the first, also where it is known already."""
    prepared = Prepared()
    prepared.know("2222", SALT, b"known")
    for code, person in (("1111", 1), ("2222", 1), ("3333", 2)):
        with pytest.raises(CodeWanted):
            prepared.work(code, SALT, person)
    asyncio.run(prepared.prepare())
    assert quick == ["1111", "3333"]


async def test_what_is_prepared_is_wanted_once(quick: list[str]) -> None:
    """The second time it is known, and the salt of an update stays the same."""
    prepared = Prepared()
    with pytest.raises(CodeWanted):
        prepared.work("4711", SALT, 1)
    assert prepared.give_up()
    await prepared.prepare()
    assert not prepared.give_up()
    assert prepared.work("4711", SALT, 1) == codes.digest("4711", SALT)
    assert prepared.salt(7) == prepared.salt(7) != prepared.salt(8)
    assert quick == ["4711", "4711"]


def test_who_may_not_have_written_a_code_costs_nothing(quick: list[str]) -> None:
    """No lock, no code, a press: the event goes on as it is."""
    resident = Resident(1, "Linden", joined=True, place=Place.MENU)
    locked = replace(resident, lock=a_lock())
    quick.clear()
    for person, event in (
        (resident, Wrote("4711")),
        (locked, Wrote("hello")),
        (locked, Wrote("4711", edited=True)),
        (locked, Pressed("sp")),
    ):
        assert codes.with_derived(AtOnce(), person, event, 1, NOW) is event
    assert quick == []


def test_what_she_chooses_is_worked_under_a_salt_of_her_own(quick: list[str]) -> None:
    """Two residents with the same number have different fingerprints."""
    resident = Resident(1, "Linden", joined=True, place=Place.CODE, lock=Lock())
    events = [codes.with_derived(AtOnce(), resident, Wrote("4711"), each, NOW) for each in (1, 2)]
    derived = [event.derived for event in events if isinstance(event, Wrote) and event.derived]
    assert len({each.salt for each in derived}) == 2
    assert len({each.digest for each in derived}) == 2
    assert quick == ["4711", "4711"]


# --- through the handler ---


async def _transcript(folder: Path, code: str) -> tuple[list[Outgoing], list[str], int]:
    folder.mkdir()
    async with built(folder) as town:
        mina = await town.contact()
        leyla = await town.resident(contacts=(mina,), lock=replace(a_lock(), asked_at=NOW))
        handled = await town.take(town.text(11, code))
        queued = [each.outgoing for each in handled.ordered.queued]
        purposes = [
            f"{each.person_id - leyla} {each.purpose} {each.priority}" for each in handled.ordered.queued
        ]
        before: int = await town.cell("SELECT count(*) FROM alerts")
        assert before == 0, "nothing of an alert is in the transaction of the answer"
        due = await town.run(town.handler.due, NOW, 100)
        told = [each for each in due.ordered.queued if each.person_id == mina]
        assert not [each for each in due.ordered.queued if each.person_id == leyla]
        return queued, purposes, len(told)


async def test_the_transcripts_of_both_codes_are_equal(quick: list[str], tmp_path: Path) -> None:
    """Same messages, same buttons, same order, same purpose; but behind the second Mina is told."""
    own, second = [await _transcript(tmp_path / code, code) for code in ("4711", "2580")]
    assert own[:2] == second[:2]
    assert [type(each) for each in own[0]] == [Delete, Send]
    assert (own[2], second[2]) == (0, 1)
    assert quick.count("4711") >= 2


async def test_behind_the_second_an_alert_of_the_highest_level_is_open(quick: list[str], town: Town) -> None:
    """With the reasons that keep every word about it out of her chat."""
    leyla = await town.resident(lock=a_lock())
    await town.take(town.text(11, "2580"))
    await town.run(town.handler.due, NOW, 100)

    def opened(db: sqlite3.Connection) -> tuple[int, tuple[str, ...]]:
        (each,) = alerts.open_alerts(db)
        alert = alerts.get(db, people.get(db, town.house.keyring, leyla).box, each.id)
        return alert.level, alert.reasons

    assert await town.run(opened) == (3, ("word", "covert"))
    assert quick


async def test_what_she_wrote_stands_nowhere(quick: list[str], town: Town) -> None:
    """Not in the database, in no file of it, and not beside it: only what scrypt made of it, sealed."""
    await town.resident(lock=Lock(), place=Place.CODE, asked_at=NOW)
    await town.take(town.text(11, "bluetulip"), town.text(11, "bluetulip"))
    person = await town.run(lambda db: db.execute("SELECT max(id) FROM people").fetchone()[0])
    assert (await town.person(person)).lock.is_set
    for file in town.folder.rglob("*"):
        if file.is_file():
            assert b"bluetulip" not in file.read_bytes(), file.name
    assert quick


# --- with an intake ---


async def test_a_batch_with_a_code_is_handled_whole_and_once(
    quick: list[str], town: Town, door: StillDoor
) -> None:
    """It is given up, the code is worked, and it is handled again: each change is made once."""
    leyla = await town.resident(lock=a_lock())
    reza = await town.resident("Reza", 12)
    quick.clear()
    intake = made(town, door, StillSource())
    await intake.take([town.text(12, "hello"), town.text(11, "4711"), town.text(12, "hello")])
    assert quick == ["4711"]
    assert len(await town.texts(reza)) == 2
    assert (await town.person(leyla)).lock.is_open(NOW)
    assert intake.tally["handled"] == 3


async def test_the_storage_goes_on_while_a_code_is_worked(town: Town, door: StillDoor) -> None:
    """An alert of somebody else must not wait for a fingerprint."""
    await town.resident(lock=a_lock())
    intake = made(town, door, StillSource())
    loop, begun, go_on = asyncio.get_running_loop(), asyncio.Event(), asyncio.Event()

    class Watched(Prepared):
        async def prepare(self) -> None:
            begun.set()
            await go_on.wait()
            await super().prepare()

    with pytest.MonkeyPatch.context() as watching:
        watching.setattr("bot.intake.Prepared", Watched)
        taking = loop.create_task(intake.take([town.text(11, "4711")]))
        await begun.wait()
        assert await town.cell("SELECT count(*) FROM people") == 1, "the storage answers"
        assert await town.cell("SELECT count(*) FROM updates") == 0, "nothing of the batch is kept yet"
        go_on.set()
        await taking
    assert await town.cell("SELECT count(*) FROM updates") == 1


async def test_a_batch_that_wants_a_code_is_given_up_whole(town: Town) -> None:
    """Who was handled before it in the same batch is handled again with it."""
    reza = await town.resident("Reza", 12)
    await town.resident(lock=a_lock())
    with pytest.raises(CodesWanted):
        await town.run(town.handler.updates, [town.text(12, "hello"), town.text(11, "4711")], NOW, Prepared())
    assert await town.texts(reza) == []


async def test_many_guesses_at_once_cost_a_handful(quick: list[str], town: Town, door: StillDoor) -> None:
    """A program that types a hundred numbers a second gets five looked at, and her own one is none of them."""
    leyla = await town.resident(lock=replace(a_lock(), asked_at=NOW))
    quick.clear()
    intake = made(town, door, StillSource())
    for start in range(1000, 1600, 100):
        await intake.take([town.text(11, f"{number}") for number in range(start, start + 100)])
    assert quick == ["1000", "1001", "1002", "1003", "1004"]
    assert not (await town.person(leyla)).lock.is_open(NOW)
    assert (await town.person(leyla)).lock.is_shut(NOW + timedelta(minutes=14))
