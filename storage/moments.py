"""
Moments as the tables keep them: whole milliseconds since 1970 in UTC.

Always rounded down, so that of two moments the earlier one never becomes the later one. A number no calendar
holds, as a bad disk may leave one, is the first or last moment there is: it must not spoil a list of others.
"""

from datetime import UTC, datetime, timedelta
from typing import Final

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)
_FIRST: Final = (datetime(2, 1, 1, tzinfo=UTC) - EPOCH) // MILLISECOND  # room for every zone on both sides
_LAST: Final = (datetime(9998, 1, 1, tzinfo=UTC) - EPOCH) // MILLISECOND


def to_integer(moment: datetime) -> int:
    """Return `moment` for a column; a moment without a zone raises `TypeError`."""
    return (moment - EPOCH) // MILLISECOND


def to_moment(number: int) -> datetime:
    """Return what a column holds, aware and in UTC."""
    return EPOCH + timedelta(milliseconds=max(_FIRST, min(number, _LAST)))


def to_integer_or_none(moment: datetime | None) -> int | None:
    """Do the same for a column that may be empty."""
    return None if moment is None else to_integer(moment)


def to_moment_or_none(number: int | None) -> datetime | None:
    """Do the same for a column that may be empty."""
    return None if number is None else to_moment(number)


def milliseconds(length: timedelta) -> int:
    """Return a length of time for a column."""
    return length // MILLISECOND
