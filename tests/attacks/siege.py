"""
A siege: the real bot over real HTTP in front of a town in which something is open everywhere, and attackers.

Leyla has a case that Mina has taken on, and they write with each other; Mina has left a note about her and announced
an activity. Linden's case is closed, and Josef had it. Mina is not Linden's, Josef not Leyla's. Cases, talks and
activities have numbers of their own, so that no number means two things. Unlike a story it does not restart between
two steps: what is tried here is what can be sent, thousands of times.
"""

import sqlite3
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import fields, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from dialogs.people import Person, Role
from storage import activities, alerts, people
from tests.stories.story import A_MOMENT, Phone, Story

LEFT_OUT: Final = frozenset(
    {"updates", "outbox", "audit", "heartbeat", "outages", "chores", "sqlite_sequence", "keys"}
)
"""What every update writes to, or none."""
OF_HERSELF: Final = frozenset({"last_sign", "offered", "keyboard"})
"""What any press leaves in the document of who presses: the hour of it, and what stands on her screen."""
CANARY: Final = "lilac-canary"
"""Stands in the note about Leyla: whoever is not her helper must never read it."""
NUMBERS_FROM: Final = {"alerts": 200, "talks": 300, "activities": 400}

Dump = dict[str, list[Any]]


class Siege(Story):
    """The town; its people are attributes, set by `besieged`."""

    karin: Phone
    mina: Phone
    josef: Phone
    leyla: Phone
    linden: Phone
    stranger: Phone
    open_case: int
    closed_case: int
    talk: int
    activity: int

    async def step(self) -> None:
        """Let everything that can happen now happen; the bot goes on, a second later."""
        await self.settle()
        self.clock.move(A_MOMENT)

    async def forge(self, who: Phone, presses: Iterable[str]) -> list[str]:
        """Send presses of buttons that were never shown, all at once; returns the ids of the queries, in order."""
        below = who.last.message_id if who.seen else 1
        sent = [self.sandbox.press(who.id, below, data, forged=True) for data in presses]
        await self.settle()
        return sent

    def answers(self, queries: Iterable[str]) -> list[str | None]:
        """What each press was answered; None: not at all, and the phone goes on waiting."""
        found = [self.sandbox.queries[each].answer for each in queries]
        return [None if each is None else str(each.get("text") or "") for each in found]

    async def number_of(self, phone: Phone) -> int:
        """The row of a person, by her chat."""

        def work(db: sqlite3.Connection) -> int:
            known = people.find_by_chat(db, self.bot.house.keyring, self.bot.house.doors, phone.id)
            return known.id if known is not None else 0

        return await self.bot.db.run(work)

    async def dump(self, without: Phone | None = None) -> Dump:
        """
        Everything that is stored and is not of the moment; documents are opened, because they are sealed anew.

        `without`: what is only of this person is left out.
        """
        number = await self.number_of(without) if without is not None else 0
        return await self.bot.db.run(self._dump, number)

    def _dump(self, db: sqlite3.Connection, without: int) -> Dump:
        tables = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        dump: Dump = {table: _rows(db, table, without) for table in sorted(set(tables) - LEFT_OUT)}
        known = people.list_people(db, self.bot.house.keyring)
        dump["documents"] = [_plain(each.person) for each in known if each.id != without]
        boxes = {each.id: each.box for each in known}
        dump["cases"] = [
            alerts.get(db, boxes[alerts.resident_of(db, number)], number)
            for (number,) in db.execute("SELECT id FROM alerts")
        ]
        return dump

    def screens(self, without: Phone | None = None) -> dict[int, list[tuple[int, str]]]:
        """What stands in each chat: numbers and texts of messages."""
        return {
            person: [(each.message_id, each.text) for each in chat.messages]
            for person, chat in self.sandbox.chats.items()
            if without is None or person != without.id
        }

    async def set_aside(self) -> list[str]:
        """The errors of updates that could not be handled."""
        return await self.bot.db.run(lambda db: [row[0] for row in db.execute("SELECT error FROM set_aside")])


def _rows(db: sqlite3.Connection, table: str, without: int) -> list[Any]:
    columns = [row[1] for row in db.execute("SELECT * FROM pragma_table_info(?)", (table,))]
    kept = [each for each in columns if each not in ("sealed_person", "sealed_alert", "changed_at")]
    found = db.execute(f"SELECT {', '.join(kept)} FROM {table}")  # noqa: S608 -- our own names
    owner = kept.index("person_id") if "person_id" in kept else None
    return sorted((row for row in found if owner is None or row[owner] != without), key=repr)


def _plain(person: Person) -> Person:
    """The document without what any press leaves in it."""
    names = {each.name for each in fields(person)} & OF_HERSELF
    blank: dict[str, Any] = {name: None if name == "last_sign" else () for name in names}
    return replace(person, **blank)


@asynccontextmanager
async def besieged(folder: Path, **more: Any) -> AsyncIterator[Siege]:
    """The town, with the bot running; `more` are further settings."""
    siege = Siege(folder)
    siege.more = more
    await siege.sandbox.start()
    try:
        await siege.wake()
        await _settle_in(siege)
        yield siege
    finally:
        await siege.sleep()
        await siege.sandbox.stop()


async def _settle_in(siege: Siege) -> None:
    await siege.bot.db.run(_set_numbers)
    siege.karin = await siege.contact("Karin", "en", Role.COORDINATOR)
    siege.mina = await siege.contact("Mina", "en")
    siege.josef = await siege.contact("Josef", "en")
    siege.leyla = await siege.resident("Leyla", "en", contacts=["Mina"])
    siege.linden = await siege.resident("Linden", "en", contacts=["Josef"])
    siege.stranger = siege.person("Somebody", "en")
    await siege.stranger.write("hello")
    siege.closed_case = await _case(siege, siege.linden, siege.josef)
    await siege.josef.press("al:…:safe")
    siege.open_case = await _case(siege, siege.leyla, siege.mina)
    await siege.mina.press("tk:open:…")
    await _note(siege)
    siege.talk = await siege.bot.db.run(_last, "talks")
    siege.activity = await siege.bot.db.run(_announce, siege, await siege.number_of(siege.mina))
    while await siege.bot.due.look():
        pass
    await siege.settle()


def _set_numbers(db: sqlite3.Connection) -> None:
    db.executemany("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", NUMBERS_FROM.items())


def _last(db: sqlite3.Connection, table: str) -> int:
    return int(db.execute(f"SELECT max(id) FROM {table}").fetchone()[0])  # noqa: S608 -- our own names


async def _case(siege: Siege, resident: Phone, helper: Phone) -> int:
    """A case of hers that this helper has taken on."""
    await resident.write("someone")
    await helper.press("al:…:have")
    return await siege.bot.db.run(_last, "alerts")


async def _note(siege: Siege) -> None:
    """Mina writes one about Leyla."""
    await siege.mina.write("/residents")
    await siege.mina.press("rd:…")
    await siege.mina.press("no:read:…")
    await siege.mina.press("no:write:…")
    await siege.mina.write(f"She is well. {CANARY}")


def _announce(db: sqlite3.Connection, siege: Siege, by: int) -> int:
    now = siege.clock.now()
    number = activities.add(
        db,
        siege.bot.house.doors.system,
        now,
        place="nowhere",
        begins_at=now + timedelta(days=3),
        ends_at=now + timedelta(days=3),
        title="Swimming",
        by=by,
    )
    activities.send(db, number)
    return number
