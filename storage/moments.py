"""
Moments as the tables keep them: whole milliseconds since 1970 in UTC.

Always rounded down, so that of two moments the earlier one never becomes the later one.
"""

from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)


def to_integer(moment: datetime) -> int:
    """Return `moment` for a column; a moment without a zone raises `TypeError`."""
    return (moment - EPOCH) // MILLISECOND


def to_moment(milliseconds: int) -> datetime:
    """Return what a column holds, aware and in UTC."""
    return EPOCH + timedelta(milliseconds=milliseconds)


def to_integer_or_none(moment: datetime | None) -> int | None:
    """Do the same for a column that may be empty."""
    return None if moment is None else to_integer(moment)


def to_moment_or_none(milliseconds: int | None) -> datetime | None:
    """Do the same for a column that may be empty."""
    return None if milliseconds is None else to_moment(milliseconds)
