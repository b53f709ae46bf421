"""
Internal notes: what helpers write for each other about a resident.

A type of its own, which no text can hold and no message can carry: it is shown by one order (`ShowInternalNotes`) that
goes to helpers only. She can ask the organisation what stands there, and `/mydata` says how many there are (R33).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

LONGEST: Final = 1000
SHOWN: Final = 10


@dataclass(frozen=True, slots=True)
class InternalNote:
    """`author` is a helper's id, `by` the name at the time of showing."""

    words: str
    at: datetime
    author: int
    by: str = ""
