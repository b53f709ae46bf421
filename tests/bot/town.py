"""
A town for the tests of `bot/`: a real database on disk, the real decisions, texts in English only.

What stands in for others: `StillDoor` for Telegram, `StillClock` for time, `CalmReader` for the risk reader.
"""

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import msgspec
from babel.messages import Catalog
from babel.messages.mofile import write_mo
from pydantic import SecretStr

from bot.carrying import Carrier
from bot.clock import Clock
from bot.handling import Handled, Handler
from bot.house import House
from bot.limits import Limits
from bot.ordering import Ordered, Queued
from bot.outgoing import DeliveryFailed, Outgoing, Send, decode, encode
from bot.sender import Sender
from bot.settings import load_settings
from bot.translating import Reader, Translator
from bot.wiring import Texts, read_texts
from dialogs.effects import Priority, Purpose
from dialogs.events import Event
from dialogs.knowledge import Knowledge
from dialogs.people import Agreed, Consent, Contact, Person, Place, Resident, Role
from dialogs.risk.reader import Reading
from dialogs.text import Message
from storage import alerts, links, notices, outbox, people
from storage.database import Database, StorageFull, open_database
from storage.people import Known
from storage.sealing import Keyring, unlock
from storage.tombstones import TombstoneFile

P = ParamSpec("P")
T = TypeVar("T")

NOW = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)
"""A Tuesday, seven in the evening in Stockholm."""
MASTER_KEY = bytes(range(32))
FILLER = (
    "INSERT INTO outbox (person_id, purpose, priority, state, due_at, created_at, sealed_message)"
    " SELECT min(id), 'filler', 9, 'dropped', 0, 0, zeroblob(?) FROM people"
)
PATIENCE = 10.0
EVERYWHERE = {
    "emergency": "112",
    "violence_line": "116 016",
    "health_advice": "1177",
    "organisation": "Testköping",
}


@cache
def texts() -> Texts:
    """Guides, lexicons and catalogues as they stand on disk; read once, nobody changes them."""
    return read_texts(load_settings(telegram_token=SecretStr("1:unused"), data_dir=Path("unused")))


class StillClock(Clock):
    """Stands at `NOW` until it is moved, so that no test depends on how fast it runs."""

    def __init__(self, at: datetime = NOW) -> None:
        super().__init__()
        self._at = at

    def now(self) -> datetime:
        """Return what it was moved to."""
        return self._at + self._offset


class CalmReader:
    """Hears no danger in anything."""

    def read(self, text: str) -> Reading:  # noqa: ARG002 -- the reader's shape
        return Reading(0, (), "none")


class TornReader:
    """Fails on one word, and says what it read: the worst a reader could do."""

    def read(self, text: str) -> Reading:
        if "torn" in text:
            raise RuntimeError(f"cannot read {text!r}")
        return Reading(0, (), "none")


class StillDoor:
    """
    A `Door` that keeps what it is given. `answers` are used up in order: a failure is raised, None is a success.

    Clear `opened` to hold messages on their way.
    """

    def __init__(self) -> None:
        self.taken: list[Outgoing] = []
        self.answers: list[DeliveryFailed | None] = []
        self.opened = asyncio.Event()
        self.opened.set()

    async def deliver(self, outgoing: Outgoing) -> int | None:
        """Take it, wait while the door is held, answer."""
        self.taken.append(outgoing)
        answer = self.answers.pop(0) if self.answers else None
        number = 900 + len(self.taken)
        await self.opened.wait()
        if answer is not None:
            raise answer
        return number

    @property
    def texts(self) -> list[str]:
        """The words of the messages taken, in order."""
        return [each.text for each in self.taken if isinstance(each, Send)]


class Town:
    """The database, the house and the handler, and short ways to put people and updates into them."""

    def __init__(self, folder: Path, db: Database, house: House) -> None:
        self.folder, self.db, self.house = folder, db, house
        self.handler = Handler(house)
        self.clock = StillClock()
        self._update = 100

    async def run(
        self, work: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """One transaction."""
        return await self.db.run(work, *args, **kwargs)

    # --- people ---

    async def resident(
        self, name: str = "Leyla", chat: int = 11, contacts: tuple[int, ...] = (), **changes: Any
    ) -> int:
        """A resident who has joined, said yes to everything and is linked with `contacts`."""
        agreed = tuple([Agreed(each, (await self.person(each)).name) for each in contacts])
        values: dict[str, Any] = {
            "place": Place.MENU,
            "joined": True,
            "consent": Consent(True, True, True),
            "contacts": agreed,
            "proposed": agreed,
        }

        def build(number: int) -> Person:
            return replace(Resident(number, name), **{**values, **changes})

        resident = await self._settle(Role.RESIDENT, build, chat)
        for turn, each in enumerate(contacts):
            await self.run(links.propose, resident, each, turn)
        await self.run(links.agree, resident, contacts)
        return resident

    async def contact(self, name: str = "Mina", chat: int = 21, role: Role = Role.CONTACT) -> int:
        """A contact person who has answered the test alert."""

        def build(number: int) -> Person:
            return Contact(number, name, role, locale="en", place=Place.MENU, joined=True)

        return await self._settle(role, build, chat)

    async def _settle(self, role: Role, build: Callable[[int], Person], chat: int) -> int:
        def work(db: sqlite3.Connection) -> int:
            known = people.create_person(db, self.house.keyring, role, build, NOW)
            people.bind_chat(db, self.house.doors, known.box, known.id, chat, NOW)
            people.set_state(db, known.id, "active", NOW)
            return known.id

        return await self.run(work)

    async def known(self, person: int) -> Known:
        """As stored."""
        return await self.run(people.get, self.house.keyring, person)

    async def person(self, person: int) -> Any:
        """What is known of her, opened."""
        return (await self.known(person)).person

    async def exists(self, person: int) -> bool:
        """Whether there is a row."""
        return await self.run(people.exists, person)

    async def damage(self, person: int) -> None:
        """Spoil the sealed part of a row, as a bad disk might."""
        await self.run(
            lambda db: db.execute("UPDATE people SET sealed_person = x'00' WHERE id = ?", (person,)).rowcount
        )

    async def damage_alert(self, alert: int) -> None:
        """Spoil the sealed part of an alert."""
        await self.write("UPDATE alerts SET sealed_alert = x'00' WHERE id = ?", alert)

    async def notices(self) -> list[tuple[str, str]]:
        """What whoever runs the bot is to look at: kind and subject."""
        return [(each.kind, each.subject) for each in await self.run(notices.open_notices)]

    # --- the disk ---

    async def fill_disk(self) -> None:
        """From now on SQLite finds no page for another message: it says that the disk is full, and means it."""
        pages = await self.cell("PRAGMA page_count")
        await self.cell(f"PRAGMA max_page_count = {pages}")
        for size in (4_000, 400, 40, 1):
            with suppress(StorageFull):
                while True:
                    await self.write(FILLER, size)

    async def make_room(self) -> None:
        """Somebody has cleared up."""
        await self.cell("PRAGMA max_page_count = 1000000")
        await self.write("DELETE FROM outbox WHERE purpose = 'filler'")

    async def mount_read_only(self, on: bool = True) -> None:
        """As the system does when a disk fails."""
        await self.db._hop(lambda: self.db._conn.execute(f"PRAGMA query_only = {int(on)}").close())

    # --- updates ---

    def update(self, **body: Any) -> bytes:
        """Any update, with the next id."""
        self._update += 1
        return json.dumps({"update_id": self._update, **body}).encode()

    def text(self, chat: int, text: str, *, language: str = "en", kind: str = "private") -> bytes:
        """Somebody wrote."""
        self._update += 1
        message = {
            "message_id": self._update + 1000,
            "date": int(NOW.timestamp()),
            "chat": {"id": chat, "type": kind},
            "from": {"id": chat, "language_code": language},
            "text": text,
        }
        return json.dumps({"update_id": self._update, "message": message}).encode()

    def press(self, chat: int, data: str, message_id: int = 5) -> bytes:
        """Somebody pressed a button."""
        return self.update(
            callback_query={
                "id": f"press-{self._update}",
                "from": {"id": chat, "language_code": "en"},
                "message": {"message_id": message_id, "chat": {"id": chat, "type": "private"}},
                "data": data,
            }
        )

    def block(self, chat: int, blocked: bool) -> bytes:
        """Somebody blocked the bot, or let it back."""
        return self.update(
            my_chat_member={
                "chat": {"id": chat, "type": "private"},
                "date": int(NOW.timestamp()),
                "from": {"id": chat},
                "new_chat_member": {"status": "kicked" if blocked else "member"},
            }
        )

    async def take(self, *raws: bytes | msgspec.Raw, now: datetime = NOW) -> Handled:
        """One batch."""
        return await self.run(self.handler.updates, raws, now)

    async def happen(self, person: int, event: Event, now: datetime = NOW) -> Ordered:
        """One event of one person, as the handler would hand it to the carrier."""

        def work(db: sqlite3.Connection) -> Ordered:
            ordered = Ordered()
            known = people.get(db, self.house.keyring, person)
            Carrier(db, self.house, now, ordered).happen(known, event)
            return ordered

        return await self.run(work)

    # --- messages ---

    async def letter(
        self,
        person: int,
        text: str = "words",
        purpose: Purpose | str = Purpose.REPLY,
        *,
        outgoing: Outgoing | None = None,
        if_repeated: str = "",
        alert: int | None = None,
        step: int = 0,
    ) -> Queued:
        """A message in the outbox, as a decision would have put it there."""
        chat = (await self.known(person)).chat_id
        assert chat is not None
        content = outgoing or Send(chat, text, if_repeated=if_repeated)
        urgent = purpose in (Purpose.ALERT, Purpose.EMERGENCY)
        priority = Priority.URGENT if urgent else Priority.REPLY
        if purpose == Purpose.ROUTINE:
            priority = Priority.ROUTINE

        def work(db: sqlite3.Connection) -> Queued:
            box = people.get(db, self.house.keyring, person).box
            row = outbox.put(
                db,
                box,
                person_id=person,
                purpose=str(purpose),
                priority=priority.value,
                due_at=self.clock.now(),
                now=self.clock.now(),
                content=encode(content),
                alert_id=alert,
                step=step,
            )
            return Queued(row, person, str(purpose), priority.value, self.clock.now(), alert, step, content)

        return await self.run(work)

    async def outbox(self, person: int) -> list[Outgoing]:
        """What waits for her, opened, in the order of sending."""

        def work(db: sqlite3.Connection) -> list[Outgoing]:
            waiting = [each for each in outbox.waiting(db, 10_000) if each.person_id == person]
            return [decode(outbox.content(db, self.house.keyring, each.id)) for each in waiting]

        return await self.run(work)

    async def texts(self, person: int) -> list[str]:
        """The words of what waits for her."""
        return [each.text for each in await self.outbox(person) if isinstance(each, Send)]

    async def state(self, row: int) -> str:
        """What has become of an outbox row."""
        found = await self.cell("SELECT state FROM outbox WHERE id = ?", row)
        return str(found)

    async def cell(self, query: str, *values: object) -> Any:
        """One value, read by hand; None where there is no row."""
        row = await self.run(lambda db: db.execute(query, values).fetchone())
        return None if row is None else row[0]

    async def write(self, query: str, *values: object) -> None:
        """One statement, by hand."""
        await self.run(lambda db: db.execute(query, values).rowcount)

    async def alert(self, number: int) -> Any:
        """An alert, opened."""

        def work(db: sqlite3.Connection) -> Any:
            resident = people.get(db, self.house.keyring, alerts.resident_of(db, number))
            return alerts.get(db, resident.box, number)

        return await self.run(work)

    async def told(self, alert: int) -> None:
        """Write down that every telling of this alert that waits has been sent, as message 700 and on."""

        def work(db: sqlite3.Connection) -> None:
            rows = [each for each in outbox.waiting(db, 10_000) if each.alert_id == alert and each.step]
            outbox.mark_all_sent(db, [(each.id, 700 + each.step) for each in rows], NOW)

        await self.run(work)

    def say(self, message: Message, now: datetime = NOW) -> str:
        """A text as the bot says it in English."""
        return self.house.translator.message(message, Reader("en", "Europe/Stockholm", now))

    # --- sending ---

    def sender(
        self, door: StillDoor, *, per_second: float = 0, per_chat: float = 0, burst: int = 1
    ) -> Sender:
        """A sender without limits, unless some are given."""
        limits = Limits(per_second, per_chat, burst)
        return Sender(self.db, self.handler, self.house.keyring, door, limits, self.clock)


@asynccontextmanager
async def sending(sender: Sender) -> AsyncIterator[asyncio.Task[None]]:
    """The sender at work; stopped in good order at the end."""
    task = asyncio.create_task(sender.run())
    try:
        yield task
    finally:
        sender.stop()
        await asyncio.wait_for(task, PATIENCE)


async def until(condition: Callable[[], object]) -> None:
    """Let the event loop run until something has come true; no time is waited for, only work."""
    async with asyncio.timeout(PATIENCE):
        while True:
            if condition():
                return
            await asyncio.sleep(0.001)


async def idle(sender: Sender) -> None:
    """Return when the sender has nothing left to do at this moment."""
    await until(lambda: sender.idle)


async def later(town: Town, sender: Sender, by: timedelta) -> None:
    """Move the clock, and let the sender do what is due then."""
    town.clock.move(by)
    await idle(sender)


def make_house(folder: Path, keyring: Keyring, doors: Any, reader: Any = None) -> House:
    """English texts, no guides, a reader that hears no danger."""
    translator = Translator(("en",), "en", EVERYWHERE)
    knowledge = Knowledge(
        guides={},
        lines={},
        reader=reader or CalmReader(),
        locales=(("en", "English"),),
        zones=frozenset({"Europe/Stockholm"}),
        organisation="Testköping",
    )
    return House(keyring, doors, translator, knowledge, TombstoneFile(folder / "erased.jsonl"))


def compile_catalogue(folder: Path, locale: str, domain: str, catalogue: Catalog) -> None:
    """Put a catalogue where a `Translator` looks for it; the other domain is empty where there is none."""
    place = folder / locale / "LC_MESSAGES"
    place.mkdir(parents=True, exist_ok=True)
    for each in ("bot", "guides"):
        path = place / f"{each}.mo"
        if each == domain or not path.exists():
            with path.open("wb") as file:
                write_mo(file, catalogue if each == domain else Catalog(locale=locale))


@asynccontextmanager
async def built(folder: Path, reader: Any = None) -> AsyncIterator[Town]:
    """A town on an empty database."""
    db = await open_database(folder / "vidare.db")
    try:
        keyring = Keyring([MASTER_KEY])
        yield Town(folder, db, make_house(folder, keyring, await db.run(unlock, keyring), reader))
    finally:
        await db.close()
