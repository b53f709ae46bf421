"""What came of one fault: a line of the table that `python -m faults` prints."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the table: what was done, what came out, what was asked for, and whether it held."""

    part: str  # "kill matrix", "outcomes", "outages", "disk and clock", "wave"
    what: str
    figure: str
    asked: str
    held: bool
