"""What every decision may look up. Read from disk once, at the door, and never changed while running."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from dialogs.glossary import Glossary
from dialogs.guide import Guides
from dialogs.lines import Lines
from dialogs.risk.reader import Reading


class RiskReader(Protocol):
    """`dialogs.risk.reader.Reader`, or a stand-in of a test."""

    def read(self, text: str) -> Reading:
        """Never raises."""


class Finder(Protocol):
    """`dialogs.finding.GuideFinder`, or a stand-in of a test."""

    def asked_for(self, text: str) -> tuple[str, ...]:
        """Return the guides a message seems to ask for, best first; none where it does not look like a question."""


def no_holidays(tradition: str, day: date) -> bool:  # noqa: ARG001 -- a calendar without entries
    """The calendar of somebody who has none."""
    return False


@dataclass(frozen=True, slots=True)
class Knowledge:
    """`locales` in the order they are offered: code and the language's own name for itself."""

    guides: Guides
    lines: Lines
    reader: RiskReader
    locales: tuple[tuple[str, str], ...]
    zones: frozenset[str]
    glossary: Glossary = field(default_factory=dict)
    finder: Finder | None = None
    calendar: Callable[[str, date], bool] = no_holidays
    organisation: str = "Vidare"
    bot_name: str = "Vidare"
