"""
What two people write to each other through the bot: one letter, as it is passed on.

A letter says who wrote it by the name the reader knows, and never by an account, a number or a file's name.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

LARGEST_FILE: Final = 10 * 1024 * 1024
"""Bytes. Telegram gives a bot files of up to 20 MB; half of it keeps a small server's memory free for others."""


@dataclass(frozen=True, slots=True)
class Letter:
    """
    Words, a file, or both. `file` is Telegram's id of a photo, voice message or document (`kind`); `ending` has no dot.

    `message` is Telegram's number of it in the writer's chat, by which a later change of it is known.
    """

    words: str
    at: datetime
    who: str = ""
    message: int = 0
    kind: str = ""
    file: str = ""
    ending: str = ""
    edited: bool = False
    forwarded: bool = False


@dataclass(frozen=True, slots=True)
class TalkNow:
    """
    The talk a resident is in. `active_at` is her own last act in it, by which is known whether she looks at the chat.

    `veiled`: letters wait that she has not opened; `acked_at`: when she last heard that one of hers was passed on;
    `begun_at`: what she wrote before was for somebody else.
    """

    id: int
    contact: int
    name: str
    last_at: datetime
    active_at: datetime | None = None
    acked_at: datetime | None = None
    veiled: bool = False
    begun_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Thread:
    """A talk as its contact person has it. `heard_at`: when the resident last wrote."""

    talk: int
    resident: int
    alias: str
    case: int | None = None
    heard_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """
    A letter whose reader is not certain: it goes nowhere before its writer has said to whom.

    `label` is the data of the button, `word` the known word its text would be, were it meant for the bot.
    """

    letter: Letter
    label: str = ""
    word: str = ""
