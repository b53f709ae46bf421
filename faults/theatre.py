"""
Where faults are played: a sandbox, a clock that is moved, and the real bot in this process.

People are put straight into the database, because it is not their joining that is tried out. Names are one cast,
as everywhere: Leyla the resident, Mina and Josef her contact persons.
"""

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from pydantic import SecretStr

from bot.clock import Clock
from bot.house import House
from bot.request import READ_TIMEOUT
from bot.sandbox.people import Message as Shown
from bot.sandbox.server import Sandbox
from bot.settings import Settings, load_settings
from bot.wiring import Running, Texts, read_texts, running
from dialogs.people import Agreed, Consent, Contact, Person, Place, Resident, Role
from storage import links, people
from storage.master_key import create_key_file

NO_TOKEN: Final = "123456789:AAfaults-token-that-opens-nothing"  # noqa: S105 -- the sandbox's own
BEGIN: Final = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""A Monday, ten o'clock in Stockholm."""
PATIENCE: Final = 120.0


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person by the number of the row, and by the chat Telegram knows."""

    id: int
    chat: int


def read_everything() -> Texts:
    """Guides, lexicons and catalogues."""
    return read_texts(load_settings(telegram_token=SecretStr(NO_TOKEN), data_dir=Path("unused")))


class Theatre:
    """The bot as it runs at the moment, and its people. Made by `played`."""

    def __init__(self, folder: Path, texts: Texts, read_timeout: float) -> None:
        self.folder, self.texts, self._read_timeout = folder, texts, read_timeout
        self.clock = Clock(BEGIN - datetime.now(UTC))
        self.sandbox = Sandbox(NO_TOKEN, self.clock, limits=None, log_calls=False)
        self._key_file = folder / "keys" / "master.key"
        self._key_file.parent.mkdir(mode=0o700)
        create_key_file(self._key_file)
        self._running: AsyncExitStack | None = None
        self.bot: Running

    @property
    def settings(self) -> Settings:
        """No limits of pace: what is tried out is what happens, and not when."""
        return load_settings(
            telegram_token=SecretStr(NO_TOKEN),
            telegram_api=self.sandbox.url,
            data_dir=self.folder / "data",
            master_key_file=self._key_file,
            sends_per_second=0,
            sends_per_chat=0,
        )

    async def wake(self) -> None:
        """Start the bot."""
        self._running = AsyncExitStack()
        self.bot = await self._running.enter_async_context(
            running(self.settings, self.clock, self.texts, ticking=False, read_timeout=self._read_timeout)
        )
        await asyncio.wait_for(self.bot.intake.caught_up.wait(), PATIENCE)

    async def sleep(self) -> None:
        """Stop the bot in good order; nothing happens where it does not run."""
        if self._running is not None:
            await self._running.aclose()
            self._running = None

    async def settle(self) -> None:
        """Return when nothing more can happen at this moment."""
        async with asyncio.timeout(PATIENCE):
            while True:
                looked = await self.bot.due.look()
                if looked == 0 and self.sandbox.unconfirmed() == 0 and self.bot.sender.idle:
                    return
                await asyncio.sleep(0.001)

    async def pass_time(self, by: timedelta) -> None:
        """Move the clock and let happen what is due then."""
        self.clock.move(by)
        await self.settle()

    # --- people ---

    async def contact(self, name: str, role: Role = Role.CONTACT) -> Somebody:
        """A contact person who has answered the test alert."""
        return await self._settled(
            name,
            role,
            lambda number: Contact(number, name, role, locale="en", place=Place.MENU, joined=True),
        )

    async def resident(self, contacts: tuple[Somebody, ...], **changes: Any) -> Somebody:
        """A resident who has joined, said yes to everything and agreed to `contacts`."""
        agreed = tuple(Agreed(each.id, "Mina") for each in contacts)
        settled = Resident(
            0,
            "Leyla",
            place=Place.MENU,
            joined=True,
            consent=Consent(check_ins=True, reading=True, telling=True),
            proposed=agreed,
            contacts=agreed,
        )
        leyla = await self._settled(
            "Leyla", Role.RESIDENT, lambda number: replace(settled, id=number, **changes)
        )

        def link(db: sqlite3.Connection) -> None:
            for turn, each in enumerate(contacts):
                links.propose(db, leyla.id, each.id, turn)
            links.agree(db, leyla.id, [each.id for each in contacts])

        await self.bot.db.run(link)
        return leyla

    async def _settled(self, name: str, role: Role, build: Callable[[int], Person]) -> Somebody:
        chat = self.phone(name)
        return Somebody(
            await self.bot.db.run(settled, self.bot.house, role, build, chat, self.clock.now()), chat
        )

    def phone(self, name: str) -> int:
        """Somebody with a phone; returns the chat. She has written before, so a bot may write to her."""
        person = self.sandbox.add_person(name, "en")
        person.started = True
        return person.id

    async def forget(self, *everybody: Somebody) -> None:
        """Erase people and what is about them, so that nothing of one scene plays in the next."""

        def work(db: sqlite3.Connection) -> None:
            for each in everybody:
                people.erase(db, each.id)

        await self.bot.db.run(work)

    def seen(self, person: Somebody) -> list[Shown]:
        """What the bot wrote and what still stands in the chat, the latest last."""
        return [
            each for each in self.sandbox.chat(person.chat).messages if each.from_bot and not each.deleted
        ]


def settled(
    db: sqlite3.Connection, house: House, role: Role, build: Callable[[int], Person], chat: int, now: datetime
) -> int:
    """Put somebody into the database who has come and joined; returns the number."""
    known = people.create_person(db, house.keyring, role, build, now)
    people.bind_chat(db, house.doors, known.box, known.id, chat, now)
    people.set_state(db, known.id, "active", now)
    return known.id


@asynccontextmanager
async def played(folder: Path, texts: Texts, read_timeout: float = READ_TIMEOUT) -> AsyncIterator[Theatre]:
    """A theatre with the bot running, until the context ends."""
    theatre = Theatre(folder, texts, read_timeout)
    await theatre.sandbox.start()
    try:
        await theatre.wake()
        yield theatre
    finally:
        await theatre.sleep()
        await theatre.sandbox.stop()


class Heard(logging.Handler):
    """What the bot has logged since the last look."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.errors = 0
        self._records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it."""
        self.errors += record.levelno >= logging.ERROR
        self._records.append(record)

    def taken(self) -> list[logging.LogRecord]:
        """Return what was logged, and forget it."""
        records, self._records = self._records, []
        return records


@contextmanager
def listening() -> Iterator[Heard]:
    """Hear the bot's warnings instead of printing them: here they are expected."""
    heard, logger = Heard(), logging.getLogger("bot")
    before, logger.propagate = logger.propagate, False
    logger.addHandler(heard)
    try:
        yield heard
    finally:
        logger.removeHandler(heard)
        logger.propagate = before
