"""
The bot without a network: updates go in, what it sends comes out, and between two of them it may start anew.

Handler, storage and texts are the real ones, the database is on disk. What leaves is read from the outbox as the
sender reads it, too late as it would be too late there, and its arrival is written down, so that replies find it.
"""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Concatenate, Final, ParamSpec, TypeVar

from pydantic import SecretStr

from bot.handling import Delivered, Handler
from bot.house import House
from bot.lanes import EXPIRY
from bot.outgoing import Edit, Forwarded, Outgoing, Send, decode
from bot.settings import load_settings
from bot.wiring import Texts, opened
from faults.theatre import NO_TOKEN
from storage import outbox
from storage.database import Database
from storage.master_key import create_key_file

P = ParamSpec("P")
T = TypeVar("T")
AT_ONCE: Final = 1_000


@dataclass(frozen=True, slots=True)
class Arrival:
    """A message in a chat. `edits`: the message it takes the place of."""

    chat: int
    message: int
    what: Send | Edit | Forwarded

    @property
    def words(self) -> str:
        """All of it that can be read, with the file's name at Telegram."""
        match self.what:
            case Forwarded(file_id=file, caption=caption):
                return f"{caption} {file}"
            case _:
                return self.what.text

    @property
    def buttons(self) -> tuple[tuple[str, str], ...]:
        """Labels and data of the buttons below it."""
        rows = () if isinstance(self.what, Forwarded) else self.what.buttons
        return tuple((button.text, button.data) for row in rows for button in row if button.data is not None)


class Exchange:
    """Open it before use. Moments are arguments: nothing waits."""

    def __init__(self, folder: Path, texts: Texts) -> None:
        key_file = folder / "keys" / "master.key"
        key_file.parent.mkdir(mode=0o700)
        create_key_file(key_file)
        self._settings = load_settings(
            telegram_token=SecretStr(NO_TOKEN), data_dir=folder / "data", master_key_file=key_file
        )
        self._texts = texts
        self._running = AsyncExitStack()
        self._messages = 1_000
        self.restarts = 0
        self._db: Database
        self.house: House
        self._handler: Handler

    async def open(self) -> None:
        """Start, as after any stop."""
        self._db, self.house = await self._running.enter_async_context(opened(self._settings, self._texts))
        self._handler = Handler(self.house)

    async def close(self) -> None:
        """Stop; what was not sent is still in the outbox."""
        await self._running.aclose()

    async def restart(self, now: datetime) -> None:
        """Forget everything but what is on the disk."""
        await self.close()
        self._running = AsyncExitStack()
        await self.open()
        await self._db.run(self._handler.started, now)
        await self._db.run(self._handler.recover, now)
        self.restarts += 1

    async def run(
        self, work: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """One transaction."""
        return await self._db.run(work, *args, **kwargs)

    async def take(self, raws: Sequence[bytes], now: datetime) -> int:
        """Handle a batch, committed; nothing is sent yet. Returns how many were set aside."""
        handled = await self._db.run(self._handler.updates, raws, now)
        return handled.failed

    async def look(self, now: datetime) -> None:
        """Let happen what is due."""
        while (await self._db.run(self._handler.due, now, AT_ONCE)).done:
            pass

    async def send(self, now: datetime) -> list[Arrival]:
        """Everything that waits arrives now."""
        return await self._db.run(self._send, now)

    def _send(self, db: sqlite3.Connection, now: datetime) -> list[Arrival]:
        arrived: list[Arrival] = []
        while waiting := outbox.waiting(db, AT_ONCE, due_by=now):
            results = []
            for row in waiting:
                limit = EXPIRY.get(row.purpose)
                if limit is not None and now - row.due_at > limit:
                    outbox.drop(db, row.id)
                    continue
                found = self._arrival(decode(outbox.content(db, self.house.keyring, row.id)))
                arrived += found
                number = next((each.message for each in found if not isinstance(each.what, Edit)), None)
                results.append(
                    Delivered(row.id, row.person_id, row.purpose, row.alert_id, row.step, message_id=number)
                )
            self._handler.settle(db, results, now)
        return arrived

    def _arrival(self, outgoing: Outgoing) -> list[Arrival]:
        match outgoing:
            case Edit(chat_id=chat, message_id=message):
                return [Arrival(chat, message, outgoing)]
            case Send(chat_id=chat) | Forwarded(chat_id=chat):
                self._messages += 1
                return [Arrival(chat, self._messages, outgoing)]
            case _:
                return []
