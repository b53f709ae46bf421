"""
Where it happens: a seeded town, a sandbox in front of it, and a note of everything that was handed out and arrived.

What the sandbox hands out and what it is told to forget is noted by the sandbox itself, so that "confirmed" means
what Telegram would take it for. What a phone shows is noted in the moment it arrives: buttons are taken off later.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, Final

from bench.processes import NO_TOKEN, Kind
from bench.seeding import Plan, Town, seed
from bot.clock import Clock
from bot.sandbox import Sandbox
from bot.sandbox.updates import Queued, UpdateQueue
from bot.wiring import DATABASE
from dialogs.events import Timer
from storage import links, timers
from storage.database import open_database

LATER: Final = timedelta(days=30)
LOOK_EVERY: Final = 0.05
REST_WITHIN: Final = 90.0
TWO_LOOKS: Final = 2.5
"""Seconds. The bot looks at what is due once a second; whatever it finds is in the outbox then."""


class NotSettled(Exception):
    """Something did not happen in the time it was given."""


class NotedQueue(UpdateQueue):
    """The sandbox's queue, which notes what it hands out and what it forgets."""

    def __init__(self) -> None:
        super().__init__(lambda: datetime.now(UTC))
        self.pushed: set[int] = set()
        self.handed_out: set[int] = set()
        self.confirmed: set[int] = set()

    def push(self, kind: str, content: dict[str, Any], chat_id: int | None) -> int:
        """Note that there is an update."""
        update_id = super().push(kind, content, chat_id)
        self.pushed.add(update_id)
        return update_id

    def take(self, limit: int) -> list[bytes]:
        """Note that the bot was given it."""
        bodies = super().take(limit)
        self.handed_out.update(each.update_id for each in islice(self._waiting, len(bodies)))
        return bodies

    def _forget(self, update: Queued) -> None:
        self.confirmed.add(update.update_id)
        super()._forget(update)


@dataclass(frozen=True, slots=True)
class Arrival:
    """A message of the bot in the moment it came: whose phone, its words, the data of its buttons."""

    person: int
    message_id: int
    text: str
    data: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cast:
    """How many there are of whom; each is a resident with a contact person of her own."""

    writers: int  # write ordinary words
    endangered: int  # write of danger, once each
    asked: int  # are asked how they are
    stand_ins: int = 0  # contact persons who come second for every resident

    @property
    def residents(self) -> int:
        """All of them."""
        return self.writers + self.endangered + self.asked


@dataclass(slots=True)
class Stage:
    """The town, its people by the numbers they have in the database, and what they have seen."""

    folder: Path
    cast: Cast
    sandbox: Sandbox
    queue: NotedQueue
    town: Town
    chats: dict[int, int]  # person -> chat
    arrivals: list[Arrival] = field(default_factory=list)
    _people: dict[int, int] = field(default_factory=dict)
    _newest: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._people = {chat: person for person, chat in self.chats.items()}
        self.sandbox.on_change(self._look)

    @property
    def contacts(self) -> int:
        """Contact persons have the numbers from 1 on: one for each resident, in her order, then the stand-ins."""
        return self.cast.residents + self.cast.stand_ins

    def resident(self, place: int) -> int:
        """The number of the resident in this place."""
        return self.contacts + place + 1

    def contact_of(self, resident: int) -> int:
        """Her own contact person."""
        return resident - self.contacts

    @property
    def writers(self) -> range:
        """Residents who write ordinary words."""
        return range(self.resident(0), self.resident(self.cast.writers))

    @property
    def endangered(self) -> range:
        """Residents who write of danger."""
        return range(self.writers.stop, self.writers.stop + self.cast.endangered)

    @property
    def asked(self) -> range:
        """Residents who are asked how they are."""
        return range(self.endangered.stop, self.endangered.stop + self.cast.asked)

    def is_stand_in(self, person: int) -> bool:
        """Whether this is a contact person who comes second."""
        return self.cast.residents < person <= self.contacts

    def environment(self, **more: str) -> dict[str, str]:
        """What the bot is started with."""
        given: Mapping[str, str] = Kind("bot", (), self.town).environment(self.sandbox.url)
        return {**given, "VIDARE_LOG_LEVEL": "INFO", **more}

    def _look(self, change: dict[str, Any]) -> None:
        if change["type"] != "person" or change["person_id"] not in self._people:
            return
        chat, person = change["person_id"], self._people[change["person_id"]]
        newest = next(reversed(self.sandbox.chat(chat).by_id.values()), None)
        if newest is None or not newest.from_bot or newest.message_id <= self._newest.get(person, 0):
            return
        self._newest[person] = newest.message_id
        data = tuple(button.data for row in newest.buttons for button in row if button.data is not None)
        self.arrivals.append(Arrival(person, newest.message_id, newest.text, data))


@asynccontextmanager
async def staged(folder: Path, cast: Cast, database: Path | None = None) -> AsyncIterator[Stage]:
    """Everybody is there, nobody has done anything, and no bot runs. `database`: another folder for its file."""
    folder.mkdir(parents=True, exist_ok=True)
    sandbox, queue = Sandbox(NO_TOKEN, Clock(), limits=None, log_calls=False), NotedQueue()
    sandbox.queue = queue
    contacts = [_phone(sandbox, "Mina") for _ in range(cast.residents + cast.stand_ins)]
    residents = [_phone(sandbox, "Leyla") for _ in range(cast.residents)]
    now = datetime.now(UTC)
    town = await seed(database or folder, Plan(cast.residents, residents, contacts, now + LATER), now)
    if cast.stand_ins:
        await _link_stand_ins(town, cast)
    await sandbox.start()
    try:
        chats = dict(enumerate([*contacts, *residents], 1))
        yield Stage(folder, cast, sandbox, queue, town, chats)
    finally:
        await sandbox.stop()


def _phone(sandbox: Sandbox, name: str) -> int:
    person = sandbox.add_person(name, "sv")
    person.started = True  # has written before: a bot may write to them
    return person.id


async def _link_stand_ins(town: Town, cast: Cast) -> None:
    """After her own contact person each resident has one whom she shares with others."""
    database = await open_database(town.data / DATABASE)
    try:
        await database.run(_link, cast)
    finally:
        await database.close()


def _link(db: sqlite3.Connection, cast: Cast) -> None:
    for place in range(cast.residents):
        resident = cast.residents + cast.stand_ins + place + 1
        stand_in = cast.residents + place % cast.stand_ins + 1
        links.propose(db, resident, stand_in, 1)
        links.agree(db, resident, [place + 1, stand_in])


async def until(happened: Callable[[], bool], within: float, what: str) -> None:
    """Return once it is so; raises `NotSettled`."""
    try:
        async with asyncio.timeout(within):
            while not happened():
                await asyncio.sleep(LOOK_EVERY)
    except TimeoutError:
        raise NotSettled(what) from None


def make_due(town: Town, residents: Iterable[int], at: datetime) -> None:
    """Let their check-ins fall due then. Not in a thread: a look at what a killed bot has left must not meet it."""
    with closing(sqlite3.connect(town.data / DATABASE, timeout=30, isolation_level=None)) as db:
        for person in residents:
            timers.set_timer(db, person, Timer.CHECK_IN, at)


async def rested(stage: Stage) -> None:
    """Return once nothing waits any more; what waits for too long is left for the account to find."""
    await asyncio.sleep(TWO_LOOKS)
    with suppress(NotSettled):
        await until(
            lambda: stage.sandbox.unconfirmed() == 0 and _unfinished(stage.town) == 0, REST_WITHIN, "rest"
        )


def _unfinished(town: Town) -> int:
    states = "SELECT count(*) FROM outbox WHERE state IN ('pending', 'sending')"
    with closing(sqlite3.connect(f"file:{town.data / DATABASE}?mode=ro", uri=True)) as db:
        return int(db.execute(states).fetchone()[0])
