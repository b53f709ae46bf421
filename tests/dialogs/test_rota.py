"""When a contact person may be asked: hours on her own clock, red days, nights that cross midnight."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.duty import Duty, Shift
from dialogs.rota import next_on_duty, on_duty

WEEKDAYS = Shift((1, 2, 3, 4, 5), time(8), time(17))
NIGHTS = Shift((5,), time(22), time(6))
CHRISTMAS = date(2026, 12, 25)


def never(_day: date) -> bool:
    """No red days."""
    return False


def at(day: str, hour: int, minute: int = 0) -> datetime:
    """A moment on Sweden's clock in winter."""
    return datetime.fromisoformat(f"{day}T{hour:02}:{minute:02}+01:00").astimezone(UTC)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (at("2026-11-26", 8), True),
        (at("2026-11-26", 16, 59), True),
        (at("2026-11-26", 17), False),
        (at("2026-11-26", 7, 59), False),
        (at("2026-11-28", 12), False),
    ],
)
def test_hours_begin_and_end_on_the_minute(moment: datetime, expected: bool) -> None:
    """Until five means not at five."""
    assert on_duty(Duty((WEEKDAYS,)), moment, never) is expected


def test_a_night_goes_on_after_midnight() -> None:
    """Friday's night ends on Saturday morning, and there is none on Saturday evening."""
    duty = Duty((NIGHTS,))
    assert on_duty(duty, at("2026-11-27", 23), never)
    assert on_duty(duty, at("2026-11-28", 5, 59), never)
    assert not on_duty(duty, at("2026-11-28", 6), never)
    assert not on_duty(duty, at("2026-11-28", 23), never)


def test_who_gave_no_hours_may_always_be_asked() -> None:
    """Most contact persons never write any."""
    assert on_duty(None, at("2026-12-25", 3), never)
    assert next_on_duty(None, at("2026-12-25", 3), never) == at("2026-12-25", 3)


def test_a_red_day_counts_as_a_sunday() -> None:
    """Christmas Day 2026 is a Friday, and nobody sits in the office."""
    duty = Duty((WEEKDAYS, Shift((7,), time(12), time(14))))
    assert not on_duty(duty, at("2026-12-25", 9), CHRISTMAS.__eq__)
    assert on_duty(duty, at("2026-12-25", 12), CHRISTMAS.__eq__)


def test_the_next_time_looks_over_weekends_and_red_days() -> None:
    """From Christmas Eve's evening to the Monday after."""
    red = {date(2026, 12, 24), date(2026, 12, 25)}
    assert next_on_duty(Duty((WEEKDAYS,)), at("2026-12-23", 18), red.__contains__) == at("2026-12-28", 8)


def test_hours_that_never_come_are_no_hours() -> None:
    """A rota without a day in sight must not be waited for."""
    assert next_on_duty(Duty(()), at("2026-11-26", 8), never) is None
    assert next_on_duty(Duty((WEEKDAYS,)), at("2026-11-26", 18), lambda _day: True) is None


def test_hours_are_kept_on_the_wall_at_the_clock_change() -> None:
    """Eight o'clock is eight o'clock in winter and in summer (R1)."""
    duty = Duty((Shift((1, 2, 3, 4, 5, 6, 7), time(8), time(9)),))
    assert next_on_duty(duty, datetime(2026, 3, 28, 12, tzinfo=UTC), never) == datetime(
        2026, 3, 29, 6, tzinfo=UTC
    )
    assert next_on_duty(duty, datetime(2026, 10, 24, 12, tzinfo=UTC), never) == datetime(
        2026, 10, 25, 7, tzinfo=UTC
    )


def test_a_zone_nobody_knows_is_swedens() -> None:
    """An hour off is better than an alert that tears."""
    assert on_duty(Duty((WEEKDAYS,), "Mars/Olympus"), at("2026-11-26", 9), never)


shifts = st.builds(
    Shift,
    st.lists(st.integers(1, 7), min_size=1, unique=True).map(tuple),
    st.times().map(lambda moment: moment.replace(second=0, microsecond=0)),
    st.times().map(lambda moment: moment.replace(second=0, microsecond=0)),
)


@given(
    st.lists(shifts, min_size=1, max_size=3).map(lambda found: Duty(tuple(found))),
    st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)),  # noqa: DTZ001 -- made aware below
)
def test_the_next_time_is_on_duty_and_nothing_before_it_is(duty: Duty, naive: datetime) -> None:
    """An alert that waits for hours is told in their first minute."""
    after = naive.replace(tzinfo=UTC)
    found = next_on_duty(duty, after, never)
    assert found is not None
    assert found >= after
    assert on_duty(duty, found, never) or found.astimezone(UTC) - after > timedelta(days=300)
    if found > after:
        middle = after + (found - after) / 2
        assert not on_duty(duty, middle, never)
