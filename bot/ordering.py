"""
What one transaction orders, and what is known while one decision is carried out. Plain records: they do nothing.
"""

from dataclasses import dataclass, field
from datetime import datetime

from bot.outgoing import Outgoing
from dialogs.people import Person
from storage.people import Known


@dataclass(frozen=True, slots=True)
class Queued:
    """A message that was put into the outbox, with what the sender needs; never print it."""

    id: int
    person_id: int
    purpose: str
    priority: int
    due_at: datetime
    alert_id: int | None
    step: int
    outgoing: Outgoing = field(repr=False)


@dataclass(frozen=True, slots=True)
class Pressing:
    """The press that led here: where an edit goes, and what waits for an answer (None once it was answered)."""

    press_id: str | None
    message_id: int | None
    sent_at: datetime | None = None  # when that message was sent


@dataclass(slots=True)
class Ordered:
    """
    What a transaction leaves to be sent. `loose` is in no table: strangers, and words after erasing.

    `ringing`: rings were written or dropped, so whoever rings shall look now. `erased`: somebody's key was destroyed.
    """

    queued: list[Queued] = field(default_factory=list)
    loose: list[Outgoing] = field(default_factory=list)
    ringing: bool = False
    erased: bool = False

    def add(self, other: "Ordered") -> None:
        """Take over what a part of the transaction ordered."""
        self.queued += other.queued
        self.loose += other.loose
        self.ringing |= other.ringing
        self.erased |= other.erased


@dataclass(slots=True)
class Turn:
    """What is known while one decision's effects are carried out."""

    known: Known
    person: Person
    pressing: Pressing | None
    offered: list[tuple[str, str]] = field(default_factory=list)
    keyboard: list[tuple[str, str]] | None = None
    toast: str | None = None
    silenced: bool = False
    forgotten: bool = False
