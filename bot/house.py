"""What handling needs besides an open connection: keys, texts, knowledge. Made once, never changed."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.fault_points import Probe, pass_by
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
    desk: str = "http://127.0.0.1:8434"  # where coordinators find theirs
    probe: Probe = pass_by
    """Called at the named points of `bot.fault_points`; tests of crashes end there. Does nothing otherwise."""
