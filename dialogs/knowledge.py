"""What every decision may look up. Read from disk once, at the door, and never changed while running."""

from dataclasses import dataclass
from typing import Protocol

from dialogs.guide import Guides
from dialogs.lines import Lines
from dialogs.risk.reader import Reading


class RiskReader(Protocol):
    """`dialogs.risk.reader.Reader`, or a stand-in of a test."""

    def read(self, text: str) -> Reading:
        """Never raises."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """`locales` in the order they are offered: code and the language's own name for itself."""

    guides: Guides
    lines: Lines
    reader: RiskReader
    locales: tuple[tuple[str, str], ...]
    zones: frozenset[str]
    organisation: str = "Vidare"
    bot_name: str = "Vidare"
