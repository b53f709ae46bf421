"""Moments: nothing is lost but what is smaller than a millisecond."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.moments import milliseconds, to_integer, to_integer_or_none, to_moment, to_moment_or_none


@given(st.datetimes(min_value=datetime(1950, 1, 1), max_value=datetime(2200, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_a_moment_comes_back_rounded_down_to_a_millisecond(moment: datetime) -> None:
    """Rounding down keeps the order of two moments."""
    back = to_moment(to_integer(moment))
    assert timedelta(0) <= moment - back < timedelta(milliseconds=1)
    assert back.tzinfo is UTC


def test_the_same_moment_in_another_zone_is_the_same_integer() -> None:
    """What is due must not depend on who wrote it down."""
    moment = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)
    assert to_integer(moment) == to_integer(moment.astimezone(timezone(timedelta(hours=4, minutes=30))))


def test_a_moment_without_a_zone_is_refused() -> None:
    """It would be read as the machine's local time."""
    with pytest.raises(TypeError):
        to_integer(datetime(2026, 11, 24, 18, 0))  # noqa: DTZ001


def test_none_stays_none() -> None:
    """An empty column is no moment."""
    assert to_integer_or_none(None) is None
    assert to_moment_or_none(None) is None
    assert to_moment_or_none(1000) == datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC)


@pytest.mark.parametrize("number", [-(2**63), -(10**17), 10**17, 2**63 - 1])
def test_a_number_no_calendar_holds_spoils_no_list(number: int) -> None:
    """A flipped bit in one row must not keep the others from being read; the moment still fits every zone."""
    moment = to_moment(number)
    assert (moment < datetime(3, 1, 1, tzinfo=UTC)) == (number < 0)
    assert (moment > datetime(9000, 1, 1, tzinfo=UTC)) == (number > 0)
    for hours in (-14, 14):
        assert moment.astimezone(timezone(timedelta(hours=hours))) == moment


def test_a_length_is_whole_milliseconds() -> None:
    """As moments are."""
    assert milliseconds(timedelta(hours=2, microseconds=1500)) == 2 * 3600 * 1000 + 1
