"""
What people send on its way to the bot: in the order Telegram would hand it out, late where the bot is away.

A press waits for 150 seconds, everything else for a day. A press may overtake the words before it (platform.md 1.6).
"""

import json
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any, Final

PRESS_LIVES: Final = 150.0
OVERTAKES: Final = 0.3
OVERTAKEN_FOR: Final = 2.0
"""Seconds: what was written so shortly before a press may be behind it."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One update on its way."""

    chat: int
    at: datetime
    body: dict[str, Any]

    @property
    def is_press(self) -> bool:
        """Whether it is lost when it waits for too long."""
        return "callback_query" in self.body


@dataclass(slots=True)
class Post:
    """Everybody's updates."""

    chance: Random
    waiting: deque[Sent] = field(default_factory=deque)
    lost: int = 0
    overtaken: int = 0
    _messages: int = 5_000_000
    _updates: int = 1
    _numbers: int = 0

    def next_number(self) -> int:
        """No two texts are the same."""
        self._numbers += 1
        return self._numbers

    def say(self, chat: int, at: datetime, text: str, *, reply_to: int | None = None, photo: str = "") -> int:
        """Somebody writes, or sends a picture with words below it; returns the number of the message."""
        self._messages += 1
        content: dict[str, Any] = {"text": text}
        if photo:
            content = {"photo": [{"file_id": photo, "file_size": 9_000}], "caption": text}
        if reply_to is not None:
            content["reply_to_message"] = {"message_id": reply_to}
        self.waiting.append(Sent(chat, at, {"message": {**self._head(chat, at, self._messages), **content}}))
        return self._messages

    def edit(self, chat: int, at: datetime, message: int, text: str) -> None:
        """Somebody changes what they wrote."""
        head = {**self._head(chat, at, message), "edit_date": int(at.timestamp())}
        self.waiting.append(Sent(chat, at, {"edited_message": {**head, "text": text}}))

    def press(self, chat: int, at: datetime, below: int, data: str) -> None:
        """Somebody presses; now and then faster than the words before."""
        message = {"message_id": below, "chat": {"id": chat, "type": "private"}}
        query = {"id": str(len(self.waiting)), "from": {"id": chat}, "message": message, "data": data}
        press = Sent(chat, at, {"callback_query": query})
        last = self.waiting[-1] if self.waiting else None
        if (
            last is not None
            and last.chat == chat
            and not last.is_press
            and (at - last.at).total_seconds() <= OVERTAKEN_FOR
            and self.chance.random() < OVERTAKES
        ):
            self.overtaken += 1
            self.waiting.insert(len(self.waiting) - 1, press)
        else:
            self.waiting.append(press)

    def hand_out(self, now: datetime) -> list[bytes]:
        """All that waits and is still alive, with ids."""
        alive = [each for each in self.waiting if not self._is_lost(each, now)]
        self.lost += len(self.waiting) - len(alive)
        self.waiting.clear()
        return [self._numbered(each.body) for each in alive]

    def _is_lost(self, sent: Sent, now: datetime) -> bool:
        return sent.is_press and (now - sent.at).total_seconds() >= PRESS_LIVES

    def _numbered(self, body: dict[str, Any]) -> bytes:
        self._updates += 1
        return json.dumps({"update_id": self._updates, **body}).encode()

    @staticmethod
    def _head(chat: int, at: datetime, message: int) -> dict[str, Any]:
        person = {"id": chat, "type": "private"}
        return {"message_id": message, "date": int(at.timestamp()), "chat": person, "from": {"id": chat}}
