"""
How a language is set on a phone: from which side, with which digits, and what is kept apart inside a line.

Babel knows both (`Locale.text_direction`, `Locale.default_numbering_system`); nothing here names a language.

In a text that runs from the right, Swedish words, links and commands are isolated (U+2068, U+2069), so that a bracket
or a full stop beside them stays where it was written. Digits alone need none: the scripts' own rule sets them right.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from babel import Locale, UnknownLocaleError

ISOLATE, END_ISOLATE, RIGHT_MARK = "\u2068", "\u2069", "\u200f"
DIGITS: Final = {"arab": "٠١٢٣٤٥٦٧٨٩", "arabext": "۰۱۲۳۴۵۶۷۸۹"}
"""By Babel's name of the numbering system; any other is written with 0 to 9."""

_PLACEHOLDER: Final = re.compile(r"(\{\w*\})")
_LATIN: Final = "A-Za-z\u00c0-\u024f"
_WORD: Final = rf"[/@#+]?[{_LATIN}0-9](?:[{_LATIN}0-9.,:/'’&%#+@_-]*[{_LATIN}0-9])?"
_RUN: Final = re.compile(rf"{_WORD}(?: {_WORD})*")


@dataclass(frozen=True, slots=True)
class Typesetting:
    """Of one locale. `digits`: from 0 to 9 as it writes them, None for ours."""

    formats: Locale
    right_to_left: bool
    digits: str | None
    _table: dict[int, str] = field(default_factory=dict)

    def number(self, text: str) -> str:
        """Return a number, a time or a date with the language's own digits."""
        return text.translate(self._table)

    def apart(self, text: str) -> str:
        """Isolate the whole of a value whose script we do not know; empty ones need none."""
        return f"{ISOLATE}{text}{END_ISOLATE}" if self.right_to_left and text else text

    def pattern(self, pattern: str) -> str:
        """Isolate what is Latin within a translation; placeholders are values and see to themselves."""
        return _isolated_runs(pattern) if self.right_to_left else pattern

    def lines(self, text: str) -> str:
        """Mark lines that begin with a number, a sign or a Swedish word: phones guess a side from the first letter."""
        if not self.right_to_left:
            return text
        return "\n".join(
            f"{RIGHT_MARK}{line}" if _begins_otherwise(line) else line for line in text.split("\n")
        )


def typesetting(locale: str) -> Typesetting | None:
    """Return how a locale is set; None where Babel has never heard of it."""
    try:
        formats = Locale.parse(locale)
    except (UnknownLocaleError, ValueError, TypeError):
        return None
    digits = DIGITS.get(formats.default_numbering_system)
    table = {ord("0") + value: digit for value, digit in enumerate(digits or "")}
    return Typesetting(formats, formats.text_direction == "rtl", digits, table)


@lru_cache(maxsize=50_000)
def _isolated_runs(pattern: str) -> str:
    pieces = _PLACEHOLDER.split(pattern)
    pieces[::2] = [_RUN.sub(_isolated_run, piece) for piece in pieces[::2]]
    return "".join(pieces)


def _isolated_run(match: re.Match[str]) -> str:
    run = match.group()
    return run if run.isdecimal() else f"{ISOLATE}{run}{END_ISOLATE}"


def _begins_otherwise(line: str) -> bool:
    return line != "" and unicodedata.bidirectional(line[0]) not in ("R", "AL")
