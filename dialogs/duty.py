"""
A contact person's hours, and her absences: how they are kept, and how an operator writes them.

Nobody is away without an end. What the hours mean at a moment stands in `rota.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

LONGEST_AWAY: Final = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Shift:
    """The same hours on some weekdays (Monday 1). `ends` at or before `begins` is past midnight, on the next day."""

    days: tuple[int, ...]
    begins: time
    ends: time


@dataclass(frozen=True, slots=True)
class Duty:
    """All shifts of a contact person, on the clock of `zone`."""

    shifts: tuple[Shift, ...]
    zone: str = "Europe/Stockholm"


@dataclass(frozen=True, slots=True)
class Away:
    """Not to be asked before `until`; `stand_in` is asked instead, where the resident agreed to that person."""

    until: datetime
    stand_in: int | None = None


DAY_NAMES: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


_NUMBERS: Final = {
    **{name: number for number, name in enumerate(DAY_NAMES, start=1)},
    "mån": 1,
    "tis": 2,
    "ons": 3,
    "tor": 4,
    "tors": 4,
    "fre": 5,
    "lör": 6,
    "sön": 7,
}
"""As they are written here, and as people in Sweden write them."""


class HoursUnreadable(Exception):
    """What was given as hours is not `mon-fri 08:00-17:00` or the like."""

    def __init__(self) -> None:
        super().__init__(
            "write hours as “mon-fri 08:00-17:00”, “sat,sun 10:00-14:00” or “mon-sun 00:00-24:00”"
        )


def read_shift(text: str) -> Shift:
    """Read `mon-fri 08:00-17:00`; raises HoursUnreadable."""
    days, _space, hours = text.strip().casefold().partition(" ")
    begins, dash, ends = hours.replace(" ", "").partition("-")
    if not dash:
        raise HoursUnreadable
    try:
        return Shift(
            _days(days), time.fromisoformat(begins), time.fromisoformat(ends.replace("24:00", "00:00"))
        )
    except (KeyError, ValueError):
        raise HoursUnreadable from None


def _days(text: str) -> tuple[int, ...]:
    numbers: list[int] = []
    for part in text.split(","):
        first, dash, last = part.partition("-")
        start = _NUMBERS[first]
        numbers += range(start, _NUMBERS[last] + 1) if dash else [start]
    return tuple(dict.fromkeys(numbers))


def write_shift(shift: Shift) -> str:
    """The same the other way round."""
    return f"{_written(shift.days)} {shift.begins:%H:%M}-{shift.ends:%H:%M}"


def _written(days: Sequence[int]) -> str:
    if len(days) > 2 and list(days) == list(range(days[0], days[-1] + 1)):
        return f"{DAY_NAMES[days[0] - 1]}-{DAY_NAMES[days[-1] - 1]}"
    return ",".join(DAY_NAMES[day - 1] for day in days)
