"""
What everything that is done in one transaction works with.

One row that does not open keeps nothing else from being done: it is passed over here, and reported.
"""

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot import chain
from bot.house import House
from bot.ordering import Ordered
from dialogs import notices as noticed
from dialogs.events import Event
from dialogs.notices import NoticeKind
from storage import notices, people
from storage.people import Known


class Happen(Protocol):
    """`Carrier.happen`: decide about one event of one person."""

    def __call__(self, known: Known, event: Event) -> None:
        """In the same transaction."""


@dataclass(frozen=True, slots=True)
class Transaction:
    """The open connection, the house, the time, and what is left to be sent."""

    db: sqlite3.Connection
    house: House
    now: datetime
    ordered: Ordered

    def read(self, person_id: int) -> Known | None:
        """One damaged row among many must not keep the others from being told (R9)."""
        known = chain.readable(self.db, self.house, person_id)
        if known is None and people.exists(self.db, person_id):
            subject = noticed.person(person_id)
            notices.report(self.db, NoticeKind.PERSON_UNREADABLE, self.now, subject)
        return known
