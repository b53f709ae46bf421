"""
What may stand below a message: rows of buttons.

A button says a text and carries `data`, which comes back when it is pressed. Data is language-free, at most 64
bytes, and never holds a word or name of a person. Whatever a button does, typing its text does too
(`conversation.py` remembers what was offered), because Telegram keeps a press for 150 seconds only while the
bot is down, and a message for 24 hours.
"""

from dataclasses import dataclass
from typing import TypeAlias

from dialogs.text import Message


@dataclass(frozen=True, slots=True)
class Button:
    """`data` comes back when pressed; a button with `copy` puts that text on the clipboard instead."""

    label: Message
    data: str
    copy: str | None = None


Keyboard: TypeAlias = tuple[tuple[Button, ...], ...]
"""Rows of buttons, the first row on top."""


def rows(*buttons: Button, width: int = 1) -> Keyboard:
    """Lay `buttons` out in rows of `width`."""
    return tuple(buttons[start : start + width] for start in range(0, len(buttons), width))
