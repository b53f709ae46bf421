"""
Load: for how many residents a contact person is there, and how many are too many (S21).
"""

from dataclasses import dataclass
from typing import Final

from dialogs.people import Contact

USUAL: Final = 5
"""Our choice: a number a coordinator can change for each of them, and not a rule of anybody else."""
HIGHEST: Final = 50


@dataclass(frozen=True, slots=True)
class Load:
    """How many agreed to her, and how many she can be there for."""

    residents: int
    most: int

    @property
    def too_much(self) -> bool:
        """Whether it is time to find somebody else."""
        return self.residents > self.most


def of(contact: Contact, residents: int) -> Load:
    """Return how she stands with so many residents."""
    return Load(residents, USUAL if contact.most is None else contact.most)
