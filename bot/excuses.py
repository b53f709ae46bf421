"""
What people hear while the disk takes nothing: who writes, at most once an hour, and the coordinators, once.

All of it is sent outside the tables and found by reading only. An update that led to an excuse is not confirmed:
it comes again every few seconds until it can be kept, and is handled then, once.
"""

import logging
import sqlite3
from collections import OrderedDict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

import msgspec

from bot import telegram_in
from bot.clock import Clock
from bot.house import House
from bot.ordering import Ordered
from bot.outgoing import AnswerPress, Outgoing, Send
from bot.sender import Sender
from bot.telegram_in import Block, Incoming
from bot.translating import Reader
from dialogs import storage_trouble
from dialogs.notices import NoticeKind
from dialogs.people import Role
from dialogs.text import Text
from storage import notices, people
from storage.database import Database, StorageError

log = logging.getLogger(__name__)

AT_MOST_EVERY: Final = timedelta(hours=1)
REMEMBERED: Final = 10_000
"""So many chats; the one told longest ago is forgotten first, and may hear it once more."""


class Excuses:
    """For whoever writes."""

    def __init__(self, db: Database, house: House, sender: Sender, clock: Clock) -> None:
        self._db, self._house, self._sender, self._clock = db, house, sender, clock
        self._told: OrderedDict[int, datetime] = OrderedDict()

    async def say(self, raws: Sequence[msgspec.Raw | bytes]) -> None:
        """Answer the writers of a batch that could not be stored, as far as we know them."""
        now = self._clock.now()
        if not self._sender.trouble.is_worth_telling(now):
            return
        try:
            words = await self._db.read(self._words, raws, now)
        except StorageError as error:
            log.error("nobody can be told that nothing is stored", extra={"error": type(error).__name__})
            return
        self._sender.offer(Ordered(loose=words))

    def _words(
        self, db: sqlite3.Connection, raws: Sequence[msgspec.Raw | bytes], now: datetime
    ) -> list[Outgoing]:
        return [each for raw in raws for each in self._answer(db, raw, now)]

    def _answer(self, db: sqlite3.Connection, raw: msgspec.Raw | bytes, now: datetime) -> list[Outgoing]:
        try:
            incoming = telegram_in.read_update(raw)
        except telegram_in.UpdateUnreadable:
            return []
        chat_id = incoming.chat_id
        if chat_id is None or not incoming.private or isinstance(incoming.body, Block):
            return []
        whose = self._whose(db, incoming, chat_id)
        if whose is None or not self._first_in_an_hour(chat_id, now):
            return []
        reader = Reader(whose[1], self._house.default_zone, now)
        text = self._house.translator.full_text(_text(whose[0], incoming), reader)
        waiting = [AnswerPress(incoming.press_id)] if incoming.press_id is not None else []
        return [Send(chat_id, text), *waiting]

    def _whose(self, db: sqlite3.Connection, incoming: Incoming, chat_id: int) -> tuple[str, str] | None:
        """Role and language of somebody we know; strangers hear nothing."""
        try:
            known = people.find_by_chat(db, self._house.keyring, self._house.doors, chat_id)
        except people.PersonUnreadable as unreadable:
            role = people.role_in_the_clear(db, unreadable.person_id) or Role.RESIDENT.value
            return role, self._house.translator.of_phone(incoming.language_code)
        return None if known is None else (known.role.value, known.person.locale)

    def _first_in_an_hour(self, chat_id: int, now: datetime) -> bool:
        last = self._told.get(chat_id)
        if last is not None and abs(now - last) < AT_MOST_EVERY:
            return False
        self._told[chat_id] = now
        self._told.move_to_end(chat_id)
        while len(self._told) > REMEMBERED:
            self._told.popitem(last=False)
        return True


def _text(role: str, incoming: Incoming) -> Text:
    pressed = incoming.press_id is not None
    if role == Role.RESIDENT:
        return storage_trouble.to_resident(pressed=pressed)
    return storage_trouble.to_helper(pressed=pressed)


class News:
    """For the coordinators, and for whoever runs the bot once something can be written again."""

    def __init__(self, db: Database, house: House, sender: Sender, clock: Clock) -> None:
        self._db, self._house, self._sender, self._clock = db, house, sender, clock
        self._noticed = False
        self._told = False
        self._told_at: datetime | None = None

    async def look(self) -> None:
        """Called again and again; says what has changed since."""
        now, trouble = self._clock.now(), self._sender.trouble
        try:
            if trouble.is_worth_telling(now):
                await self._began(now)
            elif trouble.since is None and self._noticed:
                await self._over(now)
        except StorageError as error:
            log.error("the coordinators cannot be told about the disk", extra={"error": type(error).__name__})

    async def _began(self, now: datetime) -> None:
        self._noticed = True
        just_told = self._told_at is not None and now - self._told_at < AT_MOST_EVERY
        if self._told or just_told:
            return
        await self._tell(storage_trouble.began(), now)
        self._told, self._told_at = True, now

    async def _over(self, now: datetime) -> None:
        await self._db.run(notices.report, NoticeKind.STORAGE, now)
        self._noticed = False
        if self._told:
            self._told = False
            await self._tell(storage_trouble.over(), now)

    async def _tell(self, text: Text, now: datetime) -> None:
        self._sender.offer(Ordered(loose=await self._db.read(self._to_coordinators, text, now)))

    def _to_coordinators(self, db: sqlite3.Connection, text: Text, now: datetime) -> list[Outgoing]:
        coordinators = people.list_people(db, self._house.keyring, Role.COORDINATOR, "active")
        return [
            Send(known.chat_id, self._said(text, known.person.locale, now))
            for known in coordinators
            if known.chat_id is not None
        ]

    def _said(self, text: Text, locale: str, now: datetime) -> str:
        return self._house.translator.text(text, Reader(locale, self._house.default_zone, now))
