"""
A contact person's hours as she reads them: weekdays in her language, times by her digits.

What an operator writes and a page stores (`mon-fri 08:00-17:00`) is `duty.py`; nobody should have to read that.
"""

from typing import Final

from dialogs.duty import Shift
from dialogs.text import Message, _

WEEKDAYS: Final = (
    _("desk", "Mon"),
    _("desk", "Tue"),
    _("desk", "Wed"),
    _("desk", "Thu"),
    _("desk", "Fri"),
    _("desk", "Sat"),
    _("desk", "Sun"),
)
"""From Monday on, short."""
IN_A_ROW: Final = 3
"""So many days after each other are named by the first and the last."""


def said_shift(shift: Shift) -> Message:
    """Say the days and the hours of a shift."""
    values = (("days", _days(shift.days)), ("begins", shift.begins), ("ends", shift.ends))
    return Message("", "{days} {begins}–{ends}", values)


def _days(days: tuple[int, ...]) -> Message:
    first, last = days[0], days[-1]
    if len(days) >= IN_A_ROW and list(days) == list(range(first, last + 1)):
        return Message("", "{first}–{last}", (("first", WEEKDAYS[first - 1]), ("last", WEEKDAYS[last - 1])))
    return Message("", "{days}", (("days", tuple(WEEKDAYS[day - 1] for day in days)),))
