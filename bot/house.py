"""What handling needs besides an open connection: keys, texts, knowledge. Made once, never changed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.red_days import is_red_day
from bot.translating import Translator
from dialogs.knowledge import Knowledge
from dialogs.rota import RedDay
from storage.sealing import Doors, Keyring


class Tombstones(Protocol):
    """Where erasures are remembered outside the database; `storage.tombstones.TombstoneFile`."""

    def add(self, person_id: int, at: datetime) -> None:
        """Returns once it is on disk."""


@dataclass(frozen=True, slots=True)
class House:
    """`default_zone` is the clock of contact persons, who have none of their own here."""

    keyring: Keyring = field(repr=False)
    doors: Doors = field(repr=False)
    translator: Translator
    knowledge: Knowledge
    tombstones: Tombstones
    default_zone: str = "Europe/Stockholm"
    red_day: RedDay = is_red_day
    probe: Callable[[str], None] = lambda _point: None
    """Called at named points of a transaction; tests of crashes stop there. Does nothing otherwise."""
