"""What every decision may look up. Read once, at the door, and never changed while running, but for places."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from dialogs.glossary import Glossary
from dialogs.guide import Guides
from dialogs.lines import Lines
from dialogs.near_file import Places
from dialogs.retention import Keep
from dialogs.risk.reader import Reading


class RiskReader(Protocol):
    """`dialogs.risk.reader.Reader`, or a stand-in of a test."""

    def read(self, text: str) -> Reading:
        """Never raises."""


class Finder(Protocol):
    """`dialogs.finding.GuideFinder`, or a stand-in of a test."""

    def asked_for(self, text: str) -> tuple[str, ...]:
        """Return the guides a message seems to ask for, best first; none where it does not look like a question."""


class Near(Protocol):
    """`bot.near.NearFolder`, or a stand-in: the places as they are now, which changes while the bot runs."""

    @property
    def places(self) -> Places:
        """By id, in the order in which they are shown; one decision asks once."""


@dataclass(frozen=True, slots=True)
class Described:
    """Places that do not change; none where an operator has described none."""

    places: Places = field(default_factory=dict)


def no_holidays(tradition: str, day: date) -> bool:  # noqa: ARG001 -- a calendar without entries
    """The calendar of somebody who has none."""
    return False


@dataclass(frozen=True, slots=True)
class Knowledge:
    """
    `locales` in the order they are offered: code and the language's own name for itself. `drafts`: those of them whose
    texts no named person has checked. `default_locale`: what stands below a draft.
    """

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
    near: Near = field(default_factory=Described)
    keep: Keep = field(default_factory=Keep)
    drafts: frozenset[str] = frozenset()
    default_locale: str = "sv"
