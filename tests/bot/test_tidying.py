"""Each kind of data goes when its time is over, and not before; the clock does it (R39)."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot import tidying
from bot.due import Due
from dialogs import retention
from dialogs.alert import Alert, AlertState, Told, Track
from dialogs.internal_notes import InternalNote
from dialogs.letters import Letter
from dialogs.notices import NoticeKind
from dialogs.people import Heard
from dialogs.retention import Keep
from storage import (
    activities,
    alerts,
    audit,
    check_ins,
    desk_links,
    desk_sessions,
    internal_notes,
    invitations,
    notices,
    outages,
    outbox,
    people,
    rings,
    set_aside,
    talks,
    updates,
)
from tests.bot.town import NOW, StillDoor, Town

A_SECOND = timedelta(seconds=1)
A_DAY = timedelta(days=1)
KEEP = Keep()


@dataclass(frozen=True)
class Row:
    """One row written at `NOW`; `count` says how many of its kind there are, `gone_after` when none is left."""

    table: str
    write: Callable[[sqlite3.Connection, Town, int, int], Any]
    count: str
    gone_after: timedelta
    still_after: timedelta


def of_person(db: sqlite3.Connection, town: Town, person: int) -> Any:
    return people.get(db, town.house.keyring, person)


def answer(db: sqlite3.Connection, town: Town, leyla: int, _mina: int) -> None:
    check_ins.record(db, of_person(db, town, leyla).box, leyla, NOW.date(), "d", "answered", "face:2", NOW)


def case(db: sqlite3.Connection, town: Town, leyla: int, mina: int, *, opened: bool = False) -> None:
    told = (Told(1, mina, "Mina", NOW),)
    reasons = ("someone", "words:the canary sings")
    alert = Alert(0, leyla, "Leyla", Track.URGENT, 2, reasons, NOW, NOW, told=told, notes=("hand:later:2",))
    if not opened:
        alert = replace(
            alert, state=AlertState.CLOSED, next_step_at=None, closed_at=NOW, outcome="safe", closed_by=mina
        )
    alerts.insert(db, of_person(db, town, leyla).box, alert)


def note(db: sqlite3.Connection, town: Town, leyla: int, mina: int) -> None:
    internal_notes.write(db, of_person(db, town, leyla).box, leyla, InternalNote("words", NOW, mina))


def letter(db: sqlite3.Connection, town: Town, leyla: int, mina: int) -> None:
    talk = talks.begin(db, leyla, mina, None, NOW)
    relay = talks.add_relay(db, talk, mina, leyla, 5, NOW)
    talks.keep(db, of_person(db, town, leyla).box, relay, Letter("words", NOW))
    talks.close(db, talk, NOW)


def message(db: sqlite3.Connection, town: Town, leyla: int, _mina: int) -> None:
    box = of_person(db, town, leyla).box
    row = outbox.put(
        db, box, person_id=leyla, purpose="reply", priority=1, due_at=NOW, now=NOW, content=b"words"
    )
    outbox.mark_sent(db, row, 7, NOW)


def failed(db: sqlite3.Connection, town: Town, _leyla: int, _mina: int) -> None:
    set_aside.put(db, town.house.doors.system, 5, "RuntimeError", b"words", NOW)


def notice(db: sqlite3.Connection, _town: Town, _leyla: int, _mina: int) -> None:
    notices.report(db, NoticeKind.STORAGE, NOW)
    notices.end(db, NoticeKind.STORAGE, NOW)


def outage(db: sqlite3.Connection, _town: Town, _leyla: int, _mina: int) -> None:
    db.execute("INSERT INTO outages (started_at, ended_at) VALUES (0, ?)", (int(NOW.timestamp() * 1000),))


def activity(db: sqlite3.Connection, town: Town, _leyla: int, _mina: int) -> None:
    activities.add(db, town.house.doors.system, NOW, place="x", begins_at=NOW, ends_at=NOW, title="Choir")


def ring(db: sqlite3.Connection, _town: Town, _leyla: int, mina: int) -> None:
    db.execute("INSERT INTO channels (person_id, sealed_address, created_at) VALUES (?, x'00', 0)", (mina,))
    rings.put(db, mina, 1, NOW)
    rings.drop_for_alert(db, 1)


ROWS = [
    Row("check_ins", answer, "SELECT count(*) FROM check_ins", KEEP.answers + A_DAY, KEEP.answers),
    Row("alerts", case, "SELECT count(*) FROM alerts", KEEP.alerts + A_SECOND, KEEP.alerts),
    Row(
        "alerts, words",
        case,
        "SELECT count(*) FROM alerts WHERE words_gone = 0",
        retention.WORDS + A_SECOND,
        retention.WORDS,
    ),
    Row("internal_notes", note, "SELECT count(*) FROM internal_notes", KEEP.notes + A_SECOND, KEEP.notes),
    Row(
        "audit",
        lambda db, _town, leyla, _mina: audit.note(db, NOW, leyla, "signed-in"),
        "SELECT count(*) FROM audit WHERE did = 'signed-in'",
        KEEP.audit + A_DAY,
        KEEP.audit,
    ),
    Row(
        "relays, letters",
        letter,
        "SELECT count(*) FROM relays WHERE sealed_letter IS NOT NULL",
        retention.UNOPENED + A_SECOND,
        retention.UNOPENED,
    ),
    Row("relays", letter, "SELECT count(*) FROM relays", retention.TO_REPEAT + A_SECOND, retention.TO_REPEAT),
    Row("talks", letter, "SELECT count(*) FROM talks", retention.TO_REPEAT + A_SECOND, retention.TO_REPEAT),
    Row(
        "outbox", message, "SELECT count(*) FROM outbox", retention.TO_REPEAT + A_SECOND, retention.TO_REPEAT
    ),
    Row(
        "updates",
        lambda db, _town, leyla, _mina: updates.first_time(db, 9, NOW, leyla, 5),
        "SELECT count(*) FROM updates",
        retention.TO_REPEAT + A_SECOND,
        retention.TO_REPEAT,
    ),
    Row("rings", ring, "SELECT count(*) FROM rings", retention.TO_REPEAT + A_SECOND, retention.TO_REPEAT),
    Row(
        "set_aside, words",
        failed,
        "SELECT count(*) FROM set_aside WHERE length(sealed_update) > 0",
        retention.WORDS + A_SECOND,
        retention.WORDS,
    ),
    Row(
        "set_aside",
        failed,
        "SELECT count(*) FROM set_aside",
        retention.TO_LOOK_INTO + A_SECOND,
        retention.TO_LOOK_INTO,
    ),
    Row("notices", notice, "SELECT count(*) FROM notices", retention.PAST + A_SECOND, retention.PAST),
    Row("outages", outage, "SELECT count(*) FROM outages", retention.PAST + A_SECOND, retention.PAST),
    Row("activities", activity, "SELECT count(*) FROM activities", retention.PAST + A_SECOND, retention.PAST),
    Row(
        "invitations",
        lambda db, town, leyla, _mina: invitations.create(db, town.house.doors, leyla, NOW, timedelta(0)),
        "SELECT count(*) FROM invitations",
        retention.TO_LOOK_INTO + A_SECOND,
        retention.TO_LOOK_INTO,
    ),
    Row(
        "desk_links",
        lambda db, town, _leyla, mina: desk_links.create(db, town.house.doors, mina, NOW, timedelta(0)),
        "SELECT count(*) FROM desk_links",
        retention.TO_LOOK_INTO + A_SECOND,
        retention.TO_LOOK_INTO,
    ),
    Row(
        "desk_sessions",
        lambda db, _town, _leyla, mina: desk_sessions.begin(db, mina, NOW),
        "SELECT count(*) FROM desk_sessions",
        desk_sessions.IDLE,
        desk_sessions.IDLE - A_SECOND,
    ),
]

WITHOUT_END = {
    "keys": "the keys of the house",
    "people": "her record: until she or the operator erases it",
    "links": "with the two people it links",
    "timers": "gone once it has fallen",
    "heartbeat": "one row",
    "chores": "one row for each chore",
    "channels": "an address of a contact person, until it is taken out",
    "guide_counts": "nobody's: no person and no day",
    "desk_accounts": "with the coordinator",
    "audit_anchor": "one row",
}


async def tidy(town: Town, at: datetime) -> None:
    """As the clock does it every hour."""
    town.clock.move(at - town.clock.now())
    await Due(town.db, town.handler, town.sender(StillDoor()), town.clock).tidy()


@pytest.mark.parametrize("row", ROWS, ids=lambda each: each.table)
async def test_it_stays_until_its_time_is_over_and_then_goes(town: Town, row: Row) -> None:
    """Moved across the limit: one look before, one after."""
    leyla, mina = await town.resident(), await town.contact()
    await town.run(row.write, town, leyla, mina)
    await tidy(town, NOW + row.still_after)
    assert await town.cell(row.count) == 1
    await tidy(town, NOW + row.gone_after)
    assert await town.cell(row.count) == 0


async def test_each_table_has_an_end_or_a_reason_to_have_none(town: Town) -> None:
    """A new table must say how long it keeps what it holds."""
    query = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    there = {row[0] for row in await town.run(lambda db: db.execute(query).fetchall())}
    ends = {row.table.partition(",")[0] for row in ROWS}
    assert ends | set(WITHOUT_END) == there
    assert not ends & set(WITHOUT_END)


async def test_an_operators_choice_holds(town: Town) -> None:
    """Shorter than usual is allowed."""
    leyla, mina = await town.resident(), await town.contact()
    for write in (answer, case, note):
        await town.run(write, town, leyla, mina)
    days = timedelta(days=40)
    house = replace(
        town.house, knowledge=replace(town.house.knowledge, keep=Keep(days, days, 3 * days, days))
    )
    town.handler = type(town.handler)(house)
    await tidy(town, NOW + days + A_DAY)
    for table in ("check_ins", "alerts", "internal_notes"):
        assert await town.cell(f"SELECT count(*) FROM {table}") == 0  # noqa: S608 -- names of ours


async def test_a_closed_case_keeps_who_and_when_and_not_why(town: Town) -> None:
    """Whether somebody answered in time can still be asked."""
    leyla, mina = await town.resident(), await town.contact()
    await town.run(case, town, leyla, mina)
    before = await town.alert(1)
    await tidy(town, NOW + retention.WORDS + A_SECOND)
    told = (replace(before.told[0], name=""),)
    assert await town.alert(1) == replace(before, reasons=(), notes=(), told=told)


async def test_an_open_case_keeps_everything_however_old(town: Town) -> None:
    """Whoever takes it on late must read why."""
    leyla, mina = await town.resident(), await town.contact()
    await town.run(case, town, leyla, mina, opened=True)
    before = await town.alert(1)
    await tidy(town, NOW + 2 * KEEP.alerts)
    assert await town.alert(1) == before


@pytest.mark.parametrize("what", ["alert", "person"])
async def test_a_damaged_record_holds_up_nobody(town: Town, what: str) -> None:
    """Its own words go with it, and the next one is tidied as always (R9)."""
    leyla, reza, mina = await town.resident(), await town.resident("Reza", 12), await town.contact()
    for each in (leyla, reza):
        await town.run(case, town, each, mina)
    await (town.damage_alert(1) if what == "alert" else town.damage(leyla))
    await tidy(town, NOW + retention.WORDS + A_SECOND)
    assert await town.run(lambda db: alerts.is_unwritten(db, 1))
    assert (await town.alert(2)).reasons == ()


async def test_own_records_are_tidied_too(town: Town) -> None:
    """Of somebody who does nothing any more; one that does not open is passed over."""
    torn, leyla = await town.resident(), await town.resident("Reza", 12, heard=(Heard(NOW, "TV", 1),))
    await town.damage(torn)
    await tidy(town, NOW + retention.SIGNS)
    assert (await town.person(leyla)).heard == ()


async def test_pruning_the_audit_leaves_a_chain(town: Town) -> None:
    """Every day another piece goes, and whoever verifies still can."""
    for day in range(5):
        await town.run(audit.note, NOW + day * A_DAY, 1, "signed-in")
    for day in range(1, 4):
        await tidy(town, NOW + KEEP.audit + day * A_DAY)
        assert await town.run(audit.verify) is None
    assert await town.cell("SELECT count(*) FROM audit WHERE did = 'signed-in'") == 2


async def test_free_pages_are_given_back(town: Town) -> None:
    """What was erased takes no room, and what lay there is not left lying about in the file."""
    leyla = await town.resident()

    def many(db: sqlite3.Connection) -> None:
        box = of_person(db, town, leyla).box
        for _number in range(2_000):
            internal_notes.write(db, box, leyla, InternalNote("x" * 500, NOW, 1))

    await town.run(many)
    before = await town.cell("PRAGMA page_count")
    await tidy(town, NOW + KEEP.notes + A_SECOND)
    assert await town.cell("PRAGMA freelist_count") == 0
    assert await town.cell("PRAGMA page_count") < before / 4
    assert (town.folder / "vidare.db").stat().st_size < before * 4096 / 4
    assert (town.folder / "vidare.db-wal").stat().st_size == 0


async def test_a_large_heap_is_tidied_in_pieces(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """A year of notes must not hold up an alert."""
    monkeypatch.setattr(tidying, "PIECE", 3)
    monkeypatch.setattr(tidying, "OPENED", 2)
    leyla, mina = await town.resident(), await town.contact()
    for _number in range(7):
        await town.run(note, town, leyla, mina)
        await town.run(case, town, leyla, mina)
    await tidy(town, NOW + KEEP.notes + A_SECOND)
    assert await town.cell("SELECT count(*) FROM internal_notes") == 0
    assert await town.cell("SELECT count(*) FROM alerts WHERE words_gone = 0") == 0


async def test_nothing_that_waits_is_tidied(town: Town) -> None:
    """A message that could not be sent for a week is still to be sent."""
    leyla = await town.resident()
    waiting = await town.letter(leyla)
    await tidy(town, NOW + timedelta(days=30))
    assert await town.state(waiting.id) == "pending"
    assert await town.run(outages.down_between, NOW, NOW) == timedelta(0)
