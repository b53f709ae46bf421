"""
Texts as the core says them: an English source with its context, not yet translated.

`_` and `_n` mark a text for gettext (Babel's extractor knows both names, see babel.cfg) and build a
`Message`. The door (`bot/translating.py`) turns it into the reader's language. Values may be text, numbers,
moments, or further messages, which are translated too. Whatever a person typed enters only as a value: it is
never a source, and the door isolates it where the reader's script runs right to left.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TypeAlias

Value: TypeAlias = "str | int | time | date | datetime | Message | Sequence[Message]"


@dataclass(frozen=True, slots=True)
class Message:
    """One text to be translated. `plural` and `count` are set together or not at all."""

    context: str
    source: str
    values: tuple[tuple[str, Value], ...] = ()
    plural: str | None = None
    count: int = 0


Text: TypeAlias = tuple[Message, ...]
"""Paragraphs, in order; the door puts an empty line between two of them."""


def _(context: str, source: str, **values: Value) -> Message:
    """Mark `source` for translation within `context`; `{name}` in it takes the value of that name."""
    return Message(context, source, tuple(values.items()))


def _n(context: str, one: str, many: str, count: int, **values: Value) -> Message:
    """The same for a text that counts; `{count}` is among its values. Forms follow the reader's language."""
    return Message(context, one, (*values.items(), ("count", count)), many, count)


def plain(value: Value) -> Message:
    """Show `value` as it is, in the reader's formats; there is nothing to translate."""
    return Message("", "{value}", (("value", value),))


def stacked(*lines: Message) -> Message:
    """Put messages below each other in one paragraph; each is translated by itself."""
    names = [f"line{number}" for number in range(len(lines))]
    return Message("", "\n".join(f"{{{name}}}" for name in names), tuple(zip(names, lines, strict=True)))
